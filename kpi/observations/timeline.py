"""What a year's observations of one quantity say, at each date for which they say something.

Months add up where the quantity is a flow and every month from April on is there; of a stock the last month counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction

from attrs import field, frozen

from kpi.formulas.evaluator import Outcome, Series, Undefined
from kpi.formulas.vocabulary import Kind
from kpi.observations.observation import YEAR, Observation
from kpi.periods import FiscalYear, month_end

Read = Callable[[Observation], Outcome]


@frozen
class Timeline:
    """Values of one quantity by the date up to which they count, and its months."""

    totals: Mapping[date, Outcome] = field(factory=dict)
    months: Mapping[str, Outcome] = field(factory=dict)

    @property
    def series(self) -> Series:
        """The months, for a rule that is for each of them."""
        return Series(self.months)


def timeline(rows: tuple[Observation, ...], year: FiscalYear, kind: Kind, read: Read) -> Timeline:
    """The timeline of *rows*, all of one quantity; a total as printed comes before one added up from months.

    A blank says as much as no row at all. Up to the last month that has a value, each month without one is missing.
    """
    values = [(row, outcome) for row in rows if not _is_missing(outcome := read(row))]
    months = {row.period: outcome for row, outcome in values if row.period != YEAR}
    printed = {row.as_of: outcome for row, outcome in values if row.period == YEAR}
    if not months:
        return Timeline(printed)
    gap = {month: Undefined.because("missing", f"{rows[0].quantity} ({month})") for month in year.months}
    ordered = {month: months.get(month, gap[month]) for month in year.months if month <= max(months)}
    return Timeline({**_from_months(ordered, kind), **printed}, ordered)


def _from_months(months: Mapping[str, Outcome], kind: Kind) -> dict[date, Outcome]:
    if kind == "stock":
        return {month_end(month): outcome for month, outcome in months.items() if not _is_missing(outcome)}
    totals: dict[date, Outcome] = {}
    total: Outcome = Fraction(0)
    for month, outcome in months.items():
        if _is_missing(outcome):
            break
        total = _sum(total, outcome)
        totals[month_end(month)] = total
    return totals


def _is_missing(outcome: Outcome) -> bool:
    return isinstance(outcome, Undefined) and any(reason.lack == "missing" for reason in outcome.reasons)


def _sum(left: Outcome, right: Outcome) -> Outcome:
    if isinstance(left, Undefined) or isinstance(right, Undefined):
        sides = (side for side in (left, right) if isinstance(side, Undefined))
        return Undefined(tuple(reason for side in sides for reason in side.reasons))
    return left + right
