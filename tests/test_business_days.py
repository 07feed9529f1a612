"""Business days in Japan."""

from __future__ import annotations

import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.errors import MissingExtraError, ValueReadingError
from kpi.periods import business_days as rooms
from kpi.periods.business_days import add_business_days, business_calendar, business_days, is_business_day

DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))
LENGTHS = st.integers(0, 90)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2019-04-27", "2019-05-06"),
        ("2018-12-29", "2019-01-03"),
        ("2020-07-23", "2020-07-26"),
        ("2021-07-22", "2021-07-25"),
        ("2021-08-07", "2021-08-09"),
        ("2021-12-29", "2022-01-03"),
        ("2015-09-19", "2015-09-23"),
        ("2024-02-10", "2024-02-12"),
    ],
    ids=[
        "ten days at the change of the era", "turn of a year", "Olympic holidays, first date", "Olympic holidays, moved",
        "Mountain Day moved, with its substitute", "turn of another year", "day between two holidays", "substitute",
    ],
)  # fmt: skip
def test_closed(first, last):
    """Offices are closed on all days of long holidays, and open on the days around."""
    first, last = date.fromisoformat(first), date.fromisoformat(last)
    assert business_calendar(first, last) == ()
    assert is_business_day(first - timedelta(days=1))
    assert is_business_day(last + timedelta(days=1))


@pytest.mark.parametrize(
    "day", ["2020-10-12", "2021-07-19", "2021-08-11", "2021-10-11", "2020-07-20", "令和元年12月23日"]
)
def test_open(day):
    """Days from which the holiday of other years was moved away are business days."""
    assert is_business_day(day)


def test_year_end():
    """The closing of public offices at the end of the year is a choice."""
    assert add_business_days("2021-12-28", 1) == date(2022, 1, 4)
    assert add_business_days("2021-12-28", 1, year_end_closing=False) == date(2021, 12, 29)
    assert not is_business_day("2022-01-01", year_end_closing=False)


def test_closed_days_of_ones_own():
    """Further closed days are those of the caller."""
    closed = {date(2021, 6, 1)}
    assert business_days("2021-05-31", "2021-06-02", closed=closed) == 1
    assert add_business_days("2021-05-31", 1, closed=closed) == date(2021, 6, 2)
    assert business_calendar("2021-05-31", "2021-06-02", closed=closed) == (date(2021, 5, 31), date(2021, 6, 2))
    assert not is_business_day("2021-06-01", closed=closed)


def test_ten_business_days():
    """The standard of payment: ten business days, over a weekend and a holiday."""
    assert add_business_days("2021-04-20", 10) == date(2021, 5, 10)
    assert business_days("2021-04-20", "2021-05-10") == 10
    assert business_days("2021-04-20", "2021-04-20") == 0


def test_contradiction():
    """What was paid before it was received is refused, and so is a negative number."""
    with pytest.raises(ValueReadingError, match="paid on 2021-04-01, before it was received on 2021-04-02"):
        business_days("2021-04-02", "2021-04-01")
    with pytest.raises(ValueReadingError, match="found -1 business days, expected 0 or more"):
        add_business_days("2021-04-02", -1)


@pytest.mark.parametrize("day", ["1947-06-02", "2150-06-02"])
def test_unknown_holidays(day):
    """A year whose holidays nobody knows has no business days, rather than too many."""
    with pytest.raises(ValueReadingError, match=f"the holidays of {day[:4]} are not known"):
        is_business_day(day)


def test_without_the_library(monkeypatch):
    """Without the library of holidays, the error names the extra that installs it."""
    monkeypatch.setitem(sys.modules, "holidays", None)
    rooms._holidays.cache_clear()
    with pytest.raises(MissingExtraError, match=r"pip install 'kpi\[calendar\]'"):
        business_days("2021-04-01", "2021-04-02")


@given(DAYS, LENGTHS, LENGTHS)
def test_adjacent_spans_add_up(start, one, other):
    """Business days of two spans, the second beginning where the first ends, add up."""
    middle = start + timedelta(days=one)
    end = middle + timedelta(days=other)
    assert business_days(start, middle) + business_days(middle, end) == business_days(start, end)


@given(DAYS, st.integers(1, 40))
def test_adding_and_counting(day, number):
    """The tenth business day after a day is ten business days away, and is one."""
    last = add_business_days(day, number)
    assert business_days(day, last) == number
    assert is_business_day(last)


@given(DAYS, DAYS, st.integers(0, 20), st.integers(0, 20))
def test_monotone(one, other, short, long):
    """A later start, or more days, end no earlier."""
    (start, later), (short, long) = sorted((one, other)), sorted((short, long))
    assert add_business_days(start, short) <= add_business_days(start, long)
    assert short == 0 or add_business_days(start, short) <= add_business_days(later, short)


@given(DAYS, LENGTHS)
def test_calendar(first, length):
    """The calendar as data holds the business days of a span, in order."""
    last = first + timedelta(days=length)
    days = business_calendar(first, last)
    assert list(days) == sorted(set(days))
    assert len(days) == business_days(first, last) + is_business_day(first)
