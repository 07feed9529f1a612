"""How the values of a table lie: a row a value (tidy), a column a variable (wide), or a column a period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from itertools import zip_longest
from typing import Final

from attrs import field, frozen

from kpi.errors import ValueReadingError
from kpi.observations.days import day_in, read_day
from kpi.observations.headings import KEYS, Heading, Key, Named, When, key_of, read_heading
from kpi.observations.known import Known
from kpi.periods import FiscalYear
from kpi.quantities import stands_for_nothing
from kpi.sheets.sheet import Cell

Record = Mapping[str, Cell]
"""The cells that tell of one value, by the key of their column; `value` is the value's own."""
Row = Sequence[Cell]


class Lie(StrEnum):
    """How the values of a table lie; the words are those of messages."""

    TIDY = "a row a value"
    WIDE = "a column a variable"
    PERIODS = "a column a period"

    @property
    def ja(self) -> str:
        """The same in Japanese."""
        return _JAPANESE[self]


_JAPANESE: Final = {Lie.TIDY: "1 行に 1 つの値", Lie.WIDE: "1 列に 1 つの項目", Lie.PERIODS: "1 列に 1 つの期間"}
_COLON = re.compile(r"\s*[:：]\s*")
_OF_VALUES: Final = {Lie.WIDE: Named, Lie.PERIODS: When}
"""The columns of values, where a row has several."""


@frozen(slots=False)
class Layout:
    """The headings of a table, and how its values lie; *stated* is what is said of all of them above the headings."""

    lie: Lie
    headings: tuple[Heading, ...]
    stated: Record = field(factory=dict)

    @classmethod
    def of(cls, headings: Sequence[Heading], stated: Record) -> Layout:
        """The layout that the *headings* make, whether or not they are complete."""
        keys = {heading.key for heading in headings if isinstance(heading, Key)}
        if "value" in keys or not any(isinstance(heading, Named | When) for heading in headings):
            lie = Lie.TIDY
        else:
            lie = Lie.PERIODS if "quantity" in keys else Lie.WIDE
        return cls(lie, tuple(headings), stated)

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """The columns of keys."""
        return tuple(heading for heading in self.headings if isinstance(heading, Key))

    @property
    def known_keys(self) -> frozenset[str]:
        """The keys that a column or a statement above gives."""
        return frozenset({*self.stated, *(heading.key for heading in self.keys)})

    @cached_property
    def latest(self) -> FiscalYear | None:
        """The last of the years that count up to the date of the row, which is a date of that year."""
        return max((when.year for when in self.whens if when.is_to_date and when.year), default=None)

    @property
    def missing(self) -> tuple[str, ...]:
        """The keys without which nobody knows what a value is of."""
        values = {"quantity", "value"} if self.lie is Lie.TIDY else set()
        if self.lie is Lie.PERIODS:
            values = {"quantity"}
        has_year = "period" in self.known_keys if self.lie is not Lie.PERIODS else self._all_years_named
        needed = {
            "organisation",
            *values,
            *(() if has_year else ("fiscal_year",)),
            *(("as_of",) if self.latest else ()),
        }
        return tuple(key for key in KEYS if key in needed - self.known_keys)

    @property
    def silent(self) -> frozenset[str]:
        """The keys that say nothing of values which lie so, be it in a column or above: a period has its own day."""
        if self.lie is not Lie.PERIODS:
            return frozenset()
        return frozenset({"period"} if self.latest else {"period", "as_of"})

    def is_misplaced(self, heading: Heading) -> bool:
        """Whether a column means nothing where values lie so."""
        if isinstance(heading, Key):
            said = {
                Lie.TIDY: frozenset[str](),
                Lie.WIDE: frozenset({"unit"}),  # each column has its own
                Lie.PERIODS: frozenset({"fiscal_year"} if any(when.year for when in self.whens) else ()),
            }
            return heading.key in self.silent | said[self.lie]
        return isinstance(heading, Named | When) and not isinstance(heading, _OF_VALUES.get(self.lie, ()))

    @property
    def whens(self) -> tuple[When, ...]:
        """The columns of periods."""
        return tuple(heading for heading in self.headings if isinstance(heading, When))

    @property
    def _all_years_named(self) -> bool:
        return all(when.year for when in self.whens)

    def records(self, row: Row) -> Iterator[Record]:
        """What a row tells: one value, or one for each column of values that has one."""
        keys = {heading.key: heading.read(row[heading.cell.column - 1]) for heading in self.keys}
        told = {**self.stated, **{key: cell for key, cell in keys.items() if cell.text or key not in self.stated}}
        if self.lie is Lie.TIDY:
            yield told
            return
        for heading in self.headings:
            value = row[heading.cell.column - 1]
            if isinstance(heading, Named | When) and not stands_for_nothing(value.text):
                yield {**told, **self._placed(heading, told), "value": value}

    def _placed(self, heading: Named | When, told: Record) -> Record:
        """What the heading of a value says of it."""
        cell = heading.cell
        if isinstance(heading, Named):
            found = {"quantity": cell._replace(text=heading.meant[0])}
            if heading.unit or heading.scale:
                found |= {"scale": cell._replace(text=heading.scale), "unit": cell._replace(text=heading.unit)}
            return found
        found = {"period": cell._replace(text=heading.period)}
        if heading.year is not None:
            found["fiscal_year"] = cell._replace(text=str(heading.year))
        if heading.day is not None:
            found["as_of"] = cell._replace(text=f"{heading.day}")
        elif heading.is_to_date:
            found |= {"to_date": cell, "as_of": self._to_date(heading, told["as_of"])}
        elif "as_of" in told:  # the date of the row is that of the columns which ask for it
            found["as_of"] = cell._replace(text="")
        return found

    def _to_date(self, heading: When, as_of: Cell) -> Cell:
        """The date of the row in the year of a column; one that cannot be read is told of where it stands."""
        try:
            day = read_day(as_of.text)
        except ValueReadingError:
            return as_of
        return (
            as_of._replace(text=f"{day_in(heading.year, day, self.latest)}") if heading.year and self.latest else as_of
        )


def headings_in(row: Row, known: Known | None) -> list[Heading]:
    """What each cell of a row says, read as a heading."""
    return [read_heading(cell, known) for cell in row]


def are_headings(headings: Sequence[Heading]) -> bool:
    """Whether a row is the one of the headings: it names keys, and values or how to find them.

    Two cells at least are keys, quantities or periods. One that is followed by what it is, `支部 | 岩手支部`, is a
    statement of the whole table and no heading.
    """
    keys = {heading.key for heading in headings if isinstance(heading, Key)}
    named = sum(isinstance(heading, Named) for heading in headings)
    whens = sum(isinstance(heading, When) for heading in headings)
    if {"quantity", "value"} & keys:
        return len(keys) + whens > 1
    return named > 1 or (named == 1 and bool(keys))


def statements_in(headings: Sequence[Heading]) -> dict[str, Cell]:
    """What a row above the headings says of the whole table: `支部 | 岩手支部`, or `支部：岩手支部` in one cell."""
    found: dict[str, Cell] = {}
    filled = [heading for heading in headings if heading.cell.text]
    for heading, following in zip_longest(filled, filled[1:]):
        name, *said = _COLON.split(heading.cell.text, maxsplit=1)
        if isinstance(heading, Key) and following is not None and not isinstance(following, Key):
            found[heading.key] = following.cell
        elif said and said[0] and (key := key_of(name)):
            found[key] = heading.cell._replace(text=said[0])
    return found
