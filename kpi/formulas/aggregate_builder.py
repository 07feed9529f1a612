"""From what the grammar found to aggregates and their conditions: one method for each alternative of `grammar.lark`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from attrs import evolve, frozen

from kpi.characters import plain_name
from kpi.errors import ValueReadingError
from kpi.formulas.aggregates import (
    MAX_DEPTH,
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
    depth,
    parts,
)
from kpi.formulas.builder import SIGNS, Word, phrased
from kpi.formulas.nodes import Aggregate, Comparator, Summary
from kpi.formulas.printer import canonical
from kpi.periods.dates import read_date
from kpi.source import Source, Span

_SUMMARIES: Final = {
    "件数": Summary.COUNT, "合計": Summary.SUM, "平均": Summary.MEAN, "最小": Summary.MIN, "最大": Summary.MAX
}  # fmt: skip
_DOUBLED: Final = re.compile("(['＇])['＇]")
_LENGTHS: Final = {"日数": Length.DAYS, "営業日数": Length.BUSINESS_DAYS, "月数": Length.MONTHS}


@frozen
class Measured:
    """What is summed or told apart, and the table it stands in."""

    measure: Column | Elapsed
    table: Column


@frozen
class AggregateBuilder:
    """Builds the nodes of aggregates from *source*; what cannot stand is told to *report*."""

    source: Source
    report: Callable[..., None]

    # ── aggregate ────────────────────────────────────────────────────────────────────────────────────────────────────

    def count(self, span: Span, _count: Word, table: Column, where: Condition | None) -> Aggregate:
        return _named(Aggregate("", table=table.name, where=where, span=span, table_span=table.span))

    def count_distinct(self, span: Span, count: Word, measured: Measured, where: Condition | None) -> Aggregate:
        return self.summary(span, count, measured, where)

    def summary(self, span: Span, word: Word, measured: Measured, where: Condition | None) -> Aggregate:
        summary = _SUMMARIES.get(word.text) or Summary(word.text)
        table = measured.table
        found = Aggregate(
            "", summary=summary, table=table.name, measure=measured.measure, where=where,
            span=span, table_span=table.span,
        )  # fmt: skip
        return _named(found)

    def measured(self, span: Span, measure: Column | Elapsed, table: Column) -> Measured:
        return Measured(measure, table)

    def phrased_measured(self, span: Span, table: Column, measure: Column | Elapsed) -> Measured:
        return Measured(measure, table)

    def elapsed(self, span: Span, word: Word, start: Column, end: Column) -> Elapsed:
        return Elapsed(_LENGTHS.get(word.text) or Length(word.text), start, end, span=span)

    def word(self, span: Span, word: Word) -> Column:
        text = word.text[1:-1].strip() if word.kind == "QUOTED" else word.text
        return Column(plain_name(text), span=span)

    def column(self, span: Span, column: Column) -> Column:
        return column

    # ── condition ────────────────────────────────────────────────────────────────────────────────────────────────────

    def where(self, span: Span, condition: Condition) -> Condition:
        return condition

    def any_of(self, span: Span, *conditions: Condition) -> Condition:
        flat = [part for one in conditions for part in (one.parts if isinstance(one, AnyOf) else (one,))]
        return flat[0] if len(flat) == 1 else self._shallow(AnyOf(tuple(flat), span=span))

    def all_of(self, span: Span, *conditions: Condition) -> Condition:
        flat = [part for one in conditions for part in (one.parts if isinstance(one, AllOf) else (one,))]
        return flat[0] if len(flat) == 1 else self._shallow(AllOf(tuple(flat), span=span))

    def negated(self, span: Span, _not: Word, condition: Condition) -> Condition:
        """What is negated twice is what it was."""
        return condition.part if isinstance(condition, Negated) else self._shallow(Negated(condition, span=span))

    def match(self, span: Span, left: Operand, comparator: Word, right: Operand) -> Match:
        return Match(left, Comparator(SIGNS.get(comparator.text, comparator.text)), right, span=span)

    def match_phrased(self, span: Span, left: Operand, right: Operand, phrase: Word) -> Match:
        return Match(left, phrased(phrase), right, span=span)

    def differ(self, span: Span, left: Operand, _unequal: Word, right: Operand) -> Negated:
        return Negated(Match(left, Comparator.EQUAL, right, span=span), span=span)

    def one_of(self, span: Span, operand: Operand, negation: Word | None, *values: Operand) -> Condition:
        found = OneOf(operand, values, span=span)
        return Negated(found, span=span) if negation else found

    def between(self, span: Span, operand: Operand, negation: Word | None, low: Operand, high: Operand) -> Condition:
        found = Between(operand, low, high, span=span)
        return Negated(found, span=span) if negation else found

    def known(self, span: Span, operand: Operand) -> Known:
        return Known(operand, span=span)

    def missing(self, span: Span, operand: Operand) -> Negated:
        return Negated(Known(operand, span=span), span=span)

    def flag(self, span: Span, word: Column) -> Flag:
        return Flag(word.name, span=span)

    def excepted(self, span: Span, word: Column) -> Negated:
        return Negated(Flag(word.name, span=span), span=span)

    def text(self, span: Span, word: Word) -> Text:
        """To the letter: what is full-width in the text stays so, unlike everywhere else."""
        return Text(_DOUBLED.sub(r"\1", self.source.text[word.span.start + 1 : word.span.end - 1]), span=span)

    def day(self, span: Span, word: Word) -> Day:
        try:
            return Day(read_date(word.text), span=span)
        except ValueReadingError:
            self.report("unknown-date", word.span, found=word.text)
            return Day(date.min, span=span)

    def _shallow(self, condition: Condition) -> Condition:
        """*condition*, unless it is nested deeper than anybody reads; asked before it is printed or compared."""
        if any(part is _TOO_DEEP for part in parts(condition)):
            return _TOO_DEEP
        if depth(condition) <= MAX_DEPTH:
            return condition
        self.report("condition-too-deep", condition.span, limit=MAX_DEPTH)
        return _TOO_DEEP


_TOO_DEEP: Final = Flag("")
"""What stands for a condition that was told to be too deep, and for everything around it."""


def _named(aggregate: Aggregate) -> Aggregate:
    return evolve(aggregate, name=canonical(aggregate))
