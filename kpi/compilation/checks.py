"""The checks that a rule makes, each a comparison of two exact fractions, and which of several is the one to show."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import assert_never

from attrs import evolve, frozen

from kpi.compilation.folding import ALWAYS, NEVER, every, negation, some
from kpi.compilation.integers import Condition
from kpi.compilation.quantities import Quantities
from kpi.compilation.terms import UNDEFINED, Term, constant, either, magnitude, minus, over, stands, times
from kpi.evaluation.decision import lower_is_better
from kpi.evaluation.display import display_of
from kpi.formulas.nodes import Comparator, Comparison, Done, Reference, Requirement


@frozen
class Lowered:
    """One requirement: where it is *known* whether it holds, and whether it *holds*, which is asked only there.

    *per* is how many of the unit in which it is shown make one plain number.
    """

    value: Term
    target: Term
    margin: Term
    known: Condition
    holds: Condition
    per: int

    @property
    def held(self) -> Condition:
        """Whether it is known to hold."""
        return every(self.known, self.holds)

    @property
    def failed(self) -> Condition:
        """Whether it is known not to hold."""
        return every(self.known, negation(self.holds))

    @property
    def has_target(self) -> bool:
        """Whether it ever compares with a number."""
        return self.target.defined != NEVER

    @property
    def closeness(self) -> Term:
        """The margin relative to the target, where it is known: the smaller, the more narrowly it was met."""
        margin, size = _known(self.margin), _known(magnitude(self.target))
        is_zero = stands(size, Comparator.EQUAL, constant(Fraction(0)))
        return _known(either(is_zero, margin, over(margin, size, signed=False)))


Checks = tuple[Lowered, ...]
Look = Callable[[Lowered], Term]


def checks(quantities: Quantities, requirements: tuple[Requirement, ...]) -> Checks:
    """The check of each requirement."""
    return tuple(_check(quantities, requirement) for requirement in requirements)


def all_hold(checks: Checks) -> Condition:
    """Whether all checks are known to hold."""
    return every(*(check.known for check in checks), *(check.holds for check in checks))


def any_failed(checks: Checks) -> Condition:
    """Whether one check is known not to hold: it decides, even where another cannot be known."""
    return some(*(check.failed for check in checks))


def missed(checks: Checks) -> Condition:
    """Whether one check is known not to hold, asked where it is not known that all do."""
    return checks[0].known if len(checks) == 1 else any_failed(checks)


def unknown(checks: Checks) -> Condition:
    """Whether it cannot be known if all checks hold."""
    if len(checks) == 1:
        return negation(checks[0].known)
    return every(negation(any_failed(checks)), negation(all_hold(checks)))


def holds(checks: Checks) -> Condition:
    """Whether all checks hold, asked where that can be known."""
    return checks[0].holds if len(checks) == 1 else all_hold(checks)


def decisive(checks: Checks, look: Look) -> Term:
    """What one sees of the check to show: the first missed, else the first unknown, else the one met most narrowly."""
    if all(look(check) == look(checks[0]) for check in checks):
        return look(checks[0])
    found = _closest(checks, look)
    if all(check.known == checks[0].known for check in checks):
        for check in reversed(checks):
            found = either(negation(check.holds), _known(look(check)), found)
        return either(negation(checks[0].known), look(checks[0]), found)
    for check in reversed(checks):
        found = either(negation(check.known), look(check), found)
    for check in reversed(checks):
        found = either(check.failed, look(check), found)
    return found


def _closest(checks: Checks, look: Look) -> Term:
    """What one sees of the check met most narrowly, where all are known; those without a target come last."""
    first, *others = [check for check in checks if check.has_target] or checks[:1]
    found, least = _known(look(first)), first.closeness
    for other in others:
        is_closer = stands(other.closeness, Comparator.BELOW, least)
        found = either(is_closer, _known(look(other)), found)
        least = either(is_closer, other.closeness, least)
    return found


def _known(term: Term) -> Term:
    """The same number where it is known to be there, if it ever is."""
    return term if term.defined == NEVER else evolve(term, defined=ALWAYS)


def _check(quantities: Quantities, requirement: Requirement) -> Lowered:
    left = requirement.left
    is_own = left is None or isinstance(left, Reference)
    per = quantities.own_per if is_own else _per_of(quantities, requirement)
    if requirement.every is not None:  # single values are no series of months or branches
        return Lowered(UNDEFINED, UNDEFINED, UNDEFINED, NEVER, NEVER, per)
    value = quantities.own() if left is None else quantities.expression(left, None)
    match requirement:
        case Done():
            done = stands(value, Comparator.AT_LEAST, constant(Fraction(1)))
            return Lowered(value, UNDEFINED, UNDEFINED, value.defined, done, per)
        case Comparison(_, comparator, right):
            target = quantities.expression(right, None if is_own else left)
            if left is None and quantities.decided.style.compared == "shown":
                value, target = quantities.shown(value), quantities.shown(target)
            known = every(value.defined, target.defined)
            return Lowered(
                value, target, _margin(requirement, value, target), known, stands(value, comparator, target), per
            )
        case _:
            assert_never(requirement)


def _margin(requirement: Comparison, value: Term, target: Term) -> Term:
    """How far the value is on the good side of the target, as `kpi.evaluation.decision` defines it."""
    if lower_is_better(requirement):
        return minus(target, value)
    if requirement.comparator is Comparator.EQUAL:
        return times(constant(Fraction(-1)), magnitude(minus(value, target)))
    return minus(value, target)


def _per_of(quantities: Quantities, requirement: Requirement) -> int:
    left = requirement.left
    return 1 if left is None else display_of(left, requirement, quantities.decided.vocabulary).unit.per
