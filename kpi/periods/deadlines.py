"""Deadlines: the last day that lies within some months, days or business days of another.

The first day does not count (初日不算入, Civil Code, article 140) unless the caller says so. Months are counted by the
calendar and end on the day before the one that corresponds to the first day counted; where the last month has no such
day, on its last day (応当日, article 143). So a period that begins behind the end of a month ends with a month:
one month after 31 January is the last of February, and one month after 28 February is 31 March.
A last day on which offices are closed is not put off: article 142 does so only where business on it is not customary.
"""

from __future__ import annotations

from datetime import date, timedelta
from operator import index

from dateutil.relativedelta import relativedelta

from kpi.errors import ValueReadingError
from kpi.periods.business_days import add_business_days
from kpi.periods.dates import read_date

_DAY = timedelta(days=1)


def deadline(
    start: str | date,
    *,
    months: int | None = None,
    days: int | None = None,
    business_days: int | None = None,
    first_day_counts: bool = False,
) -> date:
    """The last day within so many *months*, *days* or *business_days* of *start*; exactly one of them is given.

    Raises:
        ValueReadingError: *start* is no date, or it is not one number above 0 that is given.
        MissingExtraError: business days are counted, and the library of holidays is not installed.
    """
    lengths = {"months": months, "days": days, "business days": business_days}
    given = [_whole(length, unit) for unit, length in lengths.items() if length is not None]
    if len(given) != 1 or given[0] < 1:
        raise ValueReadingError(
            f"found {', '.join(map(str, given)) or 'no number'}; expected one of months, days, business_days, from 1"
        )
    try:
        before = read_date(start) - (_DAY if first_day_counts else timedelta())
        if months is not None:
            return _after_months(before + _DAY, given[0])
        return add_business_days(before, given[0]) if days is None else before + timedelta(days=given[0])
    except (OverflowError, ValueError):
        raise ValueReadingError(f"{given[0]} from {start} lies beyond the calendar") from None


def is_within(
    start: str | date,
    done: str | date,
    *,
    months: int | None = None,
    days: int | None = None,
    business_days: int | None = None,
    first_day_counts: bool = False,
) -> bool:
    """Whether *done* lies within so many months, days or business days of *start*; a day before *start* does not.

    Raises:
        ValueReadingError: a day is no date, or it is not one number above 0 that is given.
        MissingExtraError: business days are counted, and the library of holidays is not installed.
    """
    last = deadline(start, months=months, days=days, business_days=business_days, first_day_counts=first_day_counts)
    return read_date(start) <= read_date(done) <= last


def _whole(length: int, unit: str) -> int:
    try:
        return index(length)
    except TypeError:
        raise ValueReadingError(f"found {length!r}; expected a whole number of {unit}") from None


def _after_months(first: date, months: int) -> date:
    """The last day of a period of *months* of which *first* is the first day."""
    corresponding = first + relativedelta(months=months)
    return corresponding - _DAY if corresponding.day == first.day else corresponding
