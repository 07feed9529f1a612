"""Aggregates as SQL: one query that counts the records of a table by organisation and period.

It goes in two stages: each record with its keys, spans of time and named conditions; then one row for each group.
The text is DuckDB's SQL, written so that other engines can say it in their own words (see `kpi.records.dialects`).
SQL's own nulls give the meaning: a test of null is neither true nor false, and CASE takes what is true.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import field, frozen

from kpi.errors import RecordsError
from kpi.formulas.aggregates import AllOf, Condition, Flag, Known, spans_of_business_days
from kpi.formulas.nodes import Aggregate, Summary
from kpi.formulas.tables import Table
from kpi.records.calendar_sql import Beside, CalendarTable
from kpi.records.names import identifier
from kpi.records.periods import Grain
from kpi.records.record_sql import RecordSql


@frozen
class CountingQuery:
    """The query over one *table*: a row for each organisation and period, a column for each of *columns*.

    *source* is what stands behind FROM, *calendar* the business days.
    """

    table: Table
    columns: Mapping[str, Aggregate]
    by: Grain
    source: str
    calendar: Beside = CalendarTable()
    record: RecordSql = field(init=False)

    @record.default
    def _record(self) -> RecordSql:
        return RecordSql.of(self.table, tuple(self.columns.values()), self.by)

    def text(self) -> str:
        """The whole query: `WITH records AS (…) SELECT …`."""
        return f"WITH records AS (\n{self.record.text(self.source, self.calendar)}\n)\n{self.groups('records')}"

    def groups(self, records: str) -> str:
        """The second stage over the first, which is called *records*."""
        counted = [f"{self.aggregate(one)} AS {identifier(name)}" for name, one in self.columns.items()]
        keys = self.record.keys
        grouped = ", ".join(str(number) for number in range(1, len(keys) + 1))
        selected = ",\n  ".join((*keys, *counted))
        return f"SELECT\n  {selected}\nFROM {identifier(records)}\nGROUP BY {grouped}"

    @property
    def needs_calendar(self) -> bool:
        """Whether business days are counted."""
        return self.record.needs_calendar

    def aggregate(self, aggregate: Aggregate) -> str:
        """One number; null where something that it needs is missing."""
        counted = self.counted(aggregate)
        missing = " OR ".join(self.missing(aggregate))
        return f"CASE WHEN {_count_if(missing)} = 0 THEN {counted} END" if missing else counted

    def counted(self, aggregate: Aggregate) -> str:
        """The number, whatever is missing."""
        where = None if aggregate.where is None else self.record.printed.condition(aggregate.where)
        if aggregate.measure is None:
            return "COUNT(*)" if where is None else _count_if(where)
        measure = self.record.printed.operand(aggregate.measure)
        measure = measure if where is None else f"CASE WHEN {where} THEN {measure} END"
        match aggregate.summary:
            case Summary.COUNT:
                return f"COUNT(DISTINCT {measure})"
            case Summary.SUM:
                return f"COALESCE(SUM({measure}), 0)"
            case Summary.MIN | Summary.MAX:
                return f"{aggregate.summary.value.upper()}({measure})"
            case _:
                raise RecordsError(f"{aggregate.name}: a mean is a sum over a count")

    def missing(self, aggregate: Aggregate) -> Iterator[str]:
        """Where a record makes the number unknown: what is measured is missing, or a date is none of the calendar."""
        if aggregate.measure is not None and not _asks_for_measure(aggregate):
            nothing = f"{self.record.printed.operand(aggregate.measure)} IS NULL"
            where = None if aggregate.where is None else self.record.printed.condition(aggregate.where)
            yield nothing if where is None else f"(({where}) AND {nothing})"
        for span in spans_of_business_days(aggregate):
            yield self.record.outside[span]


def _count_if(condition: str) -> str:
    """How often a condition is true; DuckDB gives null, not 0, where it is never anything but null."""
    return f"COALESCE(COUNT_IF({condition}), 0)"


def _asks_for_measure(aggregate: Aggregate) -> bool:
    """Whether a record counts only where its measure is known."""
    return any(isinstance(part, Known) and part.operand == aggregate.measure for part in _demanded(aggregate.where))


def _demanded(condition: Condition | None) -> Iterator[Condition]:
    """The conditions all of which must hold where *condition* does."""
    match condition:
        case AllOf(parts):
            for part in parts:
                yield from _demanded(part)
        case Flag(_, meaning) if meaning is not None:
            yield from _demanded(meaning)
        case None:
            return
        case _:
            yield condition
