"""Conditions over the columns of a frame, each as two columns: where it is true and where it is false.

Engines differ in what null does to `and`, `or` and `not`, and pandas' numpy columns cannot hold it. So nothing rests on null here:
a value is filled where it is missing, and a column beside it says where it is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import and_, eq, ge, gt, le, lt, or_
from typing import TYPE_CHECKING, Final, assert_never

from attrs import frozen

from kpi.columns.door import narwhals
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

if TYPE_CHECKING:
    from kpi.columns.door import Expr

EPOCH: Final = date(1970, 1, 1)
"""Dates are compared as the number of days since then."""
_COMPARED: Final = {
    Comparator.AT_LEAST: ge, Comparator.AT_MOST: le, Comparator.ABOVE: gt, Comparator.BELOW: lt, Comparator.EQUAL: eq,
}  # fmt: skip


@frozen
class Place:
    """Where a value stands: the column that holds it, and the one that says where it is known."""

    value: str
    known: str


@frozen
class FrameConditions:
    """Conditions over a frame that has *columns* and *spans* of time at these places."""

    columns: Mapping[str, Place]
    spans: Mapping[Elapsed, Place]

    def truth(self, condition: Condition) -> tuple[Expr, Expr]:  # noqa: PLR0911  # one for each kind of condition
        """Where a condition is true, and where it is false; elsewhere it is neither."""
        match condition:
            case Match(left, comparator, right):
                return self._compared(left, comparator, right)
            case OneOf(operand, values):
                return _any([self._compared(operand, Comparator.EQUAL, value) for value in values])
            case Between(operand, low, high):
                bounds = (Comparator.AT_LEAST, low), (Comparator.AT_MOST, high)
                return _all([self._compared(operand, comparator, bound) for comparator, bound in bounds])
            case Known(operand):
                known = self.operand(operand)[1]
                return known, ~known
            case Flag(name, None):
                value, known = self.operand(Column(name))
                return known & value, known & ~value
            case Flag(_, meaning) if meaning is not None:
                return self.truth(meaning)
            case AllOf(parts):
                return _all([self.truth(part) for part in parts])
            case AnyOf(parts):
                return _any([self.truth(part) for part in parts])
            case Negated(part):
                true, false = self.truth(part)
                return false, true
            case _:
                raise TypeError(condition)  # there are no others

    def operand(self, operand: Operand) -> tuple[Expr, Expr]:
        """A value, whatever where it is missing, and where it is known."""
        nw = narwhals()
        match operand:
            case Column(name):
                return self._at(self.columns[name])
            case Elapsed():
                return self._at(self.spans[operand])
            case Number(value):
                return nw.lit(value.numerator), nw.lit(value=True)
            case Text(value):
                return nw.lit(value), nw.lit(value=True)
            case Day(value):
                return nw.lit((value - EPOCH).days), nw.lit(value=True)
            case _:
                assert_never(operand)

    def _at(self, place: Place) -> tuple[Expr, Expr]:
        nw = narwhals()
        return nw.col(place.value), nw.col(place.known)

    def _compared(self, left: Operand, comparator: Comparator, right: Operand) -> tuple[Expr, Expr]:
        (one, one_known), (other, other_known) = self.operand(left), self.operand(right)
        found: Expr = _COMPARED[comparator](one, other)
        known = one_known & other_known
        return known & found, known & ~found


def _all(parts: list[tuple[Expr, Expr]]) -> tuple[Expr, Expr]:
    return reduce(and_, [true for true, _ in parts]), reduce(or_, [false for _, false in parts])


def _any(parts: list[tuple[Expr, Expr]]) -> tuple[Expr, Expr]:
    return reduce(or_, [true for true, _ in parts]), reduce(and_, [false for _, false in parts])
