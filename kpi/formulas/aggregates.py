"""What an aggregate looks at in a record: columns, spans of time, and the conditions under which the record counts.

A test of a missing value is neither true nor false; a record counts where its condition is true.
The aggregate itself is a node of the tree like any other; this file is read only where a text has one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Final

from attrs import field, frozen

from kpi.formulas.nodes import NOWHERE, Aggregate, Comparator, Number
from kpi.source import Span

MAX_DEPTH: Final = 20
"""Levels of and, or, not and named conditions within each other; nobody reads deeper ones, and walkers recurse."""
MAX_CONDITIONS: Final = 1000
"""Conditions of one aggregate, with those of the named ones: each use of a name counts all that it means."""


def _span() -> Span:
    return field(default=NOWHERE, kw_only=True, eq=False, repr=False)


class Length(StrEnum):
    """In what the time between two dates is counted; the first day does not count."""

    DAYS = "days"
    BUSINESS_DAYS = "business_days"
    MONTHS = "months"


@frozen
class Column:
    """What a record holds under a name."""

    name: str
    span: Span = _span()


@frozen
class Text:
    """A text that a column may hold, to the letter."""

    value: str
    span: Span = _span()


@frozen
class Day:
    """A date."""

    value: date
    span: Span = _span()


@frozen
class Elapsed:
    """How long it took from one date to another: the least number of days or months within which *end* lies.

    Where *end* lies before *start*, or one of them is missing, it is missing.
    """

    length: Length
    start: Column
    end: Column
    span: Span = _span()


Operand = Column | Number | Text | Day | Elapsed


@frozen
class Match:
    """Two operands compared."""

    left: Operand
    comparator: Comparator
    right: Operand
    span: Span = _span()


@frozen
class OneOf:
    """Whether an operand is one of several values."""

    operand: Operand
    values: tuple[Operand, ...]
    span: Span = _span()


@frozen
class Between:
    """Whether an operand lies between two others, both of which are included."""

    operand: Operand
    low: Operand
    high: Operand
    span: Span = _span()


@frozen
class Known:
    """Whether an operand has a value; always true or false."""

    operand: Operand
    span: Span = _span()


@frozen
class Flag:
    """A boolean column, or a named condition of the table, whose *meaning* the checker puts in."""

    name: str
    meaning: Condition | None = field(default=None, repr=False)
    span: Span = _span()


@frozen
class AllOf:
    """Conditions all of which must hold."""

    parts: tuple[Condition, ...]
    span: Span = _span()


@frozen
class AnyOf:
    """Conditions one of which must hold."""

    parts: tuple[Condition, ...]
    span: Span = _span()


@frozen
class Negated:
    """A condition that must be false."""

    part: Condition
    span: Span = _span()


Condition = Match | OneOf | Between | Known | Flag | AllOf | AnyOf | Negated


def parts(condition: Condition) -> tuple[Condition, ...]:
    """The conditions directly below *condition*; what a named one means counts as below it."""
    match condition:
        case AllOf(found) | AnyOf(found):
            return found
        case Negated(part):
            return (part,)
        case Flag(_, meaning) if meaning is not None:
            return (meaning,)
        case _:
            return ()


def conditions(condition: Condition | None) -> Iterator[Condition]:
    """*condition* and all conditions below it."""
    waiting = [] if condition is None else [condition]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(reversed(parts(found)))


def depth(condition: Condition) -> int:
    """Levels of conditions within each other, counted without recursion and no further than one too many."""
    level: tuple[Condition, ...] = (condition,)
    found = 0
    while level and found <= MAX_DEPTH:
        found += 1
        below = {id(part): part for one in level for part in parts(one)}
        level = tuple(below.values())
    return found


def is_long(condition: Condition) -> bool:
    """Whether it has more conditions than any that is read."""
    return next(islice(conditions(condition), MAX_CONDITIONS, None), None) is not None


def operands(aggregate: Aggregate) -> Iterator[Operand]:
    """Everything that an aggregate looks at in a record: its measure, then what its conditions compare."""
    if aggregate.measure is not None:
        yield aggregate.measure
    for condition in conditions(aggregate.where):
        match condition:
            case Match(left, _, right):
                yield from (left, right)
            case OneOf(operand, values):
                yield from (operand, *values)
            case Between(operand, low, high):
                yield from (operand, low, high)
            case Known(operand):
                yield operand
            case Flag(name, None):
                yield Column(name)
            case _:
                continue


def columns(aggregate: Aggregate) -> tuple[str, ...]:
    """The columns that an aggregate looks at, each once, in order."""
    found: dict[str, None] = {}
    for operand in operands(aggregate):
        match operand:
            case Column(name):
                found[name] = None
            case Elapsed(_, start, end):
                found |= {start.name: None, end.name: None}
            case _:
                continue
    return tuple(found)


def named_conditions(aggregate: Aggregate) -> tuple[str, ...]:
    """The named conditions on which a checked aggregate rests, each once."""
    flags = (one for one in conditions(aggregate.where) if isinstance(one, Flag) and one.meaning is not None)
    return tuple(dict.fromkeys(flag.name for flag in flags))


def spans_of_business_days(aggregate: Aggregate) -> tuple[Elapsed, ...]:
    """The spans that need a calendar of business days, each once."""
    found = (one for one in operands(aggregate) if isinstance(one, Elapsed) and one.length is Length.BUSINESS_DAYS)
    return tuple(dict.fromkeys(found))
