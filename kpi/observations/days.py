"""Days up to which values count, as tables write them: `令和3年9月30日現在`, `令和3年9月末時点`."""

from __future__ import annotations

import re
from datetime import date

from dateutil.relativedelta import relativedelta

from kpi.characters import fold_width
from kpi.errors import ValueReadingError
from kpi.periods import FiscalYear, Month, read_date, read_period

_DAY = re.compile(r"(?P<day>.+?)\s*(?:現在|時点|まで)", re.DOTALL)
_MONTH_END = re.compile(r"(?P<month>.+月)\s*末(?:日)?", re.DOTALL)


def read_day(text: str) -> date:
    """The day that *text* names: a date, or the end of a month; 現在, 時点 and まで behind it say nothing more.

    Raises:
        ValueReadingError: the text names no day.
    """
    folded = fold_width(text).strip()
    counted_up_to = _DAY.fullmatch(folded)
    day = counted_up_to["day"] if counted_up_to else folded
    month_end = _MONTH_END.fullmatch(day)
    if month_end:
        try:
            month = read_period(month_end["month"])
        except ValueReadingError:
            month = None
        if isinstance(month, Month):
            return month.end
    return read_date(day if counted_up_to or month_end else text)


def day_in(year: FiscalYear, day: date, latest: FiscalYear) -> date:
    """The *day*, which is one of the *latest* year, in an earlier *year*; the last of a February stays the last."""
    is_last = (day + relativedelta(days=1)).day == 1
    return day - relativedelta(years=latest.year - year.year) + relativedelta(day=31 if is_last else None)
