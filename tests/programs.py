"""Running whole-number programs in plain Python, one row at a time."""

from __future__ import annotations

from fractions import Fraction

from kpi.compilation.folding import HOLDS
from kpi.compilation.integers import (
    All,
    Any,
    Choice,
    Compared,
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
from kpi.compilation.walking import nodes_of


def number(node, row):  # noqa: PLR0911  # one for each kind of number
    """The value of an integer expression for a *row* of values by input."""
    match node:
        case Whole(value):
            return value
        case Input():
            return row[node]
        case Sum(left, right):
            return number(left, row) + number(right, row)
        case Difference(left, right):
            return number(left, row) - number(right, row)
        case Product(left, right):
            return number(left, row) * number(right, row)
        case Quotient(left, right):
            divisor = number(right, row)
            assert divisor > 0
            return number(left, row) // divisor
        case Choice(condition, then, otherwise):
            return number(then if truth(condition, row) else otherwise, row)


def truth(node, row):
    """Whether a condition holds; what is asked later is not looked at where the answer is known."""
    match node:
        case Present(one):
            return row.get(one) is not None
        case Compared(left, comparator, right):
            return HOLDS[comparator](number(left, row), number(right, row))
        case All(parts):
            return all(truth(part, row) for part in parts)
        case Any(parts):
            return any(truth(part, row) for part in parts)
        case Not(part):
            return not truth(part, row)


def ratio(found, row, per=1):
    """An exact fraction times *per*, or None where it is not defined."""
    if not truth(found.defined, row):
        return None
    denominator = number(found.denominator, row)
    assert denominator > 0
    return Fraction(number(found.numerator, row) * per, denominator)


def run(program, row):
    """The verdict with value, target and margin in the unit in which they are shown."""
    verdict = next(verdict for condition, verdict in program.outcomes if truth(condition, row))
    ratios = (program.value, program.target, program.margin)
    return verdict, *(
        ratio(found, row, number(program.per, row) if truth(found.defined, row) else 1) for found in ratios
    )


def numbers(parts, row):
    """The values of all integer expressions in *parts*, as an engine works them out that asks no condition first."""
    for node in nodes_of(*parts):
        if isinstance(node, Integer):
            try:
                yield number(node, row)
            except (AssertionError, ZeroDivisionError):  # a divisor that is not positive, in a row without a number
                continue
