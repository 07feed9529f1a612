"""`kpi.records.source_sql`: keys, spans of time and the calendar beside a table of records."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from claims import CLAIMS, EDGES
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sql_texts import DATABASES, fill_records, quick_dialects

from kpi.formulas.aggregate_evaluator import RecordWalk
from kpi.formulas.aggregates import Column, Elapsed, Length
from kpi.formulas.tables import Table, TableColumn
from kpi.records.calendar_sql import CalendarTable
from kpi.records.dialects import translated
from kpi.records.limits import Limit, Spans
from kpi.records.periods import GRAINS, fiscal_year_of, period_of
from kpi.records.source_sql import SourceSql

HERE = SourceSql(CLAIMS, CalendarTable())
SPANS = {length: Elapsed(length, Column("received"), Column("paid")) for length in Length}
DAYS = st.none() | st.sampled_from(EDGES) | st.dates(date(1989, 1, 1), date(2050, 12, 31))
PAIRS = st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=30)


def selected(dialect, pairs, columns, spans=Spans((), ())):
    """What expressions give for records of two dates, in their order."""
    records = [{"member": f"{number:03}", "received": one, "paid": other} for number, (one, other) in enumerate(pairs)]
    fill_records(dialect, CLAIMS, records)
    listed = ", ".join(f"{column} AS column_{number}" for number, column in enumerate(columns))
    joins = "\n".join(HERE.joins(spans))
    text = f'SELECT "claims"."member" AS member, {listed} FROM "claims"\n{joins}\nORDER BY 1'
    return [[*row.values()][1:] for row in DATABASES[dialect].rows(translated(text, dialect))]


@quick_dialects
@settings(max_examples=20)
@given(pairs=PAIRS)
def test_spans_take_as_long_as_the_walk_says(dialect, pairs):
    spans = Spans((SPANS[Length.BUSINESS_DAYS],), ())
    found = selected(dialect, pairs, [HERE.elapsed(span) for span in SPANS.values()], spans)
    walk = RecordWalk()
    assert found == [
        [walk.elapsed(span, {"received": one, "paid": other}) for span in SPANS.values()] for one, other in pairs
    ]


@quick_dialects
@settings(max_examples=20)
@given(pairs=PAIRS, days=st.integers(0, 30))
@example(pairs=[(date(2050, 12, 20), date(2050, 12, 28)), (date(2050, 12, 20), date(2050, 12, 22))], days=3)
@example(pairs=[(date(2050, 12, 28), date(2050, 12, 31))], days=10)  # the calendar ends before so many business days
def test_a_limit_holds_where_the_span_is_no_longer(dialect, pairs, days):
    """Where its contrary matters it is null, not false, if the second date lies before the first."""
    limit = Limit(SPANS[Length.BUSINESS_DAYS], days)
    contradicted = SourceSql(CLAIMS, CalendarTable(), frozenset({limit}))
    found = selected(dialect, pairs, [HERE.within(limit), contradicted.within(limit)], Spans((), (limit,)))
    for (plain, known), (one, other) in zip(found, pairs, strict=True):
        took = RecordWalk().elapsed(limit.span, {"received": one, "paid": other})
        assert known == (None if took is None else took <= days)
        assert bool(plain) is (took is not None and took <= days)


@quick_dialects
@pytest.mark.parametrize("by", GRAINS)
@settings(max_examples=5)
@given(days=st.lists(DAYS, min_size=1, max_size=20))
def test_keys_are_those_of_the_day(dialect, by, days):
    _, *keys = HERE.keys(by)
    found = selected(dialect, [(day, None) for day in days], keys)
    expected = [
        [None] * len(keys)
        if day is None
        else [fiscal_year_of(day.year, day.month), *([] if by == "fiscal_year" else [period_of(by, day.month)])]
        for day in days
    ]
    assert found == expected


@quick_dialects
def test_a_date_is_outside_of_the_calendar_or_missing(dialect):
    known, early, late = date(2021, 5, 6), date(1988, 12, 31), date(2051, 1, 1)
    pairs = [(known, known), (early, known), (known, late), (None, late), (None, known), (None, None)]
    found = selected(dialect, pairs, [HERE.outside(SPANS[Length.BUSINESS_DAYS])])
    assert [bool(is_outside) for (is_outside,) in found] == [False, True, True, True, False, False]
    assert date(2050, 12, 31) + timedelta(1) == late


@quick_dialects
@pytest.mark.parametrize("name", ["received_day", "paid_day", "received_and_10", "Received_And_10", "early"])
def test_a_table_may_be_called_like_what_is_looked_up(dialect, name):
    """No two things in a query have one name."""
    columns = [TableColumn("branch", "text"), TableColumn("received", "date"), TableColumn("paid", "date")]
    table = Table.of(name, columns, organisation="branch", date="received")
    here = SourceSql(table, CalendarTable())
    fill_records(dialect, table, [{"branch": "iwate", "received": date(2021, 5, 6), "paid": date(2021, 5, 10)}])
    limit = Limit(SPANS[Length.BUSINESS_DAYS], 10)
    joins = "\n".join(here.joins(Spans((limit.span,), (limit,))))
    text = f"SELECT {here.elapsed(limit.span)} AS took, {here.within(limit)} AS within FROM {here.alias}\n{joins}"
    assert DATABASES[dialect].rows(translated(text, dialect)) == [{"took": 2, "within": True}]
