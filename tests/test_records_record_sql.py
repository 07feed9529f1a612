"""`kpi.records.record_sql`: the stage of records, in which every name stands once."""

from __future__ import annotations

from claims import CLAIMS, formula

import kpi
from kpi.formulas.tables import Table, TableColumn
from kpi.records.calendar_sql import CalendarTable
from kpi.records.counting import counting
from kpi.records.record_sql import RecordSql


def stage(text, table=CLAIMS, by="fiscal_year"):
    """The stage for what a formula counts."""
    found = counting(formula(text) if table is CLAIMS else text, {table.name: table})
    return RecordSql.of(table, tuple(found.columns.values()), by)


def test_spans_and_named_conditions_are_worked_out_once_for_each_record():
    text = "count(claims where excluded and days(received, paid) <= 3) / count(claims where excluded and days(received, paid) > 5)"
    found = stage(text).text("mart", CalendarTable())
    assert found.count("DATE_DIFF") == 1
    assert found.count('AS "excluded"') == 1
    assert found.count('AS "days_received_paid"') == 1


def test_a_limit_of_business_days_is_looked_up_and_not_counted():
    found = stage("count(claims where business_days(received, paid) <= 10)")
    assert [*found.spans] == []
    assert [*found.limits.values()] == ["within_10_business_days_received_paid"]
    assert [*found.outside.values()] == ["no_business_days_received_paid"]
    assert found.needs_calendar


def test_a_number_of_business_days_is_counted():
    found = stage("max(business_days(received, paid) of claims)")
    assert [*found.spans.values()] == ["business_days_received_paid"]
    assert [*found.limits] == []


def test_a_column_gives_way_to_a_key_of_its_name():
    table = Table.of(
        "visits",
        [TableColumn("organisation", "text"), TableColumn("month", "date"), TableColumn("Fiscal_Year", "text")],
        organisation="organisation",
        date="month",
    )
    text = kpi.parse("count(visits where organisation = 'x' and Fiscal_Year = 'R3' and month > 2021-04-01)")
    found = stage(text, table, "month")
    assert found.keys == ("organisation", "fiscal_year", "month")
    assert found.columns == {"organisation": "organisation_", "Fiscal_Year": "Fiscal_Year_", "month": "month_"}
    assert '"visits"."organisation" AS organisation,' in found.text('"visits"', CalendarTable())


def test_the_table_is_called_by_its_name_wherever_it_lies():
    assert stage("count(claims)").text("mart", CalendarTable()).endswith('FROM mart AS "claims"')
    assert stage("count(claims)").text('"claims"', CalendarTable()).endswith('FROM "claims"')
