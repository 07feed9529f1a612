"""The margin in whole cases: how many more were needed, or can be lost, with the denominator unchanged."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from kpi.evaluation.decision import Check, lower_is_better
from kpi.evaluation.judge import Judge, holds
from kpi.evaluation.observed import Situation
from kpi.evaluation.substitution import Substitution
from kpi.formulas.checker import check_formula
from kpi.formulas.evaluator import evaluate
from kpi.formulas.nodes import Comparator, Comparison, Expression, Number, Operation, Operator, Reference, walk
from kpi.formulas.vocabulary import Vocabulary
from kpi.quantities import Quantity
from kpi.source import Source
from kpi.units import NUMBER, Unit


def whole_cases(check: Check, judge: Judge, situation: Situation, vocabulary: Vocabulary | None) -> Quantity | None:
    """The number of whole units of the numerator by which *check* held (positive) or failed (negative)."""
    requirement, target = check.requirement, check.target
    if check.counted or not isinstance(requirement, Comparison) or not isinstance(target, Fraction):
        return None
    subject = judge.formula if requirement.left is None else requirement.left
    if isinstance(subject, Reference):
        return None
    numerator, denominator = _parts(subject)
    if any(isinstance(node, Operation) and node.operator is Operator.DIVIDE for node in walk(numerator)):
        return None  # a rate of a rate counts nothing
    observed = Substitution(judge, situation, vocabulary).observed_at(check.at)
    environment = judge.environment(observed, None, situation)
    counted, size = evaluate(numerator, environment), evaluate(denominator, environment)
    unit = _unit(check, numerator, judge, vocabulary)
    if not isinstance(counted, Fraction) or not isinstance(size, Fraction) or size <= 0 or unit.is_share:
        return None
    if requirement.comparator is Comparator.EQUAL:
        spare = 0 if check.held else -math.ceil(abs(counted - target * size))
    else:
        step = 1 if lower_is_better(requirement) else -1
        shown = judge.display.shown if requirement.left is None and judge.display.compared == "shown" else Fraction
        spare = _largest(lambda k: holds(shown((counted + step * k) / size), requirement.comparator, target) is True)
    return Quantity(Fraction(spare), unit, 0, signed=True)


def _unit(check: Check, numerator: Expression, judge: Judge, vocabulary: Vocabulary | None) -> Unit:
    """The unit of the numerator; that of the KPI where the whole formula is its numerator."""
    if check.requirement.left is None and numerator is judge.formula:
        return judge.display.unit
    measure = check_formula(numerator, Source(""), vocabulary)[0].measure
    return NUMBER if measure is None else judge.units.of_dimension(measure)


def _parts(subject: Expression) -> tuple[Expression, Expression]:
    match subject:
        case Operation(Operator.DIVIDE, numerator, denominator):
            return numerator, denominator
        case _:
            return subject, Number(Fraction(1))


def _largest(met: Callable[[int], bool]) -> int:
    """The largest whole number at which the falling condition *met* is true."""
    below, above = (0, 1) if met(0) else (-1, 0)
    while met(above):
        below, above = above, above * 2
    while not met(below):
        below, above = below * 2, below
    while above - below > 1:
        middle = (below + above) // 2
        below, above = (middle, above) if met(middle) else (below, middle)
    return below
