"""A table of records as SQL, with the calendar of business days beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

from attrs import frozen

from kpi.formulas.aggregates import Elapsed, Flag, Length
from kpi.formulas.tables import Table
from kpi.records.condition_sql import ConditionSql
from kpi.records.limits import Limit, Spans
from kpi.records.names import Names, identifier
from kpi.records.periods import Grain

_FIRST_MONTHS: Final = {"half_year": ((10, 2), (4, 1)), "quarter": ((10, 3), (7, 2), (4, 1))}
"""The first month of each period that does not begin in January, with its number, the last first."""
_LAST: Final = {"half_year": 2, "quarter": 4}


@frozen
class SourceSql:
    """Expressions over a *table*, which the text calls by its name, and over the table *calendar*.

    *contradicted* are the limits of which it matters where they are false: one whose second date lies before the first is
    neither true nor false, but where only what is true counts, a plain comparison does.
    """

    table: Table
    calendar: str
    contradicted: frozenset[Limit] = frozenset()

    @property
    def alias(self) -> str:
        """How the text calls the table."""
        return identifier(self.table.name)

    @property
    def printed(self) -> ConditionSql:
        """Prints conditions over the table."""
        return ConditionSql(self.column, self.elapsed, self.flag, self.within)

    def column(self, name: str) -> str:
        """A column of the table."""
        return f"{self.alias}.{identifier(name)}"

    def flag(self, flag: Flag) -> str:
        """A boolean column, or what a named condition means."""
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

    def within(self, limit: Limit) -> str:
        """Whether it took at most so many business days; null where that is not known."""
        start, end = self.column(limit.span.start.name), self.column(limit.span.end.name)
        if limit not in self.contradicted:
            return f"{end} BETWEEN {start} AND {self.last_day(limit)}.last_day"
        return f"CASE WHEN {end} >= {start} THEN {end} <= {self.last_day(limit)}.last_day END"

    def outside(self, span: Elapsed) -> str:
        """Whether one of the dates is there, and is none of the calendar."""
        known = f"BETWEEN (SELECT MIN(day) FROM {self.calendar}) AND (SELECT MAX(day) FROM {self.calendar})"
        ends = dict.fromkeys(column.name for column in (span.start, span.end))
        return " OR ".join(f"NOT {self.column(name)} {known}" for name in ends)

    def day(self, column: str) -> str:
        """How the text calls the calendar beside a column."""
        return self.beside(f"{column}_day")

    def last_day(self, limit: Limit) -> str:
        """How the text calls the last days within so many business days of a column."""
        return self.beside(f"{limit.span.start.name}_and_{limit.days}")

    def beside(self, name: str) -> str:
        """A name for what stands beside the table, and is not called like it."""
        return identifier(Names.without([self.table.name]).new(name))

    def joins(self, spans: Spans) -> Iterator[str]:
        """The calendar beside each column of dates that is looked up in it, and the last days in time."""
        numbers = (span for span in spans.numbers if span.length is Length.BUSINESS_DAYS)
        for name in dict.fromkeys(column.name for span in numbers for column in (span.start, span.end)):
            yield f"LEFT JOIN {self.calendar} AS {self.day(name)} ON {self.day(name)}.day = {self.column(name)}"
        limits = {self.last_day(limit): limit for limit in spans.limits}
        for alias, limit in limits.items():
            later = f"late.business_days = early.business_days + {limit.days}"
            days = (
                f"SELECT early.day, MAX(late.day) AS last_day FROM {self.calendar} AS early"
                f" JOIN {self.calendar} AS late ON {later} GROUP BY early.day"
            )
            yield f"LEFT JOIN ({days}) AS {alias} ON {alias}.day = {self.column(limit.span.start.name)}"


def _months(start: str, end: str) -> str:
    """As `kpi.formulas.aggregate_evaluator.months_between`: from the day after *start* to the day after *end*."""
    first, behind = f"({start} + INTERVAL 1 DAY)", f"({end} + INTERVAL 1 DAY)"
    year, month, day = (
        (f"EXTRACT({part} FROM {behind})", f"EXTRACT({part} FROM {first})") for part in ("YEAR", "MONTH", "DAY")
    )
    begun = f"WHEN {day[0]} > {day[1]} THEN 1"
    ended = f"WHEN {day[0]} = 1 AND {day[1]} > EXTRACT(DAY FROM {end}) THEN -1"
    return f"12 * ({year[0]} - {year[1]}) + {month[0]} - {month[1]} + CASE {begun} {ended} ELSE 0 END"
