"""Stretches of one fiscal year over which values are rolled up."""

from __future__ import annotations

from datetime import date
from typing import Final, Protocol, runtime_checkable

from attrs import field, frozen

from kpi.errors import RollUpError
from kpi.periods import FiscalYear, month_end, read_period
from kpi.periods.spans import FIRST_MONTH
from kpi.problems import Language

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@runtime_checkable
class Spanning(Protocol):
    """Whatever has a first and a last day: a month, quarter, half or fiscal year, or a `TimeSpan`."""

    @property
    def start(self) -> date:
        """The first day."""

    @property
    def end(self) -> date:
        """The last day."""


@frozen(order=True)
class TimeSpan:
    """Days that follow each other in one fiscal year: April to August, for example.

    Attributes:
        start: the first day.
        end: the last day.
    """

    start: date
    end: date = field()

    @end.validator
    def _check_end(self, _: object, end: date) -> None:
        year = self.fiscal_year.year
        if not self.start <= end < date(year + 1, 4, 1):
            expected = f"expected a day from {self.start} to {date(year + 1, 3, 31)}"
            raise RollUpError(f"a span that begins on {self.start} cannot end on {end}; {expected}")

    @classmethod
    def of(cls, span: Spanning | str) -> TimeSpan:
        """The days of a month, quarter, half or year, or of one that a text names as `read_period` reads it.

        Raises:
            RollUpError: it is none of these, or its days lie in more than one fiscal year.
            ValueReadingError: the text names no period.
        """
        found = read_period(span) if isinstance(span, str) else span
        if not isinstance(found, Spanning):
            raise RollUpError(f"found {span!r}; expected a month, quarter, half or fiscal year, such as 2021-H1")
        return cls(found.start, found.end)

    @classmethod
    def of_months(cls, first: str, last: str | None = None) -> TimeSpan:
        """The months from *first* to *last*, as `2021-04`; the first alone where there is no last."""
        return cls(date.fromisoformat(f"{first}-01"), month_end(last or first))

    @property
    def fiscal_year(self) -> FiscalYear:
        """The fiscal year in which it lies."""
        return FiscalYear(self.start.year - (self.start.month < FIRST_MONTH))

    @property
    def months(self) -> tuple[str, ...]:
        """The months in which its days lie, as `2021-04`."""
        first, last = f"{self.start:%Y-%m}", f"{self.end:%Y-%m}"
        return tuple(month for month in self.fiscal_year.months if first <= month <= last)

    def lies_in(self, other: TimeSpan) -> bool:
        """Whether all of its days are among those of the other."""
        return other.start <= self.start and self.end <= other.end

    @property
    def is_of_whole_months(self) -> bool:
        """Whether it has all days of its months."""
        return self.start.day == 1 and self.end == month_end(f"{self.end:%Y-%m}")

    @property
    def is_from_april(self) -> bool:
        """Whether it begins with the fiscal year."""
        return (self.start.month, self.start.day) == (FIRST_MONTH, 1)

    def text(self, language: Language = "en") -> str:
        """Its months in English or Japanese: `April–August 2021`, `2021年4月～8月`."""
        if not self.is_of_whole_months:
            return f"{self.start} to {self.end}" if language == "en" else f"{self.start}～{self.end}"
        first, last = self.start, self.end
        if language == "ja":
            later = f"{last.year}年{last.month}月" if last.year != first.year else f"{last.month}月"
            return f"{first.year}年{first.month}月" + (f"～{later}" if len(self.months) > 1 else "")
        name, ending = _MONTHS[first.month - 1], f"{_MONTHS[last.month - 1]} {last.year}"
        if len(self.months) == 1:
            return ending
        return f"{name} {first.year}–{ending}" if last.year != first.year else f"{name}–{ending}"

    def __str__(self) -> str:
        return self.text()
