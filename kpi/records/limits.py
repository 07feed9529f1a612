"""Business days that are asked about only to be compared with a number: then the last day in time is looked up once.

`business_days(received, paid) <= 10` is `paid <= last_day`, where the last day depends on the day received alone; that
spares a query the look-up of the other day, which costs as much as all the rest.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from kpi.formulas.aggregates import (
    Between,
    Condition,
    Elapsed,
    Flag,
    Known,
    Length,
    Match,
    Negated,
    OneOf,
    conditions,
    parts,
)
from kpi.formulas.nodes import Aggregate, Comparator, Number

_AT_MOST = frozenset({Comparator.AT_MOST, Comparator.ABOVE})
_NEGATED = frozenset({Comparator.ABOVE, Comparator.AT_LEAST})


@frozen
class Limit:
    """Whether a span of business days is at most so many *days*."""

    span: Elapsed
    days: int


def contradicted(condition: Condition | None) -> frozenset[Limit]:
    """The limits whose contrary is asked for somewhere: of them it matters where they are false, not only where true."""
    found: set[Limit] = set()
    waiting = [] if condition is None else [(condition, False)]
    while waiting:
        part, is_negated = waiting.pop()
        limit = limit_of(part) if isinstance(part, Match) else None
        if limit is not None and (is_negated or limit[1]):
            found.add(limit[0])
        waiting += ((below, is_negated or isinstance(part, Negated)) for below in parts(part))
    return frozenset(found)


def limit_of(match: Match) -> tuple[Limit, bool] | None:
    """The limit that a comparison is about, and whether it asks for the contrary; None where it is about no limit."""
    match match:
        case Match(Elapsed(Length.BUSINESS_DAYS) as span, comparator, Number(value)) if (
            comparator is not Comparator.EQUAL and value.denominator == 1
        ):
            days = int(value) if comparator in _AT_MOST else int(value) - 1
            return (Limit(span, days), comparator in _NEGATED) if days >= 0 else None
        case _:
            return None


@frozen
class Spans:
    """The spans of time that aggregates look at: as numbers, and as limits, each once."""

    numbers: tuple[Elapsed, ...]
    limits: tuple[Limit, ...]

    @classmethod
    def of(cls, aggregates: Iterable[Aggregate], *, within_named: bool) -> Spans:
        """What *aggregates* look at; also within conditions that have a name, or only outside of these."""
        numbers: list[Elapsed] = []
        limits: list[Limit] = []
        for one in aggregates:
            if isinstance(one.measure, Elapsed):
                numbers.append(one.measure)
            for condition in conditions(one.where) if within_named else _unnamed(one.where):
                limit = limit_of(condition) if isinstance(condition, Match) else None
                if limit is not None:
                    limits.append(limit[0])
                else:
                    numbers += (operand for operand in _operands(condition) if isinstance(operand, Elapsed))
        return cls(tuple(dict.fromkeys(numbers)), tuple(dict.fromkeys(limits)))

    @property
    def of_business_days(self) -> tuple[Elapsed, ...]:
        """Every span that needs the calendar, each once."""
        numbers = (span for span in self.numbers if span.length is Length.BUSINESS_DAYS)
        return tuple(dict.fromkeys((*numbers, *(limit.span for limit in self.limits))))


def _unnamed(condition: Condition | None) -> Iterable[Condition]:
    """*condition* and those below it, but not what a named one means."""
    named = {
        id(below) for part in conditions(condition) if isinstance(part, Flag) for below in conditions(part.meaning)
    }
    return (part for part in conditions(condition) if id(part) not in named)


def _operands(condition: Condition) -> tuple[object, ...]:
    match condition:
        case Match(left, _, right):
            return left, right
        case OneOf(operand, values):
            return operand, *values
        case Between(operand, low, high):
            return operand, low, high
        case Known(operand):
            return (operand,)
        case _:
            return ()
