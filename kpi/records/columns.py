"""The columns that records must have, and what engines call the types that a catalogue declares."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from kpi.compilation.bounds import INT64
from kpi.errors import RecordsError
from kpi.formulas.aggregates import columns as columns_of
from kpi.formulas.nodes import Aggregate
from kpi.formulas.tables import ColumnType, Table
from kpi.problems import nearest

EXPECTED: Final[Mapping[ColumnType, str]] = {
    "text": "text",
    "integer": "whole numbers of at most 64 bits",
    "date": "dates",
    "boolean": "true and false",
}
"""What a column of each type has to hold, in words."""
_WHOLE: Final = re.compile(r"DECIMAL\([0-9]+, ?0\)")
"""Decimals without decimal places: what databases call their whole numbers."""
LEAST, LARGEST = -INT64 - 1, INT64
"""Whole numbers of 64 bits."""


def needed(table: Table, columns: Mapping[str, Aggregate]) -> tuple[str, ...]:
    """The columns of *table* that have to be there to count *columns*, each once."""
    looked_at = (name for one in columns.values() for name in columns_of(one))
    return tuple(dict.fromkeys((table.organisation, table.date, *looked_at)))


def missing_columns(table: Table, needed: Iterable[str], present: Collection[str]) -> None:
    """Every column that is needed has to be there.

    Raises:
        RecordsError: naming each that is not, with the nearest that is.
    """
    told = []
    for name in needed:
        if name not in present:
            found = nearest(name, [*map(str, present)])
            told.append(f"{name!r}{f' (did you mean {found[0]!r}?)' if found else ''}")
    if told:
        raise RecordsError(f"the records of table {table.name!r} have no column {', '.join(told)}")


def check_types(
    table: Table, needed: Iterable[str], found: Mapping[str, str], known: Mapping[str, ColumnType | None]
) -> None:
    """Every column has to hold what the catalogue declares.

    *found* is the engine's type of each column, *known* says which declared type an engine's type is; None: any, since
    nothing in it is known. Decimals without decimal places are whole numbers.

    Raises:
        RecordsError: naming each column that does not.
    """
    missing_columns(table, needed, found)
    told = []
    for name in needed:
        declared, holds = table.columns[name].type, found[name]
        type_ = "integer" if is_whole_decimal(holds) else known.get(holds.upper().partition("(")[0], "")
        if type_ not in (declared, None):
            told.append(f"column {name!r} holds {holds}, expected {EXPECTED[declared]}")
    if told:
        raise RecordsError(f"table {table.name!r}: {'; '.join(told)}")


def is_whole_decimal(holds: str) -> bool:
    """Whether an engine's type is that of decimals without decimal places; they may be larger than 64 bits hold."""
    return bool(_WHOLE.fullmatch(holds.upper()))
