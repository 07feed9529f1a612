"""Finding counts that put a quantity exactly at a target: 1 of 5 tenders for 20 %."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Final

from kpi.definitions import Formula
from kpi.examples.steps import is_counted
from kpi.formulas.evaluator import Environment, evaluate
from kpi.formulas.nodes import Expression, Name, Number, Operation, Operator, names
from kpi.quantities import finite_decimals

Point = Mapping[str, Fraction]
"""A plain number for each of several variables."""

_MULTIPLES: Final = (1, 2, 3, 4, 5, 10, 20, 50, 100, 1000)
"""How many times the smallest counts are tried until all of them are whole and the rule applies to them."""


def points(expression: Expression, target: Fraction, fixed: Point, formula: Formula) -> Iterator[tuple[str, Point]]:
    """Points at which *expression* is the *target*, the smallest counts first, each with the variable solved for.

    What is *fixed* stays. Only counts that there can be are given: whole and not negative.
    """
    free = [name for name in names(expression) if name not in fixed]
    shares = (target.denominator, abs(target.denominator - target.numerator), abs(target.numerator))
    bases = [base for base in dict.fromkeys(shares) if base]
    for multiple, base, variable in product(_MULTIPLES, bases, free):
        others = {name: Fraction(base * multiple) for name in formula.names if name not in fixed}
        found = _solved(expression, variable, target, {**others, **fixed}, formula)
        if found is not None:
            yield variable, found
    if not free and fixed.keys() >= {*formula.names} and _value(expression, fixed, formula) == target:
        yield "", fixed


def _solved(expression: Expression, variable: str, target: Fraction, base: Point, formula: Formula) -> Point | None:
    """The *base* with the number for *variable* at which the expression is the target, if it is linear in it."""
    distance = _distance(expression, target)
    at_zero, at_one = (_value(distance, {**base, variable: Fraction(number)}, formula) for number in (0, 1))
    if at_zero is None or at_one is None or at_zero == at_one:
        return None
    number = at_zero / (at_zero - at_one)
    whole = number.denominator == 1 or not is_counted(Name(variable), formula)
    writable = finite_decimals(number.denominator) is not None
    found = {**base, variable: number}
    is_there = number >= 0 and whole and writable and _value(expression, found, formula) == target
    return found if is_there else None


def _distance(expression: Expression, target: Fraction) -> Expression:
    """What is 0 where the expression is the target, without the division that a quotient ends with."""
    goal = Number(target)
    if isinstance(expression, Operation) and expression.operator is Operator.DIVIDE:
        return Operation(Operator.SUBTRACT, expression.left, Operation(Operator.MULTIPLY, goal, expression.right))
    return Operation(Operator.SUBTRACT, expression, goal)


def _value(expression: Expression, point: Point, formula: Formula) -> Fraction | None:
    found = evaluate(expression, Environment(dict(point), units=formula.units))
    return found if isinstance(found, Fraction) else None
