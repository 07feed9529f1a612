"""`kpi.records.sql`: the query that counts the records of one table."""

from __future__ import annotations

import pytest
from claims import CLAIMS, formula

from kpi.errors import RecordsError
from kpi.formulas.nodes import aggregates
from kpi.records.counting import counting
from kpi.records.sql import CountingQuery


def query(text, by="fiscal_year"):
    """The query for the one aggregate of a formula."""
    return CountingQuery(CLAIMS, counting(formula(text)).columns, by, "mart")


def counted(text):
    """How the one aggregate of a formula is counted out of records."""
    found = query(text)
    (one,) = found.columns.values()
    return found.aggregate(one).replace('"', "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("count(claims)", "COUNT(*)"),
        ("count(claims where lost)", "COALESCE(COUNT_IF(lost), 0)"),
        ("count(claims where excluded)", "COALESCE(COUNT_IF(excluded), 0)"),
        (
            "sum(amount of claims)",
            "CASE WHEN COALESCE(COUNT_IF(amount IS NULL), 0) = 0 THEN COALESCE(SUM(amount), 0) END",
        ),
        (
            "sum(amount of claims where lost)",
            ("CASE WHEN COALESCE(COUNT_IF(((lost) AND amount IS NULL)), 0) = 0"
            " THEN COALESCE(SUM(CASE WHEN lost THEN amount END), 0) END"),
        ),
        ("max(days(received, paid) of claims where days(received, paid) is known)",
         "MAX(CASE WHEN days_received_paid IS NOT NULL THEN days_received_paid END)"),
        ("count(distinct member of claims where member is known and lost)",
         "COUNT(DISTINCT CASE WHEN member IS NOT NULL AND lost THEN member END)"),
    ],
)  # fmt: skip
def test_an_aggregate_counts_where_its_condition_is_true_and_is_unknown_where_its_measure_is(text, expected):
    """A condition that asks for the measure leaves nothing to look for."""
    assert counted(text) == expected


def test_a_date_outside_of_the_calendar_makes_the_number_unknown():
    assert counted("count(claims where business_days(received, paid) <= 3)") == (
        "CASE WHEN COALESCE(COUNT_IF(no_business_days_received_paid), 0) = 0"
        " THEN COALESCE(COUNT_IF(within_3_business_days_received_paid), 0) END"
    )
    assert query("count(claims where business_days(received, paid) <= 3)").needs_calendar
    assert not query("count(claims where days(received, paid) <= 3)").needs_calendar


def test_records_come_first_and_then_groups():
    text = query("count(claims)", "quarter").text()
    assert text.startswith("WITH records AS (\nSELECT\n  ")
    assert text.endswith(
        'SELECT\n  organisation,\n  fiscal_year,\n  quarter,\n  COUNT(*) AS "count(claims)"\nFROM "records"\nGROUP BY 1, 2, 3'
    )


def test_a_mean_is_no_number_of_records():
    (one,) = aggregates(formula("mean(amount of claims)").expression)
    with pytest.raises(RecordsError, match="a mean is a sum over a count"):
        CountingQuery(CLAIMS, {"mean": one}, "fiscal_year", "mart").text()
