"""What the heading of a column says: a key of the rows, a quantity with its unit, a period, or nothing that is known."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import Final

from attrs import frozen

from kpi.characters import fold_width
from kpi.errors import ValueReadingError
from kpi.observations.days import read_day
from kpi.observations.known import Known, word_of
from kpi.periods import FiscalYear, Month, Period, read_period
from kpi.sheets.opening import REMARK
from kpi.sheets.sheet import Cell

KEYS: Final[dict[str, tuple[str, ...]]] = {
    "organisation": ("組織", "組織名", "支部", "支部名"),
    "fiscal_year": ("年度", "会計年度", "事業年度"),
    "period": ("期間", "対象期間", "年月", "月"),
    "as_of": ("時点", "基準日", "集計時点", "集計日", "現在"),
    "quantity": ("項目", "項目名", "指標", "指標名", "変数"),
    "value": ("値", "数値", "実績", "実績値"),
    "unit": ("単位",),
    "source": ("出典", "出所", "資料"),
    "section": ("章", "章・節", "節"),
    "page": ("頁", "ページ"),
    "note": ("備考", "注記", "注", "メモ"),
}
"""The columns of a table by the name that programs use, with the Japanese headings that are read as them."""
_BY_WORD: Final = {word_of(word): key for key, words in KEYS.items() for word in (key, *words)}
_UNIT = re.compile(r"(?P<name>.+?)\s*[(\[［〔【](?P<unit>[^()\[\]［］〔〕【】]+)[)\]］〕】]", re.DOTALL)
_SCALE: Final = "百千万億兆"
_TO_DATE = re.compile(r"(?P<year>.+?)[\s(]*(?:時点まで|to\s+date)[)\s]*", re.DOTALL | re.IGNORECASE)
_ANY_YEAR: Final = FiscalYear(2000)


@frozen
class Key:
    """A column of a key: the organisation, the fiscal year, the unit."""

    cell: Cell
    key: str

    def read(self, cell: Cell) -> Cell:
        """What a cell of the column says: under 月 a bare 4 is April."""
        is_month = self.cell.text == "月" and cell.text.isdecimal()
        return cell._replace(text=f"{cell.text}月") if is_month else cell


@frozen
class Named:
    """A column of values of a quantity, or of the *meant* ones, of which only one can be right.

    *unit* stands behind the name, *scale* before the unit: 千円.
    """

    cell: Cell
    meant: tuple[str, ...]
    scale: str = ""
    unit: str = ""


@frozen
class When:
    """A column of values for a period.

    *period* is its text; it has no *year* where it is a part of any. *day* is the day up to which a year counts;
    *is_to_date* says that the date of the row is.
    """

    cell: Cell
    period: str
    year: FiscalYear | None
    day: date | None = None
    is_to_date: bool = False


@frozen
class Other:
    """A column whose heading is unknown, or blank; a *remark* is for people alone."""

    cell: Cell
    is_remark: bool = False


Heading = Key | Named | When | Other


def key_of(word: str) -> str | None:
    """The key that a *word* names, in English or Japanese."""
    return _BY_WORD.get(word_of(word))


def read_heading(cell: Cell, known: Known | None) -> Heading:
    """What a heading says, in a table that may use *known* names."""
    text = cell.text
    if text.startswith(REMARK):
        return Other(cell, is_remark=True)
    if not text:
        return Other(cell)
    key = key_of(text)
    if key:
        return Key(cell, key)
    return (_named(cell, known) if known else None) or _when(cell) or Other(cell)


def _named(cell: Cell, known: Known) -> Named | None:
    """A quantity, with its unit in brackets behind it unless these are a part of the name."""
    meant = known.called(cell.text)
    if meant:
        return Named(cell, meant)
    found = _UNIT.fullmatch(unicodedata.normalize("NFKC", cell.text))
    if found is None:
        return None
    meant, written = known.called(found["name"]), found["unit"].strip()
    unit = written if written in known.vocabulary.units else written.lstrip(_SCALE)
    if not meant or (unit and unit not in known.vocabulary.units):
        return None
    return Named(cell, meant, written.removesuffix(unit) if unit else written, unit)


def _when(cell: Cell) -> When | None:
    found = _read_when(" ".join(fold_width(cell.text).split()))
    return When(cell, *found) if found else None


@lru_cache(maxsize=1024)
def _read_when(text: str) -> tuple[str, FiscalYear | None, date | None, bool] | None:
    """Period, year, day, and whether it counts up to the date of the row."""
    to_date = _TO_DATE.fullmatch(text)
    year = _period(to_date["year"]) if to_date else None
    if isinstance(year, FiscalYear):
        return str(year), year, None, True
    period = _period(text)
    if period:
        return str(period), period.fiscal_year, None, False
    day = _day(text)
    if day:
        year = Month.of(day).fiscal_year
        return str(year), year, day, False
    return (text, None, None, False) if _period(text, _ANY_YEAR) else None


def _period(text: str, year: FiscalYear | None = None) -> Period | None:
    try:
        return read_period(text, year)
    except ValueReadingError:
        return None


def _day(text: str) -> date | None:
    try:
        return read_day(text)
    except ValueReadingError:
        return None
