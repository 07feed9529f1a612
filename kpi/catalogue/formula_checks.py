"""Checks of a KPI's formula: that its value depends on the data, and is not made a percentage twice.

Whether a formula depends on the data is seen by evaluating it exactly at a few fixed values of its variables.
They are primes, so that no sum or product of some equals another by accident.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final

from kpi.definitions import Formula
from kpi.definitions.formula import is_quotient
from kpi.evaluation.display import Display
from kpi.formulas.evaluator import Environment, Outcome, evaluate
from kpi.formulas.nodes import Expression, Name, Node, Number, Operation, Operator, children, names, walk
from kpi.formulas.printer import canonical, number_text
from kpi.problems import Problem
from kpi.source import Source

_PRIMES: Final = (7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101)
_STRIDES: Final = (1, 2, 5, len(_PRIMES) - 1)
"""How far apart in the primes the values of two variables lie: once in every order, so that `max` cannot hide one."""


def values(formula: Formula) -> tuple[Outcome, ...]:
    """The formula's values at the fixed points; none where it has more variables than there are primes."""
    return _values(formula.expression, formula)


def depends_on_data(formula: Formula, source: Source) -> Iterator[Problem]:
    """The value of a formula changes with what is counted."""
    if _is_plain(formula.expression):
        return
    found = set(values(formula))
    value = next(iter(found)) if len(found) == 1 else None
    if not isinstance(value, Fraction):
        return
    shown = str(Display(formula.unit, 0).quantity(value)) if value * formula.unit.per % 1 == 0 else str(value)
    if is_quotient(formula.expression) and formula.denominator is not None and names(formula.expression):
        facts = {"above": canonical(formula.numerator), "below": canonical(formula.denominator), "value": shown}
        yield Problem("same-parts", source, formula.denominator.span, facts)
    else:
        yield Problem("constant-formula", source, formula.expression.span, {"value": shown})


def divides(formula: Formula, source: Source) -> Iterator[Problem]:
    """No denominator is 0 whatever is counted."""
    for node in () if _is_plain(formula.expression) else walk(formula.expression):
        if isinstance(node, Operation) and node.operator is Operator.DIVIDE and {*_values(node.right, formula)} == {0}:
            yield Problem("zero-denominator", source, node.right.span, {"below": canonical(node.right)})


def percent_once(formula: Formula, source: Source) -> Iterator[Problem]:
    """A share whose unit is % is not multiplied by 100 as well, nor divided."""
    if not formula.unit.is_share:
        return
    for node in walk(formula.expression):
        if not isinstance(node, Operation) or node.operator not in (Operator.MULTIPLY, Operator.DIVIDE):
            continue
        for side in (node.left, node.right):
            if isinstance(side, Number) and side.unit is None and side.value == formula.unit.per:
                yield Problem(
                    "percent-twice", source, side.span, {"number": number_text(side), "unit": formula.unit.name}
                )


def terms_once(formula: Formula, source: Source) -> Iterator[Problem]:
    """A sum holds each of its terms once."""
    inner = {id(child) for node in walk(formula.expression) if _is_sum(node) for child in children(node)}
    for node in walk(formula.expression):
        if isinstance(node, Operation) and _is_sum(node) and id(node) not in inner:
            seen: list[Expression] = []
            for term in _terms(node):
                if term in seen:
                    yield Problem("term-again", source, term.span, {"term": canonical(term)})
                seen.append(term)


FORMULA_CHECKS: Final[tuple[Callable[[Formula, Source], Iterator[Problem]], ...]] = (
    depends_on_data,
    divides,
    percent_once,
    terms_once,
)


def _is_plain(expression: Expression) -> bool:
    """Whether it joins variables alone, each once; nothing can cancel out."""
    leaves = [node for node in walk(expression) if not isinstance(node, Operation)]
    return all(isinstance(leaf, Name) for leaf in leaves) and len(leaves) == len(set(leaves))


def _is_sum(node: Node) -> bool:
    return isinstance(node, Operation) and node.operator in (Operator.ADD, Operator.SUBTRACT)


def _terms(expression: Expression) -> Iterator[Expression]:
    """What a chain of additions and subtractions joins."""
    if isinstance(expression, Operation) and _is_sum(expression):
        yield from _terms(expression.left)
        yield from _terms(expression.right)
    else:
        yield expression


def _values(expression: Expression, formula: Formula) -> tuple[Outcome, ...]:
    known = sorted(names(formula.expression))
    if len(known) > len(_PRIMES):
        return ()
    found = []
    for start, stride in enumerate(_STRIDES):
        points = (Fraction(_PRIMES[(start + stride * place) % len(_PRIMES)]) for place in range(len(known)))
        found.append(evaluate(expression, Environment(dict(zip(known, points, strict=True)), units=formula.units)))
    return tuple(found)
