"""Earlier years at the same point and at their end, for the pace of a provisional result."""

from __future__ import annotations

from datetime import date
from typing import Final

from attrs import evolve
from dateutil.relativedelta import relativedelta

from kpi.evaluation.observed import Observed, Past
from kpi.periods import FiscalYear
from kpi.plans.elsewhere import Elsewhere, year_before

YEARS: Final = 3
"""How many years back a pace looks: what lies longer ago tells little of how a year runs now."""


def history(elsewhere: Elsewhere, as_of: date) -> tuple[Past, ...]:
    """The years before, last year first, each at the same point and at its end.

    Where *as_of* lies within a month and nothing was observed on the same day of a year, the ends of the months on
    either side of it stand for that day, if both are known.
    """
    found, year, day = [], elsewhere.year, as_of
    for _ in range(YEARS):
        year, day = year.prior, year_before(day)
        found.append(Past(year, _then(elsewhere, year, day), _end(elsewhere, year)))
    return tuple(found)


def _then(elsewhere: Elsewhere, year: FiscalYear, day: date) -> dict[date, Observed]:
    exact = _at(elsewhere, year, day)
    if exact is not None:
        return {day: exact}
    before, after = day + relativedelta(day=1, days=-1), day + relativedelta(day=31)
    if day == after or before < year.start:
        return {}
    beside = {each: _at(elsewhere, year, each) for each in (before, after)}
    known = {each: observed for each, observed in beside.items() if observed is not None}
    return known if len(known) == len(beside) else {}


def _at(elsewhere: Elsewhere, year: FiscalYear, day: date) -> Observed | None:
    observed = elsewhere.at(elsewhere.organisation, year, day)
    met = elsewhere.table.branches_met(elsewhere.organisation.key, year)
    return evolve(observed or Observed(), branches_met=met[day]) if day in met else observed


def _end(elsewhere: Elsewhere, year: FiscalYear) -> Observed | None:
    observed = elsewhere.final(elsewhere.organisation, year)
    met = elsewhere.table.branches_met(elsewhere.organisation.key, year)
    settled = max((day for day in met if day >= year.end), default=None)
    return observed if settled is None else evolve(observed or Observed(), branches_met=met[settled])
