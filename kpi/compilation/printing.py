"""Whole-number expressions and conditions as Python text, where every input is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, assert_never

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
from kpi.formulas.nodes import Comparator

_SIGNS: Final = {Comparator.EQUAL: "=="}
_MOST_DIGITS: Final = 1_000
"""Digits up to which a number is written in decimals: Python refuses to read more than 4,300."""

Names = Mapping[Input, str]


def number_text(number: Integer, names: Names) -> str:  # noqa: PLR0911  # one for each kind of number
    """A number; *names* are the local variables that hold the inputs."""
    match number:
        case Whole(value):
            text = str(value) if abs(value) < 10**_MOST_DIGITS else hex(value)
            return text if value >= 0 else f"({text})"
        case Input():
            return names[number]
        case Sum(left, right):
            return f"({number_text(left, names)} + {number_text(right, names)})"
        case Difference(left, right):
            return f"({number_text(left, names)} - {number_text(right, names)})"
        case Product(left, right):
            return f"({number_text(left, names)} * {number_text(right, names)})"
        case Quotient(left, right):
            return f"({number_text(left, names)} // {number_text(right, names)})"
        case Choice(condition, then, otherwise):
            chosen = f"{number_text(then, names)} if {condition_text(condition, names)}"
            return f"({chosen} else {number_text(otherwise, names)})"
        case _:
            assert_never(number)


def condition_text(condition: Condition, names: Names) -> str:
    """A condition; the inputs that it looks at are there."""
    match condition:
        case Present():
            return "True"
        case Compared(left, comparator, right):
            sign = _SIGNS.get(comparator, str(comparator))
            return f"{number_text(left, names)} {sign} {number_text(right, names)}"
        case Not(Compared(left, Comparator.EQUAL, right)):
            return f"{number_text(left, names)} != {number_text(right, names)}"
        case Not(part):
            return f"not ({condition_text(part, names)})"
        case All(parts):
            return " and ".join(f"({condition_text(part, names)})" for part in parts) or "True"
        case Any(parts):
            return " or ".join(f"({condition_text(part, names)})" for part in parts) or "False"
        case _:
            assert_never(condition)


def size(*nodes: Integer | Condition) -> int:
    """How many parts the text of expressions has, those that several share counted each time."""
    known: dict[int, int] = {}

    def count(node: Integer | Condition) -> int:
        found = known.get(id(node))
        if found is None:
            found = known[id(node)] = 1 + sum(map(count, parts_of(node)))
        return found

    return sum(map(count, nodes))
