"""The rows of other years and of the nation: at which place of a frame the row stands that another looks at.

Keys become numbers, and a table says at which place each stands: that takes less time than a join, and keeps the order.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from attrs import evolve, frozen

from kpi.columns.arrays.arithmetic import every
from kpi.columns.arrays.keys import NO_YEAR, as_text, rows_at, years
from kpi.columns.door import narwhals
from kpi.errors import ColumnsError
from kpi.observations.observation import NATION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kpi.columns.arrays.arithmetic import Truth
    from kpi.columns.asked import Place
    from kpi.columns.door import Array, Column, Integers, Table
    from kpi.columns.questions import Elsewhere
    from kpi.columns.request import Keys

_NAMED: Final = 3
"""How many rows an error names."""
_WORTH_A_TABLE: Final = 2
"""How many keys there may be for each row, so that one place for every key is worth its memory."""
_MOST_KEYS: Final = 2**31
_MOST_YEARS: Final = 10_000


@frozen(eq=False)
class Keyed:
    """The keys of the rows of a frame, as they stand there; years as whole numbers. None: the frame has no such column."""

    names: Keys
    organisation: Column | None
    fiscal_year: Integers | None
    period: Column | None
    length: int

    @classmethod
    def of(cls, frame: Table, keys: Keys) -> Keyed:
        """The keys that a frame has.

        Raises:
            ColumnsError: a column of fiscal years holds something else.
        """
        found = {name: frame[name] for name in keys if name in frame.columns}
        year, period = found.get(keys.fiscal_year), found.get(keys.period) if keys.period else None
        return cls(keys, found.get(keys.organisation), None if year is None else years(year), period, len(frame))

    def at(self, places: Iterable[Place] | None) -> Integers | None:
        """The places of the rows that plans speak of; None: of all."""
        if places is None or self.organisation is None or self.fiscal_year is None:
            return None
        return rows_at(places, self.organisation, self.fiscal_year)


@frozen(eq=False)
class _Numbered:
    """One whole number for the keys of each row, from 0 up to *count*, in those rows where *known* holds."""

    numbers: Integers
    known: Truth
    count: int

    @property
    def rows(self) -> Integers:
        """The places of the rows whose keys are known."""
        return np.arange(len(self.numbers)) if isinstance(self.known, bool) else np.flatnonzero(self.known)


@frozen(eq=False, slots=False)
class Lookups:
    """Looks from *rows* at *others*, which may be the same."""

    rows: Keyed
    others: Keyed

    def places(self, where: Elsewhere) -> Array:
        """The place among the others of the row *where* each row looks; -1 where there is none.

        Raises:
            ColumnsError: two of the others are the one that a row looks at.
        """
        here, there = self._numbered(where)
        places = there.rows
        keys = there.numbers if there.known is True else there.numbers[places]
        is_dense = here.count <= _WORTH_A_TABLE * (self.rows.length + self.others.length)
        found, twice = (_by_table if is_dense else _by_order)(here, keys, places)
        if here.known is not True:
            found[~here.known] = -1
        if len(twice):
            looking = np.flatnonzero(every((np.isin(here.numbers, twice), here.known)))
            if len(looking):
                raise ColumnsError(_several(self.rows, here, looking, where))
        return found

    @cached_property
    def organisations(self) -> tuple[_Numbered, _Numbered] | None:
        """The organisations of both, where both have any."""
        return _numbers_of(self.rows.organisation, self.others.organisation)

    @cached_property
    def periods(self) -> tuple[_Numbered, _Numbered] | None:
        """The periods of both, where both have any."""
        return _numbers_of(self.rows.period, self.others.period)

    def _numbered(self, where: Elsewhere) -> tuple[_Numbered, _Numbered]:
        """The keys that have to agree, those of a row as one number."""
        here = _Numbered(np.zeros(self.rows.length, np.int64), known=True, count=1)
        there = _Numbered(np.zeros(self.others.length, np.int64), _is_looked_at(self.others, where), count=1)
        years = None if where.year is not None else _years(self.rows.fiscal_year, self.others.fiscal_year, where.back)
        for pair in (None if where.is_national else self.organisations, self.periods, years):
            if pair is not None:
                here, there = _with(here, pair[0]), _with(there, pair[1])
                if here.count > _MOST_KEYS:
                    here, there = _renumbered(here, there)
        return here if here.known is True else evolve(here, numbers=np.where(here.known, here.numbers, 0)), there


def _by_table(here: _Numbered, keys: Integers, places: Integers) -> tuple[Array, Integers]:
    """The place that each row looks at, and the keys that stand at several: all keys have one in a table."""
    table = np.full(here.count, -1, np.int32 if len(places) < _MOST_KEYS else np.int64)
    table[keys] = places
    return table[here.numbers], keys[table[keys] != places]


def _by_order(here: _Numbered, keys: Integers, places: Integers) -> tuple[Array, Integers]:
    """The same, where there are many more keys than rows: they are put in order."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    at = np.searchsorted(ordered, here.numbers)
    at[at == len(ordered)] = 0
    found = np.where(ordered[at] == here.numbers, places[order][at], -1) if len(ordered) else np.full(len(at), -1)
    return found, ordered[1:][ordered[1:] == ordered[:-1]]


def _is_looked_at(others: Keyed, where: Elsewhere) -> Truth:
    """Which rows are of the nation, or of the year, that is looked at."""
    found: list[Truth] = []
    if where.is_national and others.organisation is not None:
        is_nation = as_text(others.organisation) == NATION
        found.append(is_nation.fill_null(False).to_numpy())  # noqa: FBT003  # its only argument
    if where.year is not None and others.fiscal_year is not None:
        found.append(others.fiscal_year == where.year)
    return every(found)


def _years(here: Integers | None, there: Integers | None, back: int) -> tuple[_Numbered, _Numbered] | None:
    """The years of both as seen from here; none where one has none."""
    if here is None or there is None:
        return None
    known = here[here != NO_YEAR]
    first, last = (int(known.min()), int(known.max())) if len(known) else (0, 0)
    seen, count = there + (back - first), last - first + 1
    is_seen = (there != NO_YEAR) & (seen >= 0) & (seen < count)
    is_known = True if len(known) == len(here) else here != NO_YEAR
    numbered = _Numbered(here - first, is_known, count), _Numbered(seen, is_seen, count)
    return numbered if count < _MOST_YEARS else _renumbered(*numbered)


def _numbers_of(one: Column | None, other: Column | None) -> tuple[_Numbered, _Numbered] | None:
    """The values of two columns as numbers, the same for the same value; none where one is not there."""
    if one is None or other is None:
        return None
    if one is other:
        found = _numbers(one)
        return found, found
    if one.dtype != other.dtype:
        one, other = as_text(one), as_text(other)
    both = narwhals().concat([one.rename("key").to_frame(), other.rename("key").to_frame()])["key"]
    return _split(_numbers(both), len(one))


def _numbers(series: Column) -> _Numbered:
    """The values of a column as numbers, without large gaps."""
    if series.dtype.is_integer() and series.dtype not in (narwhals().Int128, narwhals().UInt128):
        known = True if series.null_count() == 0 else ~series.is_null().to_numpy()
        numbers = (series if known is True else series.fill_null(0)).to_numpy().astype(np.int64)
        least, most = (int(numbers.min()), int(numbers.max())) if len(numbers) else (0, 0)
        if most - least < _WORTH_A_TABLE * len(numbers):
            return _Numbered(numbers - least, known, most - least + 1)
        values, numbers = np.unique(numbers, return_inverse=True)
        return _Numbered(numbers, known, len(values))
    numbers = _codes(series).astype(np.int64, copy=False)
    known = numbers >= 0
    return _Numbered(numbers, True if known.all() else known, int(numbers.max(initial=0)) + 1)


def _codes(series: Column) -> Array:
    """A number for each value of a column, -1 where there is none, as its library gives them."""
    native: Any = series.to_native()
    if series.implementation.is_pandas():
        return native.factorize()[0]  # type: ignore[no-any-return]  # the first of two
    if series.implementation.is_pyarrow():
        return native.combine_chunks().dictionary_encode().indices.fill_null(-1).to_numpy()  # type: ignore[no-any-return]  # pyarrow tells no types
    import polars as pl

    return as_text(series).to_native().cast(pl.Categorical).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()  # type: ignore[no-any-return]  # the frame is one of polars


def _split(both: _Numbered, length: int) -> tuple[_Numbered, _Numbered]:
    """The numbers of two frames that stand one behind the other."""
    parts = (slice(length), slice(length, None))
    one, other = (
        _Numbered(both.numbers[part], both.known if isinstance(both.known, bool) else both.known[part], both.count)
        for part in parts
    )
    return one, other


def _with(keys: _Numbered, more: _Numbered) -> _Numbered:
    numbers = keys.numbers * more.count + more.numbers if keys.count > 1 else more.numbers
    return _Numbered(numbers, every((keys.known, more.known)), keys.count * more.count)


def _renumbered(here: _Numbered, there: _Numbered) -> tuple[_Numbered, _Numbered]:
    """The same keys by numbers without gaps."""
    both, numbers = np.unique(np.concatenate([here.numbers, there.numbers]), return_inverse=True)
    one, other = _split(_Numbered(numbers, known=True, count=len(both)), len(here.numbers))
    return evolve(one, known=here.known), evolve(other, known=there.known)


def _several(rows: Keyed, here: _Numbered, looking: Integers, where: Elsewhere) -> str:
    """The message about rows that look at several."""
    _, firsts = np.unique(here.numbers[looking], return_index=True)
    named = sorted(" ".join(_named(rows, int(row), where)) for row in looking[firsts])
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    keys = ", ".join(rows.names)
    shown = ", ".join(named[:_NAMED])
    return f"other rows look at the row of {shown}{more}, and there are several; expected one for each {keys}"


def _named(rows: Keyed, row: int, where: Elsewhere) -> Iterator[str]:
    """The keys of the row at which a row looks."""
    if rows.organisation is not None:
        yield NATION if where.is_national else str(rows.organisation[row])
    if rows.fiscal_year is not None:
        yield str(int(rows.fiscal_year[row]) - where.back if where.year is None else where.year)
    if rows.period is not None:
        yield str(rows.period[row])
