"""What stands in CSV files, read as their table declares it: nothing is guessed, and what is no such value makes the query fail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from kpi.formulas.tables import ColumnType, Table
from kpi.records.columns import EXPECTED
from kpi.records.names import identifier, literal

_FORMS: Final[Mapping[ColumnType, tuple[str, str]]] = {
    "integer": ("[-+]?[0-9]+", "BIGINT"),
    "date": ("[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}([ T][0-9:.]+)?", "DATE"),
    "boolean": (".*", "BOOLEAN"),
}
"""What a value looks like, and its type; engines would take `2021` for a date, and 3.5 for a whole number."""


def is_csv(path: str | Path) -> bool:
    """Whether a path is one of CSV files, which may be compressed."""
    return str(path).lower().removesuffix(".gz").endswith(".csv")


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
