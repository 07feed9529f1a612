"""A check with its numbers put in: text in the language itself, so that it can be read, and read back."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce

from attrs import evolve, frozen

from kpi.evaluation.decision import Check
from kpi.evaluation.judge import Judge
from kpi.evaluation.observed import Observed, Situation
from kpi.formulas.evaluator import Undefined
from kpi.formulas.nodes import (
    Call,
    Comparator,
    Comparison,
    Definition,
    Done,
    Expression,
    Name,
    Number,
    Operation,
    Operator,
    Period,
    Reference,
    Rule,
)
from kpi.formulas.vocabulary import Vocabulary
from kpi.quantities import finite_decimals
from kpi.units import BRANCH, NUMBER, UNITS, Unit


@frozen
class Substitution:
    """Puts the numbers of a *situation* into expressions."""

    judge: Judge
    situation: Situation
    vocabulary: Vocabulary | None

    def proof(self, check: Check) -> Definition | None:
        """The check as a formula and rule without names: `34,861 persons / 181,203 persons >= 59.6%`."""
        if not isinstance(check.value, Fraction):
            return None
        if check.counted:
            return _of_branches(check)
        left = check.requirement.left
        observed = self.observed_at(check.at)
        value = self.value(left, observed)
        match check.requirement:
            case Done():
                return Definition(literal(check.value, NUMBER), Rule((Done(),)))
            case Comparison(_, comparator, right):
                if not isinstance(check.target, Fraction):
                    return None
                own = left is None or isinstance(left, Reference)
                target = self.numbers(right, observed, None if own else left)
                if own and self.judge.display.unit.is_share:
                    target = _in_unit(target, self.judge.display.unit)
                elif own and self.judge.display.unit is NUMBER and not isinstance(target, Number):
                    value = _no_share(value)
                if self.judge.display.compared == "shown" and left is None:
                    value, target = (literal(side, self.judge.display.unit) for side in (check.value, check.target))
                return Definition(value, Rule((Comparison(None, comparator, target),)))

    def observed_at(self, key: str) -> Observed:
        """What was observed now or, with a *key*, in that month or branch."""
        current = self.situation.current
        if not key:
            return current
        at_key = {
            name: given.values[key]
            for name, given in current.variables.items()
            if not isinstance(given, Fraction | Undefined) and key in given.values
        }
        return evolve(current, variables={**current.variables, **at_key}, own=None)

    def value(self, subject: Expression | None, observed: Observed) -> Expression:
        """What is compared, with its numbers: the formula, or its published value where only that is known."""
        if isinstance(subject, Reference):
            return self.reference(subject, None)
        if subject is not None:
            return self.numbers(subject, observed, subject)
        computed = self.judge.own_value(
            evolve(observed, own=None), self.judge.environment(observed, None, self.situation)
        )
        if isinstance(computed, Undefined) and isinstance(observed.own, Fraction):
            return literal(observed.own, self.judge.display.unit)
        return self.numbers(self.judge.formula, observed, None)

    def numbers(self, expression: Expression, observed: Observed, subject: Expression | None) -> Expression:
        """*expression* with every name and reference replaced by its number; what has none stays as it is."""
        match expression:
            case Name(name):
                given = observed.variables.get(name)
                return literal(given, self._unit(name)) if isinstance(given, Fraction) else expression
            case Reference():
                return self.reference(expression, subject)
            case Operation(_, left, right):
                sides = (self.numbers(side, observed, subject) for side in (left, right))
                return evolve(expression, left=next(sides), right=next(sides))
            case Call(_, arguments):
                return evolve(expression, arguments=tuple(self.numbers(part, observed, subject) for part in arguments))
            case Number():
                return expression

    def reference(self, reference: Reference, subject: Expression | None) -> Expression:
        """The number, or the numbers, that a reference stands for."""
        stated = self.judge.stated(reference, subject, self.situation)
        if stated is not None:
            return literal(stated, self.judge.display.unit)
        if (
            reference.period is Period.MEAN_OF_YEARS
            and (reference.period, reference.years) not in self.situation.others
        ):
            return self._mean(reference, subject)
        observed = self.judge.observed_elsewhere(reference, self.situation)
        return self.value(subject, observed) if observed else reference

    def _mean(self, reference: Reference, subject: Expression | None) -> Expression:
        years = self.judge.years_of_mean(reference, self.situation)
        values = [self.reference(Reference(Period.FISCAL_YEAR, year), subject) for year in years]
        total = reduce(lambda left, right: Operation(Operator.ADD, left, right), values)
        return Operation(Operator.DIVIDE, total, Number(Fraction(len(values))))

    def _unit(self, name: str) -> Unit:
        variable = self.vocabulary.variables.get(name) if self.vocabulary else None
        return variable.unit if variable else NUMBER


def _of_branches(check: Check) -> Definition | None:
    if not isinstance(check.value, Fraction) or not isinstance(check.target, Fraction):
        return None
    value, target = (literal(side, BRANCH) for side in (check.value, check.target))
    return Definition(value, Rule((Comparison(None, Comparator.EQUAL, target),)))


def _in_unit(target: Expression, unit: Unit) -> Expression:
    """*target*, in which no bare number is compared with, or added to, a share."""
    match target:
        case Number(value, None):
            return literal(value, unit)
        case Operation(Operator.ADD | Operator.SUBTRACT, left, right):
            return evolve(target, left=_in_unit(left, unit), right=_in_unit(right, unit))
        case Call(_, arguments):
            return evolve(target, arguments=tuple(_in_unit(argument, unit) for argument in arguments))
        case _:
            return target


def _no_share(value: Expression) -> Expression:
    """*value*, so written that it is not taken for a share: an unending number stands as a quotient."""
    is_quotient = isinstance(value, Operation) and value.operator is Operator.DIVIDE
    return Operation(Operator.MULTIPLY, Number(Fraction(1)), value) if is_quotient else value


def literal(number: Fraction, unit: Unit) -> Expression:
    """A plain number written in *unit*; what no decimal writes stands as a quotient, what is negative as `0 - 5`."""
    shown = number * unit.per
    decimals = finite_decimals(shown.denominator)
    name = unit.name or None
    if name and name not in UNITS and shown != 1:
        name = unit.en  # the printer knows the plurals of the standard units alone
    if shown < 0:
        return Operation(Operator.SUBTRACT, Number(Fraction(0), name), literal(-number, unit))
    if decimals is None:
        return Operation(Operator.DIVIDE, Number(Fraction(shown.numerator), name), Number(Fraction(shown.denominator)))
    return Number(shown, name, decimals=decimals)
