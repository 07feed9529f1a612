"""What a program says, as one would write it by hand: asked step by step, and nothing twice.

Where clauses compare different things, numerator, denominator and unit of a number all choose by the same condition.
Taken apart, the condition is asked once, and each side is a plain ratio.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from attrs import frozen

from kpi.compilation.assuming import Assumption
from kpi.compilation.folding import NEVER, every, implies, negation
from kpi.compilation.integers import Choice, Compared, Condition, Integer, Product, Whole
from kpi.compilation.printing import size
from kpi.compilation.program import Program, Ratio
from kpi.compilation.walking import factors_of
from kpi.evaluation.decision import Verdict
from kpi.formulas.nodes import Comparator

Leaf = TypeVar("Leaf")


@frozen
class Fork(Generic[Leaf]):
    """One thing where a condition holds, else another."""

    condition: Condition
    then: Fork[Leaf] | Leaf
    otherwise: Fork[Leaf] | Leaf


@frozen
class Shown:
    """A ratio, and by what it is multiplied to be shown."""

    ratio: Ratio
    per: Integer


Outcome = Fork[Verdict] | Verdict
Figure = Fork[Shown] | Shown


@frozen
class Answers:
    """What a program says about a row; *figures* by part: those that are asked for of `value`, `target` and `margin`."""

    outcome: Outcome
    figures: Mapping[str, Figure]

    @classmethod
    def of(cls, program: Program, parts: Collection[str]) -> Answers:
        """What a program says, as far as it is asked for *parts*."""
        ratios = {part: ratio for part, ratio in program.ratios.items() if part in parts}
        return cls(outcome_of(program.outcomes), {part: forked(ratio, program.per) for part, ratio in ratios.items()})

    @property
    def parts(self) -> Iterator[Integer | Condition]:
        """All expressions and conditions."""
        yield from _parts(self.outcome)
        for figure in self.figures.values():
            yield from _parts(figure)


def outcome_of(outcomes: Sequence[tuple[Condition, Verdict]]) -> Outcome:
    """The verdict of the first condition that holds; the last always does."""
    (condition, verdict), *others = outcomes
    if not others:
        return verdict
    (wider, other), *rest = others
    if rest and implies(condition, wider):
        return Fork(wider, Fork(Assumption(wider).condition(condition), verdict, other), outcome_of(rest))
    return Fork(condition, verdict, outcome_of(others))


def forked(ratio: Ratio, per: Integer) -> Figure:
    """A ratio in the unit in which it is shown, taken apart as long as it gets no longer by that."""
    whole = Shown(ratio, per)
    condition = next(_conditions(whole), None)
    if condition is None or ratio.defined == NEVER:
        return whole
    sides = tuple(_where(whole, known) for known in (condition, negation(condition)))
    if size(condition) + sum(map(_size, sides)) > _size(whole):
        return whole
    then, otherwise = (forked(side.ratio, side.per) for side in sides)
    return Fork(condition, then, otherwise)


def _parts(node: Outcome | Figure) -> Iterator[Integer | Condition]:
    match node:
        case Fork(condition, then, otherwise):
            yield condition
            yield from (*_parts(then), *_parts(otherwise))
        case Shown(ratio, per):
            yield from (ratio.defined, ratio.numerator, ratio.denominator, per)
        case Verdict():
            return


def _conditions(shown: Shown) -> Iterator[Condition]:
    """What its parts choose by, simplified by what is known where it is defined; signs are no choice."""
    known = Assumption(shown.ratio.defined)
    for number in (shown.per, shown.ratio.denominator, shown.ratio.numerator):
        for factor in factors_of(number):
            if isinstance(factor, Choice) and not _is_sign(factor):
                yield known.condition(factor.condition)


def _where(shown: Shown, known: Condition) -> Shown:
    """The same where something is *known* to hold."""
    defined = Assumption(known).condition(shown.ratio.defined)
    numbers = Assumption(every(known, defined)).number
    ratio = Ratio(numbers(shown.ratio.numerator), numbers(shown.ratio.denominator), defined)
    return Shown(ratio, numbers(shown.per))


def _is_sign(choice: Choice) -> bool:
    """Whether only the sign of a number is chosen."""
    match choice:
        case Choice(_, Whole(-1), Whole(1)):
            return True
        case Choice(Compared(one, Comparator.BELOW, Whole(0)), Product(Whole(-1), _), other):
            return one == other
        case _:
            return False


def _size(shown: Shown) -> int:
    return size(shown.ratio.numerator, shown.ratio.denominator, shown.ratio.defined, shown.per)
