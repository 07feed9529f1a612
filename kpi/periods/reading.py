"""Periods as tables and Japanese documents write them.

A quarter, a half and a bare `R3` are of the fiscal year. `2021年` and `令和3年` are calendar years: only a month may
stand behind them.
"""

from __future__ import annotations

import re
from typing import Final

from kpi.characters import fold_width
from kpi.errors import ValueReadingError
from kpi.periods.eras import YEAR, WrittenYear, require_era
from kpi.periods.spans import FIRST_MONTH, FiscalYear, HalfYear, Month, Period, Quarter

FIRST_YEAR: Final = 1868
"""明治元年, the first year that an era names."""
LAST_YEAR: Final = 2117
"""令和99年, the last year of two digits."""

_HEAD = re.compile(rf"(?P<fiscal>FY|fiscal\s+year)?\s*{YEAR}\s*(?P<suffix>年度?)?", re.IGNORECASE)
_PART = re.compile(
    r"""[\s-]*(?:
        (?P<month>[0-9]{1,2})\s*月(?:\s*(?P<counted_by>診療|審査|請求|支払)分)?
        | (?:第?\s*(?P<quarter>[0-9一二三四])\s*四半期|Q(?P<q>[0-9])|(?P<nth>[0-9])Q)
        | (?:(?P<half>[上下])半?期|H(?P<h>[12])))""",
    re.IGNORECASE | re.VERBOSE,
)
_SHORT_MONTH = re.compile(rf"(?=[0-9]{{4}}|[^-]+$){YEAR}[-./](?P<month>[0-9]{{1,2}})", re.IGNORECASE)
"""`2021-04`, `2021/4`, `R3.4`; not `R3-4`, which may mean two years."""
_NUMBERS: Final = {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}
_EXAMPLES: Final = "2021-04, 令和3年4月, 2021-Q1, 令和3年度第1四半期, 2021-H1, 令和3年度上期 or FY2021"


def fiscal_year(text: str | int) -> FiscalYear:
    """The fiscal year that *text* names: `R3`, `令和3年度`, `FY2021`, `2021年度`.

    Raises:
        ValueReadingError: the text names no year.
    """
    found = _HEAD.fullmatch(fold_width(str(text)).strip())
    if not found:
        raise ValueReadingError(f"{text!r} is no fiscal year; expected one such as R3, 令和3年度, FY2021 or 2021年度")
    return _year(text, found)


def read_period(text: str, year: FiscalYear | None = None) -> Period:
    """The month, quarter, half or fiscal year that *text* names.

    Read are `2021-04`, `2021年4月`, `令和3年4月`, `R3.4`, `令和3年度4月`; `2021-Q1`, `FY2021 Q1`, `令和3年度第1四半期`;
    `2021-H1`, `R3上期`, `令和3年度下半期`; `R3`, `令和3年度`, `FY2021`; and `令和3年8月診療分`, the month of treatment.
    In a known *year* also `4月`, `Q1`, `第1四半期`, `H1` and `上期`; there `1月` is the January in which the year ends.

    Raises:
        ValueReadingError: the text names no period, or one whose year is not known.
    """
    folded = fold_width(text).strip()
    if short := _SHORT_MONTH.fullmatch(folded):
        return _calendar_month(text, short, int(short["month"]))
    alone = _PART.fullmatch(folded)
    if alone and year:  # before an era is looked for: in a known year H1 is its first half
        return _part(text, year, alone)
    head = _HEAD.match(folded)
    part = _PART.fullmatch(folded, head.end()) if head else None
    if head is None or (alone and not part):
        if alone:
            _part(text, FiscalYear(LAST_YEAR), alone)  # a 13th month is one of no year
        why = "names a part of a year" if alone else "is no period"
        raise ValueReadingError(f"{text!r} {why}; expected one such as {_EXAMPLES}")
    if part is None:
        return _whole_year(text, head, folded)
    if head["suffix"] == "年" and not head["fiscal"]:
        if not part["month"]:
            raise ValueReadingError(f"{text!r} is no period: quarters and halves are of a fiscal year, written 年度")
        _require_treatment(text, part)
        return _calendar_month(text, head, int(part["month"]))
    if part["month"] and not (head["suffix"] or head["fiscal"]):
        raise ValueReadingError(
            f"{text!r} is no period: write 年 before a month of the calendar year, 年度 of the fiscal"
        )
    return _part(text, _year(text, head), part)


def _whole_year(text: str, head: re.Match[str], folded: str) -> FiscalYear:
    if head.end() < len(folded):
        raise ValueReadingError(f"{text!r} is no period; expected one such as {_EXAMPLES}")
    if head["suffix"] == "年" and not head["fiscal"]:
        raise ValueReadingError(f"{text!r} is no period: expected a fiscal year, written 年度")
    return _year(text, head)


def _part(text: str, year: FiscalYear, part: re.Match[str]) -> Period:
    if part["month"]:
        _require_treatment(text, part)
        number = int(part["month"])
        return _named(text, Month, year.year + (number < FIRST_MONTH), number)
    if half := part["half"] or part["h"]:
        return HalfYear(year.year, _NUMBERS.get(half) or int(half))
    quarter = part["quarter"] or part["q"] or part["nth"]
    return _named(text, Quarter, year.year, _NUMBERS.get(quarter) or int(quarter))


def _named(text: str, kind: type[Month | Quarter], year: int, number: int) -> Month | Quarter:
    try:
        return kind(year, number)
    except ValueReadingError as error:
        raise ValueReadingError(f"{text!r} is no period: {error}") from None


def _calendar_month(text: str, found: re.Match[str], number: int) -> Period:
    written = WrittenYear.of(found)
    month = _named(text, Month, written.year, number)
    _require_range(text, "period", FiscalYear(month.year - (number < FIRST_MONTH)))
    require_era(text, "period", written, month.start, month.end, month.ja)
    return month


def _year(text: str | int, found: re.Match[str]) -> FiscalYear:
    written = WrittenYear.of(found)
    year = FiscalYear(written.year)
    _require_range(text, "fiscal year", year)
    if written.era and not written.exists:
        raise ValueReadingError(
            f"{text!r} is no fiscal year: {written.era.name} has no year {written.number}; expected {year.ja}"
        )
    return year


def _require_range(text: str | int, kind: str, year: FiscalYear) -> None:
    if not FIRST_YEAR <= year.year <= LAST_YEAR:
        raise ValueReadingError(f"{text!r} is no {kind}: expected {FIRST_YEAR} to {LAST_YEAR}")


def _require_treatment(text: str, part: re.Match[str]) -> None:
    if part["counted_by"] not in {None, "診療"}:
        raise ValueReadingError(
            f"{text!r} counts by the month of {part['counted_by']}; expected one of treatment: 診療分"
        )
