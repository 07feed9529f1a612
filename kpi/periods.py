"""Japanese fiscal years, April to March, and dates in them.

`R3`, `令和3年度`, `FY2021` and `2021年度` are the same year; it begins on 2021-04-01.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from attrs import field, frozen
from dateutil.relativedelta import relativedelta

from kpi.characters import fold_width
from kpi.errors import ValueReadingError

_ERAS: Final = {"M": 1867, "T": 1911, "S": 1925, "H": 1988, "R": 2018}
"""The calendar year before the first year of each era: 明治, 大正, 昭和, 平成, 令和."""
_FIRST_OF_REIWA: Final = 2019
"""The fiscal year 令和元年度, which began in 平成31年."""
_ERA_LETTERS: Final = {"明治": "M", "大正": "T", "昭和": "S", "平成": "H", "令和": "R"}
_YEAR = re.compile(
    r"(?:FY|fiscal\s+year)?\s*(?:(?P<western>[0-9]{4})|(?P<era>明治|大正|昭和|平成|令和|[MTSHR])\s*(?P<year>[0-9]{1,2}|元))\s*(?:年度?)?",
    re.IGNORECASE,
)
_LATEST_ERA_YEARS: Final = {"M": 45, "T": 15, "S": 64, "H": 31, "R": 99}
FIRST_YEAR: Final = 1868
"""明治元年, the first year that an era names."""
LAST_YEAR: Final = 2117
"""令和99年, the last year of two digits."""


@frozen(order=True)
class FiscalYear:
    """The fiscal year that begins in April of *year*."""

    year: int = field()

    @property
    def start(self) -> date:
        """The first of April."""
        return date(self.year, 4, 1)

    @property
    def end(self) -> date:
        """The last day of March."""
        return self.start + relativedelta(years=1, days=-1)

    @property
    def prior(self) -> FiscalYear:
        """The fiscal year before."""
        return FiscalYear(self.year - 1)

    @property
    def months(self) -> tuple[str, ...]:
        """The twelve months as `2021-04` … `2022-03`."""
        return tuple(f"{self.start + relativedelta(months=n):%Y-%m}" for n in range(12))

    @property
    def ja(self) -> str:
        """The year in the Japanese era in which it ends its first April: `令和3年度`."""
        era, before = ("令和", _ERAS["R"]) if self.year >= _FIRST_OF_REIWA else ("平成", _ERAS["H"])
        year = self.year - before
        return f"{era}{'元' if year == 1 else year}年度" if self.year > _ERAS["H"] else f"{self.year}年度"

    def __str__(self) -> str:
        return f"FY{self.year}"


def fiscal_year(text: str | int) -> FiscalYear:
    """The fiscal year that *text* names.

    Raises:
        ValueReadingError: the text names no year.
    """
    found = _YEAR.fullmatch(fold_width(str(text)).strip())
    if not found:
        raise ValueReadingError(f"{text!r} is no fiscal year; expected one such as R3, 令和3年度, FY2021 or 2021年度")
    if found["western"]:
        year = int(found["western"])
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueReadingError(f"{text!r} is no fiscal year: expected {FIRST_YEAR} to {LAST_YEAR}")
        return FiscalYear(year)
    letter = _ERA_LETTERS.get(found["era"], found["era"].upper())
    year = 1 if found["year"] == "元" else int(found["year"])
    if not 1 <= year <= _LATEST_ERA_YEARS[letter]:
        raise ValueReadingError(f"{text!r} is no fiscal year: that era has no year {year}")
    return FiscalYear(_ERAS[letter] + year)


def read_date(text: str | date) -> date:
    """The day that *text* names, as `2021-09-30`.

    Raises:
        ValueReadingError: the text names no day.
    """
    if isinstance(text, datetime):
        return text.date()
    if isinstance(text, date):
        return text
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        raise ValueReadingError(f"{text!r} is no date; expected one such as 2021-09-30") from None


def month_end(month: str) -> date:
    """The last day of a month written as `2021-04`."""
    return date.fromisoformat(f"{month}-01") + relativedelta(day=31)
