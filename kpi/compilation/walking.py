"""What stands in whole-number expressions and conditions."""

from __future__ import annotations

from collections.abc import Iterator

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
from kpi.compilation.program import Program


def parts_of(node: Integer | Condition) -> Iterator[Integer | Condition]:
    """The expressions and conditions directly below one, in order."""
    match node:
        case Sum(left, right) | Difference(left, right) | Product(left, right) | Quotient(left, right):
            yield from (left, right)
        case Compared(left, _, right):
            yield from (left, right)
        case Choice(condition, then, otherwise):
            yield from (condition, then, otherwise)
        case All(parts) | Any(parts):
            yield from parts
        case Not(part):
            yield part
        case Present(one):
            yield one
        case Whole() | Input():
            return


def inputs_of(*nodes: Integer | Condition) -> tuple[Input, ...]:
    """The inputs that expressions look at, each once, in order."""
    found: dict[Input, None] = {}
    seen: set[int] = set()  # shared parts are walked once
    waiting = [*reversed(nodes)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Input):
            found[node] = None
        elif id(node) not in seen:
            seen.add(id(node))
            waiting.extend(reversed([*parts_of(node)]))
    return tuple(found)


def divides(program: Program) -> bool:
    """Whether a program divides whole numbers anywhere, as it does to round them."""
    waiting: list[Integer | Condition] = [program.per, *(condition for condition, _ in program.outcomes)]
    for ratio in (program.value, program.target, program.margin):
        waiting += (ratio.numerator, ratio.denominator, ratio.defined)
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, Quotient):
            return True
        if id(node) not in seen:
            seen.add(id(node))
            waiting += parts_of(node)
    return False
