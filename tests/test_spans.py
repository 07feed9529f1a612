"""Months, quarters, halves and years, and how they lie in each other."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.errors import KpiError
from kpi.periods import FIRST_YEAR, LAST_YEAR, FiscalYear, HalfYear, Month, Quarter, read_period

YEARS = st.integers(FIRST_YEAR, LAST_YEAR).map(FiscalYear)


def months(*periods):
    """The months of several periods, one after the other."""
    return tuple(month for period in periods for month in period.months)


def test_year_runs_from_april_to_march() -> None:
    """A fiscal year begins on the first of April and ends on the last of March."""
    year = FiscalYear(2023)
    assert (year.start, year.end) == (date(2023, 4, 1), date(2024, 3, 31))
    assert (year.months[0], year.months[8], year.months[-1], len(year.months)) == ("2023-04", "2023-12", "2024-03", 12)


def test_years_have_an_order() -> None:
    """Fiscal years compare by time, and each knows the one before."""
    assert FiscalYear(2020) == FiscalYear(2021).prior < FiscalYear(2021)


@pytest.mark.parametrize(
    ("period", "start", "end", "text", "ja"),
    [
        (Month(2021, 4), date(2021, 4, 1), date(2021, 4, 30), "2021-04", "令和3年4月"),
        (Month(2022, 2), date(2022, 2, 1), date(2022, 2, 28), "2022-02", "令和4年2月"),
        (Quarter(2021, 1), date(2021, 4, 1), date(2021, 6, 30), "2021-Q1", "令和3年度第1四半期"),
        (Quarter(2021, 4), date(2022, 1, 1), date(2022, 3, 31), "2021-Q4", "令和3年度第4四半期"),
        (HalfYear(2021, 1), date(2021, 4, 1), date(2021, 9, 30), "2021-H1", "令和3年度上期"),
        (HalfYear(2021, 2), date(2021, 10, 1), date(2022, 3, 31), "2021-H2", "令和3年度下期"),
        (FiscalYear(2021), date(2021, 4, 1), date(2022, 3, 31), "FY2021", "令和3年度"),
    ],
)
def test_period(period, start, end, text, ja):
    """A period knows its days, its fiscal year, and its names."""
    assert (period.start, period.end, str(period), period.ja) == (start, end, text, ja)
    assert period.fiscal_year == FiscalYear(2021)


@pytest.mark.parametrize(
    ("year", "ja"),
    [
        (1870, "1870年度"), (1911, "明治44年度"), (1912, "明治45年度"), (1926, "大正15年度"), (1927, "昭和2年度"),
        (1988, "昭和63年度"), (1989, "平成元年度"), (2018, "平成30年度"), (2019, "令和元年度"), (2020, "令和2年度"),
    ],
)  # fmt: skip
def test_year_around_the_change_of_an_era(year, ja):
    """A fiscal year has the era of its first of May: all of 2019 is 令和元年度."""
    assert FiscalYear(year).ja == ja


@pytest.mark.parametrize(
    ("month", "ja"), [(Month(2019, 4), "平成31年4月"), (Month(2019, 5), "令和元年5月"), (Month(1989, 1), "平成元年1月")]
)
def test_month_around_the_change_of_an_era(month, ja):
    """A month has the era in which it ends."""
    assert month.ja == ja


@pytest.mark.parametrize(
    ("kind", "number", "says"),
    [
        (Month, 0, "no month 0; expected 1 to 12"),
        (Month, 13, "no month 13"),
        (Quarter, 5, "no quarter 5; expected 1 to 4"),
        (HalfYear, 3, "no half 3; expected 1 to 2"),
    ],
)
def test_no_such_part(kind, number, says):
    """A year has twelve months, four quarters and two halves."""
    with pytest.raises(KpiError, match=says):
        kind(2021, number)


@given(YEARS)
def test_parts_tile_the_year(year):
    """Halves tile the year, quarters the halves, months the quarters, each on the day after the one before."""
    assert months(*year.halves) == months(*year.quarters) == year.months
    assert months(*map(read_period, year.months)) == year.months
    assert all(months(*half.quarters) == half.months for half in year.halves)
    for parts in (year.halves, year.quarters, [read_period(month) for month in year.months]):
        assert (parts[0].start, parts[-1].end) == (year.start, year.end)
        assert all((later.start - earlier.end).days == 1 for earlier, later in pairwise(parts))
        assert {part.fiscal_year for part in parts} == {year}


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-600, 600))
def test_months_later(day, number):
    """So many months later and earlier is the month itself, and a day lies in its month."""
    month = Month.of(day)
    assert month.start <= day <= month.end
    assert month.later(number).later(-number) == month
    assert (month.later(number) > month) == (number > 0)
