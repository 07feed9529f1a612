"""`kpi.records.frame_records`: records of a frame made ready, with nothing that rests on null."""

from __future__ import annotations

from datetime import date, datetime

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from claims import CLAIMS
from records_engines import polars_frame
from test_frame_conditions import every_library

from kpi.formulas.aggregates import Column, Elapsed, Length
from kpi.periods.calendar import Calendar
from kpi.records.frame_records import NO_YEAR, keys, outside, ready, with_spans

CLAIM = {"branch": "iwate", "received": date(2021, 5, 6), "paid": date(2022, 3, 31), "amount": 5, "lost": True}
NAMES = tuple(CLAIM)
SPAN = Elapsed(Length.BUSINESS_DAYS, Column("received"), Column("paid"))


def listed(frame, *names):
    """The values of columns, in the order of amounts."""
    found = frame.sort("value amount")
    found = found.collect() if isinstance(found, nw.LazyFrame) else found
    return [found[name].to_list() for name in names]


@every_library
def test_what_is_missing_is_filled_and_marked(make):
    rows, places = ready(nw.from_native(make(polars_frame(CLAIMS, [CLAIM, {}]))), CLAIMS, NAMES)
    days = [(day - date(1970, 1, 1)).days for day in (CLAIM["received"], CLAIM["paid"])]
    filled = {"branch": "", "received": 0, "paid": 0, "amount": 0, "lost": False}
    known = {"branch": "iwate", "received": days[0], "paid": days[1], "amount": 5, "lost": True}
    for name, place in places.items():
        assert listed(rows, place.value, place.known) == [[filled[name], known[name]], [False, True]]


def test_a_moment_counts_as_its_day():
    """Also before 1970, where a division rounds the other way."""
    moments = [datetime(1969, 12, 31, 23, 59), datetime(1970, 1, 1), datetime(2021, 5, 6, 12)]  # noqa: DTZ001  # days have no zone
    frame = pl.DataFrame({"branch": "a", "received": moments, "amount": [1, 2, 3]})
    rows, _ = ready(nw.from_native(frame), CLAIMS, tuple(frame.columns))
    assert listed(rows, "value received") == [[-1, 0, (date(2021, 5, 6) - date(1970, 1, 1)).days]]


@every_library
@pytest.mark.parametrize(
    ("by", "numbers"),
    [("fiscal_year", None), ("half_year", [1, 1, 2, 0]), ("quarter", [1, 2, 4, 0]), ("month", [4, 9, 3, 0])],
)
def test_keys_are_those_of_the_day(make, by, numbers):
    """The first day of all lies in the fiscal year 0; what has no date is in none until the groups are made."""
    days = date(2021, 4, 1), date(2021, 9, 30), date(1, 3, 31), None
    claims = [{**CLAIM, "received": day, "amount": number} for number, day in enumerate(days)]
    rows, _ = ready(nw.from_native(make(polars_frame(CLAIMS, claims))), CLAIMS, NAMES)
    found = listed(rows.with_columns(**keys(CLAIMS, by)), *keys(CLAIMS, by))
    assert found == [[2021, 2021, 0, NO_YEAR], *([] if numbers is None else [numbers])]


@every_library
def test_a_date_is_outside_of_the_calendar_or_missing(make):
    days = date(2021, 1, 1), date(2021, 12, 31), date(2020, 12, 31), date(2022, 1, 1), None
    claims = [{**CLAIM, "received": date(2021, 5, 6), "paid": day, "amount": number} for number, day in enumerate(days)]
    rows, places = ready(nw.from_native(make(polars_frame(CLAIMS, claims))), CLAIMS, NAMES)
    rows, _ = with_spans(rows, places, (SPAN,), Calendar.of_japan(2021, 2021))
    assert listed(rows.with_columns(found=outside(SPAN, places)), "found") == [[False, False, True, True, False]]
