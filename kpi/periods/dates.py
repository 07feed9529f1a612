"""Days: as computers and as Japanese documents write them."""

from __future__ import annotations

import re
from datetime import date, datetime

from dateutil.relativedelta import relativedelta

from kpi.characters import fold_width
from kpi.errors import ValueReadingError
from kpi.periods.eras import YEAR, WrittenYear, in_era, require_era

_DATE = re.compile(
    rf"{YEAR}(?:\s*年\s*(?P<month>[0-9]{{1,2}})\s*月\s*(?P<day>[0-9]{{1,2}})\s*日"
    r"|(?P<sign>[-./])(?P<month_>[0-9]{1,2})(?P=sign)(?P<day_>[0-9]{1,2}))",
    re.IGNORECASE,
)


def read_date(text: str | date) -> date:
    """The day that *text* names: `2021-09-30`, `2021/9/30`, `2021年9月30日`, `令和3年9月30日`, `R3.9.30`.

    Raises:
        ValueReadingError: the text names no day, or one that lies outside of its era; the message names the right form.
    """
    if isinstance(text, datetime):
        return text.date()
    if isinstance(text, date):
        return text
    found = _DATE.fullmatch(fold_width(text).strip()) if isinstance(text, str) else None
    try:
        if found is None:
            return date.fromisoformat(text)  # its other forms: 20210930
        written = WrittenYear.of(found)
        day = date(written.year, int(found["month"] or found["month_"]), int(found["day"] or found["day_"]))
    except (TypeError, ValueError):
        raise ValueReadingError(f"{text!r} is no date; expected one such as 2021-09-30 or 令和3年9月30日") from None
    require_era(text, "date", written, day, day, japanese_date(day))
    return day


def japanese_date(day: date) -> str:
    """A day as Japanese documents write it: `令和3年9月30日`."""
    return f"{in_era(day)}{day.month}月{day.day}日"


def month_end(month: str) -> date:
    """The last day of a month written as `2021-04`."""
    return date.fromisoformat(f"{month}-01") + relativedelta(day=31)
