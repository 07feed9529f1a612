"""From records to the number of an aggregate: the plain walk, which says what every engine must give."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from claims import formula
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from kpi.errors import ValueReadingError
from kpi.formulas.aggregate_evaluator import aggregate_of, months_between, plain
from kpi.formulas.evaluator import Undefined
from kpi.periods.calendar import Calendar

DAYS = st.dates(date(1989, 1, 1), date(2050, 12, 31)) | st.sampled_from(
    [date(2020, 1, 30), date(2020, 1, 31), date(2020, 2, 29), date(2021, 2, 28), date(2021, 12, 31)]
)
PAID = {"received": date(2021, 5, 6), "paid": date(2021, 5, 10), "amount": 100, "member": "a", "lost": False}
OPEN = {"received": date(2021, 5, 6), "paid": None, "amount": None, "member": None, "lost": None}


def number(text, *records, calendar=None):
    """What an aggregate over claims makes of records; None where it is missing."""
    found = aggregate_of(formula(text).expression, records, calendar)
    return None if isinstance(found, Undefined) else found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("count(claims)", 2),
        ("count(claims where lost)", 0),
        ("count(claims where not lost)", 1),
        ("count(claims where lost or paid is known)", 1),
        ("count(claims where not (lost and paid is known))", 2),
        ("count(claims where amount != 100 yen)", 0),
        ("count(claims where member in ('a', 'b'))", 1),
        ("count(claims where amount between 100 yen and 200 yen)", 1),
        ("count(distinct member of claims)", None),
        ("count(distinct member of claims where member is known)", 1),
        ("sum(amount of claims)", None),
        ("sum(amount of claims where amount is known)", 100),
        ("sum(amount of claims where lost)", 0),
        ("max(amount of claims where lost)", None),
        ("mean(amount of claims where lost)", None),
        ("max(days(received, paid) of claims where paid is known)", 4),
        ("count(claims where business_days(received, paid) <= 2)", 1),
    ],
)
def test_a_test_of_a_missing_value_is_neither_true_nor_false(text, expected):
    assert number(text, PAID, OPEN) == expected


def test_a_mean_is_exact():
    assert number("mean(amount of claims)", *({"amount": one} for one in (1, 2, 2))) == Fraction(5, 3)


def test_a_date_outside_the_calendar_makes_the_whole_missing():
    """Also where the record would not count."""
    text = "count(claims where business_days(received, paid) <= 2)"
    assert number(text, PAID, calendar=Calendar.of_japan(2020, 2020)) is None
    assert number(text, PAID, {**OPEN, "received": date(1988, 12, 31)}) is None


@given(DAYS, DAYS)
def test_months_are_the_fewest_within_which_the_end_lies(one, other):
    """They begin on the day after the start; one that has no such day at its end ends with its month (Civil Code, article 143)."""
    start, end = sorted((one, other))
    months = months_between(start, end)
    assert last_day(start, months) >= end
    assert months == 0 or last_day(start, months - 1) < end


def last_day(start, months):
    """The last day within so many months of a start."""
    first = start + relativedelta(days=1)
    there = first + relativedelta(months=months)
    return there if there.day != first.day else there - relativedelta(days=1)


def test_a_date_that_stands_for_no_end_has_months_and_days_to_it():
    assert months_between(date(2021, 3, 31), date.max) == 12 * 7978 + 9
    assert months_between(date.max, date.max) == 0
    assert number("max(months(received, paid) of claims)", {**PAID, "received": date.min, "paid": date.max}) == 119988


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (float("nan"), None),
        (float("inf"), None),
        (pd.NA, None),
        (pd.NaT, None),
        (Decimal("NaN"), None),
        (0.1, Fraction(1, 10)),
        (Decimal("0.10"), Fraction(1, 10)),
        (True, True),
        ("x", "x"),
        (pd.Timestamp("2021-05-06 12:00"), date(2021, 5, 6)),
    ],
)
def test_values_are_plain(value, expected):
    found = plain(value)
    assert (type(found), found) == (type(expected), expected)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sum(amount of claims)", "'many' is no number"),
        ("count(claims where amount >= 1 yen)", "'many' and Fraction(1, 1) cannot be compared"),
    ],
)
def test_a_value_of_another_kind_is_told(text, told):
    with pytest.raises(ValueReadingError) as raised:
        number(text, {"amount": "many"})
    assert str(raised.value) == told
