"""What a program comes to for given whole numbers, as a sheet calculates it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from kpi.compilation.folding import HOLDS
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

Numbers = Mapping[Input, int | None]
"""A whole number for each input, or None where its cell is empty."""


def number(integer: Integer, numbers: Numbers) -> int:  # noqa: PLR0911  # one for each kind of number
    """A number; what is missing is 0, as an empty cell is."""
    match integer:
        case Whole(value):
            return value
        case Input():
            return numbers[integer] or 0
        case Sum(left, right):
            return number(left, numbers) + number(right, numbers)
        case Difference(left, right):
            return number(left, numbers) - number(right, numbers)
        case Product(left, right):
            return number(left, numbers) * number(right, numbers)
        case Quotient(left, right):
            return number(left, numbers) // max(number(right, numbers), 1)
        case Choice(condition, then, otherwise):
            return number(then if truth(condition, numbers) else otherwise, numbers)
        case _:
            assert_never(integer)


def truth(condition: Condition, numbers: Numbers) -> bool:
    """Whether a condition holds."""
    match condition:
        case Present(one):
            return numbers[one] is not None
        case Compared(left, comparator, right):
            return HOLDS[comparator](number(left, numbers), number(right, numbers))
        case All(parts):
            return all(truth(part, numbers) for part in parts)
        case Any(parts):
            return any(truth(part, numbers) for part in parts)
        case Not(part):
            return not truth(part, numbers)
        case _:
            assert_never(condition)
