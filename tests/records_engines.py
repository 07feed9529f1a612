"""Every way to count records, each given the same list of them; what a machine lacks is left out and said."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Final

import duckdb
import pandas as pd
import polars as pl
import pytest
from attrs import frozen
from claims import Record
from postgres_server import connection as postgres
from postgres_server import needs_postgres
from sql_engines import needs_java, session

from kpi.formulas.tables import Table
from kpi.periods.calendar import usual_calendar
from kpi.records import duckdb as duckdb_engine
from kpi.records import frames, rows
from kpi.records.counting import Counting
from kpi.records.dialects import DialectName, translated
from kpi.records.periods import Grain, period_column
from kpi.records.sql import CountingQuery
from kpi.records.together import together

Counted = list[dict[str, Any]]
TYPES: Final = {"text": pl.String, "integer": pl.Int64, "date": pl.Date, "boolean": pl.Boolean}


@frozen
class Engine:
    """One way to count: *make* brings records of a table into the engine, *count* gives what was counted as plain rows."""

    make: Callable[[Table, Sequence[Record]], Any]
    count: Callable[[Counting, Mapping[str, Any], Grain], Counted]


def polars_frame(table: Table, records: Sequence[Record]) -> pl.DataFrame:
    """A polars frame with the columns that the table declares."""
    schema = {name: TYPES[column.type] for name, column in table.columns.items()}
    return pl.DataFrame([{name: record.get(name) for name in schema} for record in records], schema=schema)


def _plain(value: Any) -> Any:
    return None if value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value) else value


def pandas_rows(found: pd.DataFrame) -> Counted:
    """The rows of a pandas frame, with None for what is missing."""
    return [{name: _plain(value) for name, value in row.items()} for row in found.to_dict("records")]


def _by_frames(read: Callable[[Any], Counted]) -> Callable[[Counting, Mapping[str, Any], Grain], Counted]:
    return lambda counting, records, by: read(frames.count(counting, records, by))


def _duckdb(counting: Counting, records: Mapping[str, Any], by: Grain) -> Counted:
    relations = {name: _relation(frame) for name, frame in records.items()}
    return duckdb_engine.count(counting, relations, by).pl().to_dicts()


def _relation(frame: pl.DataFrame) -> duckdb.DuckDBPyRelation:
    return duckdb.from_arrow(frame.to_arrow())


def spark_frame(table: Table, records: Sequence[Record]) -> Any:
    """A Spark frame with the columns that the table declares."""
    kinds = {"text": "string", "integer": "bigint", "date": "date", "boolean": "boolean"}
    schema = ", ".join(f"`{name}` {kinds[column.type]}" for name, column in table.columns.items())
    return session().createDataFrame([tuple(record.get(name) for name in table.columns) for record in records], schema)


def _spark(counting: Counting, records: Mapping[str, Any], by: Grain) -> Counted:
    from kpi.records import spark

    return _in_order([row.asDict() for row in spark.count(counting, records, by).collect()], by)


def _in_order(found: Counted, by: Grain) -> Counted:
    period = period_column(by)
    keys = ("organisation", "fiscal_year", *((period,) if period else ()))
    whole = [{name: int(one) if _is_decimal(one) else one for name, one in row.items()} for row in found]
    return sorted(whole, key=lambda row: rows.order(tuple(row[key] for key in keys)))


def _is_decimal(value: Any) -> bool:
    return type(value).__name__ == "Decimal"


# ── engines that are given the text alone ────────────────────────────────────────────────────────────────────────────

_SQL: Final = {"text": "TEXT", "integer": "BIGINT", "date": "DATE", "boolean": "BOOLEAN"}


def statement(table: Table) -> str:
    """What makes an empty table."""
    columns = ", ".join(f'"{name}" {_SQL[column.type]}' for name, column in table.columns.items())
    return f'CREATE TABLE "{table.name}" ({columns})'


def written(value: Any, dialect: DialectName) -> Any:
    """A value as the engine takes it; SQLite has dates as text and truth values as numbers."""
    if dialect == "sqlite" and isinstance(value, date):
        return value.isoformat()
    return int(value) if dialect == "sqlite" and isinstance(value, bool) else value


def query(counting: Counting, by: Grain, dialect: DialectName) -> str:
    """The text over tables of the catalogue's names; of one table, as there is in these tests."""
    (table,) = counting.tables.values()
    text = CountingQuery(table, counting.columns, by, table.name).text()
    return translated(f"WITH counted AS ({text}) {together(counting, by, 'counted')}", dialect)


def fill(connection: Any, dialect: DialectName, tables: Mapping[str, pl.DataFrame], known: Mapping[str, Table]) -> None:
    """Makes the tables anew and fills them."""
    mark = "?" if dialect == "sqlite" else "%s"
    for name, frame in tables.items():
        connection.execute(f'DROP TABLE IF EXISTS "{name}"')
        connection.execute(statement(known[name]))
        marks = ", ".join([mark] * len(frame.columns))
        values = [tuple(written(value, dialect) for value in row) for row in frame.rows()]
        connection.cursor().executemany(f'INSERT INTO "{name}" VALUES ({marks})', values)


@cache
def sqlite() -> sqlite3.Connection:
    """A database in memory with the calendar."""
    found = sqlite3.connect(":memory:")
    found.execute("CREATE TABLE calendar (day TEXT PRIMARY KEY, business_days INTEGER)")
    found.executemany(
        "INSERT INTO calendar VALUES (?, ?)", [(day.isoformat(), number) for day, number in usual_calendar().rows()]
    )
    return found


def _by_text(
    connect: Callable[[], Any], dialect: DialectName
) -> Callable[[Counting, Mapping[str, Any], Grain], Counted]:
    def count(counting: Counting, records: Mapping[str, Any], by: Grain) -> Counted:
        connection = connect()
        fill(connection, dialect, records, counting.tables)
        cursor = connection.execute(query(counting, by, dialect))
        names = [column[0] for column in cursor.description]
        return _in_order([dict(zip(_named(names, counting), row, strict=True)) for row in cursor.fetchall()], by)

    return count


def _named(names: Sequence[str], counting: Counting) -> list[str]:
    """PostgreSQL cuts long names off; they stand in the order of the columns."""
    heads = len(names) - len(counting.columns)
    return [*names[:heads], *counting.columns]


ENGINES: Final[dict[str, Engine]] = {
    "polars": Engine(polars_frame, _by_frames(lambda found: found.to_dicts())),
    "polars-lazy": Engine(
        lambda table, records: polars_frame(table, records).lazy(), _by_frames(lambda found: found.collect().to_dicts())
    ),
    "pandas": Engine(
        lambda table, records: pd.DataFrame(records, columns=list(table.columns)), _by_frames(pandas_rows)
    ),
    "pyarrow": Engine(
        lambda table, records: polars_frame(table, records).to_arrow(), _by_frames(lambda found: found.to_pylist())
    ),
    "duckdb": Engine(polars_frame, _duckdb),
    "sqlite": Engine(polars_frame, _by_text(sqlite, "sqlite")),
    "postgres": Engine(polars_frame, _by_text(postgres, "postgres")),
    "spark": Engine(spark_frame, _spark),
}
_NEEDS: Final = {"spark": needs_java, "postgres": needs_postgres}


def needs(name: str) -> Any:
    """The mark that leaves an engine out where the machine lacks it."""
    return _NEEDS.get(name, ())


every_engine = pytest.mark.parametrize(
    "engine", [pytest.param(one, id=name, marks=needs(name)) for name, one in ENGINES.items()]
)
"""Runs a test once for each engine."""
