"""The periods of plans and tables: months, and the quarters, halves and years that begin in April."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import ClassVar, Final

from attrs import Attribute, field, frozen
from dateutil.relativedelta import relativedelta

from kpi.errors import ValueReadingError
from kpi.periods.eras import in_era

FIRST_MONTH: Final = 4
"""April, in which a fiscal year begins."""


class Period(ABC):
    """Whole months in one fiscal year: a month, quarter, half or the year.

    `str()` is the canonical text: `2021-04`, `2021-Q1`, `2021-H1`, `FY2021`; `read_period` reads it back.
    """

    __slots__ = ()
    length: ClassVar[int]
    """How many months it has."""

    @property
    @abstractmethod
    def start(self) -> date:
        """The first day."""

    @property
    @abstractmethod
    def fiscal_year(self) -> FiscalYear:
        """The fiscal year in which it lies."""

    @property
    @abstractmethod
    def ja(self) -> str:
        """The period in Japanese: `令和3年4月`, `令和3年度第1四半期`, `令和3年度上期`, `令和3年度`."""

    @property
    def end(self) -> date:
        """The last day."""
        return _last_day(self.start, self.length)

    @property
    def months(self) -> tuple[str, ...]:
        """Its months in order, as `2021-04`."""
        return _months(self.start, self.length)


@lru_cache(maxsize=1024)  # every row of a table asks for the same few periods
def _last_day(start: date, length: int) -> date:
    return start + relativedelta(months=length, days=-1)


@lru_cache(maxsize=1024)
def _months(start: date, length: int) -> tuple[str, ...]:
    return tuple(f"{start + relativedelta(months=n):%Y-%m}" for n in range(length))


def _numbered(what: str, last: int) -> Callable[[object, Attribute[int], int], None]:
    """A check that a number lies between 1 and *last*."""

    def check(_: object, __: Attribute[int], number: int) -> None:
        if not 1 <= number <= last:
            raise ValueReadingError(f"a year has no {what} {number}; expected 1 to {last}")

    return check


@frozen(order=True)
class FiscalYear(Period):
    """A fiscal year, from April to March.

    Attributes:
        year: the calendar year in whose April it begins.
    """

    year: int = field()
    length: ClassVar[int] = 12

    @property
    def start(self) -> date:
        """The first of April."""
        return date(self.year, FIRST_MONTH, 1)

    @property
    def fiscal_year(self) -> FiscalYear:
        """The year itself."""
        return self

    @property
    def prior(self) -> FiscalYear:
        """The fiscal year before."""
        return FiscalYear(self.year - 1)

    @property
    def halves(self) -> tuple[HalfYear, ...]:
        """上期 and 下期."""
        return tuple(HalfYear(self.year, number) for number in (1, 2))

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """The four quarters, from April."""
        return tuple(Quarter(self.year, number) for number in (1, 2, 3, 4))

    @property
    def ja(self) -> str:
        """The year in the era of its first of May: `令和3年度`.

        So the year of 2019 is 令和元年度 throughout, as the ministries agreed on 2019-04-02
        (改元に伴う元号による年表示の取扱いについて); no other change of era lies between 1 April and 1 May.
        """
        return f"{in_era(self.start + relativedelta(months=1))}度"

    def __str__(self) -> str:
        return f"FY{self.year}"


@frozen(order=True)
class HalfYear(Period):
    """Half of a fiscal year.

    Attributes:
        year: the fiscal year.
        number: 1 for 上期, April to September, and 2 for 下期.
    """

    year: int
    number: int = field(validator=_numbered("half", 2))
    length: ClassVar[int] = 6

    @property
    def start(self) -> date:
        """The first of April or of October."""
        return self.fiscal_year.start + relativedelta(months=6 * (self.number - 1))

    @property
    def fiscal_year(self) -> FiscalYear:
        """The year of which it is half."""
        return FiscalYear(self.year)

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """Its two quarters."""
        return self.fiscal_year.quarters[2 * self.number - 2 : 2 * self.number]

    @property
    def ja(self) -> str:
        """The half in Japanese: `令和3年度上期`."""
        return f"{self.fiscal_year.ja}{'上' if self.number == 1 else '下'}期"

    def __str__(self) -> str:
        return f"{self.year}-H{self.number}"


@frozen(order=True)
class Quarter(Period):
    """A quarter of a fiscal year.

    Attributes:
        year: the fiscal year.
        number: 1 for April to June, up to 4 for January to March.
    """

    year: int
    number: int = field(validator=_numbered("quarter", 4))
    length: ClassVar[int] = 3

    @property
    def start(self) -> date:
        """The first of April, July, October or January."""
        return self.fiscal_year.start + relativedelta(months=3 * (self.number - 1))

    @property
    def fiscal_year(self) -> FiscalYear:
        """The year of which it is a quarter."""
        return FiscalYear(self.year)

    @property
    def ja(self) -> str:
        """The quarter in Japanese: `令和3年度第1四半期`."""
        return f"{self.fiscal_year.ja}第{self.number}四半期"

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"


@frozen(order=True)
class Month(Period):
    """A month: January 2022 is `Month(2022, 1)`, and lies in the fiscal year 2021.

    Attributes:
        year: the calendar year.
        number: 1 to 12.
    """

    year: int
    number: int = field(validator=_numbered("month", 12))
    length: ClassVar[int] = 1

    @classmethod
    def of(cls, day: date) -> Month:
        """The month in which *day* lies."""
        return cls(day.year, day.month)

    @property
    def start(self) -> date:
        """The first of the month."""
        return date(self.year, self.number, 1)

    @property
    def fiscal_year(self) -> FiscalYear:
        """The fiscal year in which it lies; January to March belong to the one that began a year before."""
        return FiscalYear(self.year - (self.number < FIRST_MONTH))

    def later(self, months: int) -> Month:
        """The month *months* after this one, or before it where they are negative."""
        return Month.of(self.start + relativedelta(months=months))

    @property
    def ja(self) -> str:
        """The month in the era in which it ends: `令和3年4月`."""
        return f"{in_era(self.end)}{self.number}月"

    def __str__(self) -> str:
        return f"{self.start:%Y-%m}"
