"""Eras: which years they have, and which days."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.errors import ValueReadingError
from kpi.periods.eras import ERAS, GREGORIAN, YEAR, WrittenYear, in_era, require_era

DAYS = st.dates(GREGORIAN, date(3000, 1, 1))


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2021, 4, 1), "令和3年"),
        (date(2019, 5, 1), "令和元年"),
        (date(2019, 4, 30), "平成31年"),
        (date(1989, 1, 8), "平成元年"),
        (date(1989, 1, 7), "昭和64年"),
        (date(1926, 12, 25), "昭和元年"),
        (date(1926, 12, 24), "大正15年"),
        (date(1912, 7, 30), "大正元年"),
        (date(1912, 7, 29), "明治45年"),
        (date(1873, 1, 1), "明治6年"),
        (date(1872, 12, 31), "1872年"),
    ],
)
def test_year_in_its_era(day, year):
    """A day has the year of the era that began last; days counted by the moon have none."""
    assert in_era(day) == year


def test_eras_leave_no_day_out():
    """Each era begins on the day after the one before, or on its last."""
    for era, following in pairwise(ERAS):
        assert following.first - era.last in {timedelta(0), timedelta(days=1)}


@given(DAYS)
def test_year_is_read_back(day):
    """The year of a day in its era is that day's calendar year."""
    written = WrittenYear.of(re.fullmatch(YEAR, in_era(day).removesuffix("年")))
    assert (written.year, written.exists) == (day.year, True)
    require_era("", "date", written, day, day, "")


@pytest.mark.parametrize("text", ["令和3", "R3", "R03", "2021"])
def test_one_year_has_many_names(text):
    """A year is named by its era, by the era's letter, or by the calendar."""
    assert WrittenYear.of(re.fullmatch(YEAR, text)).year == 2021


@pytest.mark.parametrize(
    ("text", "number", "exists"), [("H31", 31, True), ("H32", 32, False), ("R0", 0, False), ("2021", 2021, True)]
)
def test_years_an_era_never_had(text, number, exists):
    """An era has the years from its first to its last."""
    written = WrittenYear.of(re.fullmatch(YEAR, text))
    assert (written.number, written.exists) == (number, exists)


@pytest.mark.parametrize(
    ("year", "day", "says"),
    [
        ("H31", date(2019, 5, 1), "平成 ended on 2019-04-30; expected 令和元年"),
        ("R1", date(2019, 4, 30), "令和 began on 2019-05-01; expected 平成31年"),
        ("明治5", date(1872, 4, 1), "counted by the moon; today's calendar has 1872年"),
    ],
)
def test_days_outside_of_an_era(year, day, says):
    """A day that its era does not have is refused, with the era that has it."""
    written = WrittenYear.of(re.fullmatch(YEAR, year))
    with pytest.raises(ValueReadingError, match=says):
        require_era("text", "date", written, day, day, in_era(day))


def test_span_that_lies_in_two_eras():
    """A month in which an era changed may be named in both."""
    for year in ("昭和64", "平成元"):
        require_era(year, "period", WrittenYear.of(re.fullmatch(YEAR, year)), date(1989, 1, 1), date(1989, 1, 31), "")
