"""Engines that are given a text of SQL alone: tables are filled, and the rows of a query come out as plain rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final

import duckdb
import pytest
from attrs import frozen
from postgres_server import connection as postgres
from postgres_server import needs_postgres
from sql_engines import needs_java, session

from kpi.formulas.tables import Table
from kpi.periods.calendar import usual_calendar

Rows = Sequence[Sequence[Any]]
TYPES: Final = {"text": "TEXT", "integer": "BIGINT", "date": "DATE", "boolean": "BOOLEAN"}


def quoted(name: str) -> str:
    """A name as it stands in SQL."""
    return '"' + name.replace('"', '""') + '"'


@frozen
class Database:
    """A connection that executes texts; *mark* stands for a parameter, *written* gives a value as it takes it."""

    connect: Callable[[], Any]
    mark: str
    written: Callable[[Any], Any]

    def fill(self, name: str, types: Mapping[str, str], rows: Rows) -> None:
        """Makes a table anew and fills it."""
        at = self.connect()
        at.execute(f"DROP TABLE IF EXISTS {quoted(name)}")
        at.execute(f"CREATE TABLE {quoted(name)} ({', '.join(f'{quoted(one)} {kind}' for one, kind in types.items())})")
        if rows:
            marks = ", ".join([self.mark] * len(types))
            values = [tuple(map(self.written, row)) for row in rows]
            at.cursor().executemany(f"INSERT INTO {quoted(name)} VALUES ({marks})", values)

    def rows(self, text: str) -> list[dict[str, Any]]:
        """What a query gives, by the names of its columns."""
        cursor = self.connect().execute(text)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, map(plain, row), strict=True)) for row in cursor.fetchall()]

    def values(self, text: str) -> list[tuple[Any, ...]]:
        """What a query gives, in the order of its columns."""
        return [tuple(map(plain, row)) for row in self.connect().execute(text).fetchall()]


class Spark:
    """The session of the tests; tables are views."""

    def fill(self, name: str, types: Mapping[str, str], rows: Rows) -> None:
        """Makes a view."""
        kinds = {"TEXT": "string", "DOUBLE PRECISION": "double"}
        schema = ", ".join(f"`{one}` {kinds.get(kind, kind)}" for one, kind in types.items())
        session().createDataFrame([*map(tuple, rows)], schema).createOrReplaceTempView(f"`{name}`")

    def rows(self, text: str) -> list[dict[str, Any]]:
        """What a query gives."""
        self.calendar()
        return [{name: plain(value) for name, value in row.asDict().items()} for row in session().sql(text).collect()]

    @staticmethod
    @cache
    def calendar() -> None:
        """The view of business days."""
        days = session().createDataFrame([*usual_calendar().rows()], "day date, business_days bigint")
        days.createOrReplaceTempView("calendar")


def plain(value: Any) -> Any:
    """Whole numbers as such, whatever an engine makes of them."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


@cache
def in_duckdb() -> duckdb.DuckDBPyConnection:
    """A database in memory with the calendar."""
    found = duckdb.connect()
    days = [*usual_calendar().rows()]
    found.execute("CREATE TABLE calendar (day DATE, business_days BIGINT)")
    found.execute(
        "INSERT INTO calendar SELECT UNNEST(?), UNNEST(?)", [[day for day, _ in days], [one for _, one in days]]
    )
    return found


@cache
def in_sqlite() -> sqlite3.Connection:
    """The same in SQLite."""
    found = sqlite3.connect(":memory:")
    found.execute("CREATE TABLE calendar (day TEXT PRIMARY KEY, business_days INTEGER)")
    days = [(day.isoformat(), number) for day, number in usual_calendar().rows()]
    found.executemany("INSERT INTO calendar VALUES (?, ?)", days)
    return found


def _for_sqlite(value: Any) -> Any:
    """SQLite has dates as text and truth values as numbers."""
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value


DATABASES: Final[Mapping[str, Any]] = {
    "duckdb": Database(in_duckdb, "?", lambda value: value),
    "sqlite": Database(in_sqlite, "?", _for_sqlite),
    "postgres": Database(postgres, "%s", lambda value: value),
    "spark": Spark(),
}
NEEDS: Final = {"spark": needs_java, "postgres": needs_postgres}


def dialects(*names: str) -> pytest.MarkDecorator:
    """Runs a test in each of some engines."""
    return pytest.mark.parametrize("dialect", [pytest.param(one, marks=NEEDS.get(one, ())) for one in names])


every_dialect = dialects(*DATABASES)
quick_dialects = dialects("duckdb", "sqlite", "postgres")
"""All but Spark, where a plan costs more than its rows."""


def fill_records(dialect: str, table: Table, records: Sequence[Mapping[str, Any]]) -> None:
    """Makes a table of records."""
    types = {name: TYPES[column.type] for name, column in table.columns.items()}
    DATABASES[dialect].fill(table.name, types, [[record.get(name) for name in types] for record in records])


def fill_counts(
    dialect: str, rows: Sequence[Mapping[str, Any]], kind: str = "BIGINT", name: str = "counts", by: Sequence[str] = ()
) -> None:
    """Makes a table of counts out of rows that all have the same columns, whose numbers are of one *kind*."""
    columns = [*rows[0]]
    types = {one: {"organisation": "TEXT", "fiscal_year": "BIGINT"}.get(one, kind) for one in columns}
    types |= dict.fromkeys(by, "BIGINT")
    DATABASES[dialect].fill(name, types, [[row[one] for one in columns] for row in rows])
