"""Days up to which values count, as tables write them."""

from __future__ import annotations

from datetime import date

import pytest

import kpi
from kpi.observations.days import day_in, read_day
from kpi.periods import FiscalYear


@pytest.mark.parametrize(
    "text",
    [
        "2021-09-30",
        "令和３年９月３０日",
        "R3.9.30",
        "令和3年9月30日現在",
        "2021/9/30 時点",
        "令和3年9月末",
        "2021年9月末日",
        "令和３年９月末時点",
    ],
)
def test_read(text):
    """Dates, ends of months, and words behind them that say nothing more."""
    assert read_day(text) == date(2021, 9, 30)


@pytest.mark.parametrize(
    "text", ["", "9月末", "令和3年9月", "令和3年13月末", "令和3年上期末", "令和3年9月31日現在", "現在"]
)
def test_unreadable(text):
    """What names no day is refused, a month without its 末, too."""
    with pytest.raises(kpi.ValueReadingError, match="is no date"):
        read_day(text)


@pytest.mark.parametrize(
    ("year", "day", "found"),
    [
        (2020, date(2021, 8, 31), date(2020, 8, 31)),
        (2021, date(2021, 8, 31), date(2021, 8, 31)),
        (2019, date(2022, 2, 28), date(2020, 2, 29)),
        (2020, date(2022, 5, 31), date(2021, 5, 31)),
    ],
)
def test_day_in(year, day, found):
    """The same day of an earlier year; the last of a February stays the last."""
    assert day_in(FiscalYear(year), day, FiscalYear(2021)) == found
