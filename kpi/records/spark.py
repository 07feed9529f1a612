"""The door to Spark: data frames in, a data frame out, in the session that they belong to; nothing is executed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kpi.columns.spark import evaluate
from kpi.errors import RecordsError
from kpi.formulas.tables import ColumnType, Table
from kpi.periods.calendar import Calendar, usual_calendar
from kpi.records.columns import check_types, needed
from kpi.records.counting import Counting
from kpi.records.csv import is_csv, typed
from kpi.records.dialects import translated
from kpi.records.names import identifier
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
        RecordsError: a column is missing or of another type than declared.
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
        RecordsError: no file stands there.
        MissingExtraError: sqlglot is not installed.
    """
    from pyspark.errors import AnalysisException

    try:
        if not is_csv(path):
            return session.read.parquet(str(path))
        texts = session.read.csv(str(path), header=True, escape='"', multiLine=True)
    except AnalysisException as error:
        raise RecordsError(f"table {table.name!r}: {told(error)}") from None
    columns = dict(typed(table, texts.columns, error="raise_error"))
    return texts.selectExpr(
        *(
            _expression(f"{columns[name]} AS {identifier(name)}" if name in columns else identifier(name))
            for name in texts.columns
        )
    )


def told(error: Exception) -> str:
    """The first line of what Spark says, without its codes."""
    return _CODES.sub("", str(error).strip().partition("\n")[0])


def _counted(table: Table, counting: Counting, frame: DataFrame, by: Grain, calendar: Calendar | None) -> DataFrame:
    """What is made of one table; numbers of other tables are null."""
    columns = counting.of_table(table.name)
    names = needed(table, columns)
    types = {found.name: found.dataType.simpleString() for found in frame.schema.fields}
    check_types(table, names, types, _TYPES)
    query = CountingQuery(table, columns, by, _marked(_SOURCE), _marked(_CALENDAR))
    frames = {_SOURCE: _as_declared(frame, table, {name: types[name] for name in names})}
    if query.needs_calendar:
        rows = [*(calendar or usual_calendar()).rows()]
        frames[_CALENDAR] = frame.sparkSession.createDataFrame(rows, "day date, business_days bigint")
    return _query(frame.sparkSession, padded(query, counting), frames)


def _as_declared(frame: DataFrame, table: Table, types: Mapping[str, str]) -> DataFrame:
    """The frame with the day of each moment in a column of dates, and with a type where nothing is known."""
    from pyspark.sql.functions import col

    casts = {
        name: col("`" + name.replace("`", "``") + "`").cast(_DECLARED[table.columns[name].type])
        for name, kind in types.items()
        if kind in ("timestamp_ntz", "void")
    }
    return frame.withColumns(casts) if casts else frame


def _marked(name: str) -> str:
    """A name that stands for a data frame."""
    return identifier(f"\x00{name}\x01")


def _query(session: SparkSession, text: str, frames: Mapping[str, DataFrame]) -> DataFrame:
    """The query over *frames*, which Spark puts where their names stand in braces; any other brace is doubled."""
    doubled = translated(text, "spark").replace("{", "{{").replace("}", "}}")
    return session.sql(_MARKED.sub(r"{\1}", doubled), **dict[str, Any](frames))


def _expression(text: str) -> str:
    """One column of DuckDB's SQL as one of Spark's."""
    return translated(f"SELECT {text}", "spark").removeprefix("SELECT ")
