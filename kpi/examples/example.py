"""Inputs with the outcome that they must have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import field, frozen

from kpi.definitions import Formula
from kpi.errors import KpiError
from kpi.evaluation.decision import Verdict
from kpi.evaluation.observed import Values, plain_value
from kpi.evaluation.result import Result
from kpi.formulas.nodes import NOWHERE
from kpi.source import Span

Given = Mapping[str, Values]
"""Values by variable, each as written."""


@frozen
class Example:
    """Invented *inputs* of a KPI, and what must come out of them.

    *outcome* and *value* are what is expected; the value as it is shown, `33.3%` for a third; None expects nothing.
    *prior* are last year's inputs, or its value; *references* the same for other references, by their text.
    *outcome_at* and *value_at* are where the two expectations stand in the catalogue.
    """

    inputs: Given
    outcome: Verdict | None = None
    value: str | None = None
    baseline: str | None = None
    prior: Given | str | None = None
    references: Mapping[str, Given | str] = field(factory=dict)
    note: str = ""
    outcome_at: Span = field(default=NOWHERE, kw_only=True, eq=False, repr=False)
    value_at: Span = field(default=NOWHERE, kw_only=True, eq=False, repr=False)

    def result(self, formula: Formula, baseline: str | None = None) -> Result:
        """What comes out; *baseline* is the plan's, which counts where the example says nothing of last year.

        Raises:
            ValueReadingError, UnitError: a value cannot be read.
        """
        stated = self.baseline
        if stated is None and self.prior is None:
            stated = baseline
        return formula.evaluate(self.inputs, prior=self.prior, baseline=stated, references=self.references)


@frozen
class Examples:
    """The examples of one KPI or entry; *at* is where they begin in the catalogue, *host* the entry they stand in."""

    listed: tuple[Example, ...] = ()
    at: Span = field(default=NOWHERE, kw_only=True, eq=False, repr=False)
    host: Span = field(default=NOWHERE, kw_only=True, eq=False, repr=False)

    def __iter__(self) -> Iterator[Example]:
        return iter(self.listed)

    def __len__(self) -> int:
        return len(self.listed)


def outcome_of(result: Result) -> Verdict:
    """The outcome of an example; a formula without a rule has no target, or is not evaluable where it has no value."""
    if result.outcome is not Verdict.NO_TARGET or not result.reasons:
        return result.outcome
    lacks = {reason.lack for reason in result.reasons}
    return Verdict.NOT_APPLICABLE if lacks == {"not_applicable"} else Verdict.NOT_EVALUABLE


def has_value(result: Result, written: str) -> bool:
    """Whether the value is the one *written*, exactly or as it is shown."""
    value, display = result.value, result.display
    if value is None:
        return False
    try:
        expected = plain_value("value", written, display.unit, result.vocabulary)
    except KpiError:
        return False
    found = value / display.unit.per
    return expected in (found, display.shown(found))
