"""A table of records as SQL, with the calendar of business days beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

from attrs import frozen

from kpi.formulas.aggregates import Elapsed, Flag, Length
from kpi.formulas.tables import Table
from kpi.records.calendar_sql import Beside, column
from kpi.records.condition_sql import ConditionSql
from kpi.records.limits import Limit, Spans
from kpi.records.names import identifier
from kpi.records.periods import Grain

_FIRST_MONTHS: Final = {"half_year": ((10, 2), (4, 1)), "quarter": ((10, 3), (7, 2), (4, 1))}
"""The first month of each period that does not begin in January, with its number, the last first."""
_LAST: Final = {"half_year": 2, "quarter": 4}


@frozen
class SourceSql:
    """Expressions over a *table*, which the text calls by its name, and over the *calendar* beside it.

    *contradicted* are the limits of which it matters where they are false: one whose second date lies before the first is
    neither true nor false, but where only what is true counts, a plain comparison does.
    """

    table: Table
    calendar: Beside
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
        return column(self.table.name, name)

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
                number = " - ".join(self.calendar.number(self.table.name, each.name) for each in (span.end, span.start))
            case Length.MONTHS:
                number = _months(start, end)
            case _:
                assert_never(span.length)
        return f"CASE WHEN {end} >= {start} THEN {number} END"

    def within(self, limit: Limit) -> str:
        """Whether it took at most so many business days; null where that is not known."""
        return self.calendar.within(self.table.name, limit, contradicted=limit in self.contradicted)

    def outside(self, span: Elapsed) -> str:
        """Whether one of the dates is there, and is none of the calendar."""
        ends = dict.fromkeys(column.name for column in (span.start, span.end))
        return " OR ".join(f"NOT {self.calendar.is_known(self.table.name, name)}" for name in ends)

    def joins(self, spans: Spans) -> Iterator[str]:
        """What has to stand beside the table so that *spans* can be asked for."""
        return self.calendar.joins(self.table.name, spans)


def _months(start: str, end: str) -> str:
    """As `kpi.formulas.aggregate_evaluator.months_between`: from the day after *start* to the day after *end*."""
    first, behind = f"({start} + INTERVAL 1 DAY)", f"({end} + INTERVAL 1 DAY)"
    year, month, day = (
        (f"EXTRACT({part} FROM {behind})", f"EXTRACT({part} FROM {first})") for part in ("YEAR", "MONTH", "DAY")
    )
    begun = f"WHEN {day[0]} > {day[1]} THEN 1"
    ended = f"WHEN {day[0]} = 1 AND {day[1]} > EXTRACT(DAY FROM {end}) THEN -1"
    return f"12 * ({year[0]} - {year[1]}) + {month[0]} - {month[1]} + CASE {begun} {ended} ELSE 0 END"
