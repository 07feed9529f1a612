"""Tables of counts by branch and month, as roll-ups read them."""

from __future__ import annotations

from hypothesis import strategies as st

import kpi
from kpi.observations.observation import YEAR, Observation, Observations
from kpi.periods import FiscalYear, read_period
from kpi.units import UNITS

R3 = FiscalYear(2021)
VOCABULARY = kpi.Vocabulary.of(
    [
        kpi.Variable("single_bid_tenders", UNITS["case"], ja="一者応札件数"),
        kpi.Variable("open_tenders", UNITS["case"], ja="一般競争入札件数"),
        kpi.Variable("insured", UNITS["person"], kind="stock"),
        kpi.Variable("processing_days", UNITS["day"], kind="stock"),
        kpi.Variable("seminar_days", UNITS["day"]),
        kpi.Variable("generic_share", UNITS["%"], kind="stock"),
        kpi.Variable("yen_per_case", UNITS["yen/case"], kind="stock"),
        kpi.Variable("national_rank", UNITS["rank"], kind="stock"),
    ]
)
SHARE = kpi.parse(
    "single_bid_tenders / open_tenders <= 20%; single_bid_tenders <= 1 case when open_tenders <= 4 cases",
    vocabulary=VOCABULARY,
)
BRANCHES = ("iwate", "miyagi", "toyama")


def row(organisation, period, quantity, value, *, as_of=None, unit="", note="", year=R3):
    """An observation; without *as_of* of the last day of its period."""
    last = year.end if period == YEAR else read_period(period).end
    return Observation(organisation, year, period, quantity, str(value), as_of or last, unit, note=note)


def months(organisation, quantity, *values):
    """Observations of the months from April on; None where there is none."""
    pairs = zip(R3.months, values, strict=False)
    return tuple(row(organisation, month, quantity, value) for month, value in pairs if value is not None)


def table(*rows):
    """A table of rows, and of tuples of rows."""
    return Observations(tuple(each for part in rows for each in (part if isinstance(part, tuple) else (part,))))


QUANTITIES = st.sampled_from(("open_tenders", "insured"))
QUARTERS, HALVES = ([str(period) for period in periods] for periods in (R3.quarters, R3.halves))
TILINGS = (
    R3.months, QUARTERS, HALVES, (*R3.months[:3], *QUARTERS[1:]), (QUARTERS[0], *R3.months[3:6], HALVES[1]),
    (*R3.months[:6], HALVES[1]), (HALVES[0], *R3.months[6:]), (*R3.months, *QUARTERS),
)  # fmt: skip
"""Periods by which a branch may report its year."""


@st.composite
def tables(draw, periods=st.just(R3.months)):
    """Tables of two quantities by branch, in which up to two values are missing."""
    cells = [
        (branch, period, quantity)
        for branch in BRANCHES
        for quantity in ("open_tenders", "insured")
        for period in draw(periods)
    ]
    gaps = draw(st.sets(st.sampled_from(cells), max_size=2))
    return Observations(tuple(row(*cell, draw(st.integers(0, 10**6))) for cell in cells if cell not in gaps))
