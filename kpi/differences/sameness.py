"""Whether two formulas give the same whatever is counted, seen by evaluating both exactly at fixed points.

At eight points every variable is a large number of its own; two formulas of practical length that differ do so at one
of these. At further points one variable is 0, or all are, for `a * b / b` is not `a` where there is no b.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import count
from typing import Final

from kpi.definitions import Formula
from kpi.formulas.evaluator import Environment, evaluate
from kpi.formulas.nodes import Expression, names
from kpi.units import UnitTable

_LARGE: Final = 8
_PRIME: Final = 1_000_003
_ROOT: Final = 2
"""A number whose powers, modulo the prime, follow no pattern that a formula could."""


def always_same(old: Expression, new: Formula) -> bool:
    """Whether an *old* expression, its variables called as the *new* ones are, gives what the new formula does."""
    if old == new.expression:
        return True
    variables = names(new.expression)
    if {*names(old)} != {*variables}:
        return False
    return all(
        _value(old, point, new.units) == _value(new.expression, point, new.units) for point in _points(variables)
    )


def _points(variables: tuple[str, ...]) -> Iterator[dict[str, Fraction]]:
    numbers = (Fraction(pow(_ROOT, exponent, _PRIME)) for exponent in count(17, 29))
    for _ in range(_LARGE):
        point = dict(zip(variables, numbers, strict=False))
        yield point
    for name in variables:
        yield {**point, name: Fraction(0)}
    yield dict.fromkeys(variables, Fraction(0))


def _value(expression: Expression, point: dict[str, Fraction], units: UnitTable) -> Fraction | None:
    """The value at a *point*; None where there is none, for whatever reason."""
    found = evaluate(expression, Environment(dict(point), units=units))
    return found if isinstance(found, Fraction) else None
