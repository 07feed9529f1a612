"""What the checks of an entry look at: a KPI with its rule in one plan, and where things stand."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import Final

from attrs import frozen

from kpi.catalogue.intervals import Interval
from kpi.catalogue.ranges import Ranges
from kpi.definitions import Formula
from kpi.errors import KpiError
from kpi.evaluation.display import display_of
from kpi.evaluation.judge import STATED_FOR, stated_for
from kpi.evaluation.observed import plain_value
from kpi.formulas.nodes import Comparison, Number, Reference, Requirement, references
from kpi.formulas.printer import number_text
from kpi.plans.organisation import Organisation
from kpi.plans.plan import Expected, Kpi
from kpi.problems import Problem
from kpi.source import Source, Span
from kpi.yaml_nodes import ScalarNode

_UNLESS_RATIO: Final = {"range": " unless the KPI has 'kind: ratio'", "range_ja": "（KPIが「kind: ratio」でない限り）"}
"""How an author says that what looks like a share of a whole is none."""


@frozen(slots=False, eq=False, repr=False)
class Subject:
    """A KPI with its rule in one plan.

    *source* is the text of the rule, *file* the catalogue; *expected_at* and *baseline* stand in the latter.
    """

    kpi: Kpi
    formula: Formula
    source: Source
    file: Source
    expected: Expected | None = None
    expected_at: Span = Span(0, 0)
    baseline: ScalarNode | None = None
    organisation: Organisation | None = None

    @cached_property
    def ranges(self) -> Ranges:
        """What the quantities of the rule can be at all."""
        return Ranges(self.formula, self.kpi.is_ratio)

    @cached_property
    def baseline_value(self) -> Fraction | None:
        """The number under `baseline`, plain; None where there is none, or where it is in another unit."""
        if self.baseline is None:
            return None
        try:
            value = plain_value("baseline", self.baseline.text, self.formula.unit, self.formula.vocabulary)
        except KpiError:
            return None
        return value if isinstance(value, Fraction) else None

    def in_rule(self, code: str, span: Span, **facts: object) -> Problem:
        """A problem inside the rule."""
        return Problem(code, self.source, span, facts)

    def in_file(self, code: str, span: Span, **facts: object) -> Problem:
        """A problem of the entry outside its rule."""
        return Problem(code, self.file, span, facts)

    def requirements(self, *, conditions: bool = False) -> tuple[Requirement, ...]:
        """Every requirement of the rule, with *conditions* or without."""
        rule = self.formula.rule
        cases = rule.cases if rule else ()
        in_cases = ((*case.requirements, *(case.conditions if conditions else ())) for case in cases)
        return (*(rule.requirements if rule else ()), *chain.from_iterable(in_cases))

    @cached_property
    def looks_back(self) -> tuple[Reference, ...]:
        """The references to last year for which the KPI's baseline stands: those that are about the KPI itself."""
        asked = self.requirements(conditions=True)
        own = (each for each in asked if each.left is None or isinstance(each.left, Reference))
        return tuple(found for each in own for found in references(each) if found.period in STATED_FOR)

    @cached_property
    def stated(self) -> tuple[Number, ...]:
        """The values in brackets that are the entry's baseline."""
        if not any(reference.stated for reference in self.looks_back):
            return ()
        periods = stated_for(self.formula.rule)
        return tuple(each.stated for each in self.looks_back if each.stated is not None and each.period in periods)

    def can_be(self, value: Fraction) -> bool:
        """Whether the KPI itself can have this plain *value*; a mean over its parts need not be a whole number."""
        return not self.ranges.of(None).is_apart(Interval(value, value))

    def range_facts(self, comparison: Comparison | None = None) -> dict[str, str]:
        """What the quantity on the left of *comparison*, or else the KPI itself, can be, in words."""
        left, unit = comparison.left if comparison else None, self.formula.unit
        if comparison and left is not None and not isinstance(left, Reference):
            unit = display_of(left, comparison, self.formula.vocabulary).unit
        interval = self.ranges.of(left)
        low, high = (
            None if end is None else number_text(Number(end * unit.per, unit.name or None))
            for end in (interval.low, interval.high)
        )
        facts = _words(low, high, whole=interval.whole)
        if unit.is_share and high is not None:
            return {key: text + _UNLESS_RATIO[key] for key, text in facts.items()}
        return facts


def _words(low: str | None, high: str | None, *, whole: bool) -> dict[str, str]:
    """A range in English and Japanese."""
    match low, high:
        case str(), str():
            english, japanese = f"from {low} to {high}", f"{low} から {high} まで"
        case str(), None:
            english, japanese = f"{low} or more", f"{low} 以上"
        case None, str():
            english, japanese = f"{high} or less", f"{high} 以下"
        case _:
            return {"range": "a whole number", "range_ja": "整数"}
    return {
        "range": f"a whole number, {english}" if whole else english,
        "range_ja": f"{japanese}の整数" if whole else japanese,
    }
