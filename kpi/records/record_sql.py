"""One record as SQL: its keys, the spans of time that are asked for, and the conditions that the table names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from attrs import frozen

from kpi.formulas.aggregates import Elapsed, Flag, columns, conditions
from kpi.formulas.nodes import Aggregate
from kpi.formulas.tables import Table
from kpi.records.calendar_sql import Beside
from kpi.records.condition_sql import ConditionSql
from kpi.records.limits import Limit, Spans, contradicted
from kpi.records.names import Names, identifier
from kpi.records.periods import Grain, heads
from kpi.records.source_sql import SourceSql


@frozen
class RecordSql:
    """The stage of records, and what stands in it under which name.

    *keys* are the names of organisation, fiscal year and period, *spans* and *limits* those of spans of time, *outside*
    those that tell whether a date is none of the calendar, *flags* those of named conditions.
    *looked_at* is everything for which the calendar is needed, *contradicted* the limits of which it matters where they are false.
    """

    table: Table
    by: Grain
    keys: tuple[str, ...]
    columns: Mapping[str, str]
    spans: Mapping[Elapsed, str]
    limits: Mapping[Limit, str]
    outside: Mapping[Elapsed, str]
    flags: Mapping[Flag, str]
    looked_at: Spans
    contradicted: frozenset[Limit]

    @classmethod
    def of(cls, table: Table, aggregates: tuple[Aggregate, ...], by: Grain) -> Self:
        """The stage for what *aggregates* look at."""
        names = Names()
        keys = tuple(map(names.new, heads(by)))
        found = {name: names.new(name) for name in dict.fromkeys(name for one in aggregates for name in columns(one))}
        here, everywhere = (Spans.of(aggregates, within_named=within_named) for within_named in (False, True))
        spans = {span: names.new(_named(f"{span.length}", span)) for span in here.numbers}
        limits = {
            limit: names.new(_named(f"within_{limit.days}_{limit.span.length}", limit.span)) for limit in here.limits
        }
        outside = {span: names.new(_named("no_business_days", span)) for span in everywhere.of_business_days}
        flags = dict.fromkeys(
            part
            for one in aggregates
            for part in conditions(one.where)
            if isinstance(part, Flag) and part.meaning is not None
        )
        named = {flag: names.new(flag.name) for flag in flags}
        contrary = frozenset(limit for one in aggregates for limit in contradicted(one.where))
        return cls(table, by, keys, found, spans, limits, outside, named, everywhere, contrary)

    @property
    def needs_calendar(self) -> bool:
        """Whether business days are counted."""
        return bool(self.outside)

    def text(self, source: str, calendar: Beside) -> str:
        """The stage over *source*."""
        here = SourceSql(self.table, calendar, self.contradicted)
        added = {
            **{name: here.column(column) for column, name in self.columns.items()},
            **{name: here.elapsed(span) for span, name in self.spans.items()},
            **{name: here.within(limit) for limit, name in self.limits.items()},
            **{name: here.outside(span) for span, name in self.outside.items()},
            **{name: here.flag(flag) for flag, name in self.flags.items()},
        }
        keys = [f"{column} AS {name}" for column, name in zip(here.keys(self.by), self.keys, strict=True)]
        selected = ",\n  ".join((*keys, *(f"{column} AS {identifier(name)}" for name, column in added.items())))
        alias = "" if source == here.alias else f" AS {here.alias}"
        return "\n".join((f"SELECT\n  {selected}", f"FROM {source}{alias}", *here.joins(self.looked_at)))

    @property
    def printed(self) -> ConditionSql:
        """Prints conditions over the stage."""
        return ConditionSql(self._column, self._span, self._flag, self._limit)

    def _column(self, name: str) -> str:
        return identifier(self.columns[name])

    def _span(self, span: Elapsed) -> str:
        return identifier(self.spans[span])

    def _limit(self, limit: Limit) -> str:
        return identifier(self.limits[limit])

    def _flag(self, flag: Flag) -> str:
        return self._column(flag.name) if flag.meaning is None else identifier(self.flags[flag])


def _named(what: str, span: Elapsed) -> str:
    return f"{what}_{span.start.name}_{span.end.name}"
