"""The calendar of business days beside a table of records: as a table that is joined, or as an array that is looked into.

Both answer the same questions about the dates of one record, each a column as SQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from attrs import frozen

from kpi.formulas.aggregates import Elapsed, Length
from kpi.periods.calendar import Calendar
from kpi.records.limits import Limit, Spans
from kpi.records.names import Names, identifier

CALENDAR: Final = "calendar"
"""The table of business days: `day`, and `business_days`, how many there were up to it."""


class Beside(Protocol):
    """What is asked of the calendar beside *table*; a column stands there under its name."""

    def number(self, table: str, name: str) -> str:
        """How many business days there were up to the day in a column."""

    def within(self, table: str, limit: Limit, *, contradicted: bool) -> str:
        """Whether a span is at most so many business days; null where that is not known, or false unless *contradicted*."""

    def is_known(self, table: str, name: str) -> str:
        """Whether the day in a column is one of the calendar."""

    def joins(self, table: str, spans: Spans) -> Iterator[str]:
        """What has to be joined so that *spans* can be asked for."""


@frozen
class CalendarTable:
    """The calendar as a table called *name*.

    Each column of dates has the calendar joined beside it; a limit has the last days in time joined beside its first date,
    which spares the look-up of the second.
    """

    name: str = CALENDAR

    def number(self, table: str, name: str) -> str:
        """How many business days there were up to the day in a column."""
        return f"{_alias(table, _of_day(name))}.business_days"

    def within(self, table: str, limit: Limit, *, contradicted: bool) -> str:
        """Whether a span is at most so many business days; null where that is not known, or false unless *contradicted*."""
        start, end = column(table, limit.span.start.name), column(table, limit.span.end.name)
        last_day = f"{_alias(table, _of_limit(limit))}.last_day"
        if contradicted:
            return f"CASE WHEN {end} >= {start} THEN {end} <= {last_day} END"
        return f"{end} BETWEEN {start} AND {last_day}"

    def is_known(self, table: str, name: str) -> str:
        """Whether the day in a column is one of the calendar."""
        return (
            f"{column(table, name)} BETWEEN (SELECT MIN(day) FROM {self.name}) AND (SELECT MAX(day) FROM {self.name})"
        )

    def joins(self, table: str, spans: Spans) -> Iterator[str]:
        """The calendar beside each column of dates that is looked up in it, and the last days in time."""
        for name in dict.fromkeys(
            end.name for span in _of_business_days(spans.numbers) for end in (span.start, span.end)
        ):
            alias = _alias(table, _of_day(name))
            yield f"LEFT JOIN {self.name} AS {alias} ON {alias}.day = {column(table, name)}"
        for alias, limit in {_alias(table, _of_limit(limit)): limit for limit in spans.limits}.items():
            later = f"late.business_days = early.business_days + {limit.days}"
            # where the calendar ends before so many business days are over, its last day is in time
            last_day = f"COALESCE(MAX(late.day), (SELECT MAX(day) FROM {self.name}))"
            days = (
                f"SELECT early.day, {last_day} AS last_day FROM {self.name} AS early"
                f" LEFT JOIN {self.name} AS late ON {later} GROUP BY early.day"
            )
            yield f"LEFT JOIN ({days}) AS {alias} ON {alias}.day = {column(table, limit.span.start.name)}"


@frozen
class CalendarArray:
    """The numbers of a *calendar* as an array called *name*, the first for its first day, into which `GET` looks from 0.

    Nothing has to be joined, which on Spark takes half of the time that joins take.
    """

    calendar: Calendar
    name: str

    def number(self, table: str, name: str) -> str:
        """How many business days there were up to the day in a column; null outside of the calendar."""
        return f"GET({self.name}, DATE_DIFF('day', DATE '{self.calendar.first.isoformat()}', {column(table, name)}))"

    def within(self, table: str, limit: Limit, *, contradicted: bool) -> str:  # noqa: ARG002  # it is null in any case
        """Whether a span is at most so many business days; null where that is not known."""
        start, end = limit.span.start.name, limit.span.end.name
        lapse = f"{self.number(table, end)} - {self.number(table, start)}"
        return f"CASE WHEN {column(table, end)} >= {column(table, start)} THEN {lapse} <= {limit.days} END"

    def is_known(self, table: str, name: str) -> str:
        """Whether the day in a column is one of the calendar."""
        first, last = (f"DATE '{day.isoformat()}'" for day in (self.calendar.first, self.calendar.last))
        return f"{column(table, name)} BETWEEN {first} AND {last}"

    def joins(self, table: str, spans: Spans) -> Iterator[str]:  # noqa: ARG002  # as the protocol has it
        """Nothing."""
        return iter(())


def column(table: str, name: str) -> str:
    """A column of a table as SQL."""
    return f"{identifier(table)}.{identifier(name)}"


def _alias(table: str, name: str) -> str:
    """A name for what stands beside the table, and is not called like it."""
    return identifier(Names.without([table]).new(name))


def _of_day(name: str) -> str:
    return f"{name}_day"


def _of_limit(limit: Limit) -> str:
    return f"{limit.span.start.name}_and_{limit.days}"


def _of_business_days(spans: Iterable[Elapsed]) -> Iterator[Elapsed]:
    return (span for span in spans if span.length is Length.BUSINESS_DAYS)
