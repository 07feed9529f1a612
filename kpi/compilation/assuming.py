"""Expressions and conditions where something is known to hold: what that decides is decided."""

from __future__ import annotations

from attrs import frozen

from kpi.compilation.folding import (
    ALWAYS,
    NEVER,
    chosen,
    compared,
    difference,
    every,
    implies,
    negation,
    product,
    quotient,
    some,
    total,
)
from kpi.compilation.integers import (
    All,
    Any,
    Choice,
    Compared,
    Condition,
    Difference,
    Integer,
    Not,
    Present,
    Product,
    Quotient,
    Sum,
)


@frozen
class Assumption:
    """What is known to hold: the parts of *known*."""

    known: Condition

    def number(self, number: Integer) -> Integer:
        """A number without the choices that are decided."""
        match number:
            case Sum(left, right):
                return total(self.number(left), self.number(right))
            case Difference(left, right):
                return difference(self.number(left), self.number(right))
            case Product(left, right):
                return product(self.number(left), self.number(right))
            case Quotient(left, right):
                return quotient(self.number(left), self.number(right))
            case Choice(condition, then, otherwise):
                return chosen(self.condition(condition), self.number(then), self.number(otherwise))
            case _:
                return number

    def condition(self, condition: Condition) -> Condition:  # noqa: PLR0911  # one for each kind of condition
        """A condition without the parts that are decided."""
        if implies(self.known, condition):
            return ALWAYS
        if implies(self.known, negation(condition)):
            return NEVER
        match condition:
            case All(parts):
                return every(*map(self.condition, parts))
            case Any(parts):
                return some(*map(self.condition, parts))
            case Not(part):
                return negation(self.condition(part))
            case Compared(left, comparator, right):
                return compared(self.number(left), comparator, self.number(right))
            case Present():
                return condition
