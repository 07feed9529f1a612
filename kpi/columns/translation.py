"""From whole-number programs to column expressions: one walk for numbers, one for conditions.

What is known without looking at a row (constants, inputs for which there is no column) is folded on the way.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Final, assert_never

from attrs import frozen

from kpi.columns.door import narwhals
from kpi.compilation.integers import (
    All,
    Any,
    Choice,
    Compared,
    Condition,
    Difference,
    Input,
    Integer,
    Not,
    Present,
    Product,
    Quotient,
    Sum,
    Whole,
)
from kpi.formulas.nodes import Comparator

if TYPE_CHECKING:
    from kpi.columns.door import Expr, Width

    Number = Expr | int
    Truth = Expr | bool

_COMPARISONS: Final[dict[Comparator, Callable[..., Truth]]] = {
    Comparator.AT_LEAST: operator.ge,
    Comparator.AT_MOST: operator.le,
    Comparator.ABOVE: operator.gt,
    Comparator.BELOW: operator.lt,
    Comparator.EQUAL: operator.eq,
}


@frozen
class Translation:
    """Translates programs about the columns of one frame.

    *numbers* holds each input as a column of whole numbers without nulls, *present* where it has a value.
    An input that is in neither has no value anywhere. *integer* is the type in which everything is computed;
    *is_castable* tells whether the engine casts all of it to floats: arrow refuses what a float rounds.
    """

    numbers: Mapping[Input, Number]
    present: Mapping[Input, Truth]
    integer: Width
    is_castable: bool

    def number(self, integer: Integer) -> Number:  # noqa: PLR0911  # one for each kind of number
        """The number in every row."""
        match integer:
            case Whole(value):
                return value
            case Input():
                return self.numbers.get(integer, 0)
            case Sum(left, right):
                return self.number(left) + self.number(right)
            case Difference(left, right):
                return self.number(left) - self.number(right)
            case Product(left, right):
                return self._product(self.number(left), self.number(right))
            case Quotient(left, right):
                return self._quotient(self.number(left), self.number(right))
            case Choice(condition, then, otherwise):
                return self.choice(self.truth(condition), self.number(then), self.number(otherwise))
            case _:
                assert_never(integer)

    def truth(self, condition: Condition) -> Truth:
        """Whether the condition holds, in every row."""
        match condition:
            case Present(one):
                return self.present.get(one, False)
            case Compared(left, comparator, right):
                return _COMPARISONS[comparator](self.number(left), self.number(right))
            case All(parts):
                return every(map(self.truth, parts))
            case Any(parts):
                return some(map(self.truth, parts))
            case Not(part):
                return negated(self.truth(part))
            case _:
                assert_never(condition)

    def choice(self, condition: Truth, then: Number, otherwise: Number) -> Number:
        """One number where the condition holds, else another."""
        if isinstance(condition, bool):
            return then if condition else otherwise
        found: Expr = narwhals().when(condition).then(self.column(then)).otherwise(self.column(otherwise))
        return found

    def column(self, number: Number) -> Expr:
        """A number as an expression, constants in the type of all others, so that they cannot overflow a smaller one."""
        return narwhals().lit(number, dtype=self.integer) if isinstance(number, int) else number

    def float_of(self, number: Number) -> Expr:
        """The nearest float64, for people."""
        column = self.column(number)
        return column.cast(narwhals().Float64) if self.is_castable else column / (column * 0 + 1)

    @staticmethod
    def _product(left: Number, right: Number) -> Number:
        if isinstance(left, int) and not isinstance(right, int):
            left, right = right, left
        if isinstance(right, int) and right in (0, 1):
            return left * right if isinstance(left, int) or right == 0 else left
        return left * right

    def _quotient(self, left: Number, right: Number) -> Number:
        if isinstance(right, int):
            return left // max(right, 1)
        divisor = self.choice(right > 0, right, 1)  # engines differ, and some fail, where a row has a zero here
        return self.column(left) // divisor


def every(truths: Iterable[Truth]) -> Truth:
    """Whether all of them hold."""
    found: Truth = True
    for truth in truths:
        found = both(found, truth)
    return found


def some(truths: Iterable[Truth]) -> Truth:
    """Whether one of them holds."""
    found: Truth = False
    for truth in truths:
        found = either(found, truth)
    return found


def both(left: Truth, right: Truth) -> Truth:
    """Whether both hold."""
    if isinstance(left, bool):
        return right if left else False
    if isinstance(right, bool):
        return left if right else False
    return left & right


def either(left: Truth, right: Truth) -> Truth:
    """Whether one of them holds."""
    if isinstance(left, bool):
        return True if left else right
    if isinstance(right, bool):
        return True if right else left
    return left | right


def negated(truth: Truth) -> Truth:
    """Whether it does not hold."""
    return not truth if isinstance(truth, bool) else ~truth
