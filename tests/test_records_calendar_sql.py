"""`kpi.records.calendar_sql`: business days out of a table that is joined, and out of an array, as Spark looks them up."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from claims import CLAIMS
from hypothesis import given, settings
from hypothesis import strategies as st
from records_engines import polars_frame

from kpi.formulas.aggregates import Column, Elapsed, Length
from kpi.periods.calendar import Calendar
from kpi.records.calendar import calendar_query
from kpi.records.calendar_sql import CalendarArray, CalendarTable
from kpi.records.limits import Limit, Spans

CALENDAR = Calendar.of_japan(2021, 2021)
ARRAY = CalendarArray(CALENDAR, f"{[*CALENDAR.numbers]}".replace(" ", ""))
SPAN = Elapsed(Length.BUSINESS_DAYS, Column("received"), Column("paid"))
DAYS = st.none() | st.dates(date(2020, 12, 25), date(2022, 1, 5))
PAIRS = st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=20)


def selected(beside, pairs, limit):
    """Numbers of both dates, whether they are within a limit, asked for in both ways, and whether they are known."""
    records = [{"member": f"{number:03}", "received": one, "paid": other} for number, (one, other) in enumerate(pairs)]
    claims = polars_frame(CLAIMS, records)
    columns = (
        beside.number("claims", "received"),
        beside.number("claims", "paid"),
        f"COALESCE({beside.within('claims', limit, contradicted=False)}, FALSE)",
        beside.within("claims", limit, contradicted=True),
        beside.is_known("claims", "paid"),
    )
    joins = " ".join(beside.joins("claims", Spans((SPAN,), (limit,))))
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE calendar AS {calendar_query(CALENDAR)}")
        # DuckDB counts from 1 and has another name for GET
        connection.execute("CREATE MACRO get(numbers, place) AS numbers[CASE WHEN place >= 0 THEN place + 1 END]")
        connection.register("claims", claims.to_arrow())
        return connection.execute(f"SELECT {', '.join(columns)} FROM claims {joins} ORDER BY claims.member").fetchall()


@settings(max_examples=25)
@given(pairs=PAIRS, days=st.integers(0, 12))
def test_both_give_the_same(pairs, days):
    """Within the calendar, and missing outside of it."""
    limit = Limit(SPAN, days)
    found = selected(CalendarTable(), pairs, limit)
    assert [row[:2] for row in found] == [tuple(day and CALENDAR.number(day) for day in pair) for pair in pairs]
    known = [
        index
        for index, pair in enumerate(pairs)
        if all(day is None or CALENDAR.number(day) is not None for day in pair)
    ]
    by_array = selected(ARRAY, pairs, limit)
    assert [row[:2] + row[4:] for row in by_array] == [row[:2] + row[4:] for row in found]
    assert [by_array[index] for index in known] == [found[index] for index in known]


def test_an_array_needs_no_join():
    assert [*ARRAY.joins("claims", Spans((SPAN,), (Limit(SPAN, 3),)))] == []


@pytest.mark.parametrize("name", ["received_day", "RECEIVED_and_3"])
def test_what_stands_beside_a_table_is_not_called_like_it(name):
    joins = " ".join(CalendarTable().joins(name, Spans((SPAN,), (Limit(SPAN, 3),))))
    assert f'AS "{name}"' not in joins
    assert f'"{name}"."received"' in joins
