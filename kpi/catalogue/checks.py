"""Checks beyond well-formedness: what reads well and yet cannot be meant.

Each check is a function from a definition to problems; `ENTRY_CHECKS` lists those of a plan's entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations
from typing import Final

from attrs import frozen

from kpi.catalogue.intervals import Interval, covered
from kpi.definitions import Formula
from kpi.evaluation.display import own_requirements
from kpi.evaluation.judge import STATED_FOR
from kpi.formulas.evaluator import plain_value
from kpi.formulas.nodes import (
    Case,
    Comparator,
    Comparison,
    Expression,
    Number,
    Operation,
    Operator,
    Reference,
    references,
)
from kpi.formulas.printer import canonical, number_text
from kpi.plans.plan import Expected, Kpi
from kpi.problems import Problem
from kpi.quantities import Rounding, round_to
from kpi.source import Source, Span

_ROUNDINGS: Final[tuple[Rounding, ...]] = ("half_up", "floor", "ceil")
_UPPER: Final = frozenset({Comparator.AT_MOST, Comparator.BELOW})
_LOWER: Final = frozenset({Comparator.AT_LEAST, Comparator.ABOVE})


@frozen
class Subject:
    """What is checked: a KPI with its rule in one plan, and where things stand."""

    kpi: Kpi
    formula: Formula
    source: Source
    entry: Span
    file: Source
    expected: Expected | None = None
    has_baseline: bool = False

    def in_rule(self, code: str, span: Span, **facts: object) -> Problem:
        """A problem inside the rule."""
        return Problem(code, self.source, span, facts)

    def in_entry(self, code: str, **facts: object) -> Problem:
        """A problem of the entry as a whole."""
        return Problem(code, self.file, self.entry, facts)


def direction(subject: Subject) -> Iterator[Problem]:
    """Where higher is better a rule sets no upper bound, and the reverse."""
    if subject.kpi.direction is None:
        return
    wrong = _UPPER if subject.kpi.direction == "higher" else _LOWER
    for comparison in _own(subject, conditions=False):
        if comparison.comparator in wrong:
            facts = {"comparator": comparison.comparator.value, "direction": subject.kpi.direction}
            facts["direction_ja"] = "高い" if subject.kpi.direction == "higher" else "低い"
            yield subject.in_rule("direction-clash", comparison.span, **facts)


def possible_target(subject: Subject) -> Iterator[Problem]:
    """A share of a whole lies between 0 % and 100 %."""
    if not subject.formula.unit.is_share:
        return
    for comparison in _own(subject, conditions=True):
        right = comparison.right
        if isinstance(right, Number) and not 0 <= plain_value(right, subject.formula.units) <= 1:
            yield subject.in_rule("impossible-target", right.span, target=number_text(right))


def conditions(subject: Subject) -> Iterator[Problem]:
    """A `when` can hold, is not hidden behind an earlier one, and leaves no single number out."""
    rule = subject.formula.rule
    reached: dict[Expression | None, list[tuple[Case, Interval]]] = {}
    for case in rule.cases if rule else ():
        found = _interval(case, subject)
        if found is None:
            continue
        left, interval = found
        before = reached.setdefault(left, [])
        if interval.is_empty:
            yield subject.in_rule("never-holds", case.span, condition=_conditions_text(case))
        elif covered(interval, [other for _, other in before]):
            yield subject.in_rule("shadowed", case.span, condition=_conditions_text(case))
        else:
            before.append((case, interval))
    for ranges in reached.values():
        yield from _gaps(subject, ranges)


def _gaps(subject: Subject, ranges: list[tuple[Case, Interval]]) -> Iterator[Problem]:
    """The single numbers between two ranges that are in none."""
    for (_, first), (case, second) in combinations(ranges, 2):
        for point in (first.point_between(second), second.point_between(first)):
            if point is not None and not covered(Interval(point, point), [interval for _, interval in ranges]):
                yield subject.in_rule("gap", case.span, point=_as_written(point, case, subject))


def expected_counts(subject: Subject) -> Iterator[Problem]:
    """A target is what the counts that the document expects give, in one rounding or another."""
    expected, rule = subject.expected, subject.formula.rule
    first = rule.requirements[0] if rule else None
    if expected is None or not isinstance(first, Comparison) or not isinstance(first.right, Number):
        return
    target, per = first.right, subject.formula.unit.per
    ratio = expected.numerator / expected.denominator * per if expected.denominator else None
    if ratio is None or all(round_to(ratio, target.decimals, rounding) != target.value for rounding in _ROUNDINGS):
        gives = "–" if ratio is None else number_text(Number(round_to(ratio, target.decimals + 2), target.unit))
        yield subject.in_entry("expected-contradicts", target=number_text(target), gives=gives)


def baseline(subject: Subject) -> Iterator[Problem]:
    """A rule that looks at last year has a baseline, or the entry says that the document prints none."""
    rule = subject.formula.rule
    mentioned = [reference for reference in references(rule) if reference.period in STATED_FOR] if rule else []
    if mentioned and not subject.has_baseline:
        yield subject.in_entry("no-baseline", reference=canonical(Reference(mentioned[0].period)))


ENTRY_CHECKS: Final[tuple[Callable[[Subject], Iterator[Problem]], ...]] = (
    direction,
    possible_target,
    conditions,
    expected_counts,
    baseline,
)


def same_above_and_below(formula: Formula, source: Source) -> Iterator[Problem]:
    """A numerator is not its own denominator."""
    match formula.expression:
        case Operation(Operator.DIVIDE, above, below) if above == below:
            yield Problem("same-parts", source, below.span, {"part": canonical(below)})
        case _:
            return


def _own(subject: Subject, *, conditions: bool) -> Iterator[Comparison]:
    rule = subject.formula.rule
    if rule is None:
        return
    of_conditions = {id(condition) for case in rule.cases for condition in case.conditions}
    for requirement in own_requirements(rule):
        if isinstance(requirement, Comparison) and (conditions or id(requirement) not in of_conditions):
            yield requirement


def _interval(case: Case, subject: Subject) -> tuple[Expression | None, Interval] | None:
    """The range that the conditions of *case* describe, where all are about one quantity and plain numbers."""
    compared = [c for c in case.conditions if isinstance(c, Comparison) and isinstance(c.right, Number)]
    lefts = {comparison.left for comparison in compared}
    if len(compared) < len(case.conditions) or len(lefts) != 1:
        return None
    interval = Interval()
    for comparison in compared:
        if isinstance(comparison.right, Number):
            number = plain_value(comparison.right, subject.formula.units)
            interval = interval.meet(Interval.of(comparison.comparator, Fraction(number)))
    return lefts.pop(), interval


def _as_written(point: Fraction, case: Case, subject: Subject) -> str:
    """The end of a range as its condition writes it: 80 % and not 0.8."""
    compared = (c.right for c in case.conditions if isinstance(c, Comparison) and isinstance(c.right, Number))
    return next(number_text(number) for number in compared if plain_value(number, subject.formula.units) == point)


def _conditions_text(case: Case) -> str:
    return " and ".join(canonical(condition) for condition in case.conditions)
