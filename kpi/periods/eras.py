"""Japanese eras: which year a day has in them, and which year they name."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from attrs import frozen

from kpi.errors import ValueReadingError

GREGORIAN: Final = date(1873, 1, 1)
"""明治6年1月1日, the first day that Japan counts by today's calendar."""


@frozen
class Era:
    """An era with its letter, and the first and last of its days.

    The days on which 大正 and 昭和 were proclaimed also belong to the era before; on the later changes none is shared.
    """

    name: str
    letter: str
    first: date
    last: date

    def year_of(self, day: date) -> int:
        """The year of the era in which *day* lies, from 1."""
        return day.year - self.first.year + 1

    def calendar_year(self, year: int) -> int:
        """The calendar year that *year* of the era is, whether or not the era lasted so long."""
        return self.first.year + year - 1

    def why_without(self, first: date, last: date) -> str | None:
        """Why no day from *first* to *last* can be named in the era; None where one can."""
        if last < GREGORIAN:
            return f"before {GREGORIAN} the days of an era were counted by the moon; today's calendar has"
        if last < self.first:
            return f"{self.name} began on {self.first}; expected"
        if first > self.last:
            return f"{self.name} ended on {self.last}; expected"
        return None


ERAS: Final = (
    Era("明治", "M", date(1868, 1, 25), date(1912, 7, 30)),
    Era("大正", "T", date(1912, 7, 30), date(1926, 12, 25)),
    Era("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    Era("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    Era("令和", "R", date(2019, 5, 1), date.max),
)
_BY_NAME: Final = {name: era for era in ERAS for name in (era.name, era.letter)}

YEAR: Final = (
    rf"(?:(?P<western>[0-9]{{4}})|(?P<era>{'|'.join(era.name for era in ERAS)}|[MTSHR])\s*(?P<year>[0-9]{{1,3}}|元))"
)
"""What a year looks like, with and without an era; full-width forms folded, letters of either case."""


@frozen
class WrittenYear:
    """A calendar year as a text names it, with the era that it is counted in, if any."""

    year: int
    era: Era | None = None

    @classmethod
    def of(cls, found: re.Match[str]) -> WrittenYear:
        """The year in a match of `YEAR`."""
        if found["western"]:
            return cls(int(found["western"]))
        era = _BY_NAME[found["era"].upper()]
        return cls(era.calendar_year(1 if found["year"] == "元" else int(found["year"])), era)

    @property
    def number(self) -> int:
        """The year as counted in its era, or in the calendar."""
        return self.year - self.era.first.year + 1 if self.era else self.year

    @property
    def exists(self) -> bool:
        """Whether the era has that year; every year without an era exists."""
        return self.era is None or self.era.first.year <= self.year <= self.era.last.year


def in_era(day: date) -> str:
    """The year of *day* in its era, `令和3年`; before today's calendar began, `1872年`."""
    era = next((era for era in reversed(ERAS) if day >= GREGORIAN and era.first <= day), None)
    if era is None:
        return f"{day.year}年"
    year = era.year_of(day)
    return f"{era.name}{'元' if year == 1 else year}年"


def require_era(text: str, kind: str, written: WrittenYear, first: date, last: date, right: str) -> None:
    """Refuses *text*, which names the days from *first* to *last*, where its era has none of them.

    Raises:
        ValueReadingError: it does not; the message names the *right* text.
    """
    why = written.era and written.era.why_without(first, last)
    if why:
        raise ValueReadingError(f"{text!r} is no {kind}: {why} {right}")
