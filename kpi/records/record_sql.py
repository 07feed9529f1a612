"""One record as SQL: its keys, the spans of time that are asked for, and the conditions that the table names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Self, assert_never

from attrs import frozen

from kpi.formulas.aggregates import Elapsed, Flag, Length, columns, conditions, operands
from kpi.formulas.nodes import Aggregate
from kpi.formulas.tables import Table
from kpi.records.condition_sql import ConditionSql
from kpi.records.names import Names, identifier
from kpi.records.periods import Grain, period_column

_FIRST_MONTHS: Final = {"half_year": ((10, 2), (4, 1)), "quarter": ((10, 3), (7, 2), (4, 1))}
"""The first month of each period that does not begin in January, with its number, the last first."""
_LAST: Final = {"half_year": 2, "quarter": 4}


@frozen
class RecordSql:
    """The stage of records, and what stands in it under which name.

    *keys* are the names of organisation, fiscal year and period, *spans* those of spans of time, *flags* those of named
    conditions, *outside* those that tell whether a date of a span is none of the calendar.
    """

    table: Table
    by: Grain
    keys: tuple[str, ...]
    columns: Mapping[str, str]
    spans: Mapping[Elapsed, str]
    outside: Mapping[Elapsed, str]
    flags: Mapping[Flag, str]

    @classmethod
    def of(cls, table: Table, aggregates: tuple[Aggregate, ...], by: Grain) -> Self:
        """The stage for what *aggregates* look at."""
        names = Names()
        period = period_column(by)
        keys = tuple(map(names.new, ("organisation", "fiscal_year", *((period,) if period else ()))))
        looked_at = dict.fromkeys(name for one in aggregates for name in columns(one))
        found = {name: names.new(name) for name in looked_at}
        spans = dict.fromkeys(
            operand for one in aggregates for operand in operands(one) if isinstance(operand, Elapsed)
        )
        named = {span: names.new(f"{span.length}_{span.start.name}_{span.end.name}") for span in spans}
        outside = {span: names.new(f"no_{name}") for span, name in named.items() if span.length is Length.BUSINESS_DAYS}
        flags = dict.fromkeys(
            part
            for one in aggregates
            for part in conditions(one.where)
            if isinstance(part, Flag) and part.meaning is not None
        )
        return cls(table, by, keys, found, named, outside, {flag: names.new(flag.name) for flag in flags})

    @property
    def calendar_columns(self) -> tuple[str, ...]:
        """The columns whose days are looked up in the calendar."""
        return tuple(dict.fromkeys(column.name for span in self.outside for column in (span.start, span.end)))

    def text(self, source: str, calendar: str) -> str:
        """The stage over *source*."""
        here = _Source(self.table)
        keys = [f"{column} AS {name}" for column, name in zip(here.keys(self.by), self.keys, strict=True)]
        plain = [
            here.column(name) if name == new else f"{here.column(name)} AS {identifier(new)}"
            for name, new in self.columns.items()
        ]
        spans = [f"{here.elapsed(span)} AS {identifier(name)}" for span, name in self.spans.items()]
        outside = [f"{here.outside(span)} AS {identifier(name)}" for span, name in self.outside.items()]
        named = [f"{here.flag(flag)} AS {identifier(name)}" for flag, name in self.flags.items()]
        selected = ",\n  ".join((*keys, *plain, *spans, *outside, *named))
        alias = "" if source == here.alias else f" AS {here.alias}"
        joins = [
            f"\nLEFT JOIN {calendar} AS {here.day(name)} ON {here.day(name)}.day = {here.column(name)}"
            for name in self.calendar_columns
        ]
        return f"SELECT\n  {selected}\nFROM {source}{alias}{''.join(joins)}"

    def column(self, name: str) -> str:
        """A column of the stage."""
        return identifier(self.columns[name])

    def elapsed(self, span: Elapsed) -> str:
        """A span of time of the stage."""
        return identifier(self.spans[span])

    def flag(self, flag: Flag) -> str:
        """A boolean column or a named condition of the stage."""
        return self.column(flag.name) if flag.meaning is None else identifier(self.flags[flag])

    @property
    def printed(self) -> ConditionSql:
        """Prints conditions over the stage."""
        return ConditionSql(self.column, self.elapsed, self.flag)


@frozen
class _Source:
    """The columns of the table itself, and the calendar beside them."""

    table: Table

    @property
    def alias(self) -> str:
        return identifier(self.table.name)

    @property
    def printed(self) -> ConditionSql:
        return ConditionSql(self.column, self.elapsed, self.flag)

    def column(self, name: str) -> str:
        return f"{self.alias}.{identifier(name)}"

    def day(self, column: str) -> str:
        return identifier(f"{column}_day")

    def flag(self, flag: Flag) -> str:
        return self.column(flag.name) if flag.meaning is None else f"({self.printed.condition(flag.meaning)})"

    def keys(self, by: Grain) -> tuple[str, ...]:
        """Organisation, fiscal year, and the period where a year has several."""
        date = self.column(self.table.date)
        year, month = f"EXTRACT(YEAR FROM {date})", f"EXTRACT(MONTH FROM {date})"
        keys = (self.column(self.table.organisation), f"CASE WHEN {month} < 4 THEN {year} - 1 ELSE {year} END")
        if by == "fiscal_year":
            return keys
        if by == "month":
            return (*keys, month)
        found = " ".join(f"WHEN {month} >= {first} THEN {number}" for first, number in _FIRST_MONTHS[by])
        return (*keys, f"CASE {found} WHEN {month} >= 1 THEN {_LAST[by]} END")

    def elapsed(self, span: Elapsed) -> str:
        """How long it took; null where an end is missing or the second lies before the first."""
        start, end = self.column(span.start.name), self.column(span.end.name)
        match span.length:
            case Length.DAYS:
                number = f"DATE_DIFF('day', {start}, {end})"
            case Length.BUSINESS_DAYS:
                number = " - ".join(f"{self.day(column.name)}.business_days" for column in (span.end, span.start))
            case Length.MONTHS:
                number = _months(start, end)
            case _:
                assert_never(span.length)
        return f"CASE WHEN {end} >= {start} THEN {number} END"

    def outside(self, span: Elapsed) -> str:
        """Whether one of the dates is there, and is none of the calendar."""
        ends = dict.fromkeys(column.name for column in (span.start, span.end))
        return " OR ".join(f"({self.column(name)} IS NOT NULL AND {self.day(name)}.day IS NULL)" for name in ends)


def _months(start: str, end: str) -> str:
    """As `kpi.formulas.aggregate_evaluator.months_between`: from the day after *start* to the day after *end*."""
    first, behind = f"({start} + INTERVAL 1 DAY)", f"({end} + INTERVAL 1 DAY)"
    year, month, day = (
        (f"EXTRACT({part} FROM {behind})", f"EXTRACT({part} FROM {first})") for part in ("YEAR", "MONTH", "DAY")
    )
    begun = f"WHEN {day[0]} > {day[1]} THEN 1"
    ended = f"WHEN {day[0]} = 1 AND {day[1]} > EXTRACT(DAY FROM {end}) THEN -1"
    return f"12 * ({year[0]} - {year[1]}) + {month[0]} - {month[1]} + CASE {begun} {ended} ELSE 0 END"
