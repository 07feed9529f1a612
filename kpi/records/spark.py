"""The door to Spark: data frames in, a data frame out, in the session that they belong to; nothing is executed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kpi.columns.spark import evaluate
from kpi.errors import RecordsError
from kpi.formulas.aggregates import spans_of_business_days
from kpi.formulas.tables import ColumnType, Table
from kpi.periods.calendar import Calendar, usual_calendar
from kpi.records.calendar_sql import CalendarArray
from kpi.records.columns import EXPECTED, LARGEST, LEAST, check_types, is_whole_decimal, needed
from kpi.records.counting import Counting
from kpi.records.csv import CONVERT, header, typed
from kpi.records.dialects import translated
from kpi.records.names import check_different, identifier, literal
from kpi.records.paths import csv_files_at, is_csv, parquet_files
from kpi.records.periods import Grain
from kpi.records.sql import CountingQuery
from kpi.records.together import padded, together

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from kpi.columns.request import Request

_SOURCE: Final = "kpi_records"
_CALENDAR: Final = "kpi_calendar"
_MARKED: Final = re.compile("`\x00(kpi_[a-z]+)\x01`")
"""Names that stand for data frames, which no table of a catalogue has."""
_CODES: Final = re.compile(r"^\[[A-Z_.]+\] | SQLSTATE: .*$")
_CSV: Final[dict[str, Any]] = {
    "header": True, "escape": '"', "multiLine": True, "enforceSchema": False, "mode": "FAILFAST",
}  # fmt: skip
"""Columns by the names that stand in the files, and no record that is shorter or longer."""
_DECLARED: Final[Mapping[ColumnType, str]] = {
    "text": "string", "integer": "bigint", "date": "date", "boolean": "boolean",
}  # fmt: skip
"""What Spark calls the types that a catalogue declares."""
_TYPES: Final[Mapping[str, ColumnType | None]] = {
    "VOID": None, "STRING": "text", "DATE": "date", "TIMESTAMP_NTZ": "date", "BOOLEAN": "boolean",
    **dict.fromkeys(("TINYINT", "SMALLINT", "INT", "BIGINT"), "integer"),
}  # fmt: skip


def count(
    counting: Counting, records: Mapping[str, DataFrame], by: Grain, calendar: Calendar | None = None
) -> DataFrame:
    """A data frame of what is counted; it has no order.

    Raises:
        RecordsError: a column is missing or of another type than declared, or two have names that differ in case alone.
        MissingExtraError: sqlglot is not installed.
    """
    counted = [_counted(table, counting, records[name], by, calendar) for name, table in counting.tables.items()]
    first, *others = counted
    for other in others:
        first = first.unionByName(other)
    return _query(first.sparkSession, together(counting, by, _marked(_SOURCE), ordered=False), {_SOURCE: first})


def decide(counted: DataFrame, request: Request) -> DataFrame:
    """What was counted with the verdicts beside it."""
    return evaluate(request, counted)


def read(session: SparkSession, table: Table, path: Path) -> DataFrame:
    """A data frame over Parquet or CSV files; what stands in CSV is read as the table declares it, or fails.

    Raises:
        RecordsError: no file stands there, or what does is neither Parquet nor CSV.
        MissingExtraError: sqlglot is not installed.
    """
    try:
        if not is_csv(path):
            base, files = parquet_files(table, path)
            return (session.read.option("basePath", base) if base else session.read).parquet(*files)
        files = csv_files_at(table, path)
        names = header(table, files)
        schema = ", ".join(f"{_quoted(name)} string" for name in names)
        texts = session.read.schema(schema).csv(files, **_CSV)
    except failures() as error:
        raise RecordsError(f"table {table.name!r}: {told(error)}") from None
    columns = {name: _decoded(table, name) for name in names} | dict(typed(table, names, error="raise_error"))
    return texts.selectExpr(*(_expression(f"{column} AS {identifier(name)}") for name, column in columns.items()))


def failures() -> tuple[type[Exception], ...]:
    """What Spark raises: its own exceptions, and those of Java that it does not know."""
    from py4j.protocol import Py4JJavaError  # type: ignore[import-untyped]
    from pyspark.errors import PySparkException

    return PySparkException, Py4JJavaError


def told(error: Exception) -> str:
    """What Spark says, without its codes: of an exception of Java, the first line of it and of each of its causes."""
    said, cause = [], getattr(error, "java_exception", None)
    while cause is not None:
        said.append(str(cause.getMessage()))
        cause = cause.getCause()
    lines = (_CODES.sub("", text.strip().partition("\n")[0]).strip() for text in said or [str(error)])
    return ": ".join(dict.fromkeys(line.rstrip(".") for line in lines if line))


def _counted(table: Table, counting: Counting, frame: DataFrame, by: Grain, calendar: Calendar | None) -> DataFrame:
    """What is made of one table; numbers of other tables are null."""
    columns = counting.of_table(table.name)
    names = needed(table, columns)
    types = {found.name: found.dataType.simpleString() for found in frame.schema.fields}
    check_types(table, names, types, _TYPES)
    looked_at = {name.casefold() for name in names}
    check_different((name for name in frame.columns if name.casefold() in looked_at), "spark")
    days = calendar or Calendar(date.min, ())
    if calendar is None and any(map(spans_of_business_days, columns.values())):
        days = usual_calendar()
    query = CountingQuery(table, columns, by, _marked(_SOURCE), CalendarArray(days, _marked(_CALENDAR)))
    source = _as_declared(frame, table, {name: types[name] for name in names})
    return _query(frame.sparkSession, padded(query, counting), {_SOURCE: source}, days)


def _as_declared(frame: DataFrame, table: Table, types: Mapping[str, str]) -> DataFrame:
    """The frame with the day of each moment in a column of dates, whole numbers of 64 bits, and types where nothing is known."""
    from pyspark.sql.functions import col, expr

    casts = {
        name: col(_quoted(name)).cast(_DECLARED[table.columns[name].type])
        for name, kind in types.items()
        if kind in ("timestamp_ntz", "void")
    }
    whole = (name for name, kind in types.items() if is_whole_decimal(kind))
    casts |= {name: expr(_expression(_in_64_bits(table, name))) for name in whole}
    return frame.withColumns(casts) if casts else frame


def _decoded(table: Table, name: str) -> str:
    """A text of a CSV file; where Spark could not decode it, it stands for that by a character of its own, and this fails."""
    told = literal(f"table {table.name!r}: column {name!r} is not in UTF-8; {CONVERT}")
    column = identifier(name)
    return f"CASE WHEN CONTAINS({column}, '\ufffd') THEN raise_error({told}) ELSE {column} END"


def _in_64_bits(table: Table, name: str) -> str:
    """A decimal as a whole number; Spark would wrap around what is too large, depending on its settings."""
    column = identifier(name)
    told = literal(f"table {table.name!r}: column {name!r} holds "), literal(f", expected {EXPECTED['integer']}")
    failure = f"raise_error({told[0]} || CAST({column} AS TEXT) || {told[1]})"
    return f"CASE WHEN {column} NOT BETWEEN {LEAST} AND {LARGEST} THEN {failure} ELSE CAST({column} AS BIGINT) END"


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _marked(name: str) -> str:
    """A name that stands for a data frame."""
    return identifier(f"\x00{name}\x01")


def _query(
    session: SparkSession, text: str, frames: Mapping[str, DataFrame], days: Calendar | None = None
) -> DataFrame:
    """The query over *frames*, which Spark puts where their names stand in braces; any other brace is doubled."""
    doubled = translated(text, "spark").replace("{", "{{").replace("}", "}}")
    if days is not None:
        numbers = ",".join(map(str, days.numbers))
        doubled = doubled.replace(f"`\x00{_CALENDAR}\x01`", f"CAST(SPLIT('{numbers}', ',') AS ARRAY<INT>)")
    return session.sql(_MARKED.sub(r"{\1}", doubled), **dict[str, Any](frames))


def _expression(text: str) -> str:
    """One column of DuckDB's SQL as one of Spark's."""
    return translated(f"SELECT {text}", "spark").removeprefix("SELECT ")
