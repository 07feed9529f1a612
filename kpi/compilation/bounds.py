"""How large the numbers of a program can become, so that it runs only where nothing overflows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, assert_never

from attrs import define, field

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
from kpi.compilation.walking import parts_of

INT64: Final = 2**63 - 1
"""The largest whole number of 64 bits with its sign."""
DECIMAL38: Final = 10**38 - 1
"""The largest number of a SQL `decimal(38, 0)`."""

Range = tuple[int, int]


def largest_number(parts: Iterable[Integer | Condition], bounds: Mapping[Input, int], *, negative: bool = True) -> int:
    """The largest absolute value in *parts* of a program or below them, where no input goes beyond its bound.

    That holds in every row, also where the program comes to no number there: an engine may work out all parts of
    every row.

    Args:
        parts: what is worked out.
        bounds: the largest absolute value of each input.
        negative: whether inputs may be negative.
    """
    ranges = _Ranges(bounds, negative=negative)
    for part in parts:
        ranges.visit(part)
    return ranges.largest


@define
class _Ranges:
    """Interval arithmetic; what several expressions share is worked out once."""

    bounds: Mapping[Input, int]
    negative: bool = field(kw_only=True)
    largest: int = 0
    known: dict[int, Range] = field(factory=dict)

    def visit(self, node: Integer | Condition) -> None:
        """Looks at everything in an expression or condition."""
        match node:
            case All() | Any() | Not() | Compared():
                if id(node) not in self.known:
                    self.known[id(node)] = 0, 0
                    for part in parts_of(node):
                        self.visit(part)
            case Present():
                return
            case _:
                self.range(node)

    def range(self, number: Integer) -> Range:
        """The smallest and the largest value."""
        found = self.known.get(id(number))
        if found is None:
            found = self.known[id(number)] = self.range_of(number)
            self.largest = max(self.largest, -found[0], found[1])
        return found

    def range_of(self, number: Integer) -> Range:  # noqa: PLR0911  # one for each kind of number
        """The range of a number seen for the first time."""
        match number:
            case Whole(value):
                return value, value
            case Input():
                bound = self.bounds[number]
                return (-bound if self.negative else 0), bound
            case Sum(left, right):
                return _span(one + other for one in self.range(left) for other in self.range(right))
            case Difference(left, right):
                return _span(one - other for one in self.range(left) for other in self.range(right))
            case Product(left, right):
                return _span(one * other for one in self.range(left) for other in self.range(right))
            case Quotient(left, right):
                divisor, (low, high) = self.range(right)[0], self.range(left)
                size = -(-max(-low, high) // max(divisor, 1))
                return -size, size  # where a divisor is negative after all, so may the quotient be
            case Choice(condition, then, otherwise):
                self.visit(condition)
                return _span((*self.range(then), *self.range(otherwise)))
            case _:
                assert_never(number)


def _span(numbers: Iterable[int]) -> Range:
    """The smallest and the largest of *numbers*."""
    found = [*numbers]
    return min(found), max(found)
