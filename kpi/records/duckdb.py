"""The door to DuckDB: relations and files in, a relation out; nothing is executed until somebody asks for rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kpi.columns.duckdb import check_version
from kpi.columns.sql.dialects import DUCKDB
from kpi.columns.sql.keys import Table
from kpi.columns.sql.statement import statement
from kpi.errors import MissingExtraError, RecordsError
from kpi.formulas.tables import ColumnType
from kpi.formulas.tables import Table as RecordTable
from kpi.periods.calendar import Calendar, usual_calendar
from kpi.records.calendar import calendar_query
from kpi.records.calendar_sql import CALENDAR
from kpi.records.columns import check_types, is_whole_decimal, needed
from kpi.records.counting import Counting
from kpi.records.csv import CONVERT, header, typed
from kpi.records.names import identifier
from kpi.records.paths import csv_files_at, is_csv, parquet_pattern
from kpi.records.periods import Grain
from kpi.records.sql import CountingQuery
from kpi.records.together import padded, together

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

    from kpi.columns.request import Request

_VIEW: Final = "kpi_records_c27e9f41"
"""The name under which DuckDB knows a relation for the length of a call: one that no table or view of a user has."""
_KIND: Final = re.compile("^[A-Za-z ]+ Error: ")
_FILE: Final = re.compile(r"^ *file = (.+)$", re.MULTILINE)
_CSV: Final[dict[str, Any]] = {"sep": ",", "quotechar": '"', "escapechar": '"'}
_TYPES: Final[Mapping[str, ColumnType | None]] = {
    '"NULL"': None, "VARCHAR": "text", "ENUM": "text", "BOOLEAN": "boolean",
    **dict.fromkeys(("DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"), "date"),
    **dict.fromkeys(
        ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"), "integer"
    ),
}  # fmt: skip
_DECLARED: Final[Mapping[ColumnType, str]] = {
    "text": "VARCHAR", "integer": "BIGINT", "date": "DATE", "boolean": "BOOLEAN",
}  # fmt: skip
"""What DuckDB calls the types that a catalogue declares."""


def count(
    counting: Counting,
    records: Mapping[str, DuckDBPyRelation | str | Path],
    by: Grain,
    calendar: Calendar | None = None,
) -> DuckDBPyRelation:
    """A relation of what is counted, in the order of organisations and periods.

    Raises:
        RecordsError: a column is missing or of another type than declared, no file stands at a path, or relations are on
            several connections.
        MissingExtraError: DuckDB is not installed.
    """
    counted = {}
    for name, table in counting.tables.items():
        given = records[name]
        relation = read(table, given) if isinstance(given, str | Path) else given
        counted[name] = _counted(table, counting, relation, by, calendar)
    from duckdb import InvalidInputException

    first, *others = counted.values()
    for name, other in zip([*counted][1:], others, strict=True):
        try:
            first = first.union(other)
        except InvalidInputException:
            told = "a path is read on the default connection, and all other records have to be on one"
            raise RecordsError(f"the records of table {name!r} are on another connection of DuckDB; {told}") from None
    return _query(first, together(counting, by, _VIEW))


def decide(counted: DuckDBPyRelation, request: Request) -> DuckDBPyRelation:
    """What was counted with the verdicts beside it; rows of other years are looked up among rows that are counted once."""
    rows = Table("kpi_counts", dict(zip(counted.columns, map(str, counted.types), strict=True)))
    text = statement(request, rows, None, DUCKDB)
    stages = f", {text.removeprefix('WITH ')}" if text.startswith("WITH ") else f"\n{text}"
    return _query(counted, f"WITH kpi_counts AS MATERIALIZED (FROM {_VIEW}){stages}")


def _counted(
    table: RecordTable, counting: Counting, relation: DuckDBPyRelation, by: Grain, calendar: Calendar | None
) -> DuckDBPyRelation:
    """What is made of one table; numbers of other tables are null."""
    columns = counting.of_table(table.name)
    names = needed(table, columns)
    types = dict(zip(relation.columns, map(str, relation.types), strict=True))
    check_types(table, names, types, _TYPES)
    query = CountingQuery(table, columns, by, _VIEW)
    text = padded(query, counting)
    if query.needs_calendar:
        text = f"WITH {CALENDAR} AS MATERIALIZED (\n{calendar_query(calendar or usual_calendar())}\n)\nSELECT * FROM (\n{text}\n)"
    return _query(_as_declared(relation, table, {name: types[name] for name in names}), text)


def _as_declared(relation: DuckDBPyRelation, table: RecordTable, types: Mapping[str, str]) -> DuckDBPyRelation:
    """The relation with the day of each moment in a column of dates, whole numbers of 64 bits, and types where nothing is known."""
    casts = {
        name: f"CAST({identifier(name)} AS {_DECLARED[table.columns[name].type]})"
        for name, kind in types.items()
        if kind.startswith("TIMESTAMP") or kind == '"NULL"' or is_whole_decimal(kind)
    }
    return _replaced(relation, casts)


def _replaced(relation: DuckDBPyRelation, columns: Mapping[str, str]) -> DuckDBPyRelation:
    """The relation with other *columns* in the place of those of the same name."""
    replaced = ", ".join(f"{column} AS {identifier(name)}" for name, column in columns.items())
    return relation.project(f"* REPLACE ({replaced})") if columns else relation


def _query(relation: DuckDBPyRelation, text: str) -> DuckDBPyRelation:
    check_version()
    return relation.query(_VIEW, text)  # type: ignore[return-value]  # a SELECT always gives a relation


def read(table: RecordTable, path: str | Path, connection: DuckDBPyConnection | None = None) -> DuckDBPyRelation:
    """A relation over Parquet or CSV files, which are read as it is asked for rows; *path* may be a folder or a pattern.

    What stands in a CSV file is read as the table declares it; what cannot be fails when it is read.

    Raises:
        RecordsError: no file stands there, or what does is neither Parquet nor CSV.
        MissingExtraError: DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError:
        raise MissingExtraError("duckdb is not installed: pip install 'kpi[duckdb]'") from None
    at = duckdb.default_connection() if connection is None else connection
    try:
        if not is_csv(path):
            return at.read_parquet(parquet_pattern(path), hive_partitioning=True)
        files = csv_files_at(table, path)
        columns = dict.fromkeys(header(table, files), "VARCHAR")
        texts = at.read_csv(files, header=True, columns=columns, auto_detect=False, **_CSV)
        return _replaced(texts, dict(typed(table, columns)))
    except duckdb.Error as error:
        raise RecordsError(f"table {table.name!r}: {told(error)}") from None


def told(error: Exception) -> str:
    """What DuckDB says, in one line: without the kind of error and its proposals, which are about options of its own."""
    text = _KIND.sub("", str(error))
    if "not utf-8 encoded" in text:
        text = f"the file is not in UTF-8; {CONVERT}"
    lines = takewhile(lambda line: line and not line.startswith("Possible "), text.split("\n"))
    file = _FILE.search(str(error))
    return f"{file[1]}: {'; '.join(lines)}" if file else "; ".join(lines)
