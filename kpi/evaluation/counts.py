"""The counts that a compared rate is made of."""

from __future__ import annotations

import math
from fractions import Fraction

from attrs import frozen

from kpi.evaluation.decision import Check
from kpi.evaluation.judge import Judge
from kpi.evaluation.observed import Situation
from kpi.evaluation.substitution import Substitution
from kpi.formulas.checker import check_formula
from kpi.formulas.evaluator import evaluate, plain_value
from kpi.formulas.nodes import Comparison, Expression, Number, Operation, Operator, Reference, walk
from kpi.formulas.vocabulary import Vocabulary
from kpi.source import Source
from kpi.units import NUMBER, Unit


@frozen
class Counts:
    """The numbers above and below the line of what a check compares, and the *unit* of the numerator.

    *is_rate* says whether there is a line at all; without one the denominator is 1.
    *each* is what the numerator is multiplied by: 1,000 in a rate per thousand.
    """

    numerator: Fraction
    denominator: Fraction
    unit: Unit
    is_rate: bool
    each: Fraction = Fraction(1)

    def value(self, more: int) -> Fraction:
        """The compared value with *more* (or, where negative, fewer) units of the numerator."""
        return self.each * (self.numerator + more) / self.denominator


def counts(check: Check, judge: Judge, situation: Situation, vocabulary: Vocabulary | None) -> Counts | None:
    """What *check* counts; None where that is no number of things, or where only a rate is known."""
    requirement = check.requirement
    if check.counted or not isinstance(requirement, Comparison):
        return None
    subject = judge.formula if requirement.left is None else requirement.left
    if isinstance(subject, Reference):
        return None
    above, denominator = parts(subject)
    numerator, factors = _counted(above)
    if any(isinstance(node, Operation) and node.operator is Operator.DIVIDE for node in walk(numerator)):
        return None  # a rate of a rate counts nothing
    observed = Substitution(judge, situation, vocabulary).observed_at(check.at)
    environment = judge.environment(observed, None, situation)
    counted, size = evaluate(numerator, environment), evaluate(denominator, environment)
    unit = _unit(check, numerator, judge, vocabulary)
    each = math.prod((plain_value(factor, judge.units) for factor in factors), start=Fraction(1))
    if not isinstance(counted, Fraction) or not isinstance(size, Fraction) or size <= 0 or unit.is_share or not each:
        return None
    return Counts(counted, size, unit, is_rate=above is not subject, each=each)


def parts(subject: Expression) -> tuple[Expression, Expression]:
    """What stands above and below the line."""
    match subject:
        case Operation(Operator.DIVIDE, numerator, denominator):
            return numerator, denominator
        case _:
            return subject, Number(Fraction(1))


def _counted(above: Expression) -> tuple[Expression, tuple[Number, ...]]:
    """What is counted above the line, and by what it is multiplied: `1,000 * infections`, `100,000 persons * deaths`.

    A factor such as 10 yen/point is none of these: it makes points an amount, which is then what is counted.
    """
    match above:
        case Operation(Operator.MULTIPLY, Number() as factor, counted) if "/" not in (factor.unit or ""):
            inner, factors = _counted(counted)
            return inner, (factor, *factors)
        case Operation(Operator.MULTIPLY, counted, Number() as factor) if "/" not in (factor.unit or ""):
            inner, factors = _counted(counted)
            return inner, (*factors, factor)
        case _:
            return above, ()


def _unit(check: Check, numerator: Expression, judge: Judge, vocabulary: Vocabulary | None) -> Unit:
    """The unit of the numerator; that of the KPI where the whole formula is its numerator."""
    if check.requirement.left is None and numerator is judge.formula:
        return judge.display.unit
    measure = check_formula(numerator, Source(""), vocabulary)[0].measure
    return NUMBER if measure is None else judge.units.of_dimension(measure)
