"""`kpi.records.together`: numbers of several tables side by side."""

from __future__ import annotations

from datetime import date

import pytest
from claims import CLAIMS, TENDERS, formula
from records_engines import ENGINES, needs

from kpi.records import rows
from kpi.records.counting import counting
from kpi.records.sql import CountingQuery
from kpi.records.together import mark, padded, together

CLAIM = {"branch": "iwate", "received": date(2021, 5, 6), "amount": 100}
TENDER = {"branch": "iwate", "opened": date(2021, 6, 1), "bidders": None}
BOTH = counting(
    {
        "share": formula("count(tenders) / count(claims) >= 1%"),
        "sum": formula("sum(amount of claims) >= 1 yen"),
        "least": formula("min(bidders of tenders) >= 1 company"),
    }
)
RECORDS = {
    "claims": [CLAIM, {**CLAIM, "branch": "miyagi"}, {**CLAIM, "branch": None}],
    "tenders": [TENDER, {**TENDER, "branch": "toyama", "bidders": 3}, {**TENDER, "opened": None}],
}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=needs(name))
        for name in ("polars", "polars-lazy", "pandas", "pyarrow", "duckdb", "spark")
    ],
)
@pytest.mark.parametrize("by", ["fiscal_year", "quarter"])
def test_a_group_that_one_table_lacks_counts_none_there(name, by):
    """A sum of nothing is 0, of what is missing it is missing, and nothing has no least."""
    engine = ENGINES[name]
    made = {table.name: engine.make(table, RECORDS[table.name]) for table in (CLAIMS, TENDERS)}
    found = engine.count(BOTH, made, by)
    assert found == rows.count(BOTH, RECORDS, by)
    if by == "fiscal_year":
        assert [[*row.values()] for row in found] == [
            ["iwate", 2021, 1, 1, 100, None],
            ["iwate", None, 1, 0, 0, None],
            ["miyagi", 2021, 0, 1, 100, None],
            ["toyama", 2021, 1, 0, 0, 3],
            [None, 2021, 0, 1, 100, None],
        ]


def test_of_one_table_there_is_nothing_to_put_together():
    one = counting(formula("count(claims)"))
    query = CountingQuery(CLAIMS, one.columns, "fiscal_year", "mart")
    assert padded(query, one) == query.text()
    assert together(one, "fiscal_year", "counted") == (
        'SELECT organisation, fiscal_year, "count(claims)" FROM counted\nORDER BY 1 NULLS LAST, 2 NULLS LAST'
    )
    assert "ORDER BY" not in together(one, "fiscal_year", "counted", ordered=False)


def test_a_mark_tells_of_which_table_a_row_is():
    text = padded(CountingQuery(TENDERS, BOTH.of_table("tenders"), "quarter", "mart"), BOTH)
    first = text.partition(" FROM (")[0]
    assert f"1 AS {mark('tenders')}" in first
    assert f"CAST(NULL AS BIGINT) AS {mark('claims')}" in first
    assert 'CAST(NULL AS BIGINT) AS "count(claims)"' in first
