"""The door to Spark: data frames in, a data frame out, in the session that they belong to; nothing is executed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from kpi.columns.spark import evaluate
from kpi.errors import RecordsError
from kpi.formulas.tables import ColumnType, Table
from kpi.periods.calendar import Calendar, usual_calendar
from kpi.records.columns import check_types, needed
from kpi.records.counting import Counting
from kpi.records.dialects import translated
from kpi.records.periods import Grain
from kpi.records.sql import CALENDAR, CountingQuery
from kpi.records.together import padded, together

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from kpi.columns.request import Request

_SOURCE: Final = "kpi_records"
_TYPES: Final[Mapping[str, ColumnType]] = {
    "STRING": "text", "DATE": "date", "BOOLEAN": "boolean",
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
    return _query(first.sparkSession, together(counting, by, _SOURCE, ordered=False), {_SOURCE: first})


def decide(counted: DataFrame, request: Request) -> DataFrame:
    """What was counted with the verdicts beside it."""
    return evaluate(request, counted)


def _counted(table: Table, counting: Counting, frame: DataFrame, by: Grain, calendar: Calendar | None) -> DataFrame:
    """What is made of one table; numbers of other tables are null."""
    columns = counting.of_table(table.name)
    types = {found.name: found.dataType.simpleString() for found in frame.schema.fields}
    check_types(table, needed(table, columns), types, _TYPES)
    query = CountingQuery(table, columns, by, _SOURCE)
    frames = {_SOURCE: frame}
    if query.needs_calendar:
        rows = [*(calendar or usual_calendar()).rows()]
        frames[CALENDAR] = frame.sparkSession.createDataFrame(rows, "day date, business_days bigint")
    return _query(frame.sparkSession, padded(query, counting), frames)


def _query(session: SparkSession, text: str, frames: Mapping[str, DataFrame]) -> DataFrame:
    """The query over *frames*, which Spark puts where their names stand in braces; any other brace is doubled.

    Raises:
        RecordsError: a name holds what Spark would replace.
    """
    if "${" in text:
        raise RecordsError("a name or text of the catalogue holds '${', which Spark would replace")
    found = translated(text, "spark").replace("{", "{{").replace("}", "}}")
    for name in frames:
        found = found.replace(f"FROM {name}", f"FROM {{{name}}}").replace(f"JOIN {name} ", f"JOIN {{{name}}} ")
    return session.sql(found, **dict[str, Any](frames))
