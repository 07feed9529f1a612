"""What headings say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kpi
from kpi.observations.headings import KEYS, Key, Named, Other, When, key_of, read_heading
from kpi.observations.known import Known, word_of
from kpi.periods import FiscalYear
from kpi.sheets.sheet import Cell
from kpi.units import UNITS

KNOWN = Known(
    ("iwate",),
    {"open_tenders": UNITS["case"], "cost": UNITS["yen"], "share": UNITS["%"], "rate": UNITS["%"]},
    labels={
        "一般競争入札件数": ("open_tenders",),
        "open tenders": ("open_tenders",),
        "経費（税込）": ("cost",),
        "割合": ("share", "rate"),
        "ジェネリック割合": ("share",),
    },
)
CATALOG = kpi.load_catalog()


def heading(text, known=KNOWN):
    """What a heading says."""
    return read_heading(Cell(text, 1, 1), known)


class TestKeys:
    @pytest.mark.parametrize("key", KEYS)
    def test_words(self, key):
        """Each key is read by its name and by each of its Japanese words, whatever their width and case."""
        for word in (key, key.replace("_", " ").title(), key.upper(), *KEYS[key]):
            assert heading(word) == Key(Cell(word, 1, 1), key)
        assert key_of("　年 度\n") == "fiscal_year"
        assert key_of("ＶＡＬＵＥ") == "value"

    def test_apart(self):
        """No word stands for two keys, nor for a period."""
        words = [word_of(word) for key, words in KEYS.items() for word in (key, *words)]
        assert len(words) == len({*words})


class TestQuantities:
    @pytest.mark.parametrize(
        "text", ["open_tenders", "Open Tenders", "一般競争入札件数", "一般競争\n入札件数", " 一般競争 入札件数"]
    )
    def test_names(self, text):
        """A quantity is called by its identifier or a label, whatever spreadsheets did to it."""
        assert heading(text).meant == ("open_tenders",)

    def test_half_width(self):
        """Half-width katakana are the same."""
        assert heading("ｼﾞｪﾈﾘｯｸ割合").meant == ("share",)

    @pytest.mark.parametrize(
        ("text", "scale", "unit"),
        [
            ("一般競争入札件数（件）", "", "件"),
            ("一般競争入札件数 (cases)", "", "cases"),
            ("open_tenders［千件］", "千", "件"),
            ("open_tenders(百万件)", "百万", "件"),
            ("一般競争入札件数\n（万）", "万", ""),
            ("経費（税込）", "", ""),
            ("経費（税込）（千円）", "千", "円"),
        ],
    )
    def test_units(self, text, scale, unit):
        """A unit may stand in brackets behind the name; brackets that are a part of the name are none."""
        found = heading(text)
        assert isinstance(found, Named)
        assert (found.scale, found.unit) == (scale, unit)

    def test_several(self):
        """A name that several quantities have keeps all of them."""
        assert heading("割合").meant == ("share", "rate")

    @pytest.mark.parametrize(
        "text", ["opentenders", "一般競争入札", "一般競争入札件数（税込）", "（件）", "一般競争入札件数（", "件"]
    )
    def test_unknown(self, text):
        """What is called nearly so is unknown, and so is a unit that nobody knows."""
        assert heading(text) == Other(Cell(text, 1, 1))

    def test_without_names(self):
        """Without a catalogue nothing is a quantity."""
        assert heading("open_tenders", None) == Other(Cell("open_tenders", 1, 1))

    def test_every_name_of_the_catalogue(self):
        """Every name of the shipped catalogue is read as a quantity, and none is taken for a key or a period."""
        for name in CATALOG.known.names:
            assert isinstance(heading(name, CATALOG.known), Named), name


class TestPeriods:
    @pytest.mark.parametrize(
        ("text", "period", "year", "day", "to_date"),
        [
            ("令和3年度", "FY2021", 2021, None, False),
            ("Ｒ３", "FY2021", 2021, None, False),
            ("2021年度", "FY2021", 2021, None, False),
            ("令和3年4月", "2021-04", 2021, None, False),
            ("2022/3", "2022-03", 2021, None, False),
            ("令和3年度\n第1四半期", "2021-Q1", 2021, None, False),
            ("R3上期", "2021-H1", 2021, None, False),
            ("4月", "4月", None, None, False),
            ("Q1", "Q1", None, None, False),
            ("上期", "上期", None, None, False),
            ("令和3年8月31日", "FY2021", 2021, date(2021, 8, 31), False),
            ("2022-03-31現在", "FY2021", 2021, date(2022, 3, 31), False),
            ("令和3年8月末時点", "FY2021", 2021, date(2021, 8, 31), False),
            ("令和4年2月末", "FY2021", 2021, date(2022, 2, 28), False),
            ("令和3年度 時点まで", "FY2021", 2021, None, True),
            ("令和3年度（時点まで）", "FY2021", 2021, None, True),
            ("FY2021 to date", "FY2021", 2021, None, True),
        ],
    )
    def test_read(self, text, period, year, day, to_date):
        """Years, their parts, years up to a day, and years up to the day of the row."""
        expected = When(Cell(text, 1, 1), period, year and FiscalYear(year), day, to_date)
        assert heading(text) == expected

    @pytest.mark.parametrize(
        "text", ["計", "年度計", "2021年", "13月", "令和3年13月", "8月末", "4", "令和3年8月時点まで", "令和3年2月30日"]
    )
    def test_unknown(self, text):
        """What names no period is none."""
        assert heading(text) == Other(Cell(text, 1, 1))


@pytest.mark.parametrize("text", ["※担当", "# remark", "※", "※年度"])
def test_remarks(text):
    """A heading that begins with ※ or # is of a column for people alone."""
    assert heading(text) == Other(Cell(text, 1, 1), is_remark=True)


@given(st.text(max_size=12))
def test_any_text(text):
    """Every text says something, if only that it is unknown."""
    assert heading(text.strip()).cell.text == text.strip()
