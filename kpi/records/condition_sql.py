"""Conditions over a record as SQL, wherever its columns and spans of time are found."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

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
    Match,
    Negated,
    OneOf,
    Operand,
    Text,
)
from kpi.formulas.nodes import Comparator, Number
from kpi.records.limits import Limit, limit_of
from kpi.records.names import literal


@frozen
class ConditionSql:
    """Prints conditions; its parts say what stands for a column, a span of time, a flag, and a limit of business days."""

    column: Callable[[str], str]
    elapsed: Callable[[Elapsed], str]
    flag: Callable[[Flag], str]
    within: Callable[[Limit], str]

    def condition(self, condition: Condition) -> str:  # noqa: C901, PLR0911  # one for each kind of condition
        """A condition; null where it is neither true nor false."""
        match condition:
            case Match():
                return self._match(condition)
            case OneOf(operand, values):
                return f"{self.operand(operand)} IN ({', '.join(map(self.operand, values))})"
            case Between(operand, low, high):
                return f"{self.operand(operand)} BETWEEN {self.operand(low)} AND {self.operand(high)}"
            case Known(operand):
                return f"{self.operand(operand)} IS NOT NULL"
            case Flag():
                return self.flag(condition)
            case AllOf(parts):
                return " AND ".join(map(self._part, parts))
            case AnyOf(parts):
                return " OR ".join(map(self.condition, parts))
            case Negated(Known(operand)):
                return f"{self.operand(operand)} IS NULL"
            case Negated(Match(left, Comparator.EQUAL, right)):
                return f"{self.operand(left)} <> {self.operand(right)}"
            case Negated(Flag() as flag):
                return f"NOT {self.flag(flag)}"
            case Negated(part):
                return f"NOT ({self.condition(part)})"
            case _:
                assert_never(condition)

    def operand(self, operand: Operand) -> str:
        """A value of the record."""
        match operand:
            case Column(name):
                return self.column(name)
            case Number(value):
                return str(value.numerator)
            case Text(value):
                return literal(value)
            case Day(value):
                return f"DATE '{value.isoformat()}'"
            case Elapsed():
                return self.elapsed(operand)
            case _:
                assert_never(operand)

    def _match(self, match: Match) -> str:
        limit = limit_of(match)
        if limit is None:
            return f"{self.operand(match.left)} {match.comparator} {self.operand(match.right)}"
        within, is_contrary = self.within(limit[0]), limit[1]
        return f"NOT ({within})" if is_contrary else within

    def _part(self, condition: Condition) -> str:
        text = self.condition(condition)
        return f"({text})" if isinstance(condition, AnyOf) else text
