"""The business days of many years as one table, so that every engine counts the same days."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import cache, cached_property
from itertools import accumulate, pairwise
from typing import Final

from attrs import frozen

from kpi.errors import ValueReadingError
from kpi.periods.business_days import is_business_day

FIRST_YEAR: Final = 1989
LAST_YEAR: Final = 2050
"""The years of the usual calendar: from the first of Heisei; holidays of coming years can still be moved by law."""

_DAY: Final = timedelta(days=1)
_WEEK: Final = 7
_FRIDAY: Final = 4


@frozen(slots=False)
class Calendar:
    """For each day from *first* on, how many business days there were up to and including it."""

    first: date
    numbers: tuple[int, ...]

    @classmethod
    def of_japan(
        cls, first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR, *, closed: Collection[date] = ()
    ) -> Calendar:
        """Japan's business days (see `kpi.periods.business_days`); *closed* are further days that are none.

        Raises:
            MissingExtraError: the library of holidays is not installed.
            ValueReadingError: holidays of these years are not known, or the last lies before the first.
        """
        if not MINYEAR <= first_year <= last_year <= MAXYEAR:
            raise ValueReadingError(
                f"no calendar reaches from {first_year} to {last_year}; expected years from {MINYEAR} to {MAXYEAR}, the earlier one first"
            )
        first, last = date(first_year, 1, 1), date(last_year, 12, 31)
        days = (first + number * _DAY for number in range((last - first).days + 1))
        return cls(first, tuple(accumulate(int(is_business_day(day, closed=closed)) for day in days)))

    @property
    def last(self) -> date:
        """The last day that is known."""
        return self.first + (len(self.numbers) - 1) * _DAY

    @cached_property
    def exceptions(self) -> tuple[int, ...]:
        """The days, counted from 0, that are open though it is a weekend, or closed though it is none."""
        opens = (later > earlier for earlier, later in pairwise((0, *self.numbers)))
        weekday = self.first.weekday()
        return tuple(index for index, is_open in enumerate(opens) if is_open != ((weekday + index) % _WEEK <= _FRIDAY))

    def number(self, day: date) -> int | None:
        """How many business days there were up to *day*; None where the calendar does not reach it."""
        index = (day - self.first).days
        return self.numbers[index] if 0 <= index < len(self.numbers) else None

    def rows(self) -> Iterator[tuple[date, int]]:
        """Each day with its number: the calendar as a table."""
        for index, number in enumerate(self.numbers):
            yield self.first + index * _DAY, number


@cache
def usual_calendar() -> Calendar:
    """Japan's business days of the usual years.

    Raises:
        MissingExtraError: the library of holidays is not installed.
    """
    return Calendar.of_japan()
