"""Aggregates as SQL: one query that counts the records of a table by organisation and period.

The text is DuckDB's SQL, written so that other engines say it in their own words (see `kpi.records.dialects`).
SQL's own nulls give the meaning: a test of null is neither true nor false, and CASE takes what is true.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, assert_never

from attrs import frozen

from kpi.errors import RecordsError
from kpi.formulas.aggregates import (
    AllOf,
    AnyOf,
    Between,
    Column,
    Condition,
    Day,
    Elapsed,
    Flag,
    Known,
    Length,
    Match,
    Negated,
    OneOf,
    Operand,
    Text,
    spans_of_business_days,
)
from kpi.formulas.nodes import Aggregate, Number, Summary
from kpi.formulas.tables import Table
from kpi.records.periods import Grain

CALENDAR: Final = "calendar"
"""The table of business days: `day`, and `business_days`, how many there were up to it."""


def identifier(name: str) -> str:
    """A name as it stands in SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as it stands in SQL."""
    return "'" + text.replace("'", "''") + "'"


@frozen
class CountingQuery:
    """The query over one *table*: a row for each organisation and period, a column for each of *columns*.

    *source* is what stands behind FROM, *calendar* the table of business days.
    """

    table: Table
    columns: Mapping[str, Aggregate]
    by: Grain
    source: str
    calendar: str = CALENDAR

    def text(self) -> str:
        """The whole query."""
        added = [f"{self.aggregate(one)} AS {identifier(name)}" for name, one in self.columns.items()]
        keys = [f"{column} AS {name}" for name, column in self.keys().items()]
        joins = [self.joined(column) for column in self.calendar_columns()]
        selected = ",\n  ".join((*keys, *added))
        grouped = ", ".join(str(number) for number in range(1, len(keys) + 1))
        return "\n".join((f"SELECT\n  {selected}", f"FROM {self.source} AS {self.alias}", *joins, f"GROUP BY {grouped}"))

    @property
    def alias(self) -> str:
        """How the text calls the table."""
        return identifier(self.table.name)

    def keys(self) -> dict[str, str]:
        """The columns that tell the groups apart."""
        found = {"organisation": self.column(self.table.organisation)}
        date = self.column(self.table.date)
        year, month = f"EXTRACT(YEAR FROM {date})", f"EXTRACT(MONTH FROM {date})"
        found["fiscal_year"] = f"CASE WHEN {month} < 4 THEN {year} - 1 ELSE {year} END"
        match self.by:
            case "half_year":
                found["half_year"] = f"CASE WHEN {month} BETWEEN 4 AND 9 THEN 1 WHEN {month} IS NOT NULL THEN 2 END"
            case "quarter":
                quarters = " ".join(f"WHEN {month} >= {first} THEN {number}" for first, number in ((10, 3), (7, 2), (4, 1)))
                found["quarter"] = f"CASE {quarters} WHEN {month} IS NOT NULL THEN 4 END"
            case "month":
                found["month"] = month
            case "fiscal_year":
                pass
        return found

    def calendar_columns(self) -> tuple[str, ...]:
        """The columns whose days are looked up in the calendar."""
        spans = (span for one in self.columns.values() for span in spans_of_business_days(one))
        return tuple(dict.fromkeys(column.name for span in spans for column in (span.start, span.end)))

    def joined(self, column: str) -> str:
        """The calendar beside one column of dates."""
        day = self.day(column)
        return f"LEFT JOIN {self.calendar} AS {day} ON {day}.day = {self.column(column)}"

    def day(self, column: str) -> str:
        """How the text calls the calendar beside one column."""
        return identifier(f"{column}_day")

    def column(self, name: str) -> str:
        """A column of the table."""
        return f"{self.alias}.{identifier(name)}"

    def aggregate(self, aggregate: Aggregate) -> str:
        """One number; null where something that it needs is missing."""
        counted = self.counted(aggregate)
        missing = " OR ".join(self.missing(aggregate))
        return f"CASE WHEN COUNT(CASE WHEN {missing} THEN 1 END) = 0 THEN {counted} END" if missing else counted

    def counted(self, aggregate: Aggregate) -> str:
        """The number, whatever is missing."""
        where = None if aggregate.where is None else self.condition(aggregate.where)
        if aggregate.measure is None:
            return "COUNT(*)" if where is None else f"COUNT(CASE WHEN {where} THEN 1 END)"
        measure = self.operand(aggregate.measure)
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
        if aggregate.measure is not None:
            nothing = f"{self.operand(aggregate.measure)} IS NULL"
            where = None if aggregate.where is None else self.condition(aggregate.where)
            yield nothing if where is None else f"({where}) AND {nothing}"
        spans = spans_of_business_days(aggregate)
        for name in dict.fromkeys(column.name for span in spans for column in (span.start, span.end)):
            yield f"({self.column(name)} IS NOT NULL AND {self.day(name)}.day IS NULL)"

    def condition(self, condition: Condition) -> str:  # noqa: PLR0911  # one for each kind of condition
        """A condition; null where it is neither true nor false."""
        match condition:
            case Match(left, comparator, right):
                return f"{self.operand(left)} {comparator} {self.operand(right)}"
            case OneOf(operand, values):
                return f"{self.operand(operand)} IN ({', '.join(map(self.operand, values))})"
            case Between(operand, low, high):
                return f"{self.operand(operand)} BETWEEN {self.operand(low)} AND {self.operand(high)}"
            case Known(operand):
                return f"{self.operand(operand)} IS NOT NULL"
            case Flag(name, None):
                return self.column(name)
            case Flag(_, meaning) if meaning is not None:
                return f"({self.condition(meaning)})"
            case AllOf(parts):
                return " AND ".join(map(self._part, parts))
            case AnyOf(parts):
                return " OR ".join(map(self._part, parts))
            case Negated(Known(operand)):
                return f"{self.operand(operand)} IS NULL"
            case Negated(part):
                return f"NOT {self._part(part)}"
            case _:
                raise TypeError(condition)  # there are no others

    def operand(self, operand: Operand) -> str:
        """A value of the record."""
        match operand:
            case Column(name):
                return self.column(name)
            case Number(value):
                if value.denominator != 1:
                    raise RecordsError(f"{value}: records hold whole numbers")
                return str(value.numerator)
            case Text(value):
                return literal(value)
            case Day(value):
                return f"DATE '{value.isoformat()}'"
            case Elapsed():
                return self.elapsed(operand)
            case _:
                assert_never(operand)

    def elapsed(self, span: Elapsed) -> str:
        """How long it took; null where an end is missing or the second lies before the first."""
        start, end = self.column(span.start.name), self.column(span.end.name)
        match span.length:
            case Length.DAYS:
                number = f"DATE_DIFF('day', {start}, {end})"
            case Length.BUSINESS_DAYS:
                numbers = [f"{self.day(column.name)}.business_days" for column in (span.end, span.start)]
                number = " - ".join(numbers)
            case Length.MONTHS:
                number = _months(start, end)
            case _:
                assert_never(span.length)
        return f"CASE WHEN {end} >= {start} THEN {number} END"

    def _part(self, condition: Condition) -> str:
        text = self.condition(condition)
        return text if isinstance(condition, Flag | Known | OneOf) else f"({text})"


def _months(start: str, end: str) -> str:
    """As `kpi.formulas.aggregate_evaluator.months_between`: from the day after *start* to the day after *end*."""
    first, behind = f"({start} + INTERVAL 1 DAY)", f"({end} + INTERVAL 1 DAY)"
    year, month, day = (
        (f"EXTRACT({part} FROM {behind})", f"EXTRACT({part} FROM {first})") for part in ("YEAR", "MONTH", "DAY")
    )
    begun = f"WHEN {day[0]} > {day[1]} THEN 1"
    ended = f"WHEN {day[0]} = 1 AND {day[1]} > EXTRACT(DAY FROM {end}) THEN -1"
    return f"12 * ({year[0]} - {year[1]}) + {month[0]} - {month[1]} + CASE {begun} {ended} ELSE 0 END"
