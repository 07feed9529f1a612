"""Fiscal years and other periods, as tables and documents write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.errors import ValueReadingError
from kpi.periods import FIRST_YEAR, LAST_YEAR, FiscalYear, HalfYear, Month, Quarter, fiscal_year, read_period

R3 = FiscalYear(2021)
YEARS = st.integers(FIRST_YEAR, LAST_YEAR).map(FiscalYear)


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


@given(st.integers(FIRST_YEAR, LAST_YEAR).map(FiscalYear))
def test_year_is_read_back(year: FiscalYear) -> None:
    """Both the English and the Japanese name of a year are read as that year, and it has dates."""
    assert fiscal_year(str(year)) == fiscal_year(year.ja) == year
    assert year.start < year.end


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("S70", "昭和 has no year 70; expected 平成7年度"),
        ("H32", "平成 has no year 32; expected 令和2年度"),
        ("R0", "令和 has no year 0; expected 平成30年度"),
        ("R100", "expected 1868 to 2117"),
    ],
)
def test_year_that_its_era_never_had(text, says):
    """The right name of the year is told."""
    with pytest.raises(ValueReadingError, match=f"{says}$"):
        fiscal_year(text)


@pytest.mark.parametrize(
    ("period", "texts"),
    [
        (Month(2021, 4), ["2021-04", "2021/4", "2021.4", "2021年4月", "令和3年4月", "令和３年　４月", "R3年4月", "R3.4", "r3/04", "R3年度4月", "FY2021 4月"]),
        (Month(2021, 1), ["2021-01", "令和3年1月", "R3.1", "令和2年度1月", "FY2020 1月"]),
        (Month(2021, 8), ["令和3年8月診療分", "2021年8月診療分", "令和３年度８月診療分"]),
        (Month(2019, 4), ["平成31年4月", "H31.4", "令和元年度4月", "平成31年度4月"]),
        (Month(2019, 5), ["令和元年5月", "R1.5", "2019-05"]),
        (Month(1989, 1), ["昭和64年1月", "平成元年1月"]),
        (Quarter(2021, 1), ["2021-Q1", "FY2021 Q1", "FY2021Q1", "2021 1Q", "令和3年度第1四半期", "令和３年度　第１四半期", "R3第一四半期", "R3-Q1"]),
        (Quarter(2021, 4), ["2021-Q4", "令和3年度第4四半期", "2021年度第四四半期"]),
        (HalfYear(2021, 1), ["2021-H1", "FY2021 H1", "R3上期", "令和3年度上期", "2021年度上半期", "R3 H1", "fiscal year 2021 h1"]),
        (HalfYear(2021, 2), ["2021-H2", "R3下期", "令和3年度下半期"]),
        (HalfYear(1989, 1), ["H1 H1", "H1上期", "平成元年度上期"]),
        (FiscalYear(2021), ["R3", "令和3年度", "FY2021", "2021年度", "2021"]),
        (FiscalYear(2019), ["H31", "令和元年度"]),
    ],
)  # fmt: skip
def test_one_period_has_many_names(period, texts):
    """Canonical, abbreviated and Japanese names are read, with the fiscal year known or not."""
    assert {read_period(text) for text in texts} == {read_period(text, FiscalYear(2000)) for text in texts} == {period}


@pytest.mark.parametrize(
    ("texts", "period"),
    [
        (["4月", "４月", "4月診療分"], Month(2021, 4)),
        (["1月"], Month(2022, 1)),
        (["Q2", "2Q", "第2四半期", "第二四半期"], Quarter(2021, 2)),
        (["H1", "上期", "上半期"], HalfYear(2021, 1)),
        (["H2", "下期", "下半期"], HalfYear(2021, 2)),
        (["H3"], FiscalYear(1991)),
    ],
)
def test_parts_of_a_known_year(texts, period):
    """A part of a year is read where the year is known; there H1 is a half, and not 平成元年度."""
    assert {read_period(text, R3) for text in texts} == {period}


@pytest.mark.parametrize("text", ["4月", "1月", "Q1", "第2四半期", "上期", "下半期", "H1", "H2", "h1"])
def test_parts_of_no_year(text):
    """Without a year, a part of one names no period; nor does H1, which could be 平成元年度."""
    with pytest.raises(ValueReadingError, match=f"^'{text}' names a part of a year; expected one such as 2021-04"):
        read_period(text)


@pytest.mark.parametrize("year", [None, R3], ids=["no year", "R3"])
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is no period; expected one such as 2021-04, 令和3年4月, 2021-Q1"),
        ("April", "expected one such as"),
        ("R3-4", "expected one such as"),
        ("R31Q", "expected one such as"),
        ("2021-04-30", "expected one such as"),
        ("2021-", "expected one such as"),
        ("2021-13", "no month 13; expected 1 to 12"),
        ("13月", "no month 13; expected 1 to 12"),
        ("第5四半期", "no quarter 5; expected 1 to 4"),
        ("R3第5四半期", "no quarter 5; expected 1 to 4"),
        ("令和3年", "expected a fiscal year, written 年度"),
        ("令和3年上期", "quarters and halves are of a fiscal year, written 年度"),
        ("R3 4月", "write 年 before a month of the calendar year, 年度 of the fiscal"),
        ("平成31年5月", "平成 ended on 2019-04-30; expected 令和元年5月"),
        ("令和元年4月", "令和 began on 2019-05-01; expected 平成31年4月"),
        ("H32.1", "expected 令和2年1月"),
        ("H32上期", "平成 has no year 32; expected 令和2年度"),
        ("令和3年9月審査分", "counts by the month of 審査; expected one of treatment: 診療分"),
        ("2021年度5月請求分", "counts by the month of 請求"),
        ("0000-04", "expected 1868 to 2117"),
        ("1868-03", "expected 1868 to 2117"),
        ("2118-04", "expected 1868 to 2117"),
        ("R200上期", "expected 1868 to 2117"),
    ],
)
def test_no_period(text, year, says):
    """What names no period is refused, with what was expected."""
    with pytest.raises(ValueReadingError, match=says) as error:
        read_period(text, year)
    assert repr(text) in str(error.value)


@given(YEARS, st.data())
def test_period_is_read_back(year, data):
    """The canonical and the Japanese name of every period are read as that period."""
    kinds = [year, *year.halves, *year.quarters, *(Month(int(m[:4]), int(m[5:])) for m in year.months)]
    period = data.draw(st.sampled_from(kinds))
    assert read_period(str(period)) == read_period(period.ja) == read_period(str(period), R3) == period


@given(st.text() | st.text("令和平成RHFY0123456789年度月上下期半第四QHq-./ 元診療分", max_size=12), st.none() | YEARS)
def test_any_text_is_read_or_refused(text, year):
    """No text makes reading fail otherwise, and what is read has days."""
    try:
        period = read_period(text, year)
    except ValueReadingError:
        return
    assert period.start < period.end
