"""What stands in CSV files, read as their table declares it: nothing is guessed, and what is no such value makes the query fail."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from kpi.errors import RecordsError
from kpi.formulas.tables import ColumnType, Table
from kpi.records.columns import EXPECTED
from kpi.records.names import identifier, literal

_FORMS: Final[Mapping[ColumnType, tuple[str, str]]] = {
    "integer": ("[-+]?[0-9]+", "BIGINT"),
    "date": ("[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}([ T][0-9:.]+)?", "DATE"),
    "boolean": (".*", "BOOLEAN"),
}
"""What a value looks like, and its type; engines would take `2021` for a date, and 3.5 for a whole number."""


def header(table: Table, paths: Sequence[str]) -> tuple[str, ...]:
    """The names of the columns, which stand in the first line of every one of the files, in the same order.

    Engines take the columns of further files by their place, so that those of another order would be mixed up.

    Raises:
        RecordsError: a file has no such line, is not in UTF-8, has one name twice, or has other columns than the first.
    """
    first, *others = paths
    expected = _header(table, first)
    for path in others:
        found = _header(table, path)
        if found != expected:
            told = f"{path} has the columns {', '.join(found)}"
            raise RecordsError(
                f"table {table.name!r}: {told}, expected those of {first} in their order: {', '.join(expected)}"
            )
    return expected


def _header(table: Table, path: str) -> tuple[str, ...]:
    opened = gzip.open if path.lower().endswith(".gz") else open
    try:
        with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
            names = next(csv.reader(file), [])
    except UnicodeDecodeError:
        raise RecordsError(f"table {table.name!r}: {path} is not in UTF-8; {CONVERT}") from None
    if not names:
        raise RecordsError(
            f"table {table.name!r}: {path} is empty; expected the names of its columns in the first line"
        )
    twice = [name for place, name in enumerate(names) if name in names[:place]]
    if twice:
        raise RecordsError(f"table {table.name!r}: {path} has {', '.join(map(repr, twice))} twice among its columns")
    return tuple(names)


CONVERT: Final = "convert it first, from Shift_JIS with 'iconv -f CP932 -t UTF-8'"
"""What is to be done with a file that is in another encoding."""


def typed(table: Table, present: Iterable[str], *, error: str = "error") -> Iterator[tuple[str, str]]:
    """Columns that are *present* in CSV files of *table* as texts, each with the SQL of what it is declared to hold.

    Blank is missing. *error* is the engine's function that fails with a message.
    """
    for name in present:
        column = table.columns.get(name)
        if column is not None and column.type != "text":
            yield name, _typed(table.name, name, column.type, error)


def _typed(table: str, name: str, kind: ColumnType, error: str) -> str:
    form, type_ = _FORMS[kind]
    text = f"NULLIF(TRIM({identifier(name)}), '')"
    parsed = f"TRY_CAST(REPLACE({text}, '/', '-') AS {type_})" if kind == "date" else f"TRY_CAST({text} AS {type_})"
    told = literal(f"table {table!r}: column {name!r} holds "), literal(f", expected {EXPECTED[kind]}")
    failure = f"{error}({told[0]} || {identifier(name)} || {told[1]})"
    is_wrong = f"NOT REGEXP_MATCHES({text}, '^{form}$') OR ({text} IS NOT NULL AND {parsed} IS NULL)"
    return f"CASE WHEN {is_wrong} THEN {failure} ELSE {parsed} END"
