"""Business days (営業日) in Japan.

A business day is no Saturday, no Sunday, no national holiday and no substitute for one. Nor is any of 29 December to
3 January, on which public offices are closed (行政機関の休日に関する法律, article 1), unless a caller says otherwise.
The holidays come from the library `holidays`, imported here alone; those of coming years can still be moved by law.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import islice
from typing import Final

from kpi.errors import MissingExtraError, ValueReadingError
from kpi.periods.dates import read_date

_SATURDAY: Final = 5
_YEAR_END: Final = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)})
_DAY: Final = timedelta(days=1)


def is_business_day(day: str | date, *, closed: Collection[date] = (), year_end_closing: bool = True) -> bool:
    """Whether offices are open on *day*; *closed* are further days on which this one is not.

    Raises:
        MissingExtraError: the library of holidays is not installed.
        ValueReadingError: *day* is no date, or lies in a year whose holidays are not known.
    """
    day = read_date(day)
    is_closing = year_end_closing and (day.month, day.day) in _YEAR_END
    return not (is_closing or day in closed or day in _holidays(day.year) or day.weekday() >= _SATURDAY)


def business_calendar(
    first: str | date, last: str | date, *, closed: Collection[date] = (), year_end_closing: bool = True
) -> tuple[date, ...]:
    """The business days from *first* to *last*, both counted: the calendar as data.

    Raises:
        MissingExtraError: the library of holidays is not installed.
        ValueReadingError: *first* or *last* is no date, or holidays are not known so far.
    """
    first, last = read_date(first), read_date(last)
    days = (first + n * _DAY for n in range((last - first).days + 1))
    return tuple(day for day in days if is_business_day(day, closed=closed, year_end_closing=year_end_closing))


def business_days(
    received: str | date, paid: str | date, *, closed: Collection[date] = (), year_end_closing: bool = True
) -> int:
    """How many business days it took: those after the day *received*, up to the day *paid*.

    The first day does not count (Civil Code, article 140): received and paid on one day is 0.

    Raises:
        MissingExtraError: the library of holidays is not installed.
        ValueReadingError: a day is no date, *paid* lies before *received*, or holidays are not known so far.
    """
    received, paid = read_date(received), read_date(paid)
    if paid < received:
        raise ValueReadingError(f"paid on {paid}, before it was received on {received}")
    return len(business_calendar(received + _DAY, paid, closed=closed, year_end_closing=year_end_closing))


def add_business_days(
    day: str | date, number: int, *, closed: Collection[date] = (), year_end_closing: bool = True
) -> date:
    """The business day that is the *number*-th after *day*; *day* itself for 0.

    Raises:
        MissingExtraError: the library of holidays is not installed.
        ValueReadingError: *day* is no date, *number* is negative, or holidays are not known so far.
    """
    day = read_date(day)
    if number < 0:
        raise ValueReadingError(f"found {number} business days, expected 0 or more")
    open_days = (
        later for later in _after(day) if is_business_day(later, closed=closed, year_end_closing=year_end_closing)
    )
    return next(islice(open_days, number - 1, None)) if number else day


def _after(day: date) -> Iterator[date]:
    while True:
        day += _DAY
        yield day


@cache
def _holidays(year: int) -> frozenset[date]:
    try:
        from holidays import country_holidays
    except ImportError:
        raise MissingExtraError("holidays is not installed: pip install 'kpi[calendar]'") from None
    found = frozenset(country_holidays("JP", years=year))
    if not found:
        raise ValueReadingError(f"the holidays of {year} are not known")
    return found
