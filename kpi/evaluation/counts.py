"""The counts that a compared rate is made of."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from kpi.evaluation.decision import Check
from kpi.evaluation.judge import Judge
from kpi.evaluation.observed import Situation
from kpi.evaluation.substitution import Substitution
from kpi.formulas.checker import check_formula
from kpi.formulas.evaluator import evaluate
from kpi.formulas.nodes import Comparison, Expression, Number, Operation, Operator, Reference, walk
from kpi.formulas.vocabulary import Vocabulary
from kpi.source import Source
from kpi.units import NUMBER, Unit


@frozen
class Counts:
    """The numbers above and below the line of what a check compares, and the *unit* of the numerator.

    *is_rate* says whether there is a line at all; without one the denominator is 1.
    """

    numerator: Fraction
    denominator: Fraction
    unit: Unit
    is_rate: bool


def counts(check: Check, judge: Judge, situation: Situation, vocabulary: Vocabulary | None) -> Counts | None:
    """What *check* counts; None where that is no number of things, or where only a rate is known."""
    requirement = check.requirement
    if check.counted or not isinstance(requirement, Comparison):
        return None
    subject = judge.formula if requirement.left is None else requirement.left
    if isinstance(subject, Reference):
        return None
    numerator, denominator = parts(subject)
    if any(isinstance(node, Operation) and node.operator is Operator.DIVIDE for node in walk(numerator)):
        return None  # a rate of a rate counts nothing
    observed = Substitution(judge, situation, vocabulary).observed_at(check.at)
    environment = judge.environment(observed, None, situation)
    counted, size = evaluate(numerator, environment), evaluate(denominator, environment)
    unit = _unit(check, numerator, judge, vocabulary)
    if not isinstance(counted, Fraction) or not isinstance(size, Fraction) or size <= 0 or unit.is_share:
        return None
    return Counts(counted, size, unit, is_rate=numerator is not subject)


def parts(subject: Expression) -> tuple[Expression, Expression]:
    """What stands above and below the line."""
    match subject:
        case Operation(Operator.DIVIDE, numerator, denominator):
            return numerator, denominator
        case _:
            return subject, Number(Fraction(1))


def _unit(check: Check, numerator: Expression, judge: Judge, vocabulary: Vocabulary | None) -> Unit:
    """The unit of the numerator; that of the KPI where the whole formula is its numerator."""
    if check.requirement.left is None and numerator is judge.formula:
        return judge.display.unit
    measure = check_formula(numerator, Source(""), vocabulary)[0].measure
    return NUMBER if measure is None else judge.units.of_dimension(measure)
