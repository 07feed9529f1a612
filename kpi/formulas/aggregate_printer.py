"""From aggregates to text, with English or Japanese words; parsing it gives the tree back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, assert_never

from attrs import frozen

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
)
from kpi.formulas.nodes import Aggregate, Comparator, Number, Summary
from kpi.formulas.printer import name_text, number_text

_QUOTE: Final = re.compile("(['＇])")
Label = Callable[[str, str], str]
"""From a table and the name of a column or condition (empty: of the table itself) to the word to print."""


@frozen
class Words:
    """The words of one language."""

    summaries: dict[Summary, str]
    lengths: dict[Length, str]
    distinct: str
    measured: str
    where: str
    both: str
    either: str
    known: str
    missing: str
    excepted: str
    day: str


ENGLISH: Final = Words(
    {summary: summary.value for summary in Summary},
    {length: length.value for length in Length},
    "distinct {}",
    "{measure} of {table}",
    " where ",
    " and ",
    " or ",
    "{} is known",
    "{} is missing",
    "not {}",
    "{}",
)
JAPANESE: Final = Words(
    dict(zip(Summary, ("件数", "合計", "平均", "最小", "最大"), strict=True)),
    dict(zip(Length, ("日数", "営業日数", "月数"), strict=True)),
    "異なる {}",
    "{table}の{measure}",
    "のうち ",
    " かつ ",
    " または ",
    "{}がある",
    "{}がない",
    "{}を除く",
    "{0.year:04}年{0.month}月{0.day}日",
)


@frozen
class AggregatePrinter:
    """Prints in one language; *number* prints a number with its unit, *label* gives a name its word."""

    words: Words = ENGLISH
    number: Callable[[Number], str] = number_text
    label: Label = lambda _table, name: name

    def aggregate(self, aggregate: Aggregate) -> str:
        """`count(claims where paid is known)`."""
        words, table = self.words, aggregate.table
        named = name_text(self.label(table, "") or table)
        if aggregate.measure is None:
            counted = named
        else:
            counted = words.measured.format(measure=self.operand(aggregate.measure, table), table=named)
            if aggregate.summary is Summary.COUNT:
                counted = words.distinct.format(counted)
        where = "" if aggregate.where is None else words.where + self.condition(aggregate.where, table)
        return f"{words.summaries[aggregate.summary]}({counted}{where})"

    def condition(self, condition: Condition, table: str) -> str:
        """A condition over the columns of *table*."""
        words = self.words
        match condition:
            case Match(left, comparator, right):
                return f"{self.operand(left, table)} {comparator} {self.operand(right, table)}"
            case OneOf() | Between():
                return self._membership(condition, table, "")
            case Known(operand):
                return words.known.format(self.operand(operand, table))
            case Flag(name):
                return name_text(self.label(table, name))
            case AllOf(parts):
                return words.both.join(self._part(part, table) for part in parts)
            case AnyOf(parts):
                return words.either.join(self.condition(part, table) for part in parts)
            case Negated(Match(left, Comparator.EQUAL, right)):
                return f"{self.operand(left, table)} != {self.operand(right, table)}"
            case Negated(OneOf() | Between() as part):
                return self._membership(part, table, "not ")
            case Negated(Known(operand)):
                return words.missing.format(self.operand(operand, table))
            case Negated(Flag(name)):
                return words.excepted.format(name_text(self.label(table, name)))
            case Negated(part):
                inner = self.condition(part, table)
                return f"not ({inner})" if isinstance(part, AllOf | AnyOf) else f"not {inner}"
            case _:
                assert_never(condition)

    def operand(self, operand: Operand, table: str) -> str:
        """Something that is compared or summed."""
        match operand:
            case Column(name):
                return name_text(self.label(table, name))
            case Number():
                return self.number(operand)
            case Text(value):
                return text_text(value)
            case Day(value):
                return self.words.day.format(value)
            case Elapsed(length, start, end):
                between = ", ".join(self.operand(column, table) for column in (start, end))
                return f"{self.words.lengths[length]}({between})"
            case _:
                assert_never(operand)

    def _membership(self, condition: OneOf | Between, table: str, negation: str) -> str:
        operand = f"{self.operand(condition.operand, table)} {negation}"
        match condition:
            case OneOf(_, values):
                return f"{operand}in ({', '.join(self.operand(value, table) for value in values)})"
            case Between(_, low, high):
                return f"{operand}between {self.operand(low, table)} and {self.operand(high, table)}"

    def _part(self, condition: Condition, table: str) -> str:
        text = self.condition(condition, table)
        return f"({text})" if isinstance(condition, AnyOf) else text


def condition_text(condition: Condition) -> str:
    """The canonical text of a condition."""
    return AggregatePrinter().condition(condition, "")


def text_text(value: str) -> str:
    """A text in single quotes, to the letter."""
    doubled = _QUOTE.sub(r"\1\1", value)
    return f"'{doubled}'"
