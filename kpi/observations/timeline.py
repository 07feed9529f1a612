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
from kpi.observations.observation import YEAR, Observation, month_end
from kpi.periods import FiscalYear

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
    """The timeline of *rows*, all of one quantity; a total as printed comes before one added up from months."""
    months = {row.period: read(row) for row in rows if row.period != YEAR}
    printed = {row.as_of: read(row) for row in rows if row.period == YEAR}
    ordered = {month: months[month] for month in year.months if month in months}
    return Timeline({**_from_months(ordered, year, kind), **printed}, ordered)


def _from_months(months: Mapping[str, Outcome], year: FiscalYear, kind: Kind) -> dict[date, Outcome]:
    if kind == "stock":
        return {month_end(month): outcome for month, outcome in months.items()}
    totals: dict[date, Outcome] = {}
    total: Outcome = Fraction(0)
    for month, expected in zip(months, year.months, strict=False):
        if month != expected:
            break
        total = _sum(total, months[month])
        totals[month_end(month)] = total
    return totals


def _sum(left: Outcome, right: Outcome) -> Outcome:
    if isinstance(left, Undefined) or isinstance(right, Undefined):
        sides = (side for side in (left, right) if isinstance(side, Undefined))
        return Undefined(tuple(reason for side in sides for reason in side.reasons))
    return left + right
