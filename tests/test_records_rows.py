"""`kpi.records.rows`: lists of records, walked through one by one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from claims import CLAIMS, formula

from kpi.columns.request import request
from kpi.errors import RecordsError
from kpi.records import rows
from kpi.records.counting import counting

CLAIM = {"branch": "iwate", "received": date(2021, 5, 6), "paid": None, "amount": 100, "lost": False}
TOTAL = {"total": formula("sum(amount of claims) >= 1 yen")}


def counted(*records, kpis=TOTAL, by="fiscal_year"):
    """What is counted of claims."""
    return rows.count(counting(kpis), {"claims": records}, by)


def test_rows_stand_in_the_order_of_organisations_and_periods():
    """What lacks a key comes last."""
    days = date(2022, 4, 1), None, date(2022, 3, 31), date(2021, 4, 1)
    found = counted(*({**CLAIM, "branch": branch, "received": day} for branch in ("b", None, "a") for day in days))
    assert [(row["organisation"], row["fiscal_year"]) for row in found] == [
        (branch, year) for branch in ("a", "b", None) for year in (2021, 2022, None)
    ]
    assert [row["sum(amount of claims)"] for row in found] == [200, 100, 100] * 3


def test_no_records_make_no_rows():
    assert counted() == []
    assert rows.decide([], request(counting(TOTAL).asked)) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("amount", 100.0),
        ("amount", Decimal("1e2")),
        ("amount", Fraction(100)),
        ("received", datetime(2021, 5, 6, 13, 30)),  # noqa: DTZ001  # days have no zone
        ("received", "令和3年5月6日"),
        ("lost", 0),
    ],
)
def test_one_value_has_several_forms(column, value):
    assert counted({**CLAIM, column: value}) == counted(CLAIM)


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("amount", 1.5, "column 'amount' holds 1.5, expected whole numbers of at most 64 bits"),
        ("amount", "100", "column 'amount' holds '100', expected whole numbers of at most 64 bits"),
        ("amount", True, "column 'amount' holds True, expected whole numbers of at most 64 bits"),
        ("branch", 3, "column 'branch' holds 3, expected text"),
        ("lost", "false", "column 'lost' holds 'false', expected true and false"),
        ("lost", 2, "column 'lost' holds 2, expected true and false"),
        ("received", 20210506, "column 'received' holds 20210506, expected dates"),
        ("received", "May 6", "'May 6' is no date; expected one such as 2021-09-30 or 令和3年9月30日"),
        (
            "received",
            datetime(2021, 5, 6, tzinfo=UTC),
            "column 'received' holds 2021-05-06 00:00:00+00:00 in a time zone, expected dates",
        ),
        ("amount", [1], "[1] is no number, text, date or truth value"),
    ],
)
def test_a_value_that_is_not_as_declared_is_told_with_its_record(column, value, told):
    kpis = {**TOTAL, "lost": formula("count(claims where lost) >= 1")}
    with pytest.raises(RecordsError) as raised:
        counted(CLAIM, {**CLAIM, column: value}, kpis=kpis)
    assert str(raised.value) == f"table 'claims', record 2: {told}"


@pytest.mark.parametrize(
    ("records", "found"),
    [
        (None, "NoneType"),
        (5, "int"),
        (b"claims.csv", "bytes"),
        ({"branch": ["iwate"]}, "dict"),
        ([CLAIM, None], "a list of NoneType"),
        ([("iwate", 1)], "a list of tuple"),
    ],
)
def test_what_is_no_list_of_records_is_told(records, found):
    with pytest.raises(RecordsError) as raised:
        rows.count(counting(TOTAL), {"claims": records}, "fiscal_year")
    assert str(raised.value) == f"table 'claims': expected a list of mappings, a frame or a path; found {found}"


def test_records_may_come_one_by_one():
    assert counted(*(each for each in [CLAIM])) == rows.count(counting(TOTAL), {"claims": iter([CLAIM])}, "fiscal_year")


def test_what_is_missing_in_one_record_is_missing():
    """A column has to be in some of them."""
    without = {name: value for name, value in CLAIM.items() if name != "amount"}
    assert counted(CLAIM, without)[0]["sum(amount of claims)"] is None
    with pytest.raises(RecordsError, match="have no column 'amount'"):
        counted(without)
    assert CLAIMS.columns["amount"].type == "integer"
