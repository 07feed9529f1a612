"""Every way to count records, each given the same list of them; what a machine lacks is left out and said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isnan
from typing import TYPE_CHECKING, Any, Final

import duckdb
import pandas as pd
import polars as pl
import pytest
from attrs import frozen
from sql_engines import session
from sql_texts import DATABASES, NEEDS, fill_records

from kpi.formulas.tables import Table
from kpi.records import duckdb as duckdb_engine
from kpi.records import frames, rows
from kpi.records.counting import Counting
from kpi.records.dialects import DialectName, translated
from kpi.records.periods import Grain, heads
from kpi.records.sql import CountingQuery
from kpi.records.together import together

if TYPE_CHECKING:
    from claims import Record

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
    return None if value is pd.NA or value is pd.NaT or (isinstance(value, float) and isnan(value)) else value


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
    keys = heads(by)
    whole = [{name: int(one) if _is_decimal(one) else one for name, one in row.items()} for row in found]
    return sorted(whole, key=lambda row: rows.order(tuple(row[key] for key in keys)))


def _is_decimal(value: Any) -> bool:
    return type(value).__name__ == "Decimal"


# ── engines that are given the text alone ────────────────────────────────────────────────────────────────────────────


def query(counting: Counting, by: Grain, dialect: DialectName) -> str:
    """The text over tables of the catalogue's names; of one table, as there is in these tests."""
    (table,) = counting.tables.values()
    text = CountingQuery(table, counting.columns, by, table.name).text()
    return translated(f"WITH counted AS ({text}) {together(counting, by, 'counted')}", dialect)


def _by_text(dialect: DialectName) -> Callable[[Counting, Mapping[str, Any], Grain], Counted]:
    def count(counting: Counting, records: Mapping[str, Any], by: Grain) -> Counted:
        for name, found in records.items():
            fill_records(dialect, counting.tables[name], found)
        rows = DATABASES[dialect].values(query(counting, by, dialect))  # PostgreSQL cuts long names off
        return _in_order([dict(zip((*heads(by), *counting.columns), row, strict=True)) for row in rows], by)

    return count


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
    "sqlite": Engine(lambda _, records: records, _by_text("sqlite")),
    "postgres": Engine(lambda _, records: records, _by_text("postgres")),
    "spark": Engine(spark_frame, _spark),
}


def needs(name: str) -> Any:
    """The mark that leaves an engine out where the machine lacks it."""
    return NEEDS.get(name, ())


every_engine = pytest.mark.parametrize(
    "engine", [pytest.param(one, id=name, marks=needs(name)) for name, one in ENGINES.items()]
)
"""Runs a test once for each engine."""
