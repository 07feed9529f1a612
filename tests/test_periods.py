"""Fiscal years, eras and dates."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.errors import ValueReadingError
from kpi.periods import FIRST_YEAR, LAST_YEAR, FiscalYear, fiscal_year, month_end, read_date


@pytest.mark.parametrize(
    "text",
    [
        "R3",
        "r3",
        "R3年度",
        "令和3年度",
        "令和３年度",
        "令和 3 年度",
        "FY2021",
        "2021年度",
        "２０２１",
        "fiscal year 2021",
        2021,
    ],
)
def test_one_year_has_many_names(text: str | int) -> None:
    """Era, calendar and abbreviated spellings name the same fiscal year."""
    assert fiscal_year(text) == FiscalYear(2021)


@pytest.mark.parametrize("text", ["H31", "R1", "令和元年度", "平成31年度", "FY2019"])
def test_year_in_which_the_era_changed(text: str) -> None:
    """The fiscal year of 2019 began in 平成 and ended in 令和; both name it."""
    assert fiscal_year(text) == FiscalYear(2019)
    assert fiscal_year(text).ja == "令和元年度"


@pytest.mark.parametrize(
    ("text", "year"), [("M1", 1868), ("T15", 1926), ("昭和64年度", 1989), ("S63", 1988), ("H元", 1989)]
)
def test_earlier_eras(text: str, year: int) -> None:
    """All eras since 明治 are read."""
    assert fiscal_year(text).year == year


@pytest.mark.parametrize(
    "text",
    [
        "R0",
        "H32",
        "平成40年度",
        "S65",
        "T16",
        "M46",
        "令和",
        "",
        "21",
        "FY21",
        "20211",
        "0000",
        "9999",
        "1867",
        "R3年3月",
        "来年度",
        True,
    ],
)
def test_no_year(text: str | bool) -> None:  # noqa: FBT001
    """A year that its era never had, and what is no year at all, is refused with the text in the message."""
    with pytest.raises(ValueReadingError, match="is no fiscal year") as error:
        fiscal_year(text)
    assert repr(text) in str(error.value)


def test_year_runs_from_april_to_march() -> None:
    """A fiscal year begins on the first of April and ends on the last of March."""
    year = FiscalYear(2023)
    assert (year.start, year.end) == (date(2023, 4, 1), date(2024, 3, 31))
    assert (year.months[0], year.months[8], year.months[-1], len(year.months)) == ("2023-04", "2023-12", "2024-03", 12)


def test_years_have_an_order() -> None:
    """Fiscal years compare by time, and each knows the one before."""
    assert FiscalYear(2020) == FiscalYear(2021).prior < FiscalYear(2021)


@settings(deadline=None)
@given(st.integers(FIRST_YEAR, LAST_YEAR).map(FiscalYear))
def test_year_is_read_back(year: FiscalYear) -> None:
    """Both the English and the Japanese name of a year are read as that year, and it has dates."""
    assert fiscal_year(str(year)) == fiscal_year(year.ja) == year
    assert year.start < year.end


@pytest.mark.parametrize(
    "given_date",
    ["2021-09-30", date(2021, 9, 30), datetime(2021, 9, 30, 12, tzinfo=UTC)],
    ids=["text", "date", "datetime"],
)
def test_date(given_date: str | date) -> None:
    """A day is handed in as a text, a date or a moment."""
    assert read_date(given_date) == date(2021, 9, 30)


@pytest.mark.parametrize("given_date", ["2021-09-31", "30.9.2021", "令和3年", "", 20210930, None])
def test_no_date(given_date: object) -> None:
    """What names no day is refused."""
    with pytest.raises(ValueReadingError, match="is no date"):
        read_date(given_date)


@pytest.mark.parametrize(
    ("month", "end"), [("2021-04", date(2021, 4, 30)), ("2024-02", date(2024, 2, 29)), ("2021-12", date(2021, 12, 31))]
)
def test_last_day_of_a_month(month: str, end: date) -> None:
    """A month ends on its last day, leap years included."""
    assert month_end(month) == end
