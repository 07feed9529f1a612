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


def factors_of(number: Integer) -> Iterator[Integer]:
    """The factors of a product; a number that is none is its own."""
    match number:
        case Product(left, right):
            yield from (*factors_of(left), *factors_of(right))
        case _:
            yield number


def nodes_of(*nodes: Integer | Condition) -> Iterator[Integer | Condition]:
    """Everything that stands in expressions and conditions, in order; what several share once."""
    seen: set[int] = set()
    waiting = [*reversed(nodes)]
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen.add(id(node))
            yield node
            waiting.extend(reversed([*parts_of(node)]))


def inputs_of(*nodes: Integer | Condition) -> tuple[Input, ...]:
    """The inputs that expressions look at, each once, in order."""
    return tuple(dict.fromkeys(node for node in nodes_of(*nodes) if isinstance(node, Input)))


def divides(*nodes: Integer | Condition) -> bool:
    """Whether whole numbers are divided anywhere in expressions and conditions, as they are to be rounded."""
    return any(isinstance(node, Quotient) for node in nodes_of(*nodes))
