"""One observation, and tables of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Final

from attrs import frozen

from kpi.characters import fold_width
from kpi.errors import ValueReadingError
from kpi.periods import FiscalYear
from kpi.quantities import read_value
from kpi.units import Unit, UnitTable

NATION: Final = "national"
"""The organisation whose values `national` refers to."""
YEAR: Final = "year"
"""The period of a value that counts from April up to its as-of date."""


@frozen
class Observation:
    """The value of one variable, or of a KPI where only its rate was published.

    Attributes:
        organisation: whose value it is, by key.
        fiscal_year: the fiscal year in which it counts.
        period: `year` (April up to the as-of date), or the canonical text of a month, quarter or half: `2021-04`,
            `2021-Q1`, `2021-H1`.
        quantity: the variable or KPI, by key.
        value: the text as printed, without thousands separators.
        as_of: before the end of the period, the day up to which the value counts; after it, when it was settled.
        unit: what is printed behind the value.
        source: the document.
        section: the section in it.
        page: the page in it.
        note: what else the document says of the value.
    """

    organisation: str
    fiscal_year: FiscalYear
    period: str
    quantity: str
    value: str
    as_of: date
    unit: str = ""
    source: str = ""
    section: str = ""
    page: str = ""
    note: str = ""

    @property
    def written(self) -> str:
        """The value with its unit; a blank or a word such as 該当なし has none, and none is written twice."""
        return with_unit(self.value, self.unit)

    def unit_in(self, units: UnitTable) -> Unit | None:
        """The unit that is written, if it is one of *units*."""
        return unit_of(self.written, units)


def with_unit(value: str, unit: str) -> str:
    """A value with its unit; a blank or a word such as 該当なし has none, and none is written twice."""
    folded, symbol = fold_width(value), fold_width(unit)
    counts = any(character.isdigit() for character in folded)
    return f"{value}{unit}" if counts and not (symbol and folded.endswith(symbol)) else value


def unit_of(written: str, units: UnitTable) -> Unit | None:
    """The unit that is written behind a number, if it is one of *units*."""
    try:
        return read_value(written, units).unit
    except ValueReadingError:
        return None


@frozen(slots=False)
class Observations:
    """A table of observations.

    Attributes:
        rows: the observations, in the order of the table.
    """

    rows: tuple[Observation, ...]

    def __iter__(self) -> Iterator[Observation]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def of(self, organisation: str, year: FiscalYear, quantity: str) -> tuple[Observation, ...]:
        """What was observed of one quantity, in one organisation and fiscal year."""
        return self._by_place.get((organisation, year, quantity), ())

    def quantities(self, organisation: str, year: FiscalYear) -> tuple[str, ...]:
        """The quantities of which anything was observed in one organisation and fiscal year."""
        return tuple(quantity for *place, quantity in self._by_place if place == [organisation, year])

    @property
    def organisations(self) -> tuple[str, ...]:
        """The organisations in which anything was observed."""
        return tuple(dict.fromkeys(organisation for organisation, _, _ in self._by_place))

    @cached_property
    def _by_place(self) -> dict[tuple[str, FiscalYear, str], tuple[Observation, ...]]:
        key = attrgetter("organisation", "fiscal_year", "quantity")
        return {place: tuple(rows) for place, rows in groupby(sorted(self.rows, key=key), key)}
