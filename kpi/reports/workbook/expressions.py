"""From whole-number programs to formulas of a spreadsheet: one walk for numbers, one for conditions.

Spreadsheets calculate with binary floats, in which whole numbers of up to fifteen digits are exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from attrs import frozen

from kpi.compilation.folding import product
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


def quoted(text: str) -> str:
    """A text as formulas write it."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


@frozen
class Expressions:
    """Prints programs; *cells* is where each input stands, *scales* by how many decimals it is moved to be whole."""

    cells: Mapping[Input, str]
    scales: Mapping[Input, int]

    def number(self, integer: Integer) -> str:  # noqa: PLR0911  # one for each kind of number
        """A number."""
        match integer:
            case Whole(value):
                return str(value)
            case Input():
                return self._input(integer)
            case Sum(left, right):
                return f"{self.number(left)}+{self.operand(right, Sum)}"
            case Difference(left, right):
                return f"{self.number(left)}-{self.operand(right, Sum, Difference)}"
            case Product(left, right):
                return f"{self.operand(left, Sum, Difference)}*{self.operand(right, Sum, Difference, Product)}"
            case Quotient(left, right):  # both sides are worked out wherever the cell is, also where the divisor is 0
                return f"INT(({self.number(left)})/MAX({self.number(right)},1))"
            case Choice(Compared(one, Comparator.BELOW, Whole(0)), then, otherwise) if (
                one == otherwise and then == product(Whole(-1), one)
            ):
                return f"ABS({self.number(one)})"
            case Choice(condition, then, otherwise):
                return f"IF({self.truth(condition)},{self.number(then)},{self.number(otherwise)})"
            case _:
                assert_never(integer)

    def truth(self, condition: Condition) -> str:  # noqa: PLR0911  # one for each kind of condition
        """A condition; where it looks at an empty cell, another part of it is false."""
        match condition:
            case Present(one):
                return f"ISNUMBER({self.cells[one]})"
            case Compared(left, comparator, right):
                return f"{self.number(left)}{comparator}{self.number(right)}"
            case All(()):
                return "TRUE"
            case Any(()):
                return "FALSE"
            case All(parts):
                return f"AND({','.join(map(self.truth, parts))})"
            case Any(parts):
                return f"OR({','.join(map(self.truth, parts))})"
            case Not(Compared(left, comparator, right)) if comparator is Comparator.EQUAL:
                return f"{self.number(left)}<>{self.number(right)}"
            case Not(part):
                return f"NOT({self.truth(part)})"
            case _:
                assert_never(condition)

    def _input(self, one: Input) -> str:
        scale = self.scales.get(one, 0)
        return f"ROUND({self.cells[one]}*{10**scale},0)" if scale else self.cells[one]

    def operand(self, integer: Integer, *looser: type[Integer]) -> str:
        """A number in brackets, where it is of one of the kinds that bind less tightly or is negative."""
        is_negative = isinstance(integer, Whole) and integer.value < 0
        return f"({self.number(integer)})" if isinstance(integer, looser) or is_negative else self.number(integer)
