"""Checks beyond well-formedness: what reads well and yet cannot be meant.

Each check is a function from an entry of a plan to problems; `ENTRY_CHECKS` lists them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from attrs import evolve

from kpi.catalogue.baselines import baseline
from kpi.catalogue.conditions import conditions
from kpi.catalogue.ranges import always_holds, can_hold
from kpi.catalogue.subject import Subject
from kpi.formulas.nodes import Comparator, Comparison, Done, Number, Reference, Scope
from kpi.formulas.printer import canonical, number_text
from kpi.problems import Problem
from kpi.quantities import Rounding, round_to

_ROUNDINGS: Final[tuple[Rounding, ...]] = ("half_up", "floor", "ceil")
_UPPER: Final = frozenset({Comparator.AT_MOST, Comparator.BELOW})
_LOWER: Final = frozenset({Comparator.AT_LEAST, Comparator.ABOVE})


def direction(subject: Subject) -> Iterator[Problem]:
    """Where higher is better a rule sets no upper bound, and the reverse; two bounds together are a band and do both."""
    rule = subject.formula.rule
    if subject.kpi.direction is None or rule is None:
        return
    wrong = _UPPER if subject.kpi.direction == "higher" else _LOWER
    for requirements in (rule.requirements, *(case.requirements for case in rule.cases)):
        bounds = [each for each in requirements if isinstance(each, Comparison) and _is_own(each)]
        signs = {bound.comparator for bound in bounds}
        if signs & _UPPER and signs & _LOWER:
            continue
        for comparison in bounds:
            if comparison.comparator in wrong:
                facts = {"comparator": comparison.comparator.value, "direction": subject.kpi.direction}
                facts["direction_ja"] = "高い" if subject.kpi.direction == "higher" else "低い"
                yield subject.in_rule("direction-clash", comparison.span, **facts)


def targets(subject: Subject) -> Iterator[Problem]:
    """A requirement asks for something that the quantity can be, and can fail to be."""
    for requirement in subject.requirements():
        if not isinstance(requirement, Comparison):
            continue
        value, target = subject.ranges.of(requirement.left), subject.ranges.of_target(requirement)
        if value.is_apart(target) or not can_hold(value, requirement.comparator, target):
            yield subject.in_rule("impossible-target", requirement.right.span, **_facts(requirement, subject))
        elif always_holds(value, requirement.comparator, target):
            yield subject.in_rule("always-met", requirement.span, **_facts(requirement, subject))


def done(subject: Subject) -> Iterator[Problem]:
    """What is to be done is counted, and is no share."""
    for requirement in subject.requirements():
        if isinstance(requirement, Done) and requirement.left is None and subject.formula.unit.is_share:
            yield subject.in_rule("done-of-share", requirement.span, unit=subject.formula.unit.name)


def every_branch(subject: Subject) -> Iterator[Problem]:
    """A rule for every branch stands in the plan of the nation."""
    if subject.organisation is None or subject.organisation.kind == "nation":
        return
    for requirement in subject.requirements():
        if requirement.every is Scope.BRANCH:
            yield subject.in_rule("branches-of-branch", requirement.span, found=canonical(requirement))


def expected_counts(subject: Subject) -> Iterator[Problem]:
    """A target is what the counts that the document expects give, in one rounding or another."""
    expected, rule = subject.expected, subject.formula.rule
    first = rule.requirements[0] if rule else None
    if expected is None or not isinstance(first, Comparison) or not isinstance(first.right, Number):
        return
    if not expected.denominator:
        yield subject.in_file("expected-of-nothing", subject.expected_at, target=number_text(first.right))
        return
    target = first.right
    ratio = expected.numerator / expected.denominator * subject.formula.unit.per
    if all(round_to(ratio, target.decimals, rounding) != target.value for rounding in _ROUNDINGS):
        gives = number_text(Number(round_to(ratio, target.decimals + 2), target.unit))
        yield subject.in_file("expected-contradicts", subject.expected_at, target=number_text(target), gives=gives)


def _is_own(comparison: Comparison) -> bool:
    """Whether it compares the KPI itself."""
    return comparison.left is None or isinstance(comparison.left, Reference)


def _facts(requirement: Comparison, subject: Subject) -> dict[str, str]:
    """What is asked for, and what the quantity can be."""
    return {"found": canonical(evolve(requirement, left=None, every=None)), **subject.range_facts(requirement)}


ENTRY_CHECKS: Final[tuple[Callable[[Subject], Iterator[Problem]], ...]] = (
    direction,
    targets,
    done,
    every_branch,
    conditions,
    expected_counts,
    baseline,
)
