"""Within so many months, days or business days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.errors import ValueReadingError
from kpi.periods import Month, deadline, is_within

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
LENGTHS = st.integers(1, 36)


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        ("2021-01-15", 3, date(2021, 4, 15)),
        ("2021-01-31", 1, date(2021, 2, 28)),
        ("2020-01-31", 1, date(2020, 2, 29)),
        ("2021-01-30", 1, date(2021, 2, 28)),
        ("2021-01-29", 1, date(2021, 2, 28)),
        ("2021-01-28", 1, date(2021, 2, 28)),
        ("2021-01-27", 1, date(2021, 2, 27)),
        ("2021-08-31", 10, date(2022, 6, 30)),
        ("2021-08-30", 10, date(2022, 6, 30)),
        ("2021-02-28", 1, date(2021, 3, 31)),
        ("2021-06-30", 10, date(2022, 4, 30)),
        ("令和3年11月30日", 3, date(2022, 2, 28)),
        ("2020-02-29", 12, date(2021, 2, 28)),
    ],
)
def test_months(start, months, last):
    """Months end on the day of the same number, or where there is none on the last; the end of a month stays the end."""
    assert deadline(start, months=months) == last


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        ("2021-04-01", 3, date(2021, 6, 30)),
        ("2021-01-15", 3, date(2021, 4, 14)),
        ("2021-01-31", 1, date(2021, 2, 28)),
        ("2021-02-28", 1, date(2021, 3, 27)),
    ],
)
def test_months_with_the_first_day(start, months, last):
    """Where the first day counts, they end a day earlier."""
    assert deadline(start, months=months, first_day_counts=True) == last


def test_days():
    """Days count from the day after, unless the first counts."""
    assert deadline("2021-12-30", days=7) == date(2022, 1, 6)
    assert deadline("2021-12-30", days=7, first_day_counts=True) == date(2022, 1, 5)


def test_business_days():
    """Of ten business days the first is the one after receipt, unless that day counts: the golden week of 2019."""
    assert deadline("2019-04-26", business_days=10) == date(2019, 5, 20)
    assert deadline("2019-04-26", business_days=10, first_day_counts=True) == date(2019, 5, 17)
    assert deadline("2019-04-27", business_days=1, first_day_counts=True) == date(2019, 5, 7)


def test_months_from_a_month():
    """健診受診月から10か月以内: the ten months after the month of the check-up, or ten of which it is the first."""
    month = Month(2021, 8)
    assert deadline(month.end, months=10) == date(2022, 6, 30)
    assert deadline(month.start, months=10, first_day_counts=True) == date(2022, 5, 31)


@pytest.mark.parametrize(
    ("done", "within"),
    [
        ("2021-08-30", False),
        ("2021-08-31", True),
        ("2022-06-30", True),
        ("2022-07-01", False),
        ("令和4年6月30日", True),
    ],
)
def test_within(done, within):
    """From the first day to the last."""
    assert is_within("2021-08-31", done, months=10) is within


@pytest.mark.parametrize(
    ("lengths", "says"),
    [
        ({}, "found no number; expected one of months, days, business_days"),
        ({"months": 1, "days": 1}, "found 1, 1; expected one of"),
        ({"months": 0}, "found 0"),
        ({"months": 1.5}, "found 1.5; expected a whole number of months"),
        ({"days": "3"}, "found '3'; expected a whole number of days"),
        ({"business_days": 2.0}, "found 2.0; expected a whole number of business days"),
        ({"days": -1}, "found -1"),
        ({"days": 10**7}, "beyond the calendar"),
        ({"days": 10**12}, "beyond the calendar"),
        ({"months": 10**6}, "beyond the calendar"),
    ],
)
def test_no_deadline(lengths, says):
    """One number is given, and the day it leads to exists."""
    with pytest.raises(ValueReadingError, match=says):
        deadline("2021-08-31", **lengths)


@given(DAYS, DAYS, LENGTHS, LENGTHS, st.booleans(), st.sampled_from(["months", "days"]))
def test_later_starts_and_longer_times_end_no_earlier(one, other, short, long, counts, unit):
    """A deadline is monotone in its start and in its length."""
    start, later = sorted((one, other))
    short, long = sorted((short, long))
    first = deadline(start, **{unit: short}, first_day_counts=counts)
    assert first <= deadline(later, **{unit: short}, first_day_counts=counts)
    assert first <= deadline(start, **{unit: long}, first_day_counts=counts)


@given(DAYS, LENGTHS)
def test_first_day(day, months):
    """To count the first day is to start the day before."""
    eve = day - timedelta(days=1)
    assert deadline(day, months=months, first_day_counts=True) == deadline(eve, months=months)


@given(DAYS, LENGTHS)
def test_month_of_the_deadline(day, months):
    """A deadline lies so many months on, and from the end of a month at the end of one."""
    last = deadline(day, months=months)
    assert Month.of(last) == Month.of(day).later(months)
    assert last.day == day.day or last == Month.of(last).end
    assert day != Month.of(day).end or last == Month.of(last).end
