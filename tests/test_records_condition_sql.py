"""`kpi.records.condition_sql`: conditions in SQL, whose nulls mean what the walk means."""

from __future__ import annotations

import pytest
from claims import CLAIMS, CONDITIONS, RECORDS
from hypothesis import given, settings
from language import condition as parsed
from sql_texts import DATABASES, fill_records, quick_dialects

from kpi.formulas.aggregate_checker import check_condition
from kpi.formulas.aggregate_evaluator import RecordWalk
from kpi.formulas.aggregates import Elapsed, conditions
from kpi.formulas.nodes import Aggregate
from kpi.records.calendar_sql import CalendarTable
from kpi.records.dialects import translated
from kpi.records.limits import Spans, contradicted
from kpi.records.source_sql import SourceSql
from kpi.units import UNITS


def printed(condition):
    """A condition over claims, and what has to be joined for it."""
    here = SourceSql(CLAIMS, CalendarTable(), contradicted(condition))
    spans = Spans.of([Aggregate("", table="claims", where=condition)], within_named=True)
    return here.printed.condition(condition), [*here.joins(spans)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("amount >= 5", '"claims"."amount" >= 5'),
        ("kind = 'it''s'", """"claims"."kind" = 'it''s'"""),
        ("kind != 'x'", """"claims"."kind" <> 'x'"""),
        ("kind in ('x', 'y')", """"claims"."kind" IN ('x', 'y')"""),
        ("amount between 1 and 3", '"claims"."amount" BETWEEN 1 AND 3'),
        ("paid is missing", '"claims"."paid" IS NULL'),
        ("paid >= 2021-04-01", """"claims"."paid" >= DATE '2021-04-01'"""),
        ("not lost", 'NOT "claims"."lost"'),
        ("lost and (amount = 1 or amount = 2)", '"claims"."lost" AND ("claims"."amount" = 1 OR "claims"."amount" = 2)'),
        ("lost or amount = 1 and amount = 2", '"claims"."lost" OR "claims"."amount" = 1 AND "claims"."amount" = 2'),
        ("not (lost or amount = 1)", 'NOT ("claims"."lost" OR "claims"."amount" = 1)'),
        ("excluded", """("claims"."lost" OR "claims"."kind" = 'x')"""),
    ],
)
def test_conditions_read_as_sql(text, expected):
    condition = check_condition(parsed(text), CLAIMS, UNITS, lambda *_, **__: pytest.fail(text))
    assert printed(condition) == (expected, [])


@quick_dialects
@settings(max_examples=25)
@given(records=RECORDS, condition=CONDITIONS)
def test_they_are_true_false_or_neither_as_the_walk_says(dialect, records, condition):
    """A limit that nothing contradicts may be false where the walk knows nothing."""
    records = [{**record, "member": f"{number:03}"} for number, record in enumerate(records)]
    fill_records(dialect, CLAIMS, records)
    text, joins = printed(condition)
    query = " ".join((f'SELECT "claims"."member" AS member, {text} AS found FROM "claims"', *joins, "ORDER BY 1"))
    found = [row["found"] for row in DATABASES[dialect].rows(translated(query, dialect))]
    expected = [RecordWalk().condition(condition, record) for record in records]
    assert [bool(one) for one in found] == [one is True for one in expected]
    if not any(isinstance(getattr(part, "left", None), Elapsed) for part in conditions(condition)):
        assert [None if one is None else bool(one) for one in found] == expected
