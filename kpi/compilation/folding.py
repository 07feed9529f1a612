"""Whole-number expressions and conditions put together, with what is known already worked out.

Programs are printed into SQL and column expressions, so nothing is left in them that a reader would strike out:
products by one, conditions that always hold, sums of constants.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from typing import Final

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
    Product,
    Quotient,
    Sum,
    Whole,
)
from kpi.formulas.nodes import Comparator

ALWAYS: Final = All(())
NEVER: Final = Any(())
ZERO: Final = Whole(0)
ONE: Final = Whole(1)

HOLDS: Final[dict[Comparator, Callable[[int, int], bool]]] = {
    Comparator.AT_LEAST: operator.ge,
    Comparator.AT_MOST: operator.le,
    Comparator.ABOVE: operator.gt,
    Comparator.BELOW: operator.lt,
    Comparator.EQUAL: operator.eq,
}
"""What each comparator asks of two whole numbers."""

_OPPOSITE: Final = {
    Comparator.AT_LEAST: Comparator.BELOW,
    Comparator.BELOW: Comparator.AT_LEAST,
    Comparator.AT_MOST: Comparator.ABOVE,
    Comparator.ABOVE: Comparator.AT_MOST,
}

# ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def total(left: Integer, right: Integer) -> Integer:
    """The sum."""
    match left, right:
        case Whole(one), Whole(other):
            return Whole(one + other)
        case Whole(0), _:
            return right
        case _, Whole(0):
            return left
        case _, Product(Whole(factor), of) if factor < 0:
            return Difference(left, product(Whole(-factor), of))
        case _:
            return Sum(left, right)


def difference(left: Integer, right: Integer) -> Integer:
    """The left number less the right one."""
    match left, right:
        case Whole(one), Whole(other):
            return Whole(one - other)
        case _, Whole(0):
            return left
        case _ if _same(left, right):
            return ZERO
        case Whole(0), _:
            return product(Whole(-1), right)
        case _:
            return Difference(left, right)


def _same(left: Integer, right: Integer) -> bool:
    """Whether two numbers are evidently the same; to compare large ones part by part takes longer than it saves."""
    return left is right or (isinstance(left, Input) and left == right)


def product(left: Integer, right: Integer) -> Integer:
    """The product, its constant in front."""
    (one, upper), (other, lower) = scaled(left), scaled(right)
    if ONE in (upper, lower):
        return _times(one * other, lower if upper == ONE else upper)
    return _times(one * other, Product(upper, lower))


def product_of(factors: Iterable[Integer]) -> Integer:
    """The product of several numbers; 1 of none."""
    found: Integer = ONE
    for factor in factors:
        found = product(found, factor)
    return found


def scaled(number: Integer) -> tuple[int, Integer]:
    """The constant factor of a number, and the rest of it."""
    match number:
        case Whole(value):
            return value, ONE
        case Product(Whole(value), rest):
            return value, rest
        case _:
            return 1, number


def _times(factor: int, number: Integer) -> Integer:
    if number == ONE or factor == 0:
        return Whole(factor)
    if factor == 1:
        return number
    match number:
        case Difference(left, right) if factor == -1:
            return Difference(right, left)
        case Difference(left, right) if 1 not in (scaled(left)[0], scaled(right)[0]):  # their factors take it in
            return Difference(product(Whole(factor), left), product(Whole(factor), right))
        case _:
            return Product(Whole(factor), number)


def quotient(left: Integer, right: Integer) -> Integer:
    """The largest whole number not above the left divided by the right, which is positive."""
    match left, right:
        case Whole(one), Whole(other):
            return Whole(one // other)
        case _, Whole(1):
            return left
        case _:
            return Quotient(left, right)


def chosen(condition: Condition, then: Integer, otherwise: Integer) -> Integer:
    """One number where the condition holds, else the other."""
    if condition == ALWAYS or then == otherwise:
        return then
    return otherwise if condition == NEVER else Choice(condition, then, otherwise)


# ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def compared(left: Integer, comparator: Comparator, right: Integer) -> Condition:
    """Whether the left number stands to the right one as the comparator says."""
    if isinstance(left, Whole) and isinstance(right, Whole):
        return ALWAYS if HOLDS[comparator](left.value, right.value) else NEVER
    if _same(left, right):
        return ALWAYS if HOLDS[comparator](0, 0) else NEVER
    return Compared(left, comparator, right)


def negation(part: Condition) -> Condition:
    """The opposite."""
    match part:
        case All(()):
            return NEVER
        case Any(()):
            return ALWAYS
        case Not(inner):
            return inner
        case Compared(left, comparator, right) if comparator in _OPPOSITE:
            return Compared(left, _OPPOSITE[comparator], right)
        case _:
            return Not(part)


def every(*parts: Condition) -> Condition:
    """Whether all parts hold; each is asked once, in order."""
    kept: list[Condition] = []
    for part in parts:
        for one in _parts(part, All):
            asked = _given(kept, one) if isinstance(one, Any) else one
            if asked == NEVER or negation(asked) in kept:
                return NEVER
            kept += (more for more in _parts(asked, All) if more not in kept)
    return kept[0] if len(kept) == 1 else All(tuple(kept))


def some(*parts: Condition) -> Condition:
    """Whether any part holds; what all parts ask alike is asked once, before them."""
    kept: list[Condition] = []
    for part in parts:
        for one in _parts(part, Any):
            # where this one is asked, those before it do not hold
            asked = every(*(more for more in _parts(one, All) if negation(more) not in kept))
            if asked == ALWAYS:
                return ALWAYS
            kept += (more for more in _parts(asked, Any) if more not in kept)
    if len(kept) < 2:  # noqa: PLR2004  # one part alone needs no `or`
        return kept[0] if kept else NEVER
    alike = [part for part in _parts(kept[0], All) if all(part in _parts(one, All) for one in kept)]
    if not alike:
        return Any(tuple(kept))
    return every(*alike, some(*(every(*(part for part in _parts(one, All) if part not in alike)) for one in kept)))


def implies(condition: Condition, other: Condition) -> bool:
    """Whether the other holds wherever the condition does, as far as their parts tell."""
    return all(part in _parts(condition, All) for part in _parts(other, All))


def _parts(condition: Condition, of: type[All | Any]) -> tuple[Condition, ...]:
    return condition.parts if isinstance(condition, of) else (condition,)


def _given(known: list[Condition], alternatives: Any) -> Condition:
    """What is left to ask of *alternatives* where all that is *known* holds."""
    if all(part not in known for one in alternatives.parts for part in _parts(one, All)):
        return alternatives
    return some(*(every(*(part for part in _parts(one, All) if part not in known)) for one in alternatives.parts))
