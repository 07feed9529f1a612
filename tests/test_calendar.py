"""`kpi.periods.calendar`: the business days of many years as one table."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.errors import ValueReadingError
from kpi.periods.business_days import business_days, is_business_day
from kpi.periods.calendar import FIRST_YEAR, LAST_YEAR, Calendar, usual_calendar

OF_2021 = Calendar.of_japan(2021, 2021)
DAYS = st.dates(date(2021, 1, 1), date(2021, 12, 31))


def test_the_usual_calendar_reaches_from_heisei_to_2050():
    found = usual_calendar()
    assert (found.first, found.last) == (date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))
    assert usual_calendar() is found


@given(st.tuples(DAYS, DAYS).map(sorted))
def test_numbers_of_two_days_tell_the_business_days_between_them(days):
    start, end = days
    assert OF_2021.number(end) - OF_2021.number(start) == business_days(start, end)


def test_there_is_no_number_outside():
    assert OF_2021.number(date(2020, 12, 31)) is None
    assert OF_2021.number(date(2022, 1, 1)) is None


def test_it_is_a_table_of_every_day():
    rows = [*OF_2021.rows()]
    assert len(rows) == 365
    assert rows[:5] == [(date(2021, 1, day), max(0, day - 3)) for day in range(1, 6)]
    assert rows[-1] == (date(2021, 12, 31), sum(is_business_day(day) for day, _ in rows))


def test_further_days_may_be_closed():
    closed = Calendar.of_japan(2021, 2021, closed=[date(2021, 6, 1)])
    assert closed.number(date(2021, 6, 1)) == OF_2021.number(date(2021, 5, 31))


@pytest.mark.parametrize("calendar", [OF_2021, Calendar(date(2021, 1, 1), (1, 1, 2)), Calendar(date(2021, 1, 2), ())])
def test_exceptions_and_weekends_say_all(calendar):
    """A day is open if it is Monday to Friday, unless it is an exception."""
    days = [calendar.first + timedelta(index) for index in range(len(calendar.numbers))]
    opens = [(day.weekday() < 5) is not (index in calendar.exceptions) for index, day in enumerate(days)]
    assert [sum(opens[: index + 1]) for index in range(len(opens))] == [*calendar.numbers]


@pytest.mark.parametrize(
    ("years", "told"),
    [
        ((1800, 1801), "the holidays of 1800 are not known"),
        ((2050, 2049), "no calendar reaches from 2050 to 2049; expected years from 1 to 9999, the earlier one first"),
        ((0, 2021), "no calendar reaches from 0 to 2021"),
        ((2021, 10000), "no calendar reaches from 2021 to 10000"),
    ],
)
def test_years_that_are_not_known_are_told(years, told):
    with pytest.raises(ValueReadingError, match=told):
        Calendar.of_japan(*years)
