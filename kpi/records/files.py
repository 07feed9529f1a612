"""Records in files: counted where they lie, in DuckDB or on Spark, and read as plain rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kpi.errors import MissingExtraError, RecordsError
from kpi.periods.calendar import Calendar
from kpi.progress import stage
from kpi.records.counting import Counting
from kpi.records.duckdb import count as count_in_duckdb
from kpi.records.duckdb import read as read_in_duckdb
from kpi.records.duckdb import told
from kpi.records.periods import Grain, heads
from kpi.records.rows import Row, order

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

_SECONDS: Final = 0.1
_WHOLE: Final = 100


def with_duckdb(
    counting: Counting, files: Mapping[str, Path], by: Grain, calendar: Calendar | None = None
) -> list[Row]:
    """What is counted, by DuckDB, which reads the files as it goes: they need not fit into memory.

    Raises:
        RecordsError: no file stands at a path, or a column is missing or of another type than declared.
        MissingExtraError: DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError:
        raise MissingExtraError("duckdb is not installed: pip install 'kpi[duckdb]'") from None
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
        relations = {name: read_in_duckdb(counting.tables[name], path, connection) for name, path in files.items()}
        relation = count_in_duckdb(counting, relations, by, calendar)
        try:
            return _rows(relation, connection)
        except duckdb.Error as error:
            raise RecordsError(told(error)) from None


def with_spark(counting: Counting, files: Mapping[str, Path], by: Grain, calendar: Calendar | None = None) -> list[Row]:
    """The same on Spark, in the session that runs, or else in one of its own on this machine.

    Raises:
        RecordsError: a column is missing or of another type than declared.
        MissingExtraError: PySpark or sqlglot is not installed.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise MissingExtraError("pyspark is not installed: pip install 'kpi[spark]'") from None
    from kpi.records.spark import count, failures, read
    from kpi.records.spark import told as told_by_spark

    session = SparkSession.builder.appName("kpi").getOrCreate()
    frames = {name: read(session, counting.tables[name], path) for name, path in files.items()}
    keys = heads(by)
    try:
        with stage("counting"):
            found = [row.asDict() for row in count(counting, frames, by, calendar).collect()]
    except failures() as error:
        raise RecordsError(told_by_spark(error)) from None
    return sorted(map(_whole, found), key=lambda row: order(tuple(row[key] for key in keys)))


ENGINES: Final[Mapping[str, Callable[..., list[Row]]]] = {"duckdb": with_duckdb, "spark": with_spark}


def _whole(row: Row) -> Row:
    """A row whose sums, decimals on Spark, are whole numbers like all others."""
    return {name: int(value) if isinstance(value, Decimal) else value for name, value in row.items()}


def _rows(relation: DuckDBPyRelation, connection: DuckDBPyConnection) -> list[Row]:
    """The rows of a relation, with its progress told while it is computed."""
    with stage("counting", _WHOLE) as advance, ThreadPoolExecutor(1) as worker:
        fetched, told = worker.submit(relation.fetchall), 0
        while wait([fetched], _SECONDS).not_done:
            now = max(told, int(connection.query_progress()))
            advance(now - told)
            told = now
        return [dict(zip(relation.columns, row, strict=True)) for row in fetched.result()]
