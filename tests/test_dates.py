"""Days, as documents write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.errors import ValueReadingError
from kpi.periods import japanese_date, month_end, read_date
from kpi.periods.eras import GREGORIAN


@pytest.mark.parametrize(
    "given_date",
    [
        "2021-09-30", "2021/9/30", "2021.09.30", "20210930", "２０２１／９／３０", "2021年9月30日", "２０２１年０９月３０日",
        "令和3年9月30日", "令和３年９月３０日", "令和 3 年 9 月 30 日", "R3.9.30", "r3.9.30", "R3/9/30", "R03-09-30", " R3.9.30 ",
        date(2021, 9, 30), datetime(2021, 9, 30, 12, tzinfo=UTC),
    ],
)  # fmt: skip
def test_date(given_date: str | date) -> None:
    """A day is handed in as a text, a date or a moment."""
    assert read_date(given_date) == date(2021, 9, 30)


@pytest.mark.parametrize(
    "given_date",
    ["2021-09-31", "30.9.2021", "令和3年", "令和3年9月", "R3.2.29", "21/9/30", "2021/9-30", "R3.9", "", 20210930, None],
)
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


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年5月1日", date(2019, 5, 1)),
        ("R1.5.1", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("H31.4.30", date(2019, 4, 30)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("平成元年1月8日", date(1989, 1, 8)),
        ("昭和元年12月25日", date(1926, 12, 25)),
        ("大正15年12月25日", date(1926, 12, 25)),
        ("M45.7.30", date(1912, 7, 30)),
    ],
)
def test_around_the_change_of_an_era(text, day):
    """The last day of an era and the first of the next are read; on two days both names are right."""
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("平成31年5月1日", "平成 ended on 2019-04-30; expected 令和元年5月1日"),
        ("H31.12.31", "平成 ended on 2019-04-30; expected 令和元年12月31日"),
        ("令和元年4月30日", "令和 began on 2019-05-01; expected 平成31年4月30日"),
        ("R1/4/1", "令和 began on 2019-05-01; expected 平成31年4月1日"),
        ("平成元年1月7日", "平成 began on 1989-01-08; expected 昭和64年1月7日"),
        ("明治3年4月1日", "today's calendar has 1870年4月1日"),
    ],
)
def test_day_that_its_era_does_not_have(text, says):
    """A day after an era ended, or before it began, is refused, and the right name told."""
    with pytest.raises(ValueReadingError, match=f"^'{text}' is no date: .*{says}$"):
        read_date(text)


@given(st.dates(GREGORIAN, date(3000, 1, 1)))
def test_day_is_read_back(day):
    """Every day is read from its name in its era, and from the calendar's."""
    texts = japanese_date(day), f"{day.year:04}/{day.month}/{day.day}", str(day)
    assert {read_date(text) for text in texts} == {day}
