"""From a checked tree and its inputs to one exact number, or to the reasons why there is none.

Nothing becomes 0, NaN or infinity by accident: what is missing, and every denominator of zero, is named.
Numbers are plain: 59.6 % is 0.596 in here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Literal, assert_never

from attrs import field, frozen

from kpi.formulas.nodes import Call, Expression, Function, Name, Number, Operation, Operator, Reference
from kpi.formulas.printer import canonical
from kpi.units import UNITS, UnitTable

Lack = Literal[
    "missing", "not_applicable", "zero_denominator", "several_values", "no_series",
    "redefined", "split", "not_additive", "no_verdict",
]  # fmt: skip


@frozen
class Reason:
    """One reason why there is no number: what is lacking, of what.

    Attributes:
        lack: the kind of lack.
        name: a variable, the canonical text of a reference, or the text of a denominator.
    """

    lack: Lack
    name: str


@frozen
class Undefined:
    """No number, and every reason for it."""

    reasons: tuple[Reason, ...]

    @classmethod
    def because(cls, lack: Lack, name: str) -> Undefined:
        """The one-reason case."""
        return cls((Reason(lack, name),))


Outcome = Fraction | Undefined


@frozen
class Series:
    """A value for each of several months or branches."""

    values: Mapping[str, Outcome] = field(factory=dict)


@frozen
class Environment:
    """What an expression may look at: variables, and references resolved for the compared quantity."""

    variables: Mapping[str, Outcome | Series]
    reference: Callable[[Reference], Outcome] = lambda reference: Undefined.because("missing", canonical(reference))
    units: UnitTable = UNITS


def evaluate(expression: Expression, environment: Environment) -> Outcome:
    """The exact value of *expression*."""
    match expression:
        case Number():
            return plain_value(expression, environment.units)
        case Name(name):
            return _variable(name, environment)
        case Reference():
            return environment.reference(expression)
        case Operation(operator, left, right):
            sides = evaluate(left, environment), evaluate(right, environment)
            return _operation(operator, *sides, right)
        case Call(function, arguments):
            return _call(function, [evaluate(argument, environment) for argument in arguments])
        case _:
            assert_never(expression)


def plain_value(number: Number, units: UnitTable = UNITS) -> Fraction:
    """A number with its unit's factor applied: 20 % is 1/5."""
    return number.value / units[number.unit].per if number.unit else number.value


def _variable(name: str, environment: Environment) -> Outcome:
    match environment.variables.get(name):
        case None:
            return Undefined.because("missing", name)
        case Series():
            return Undefined.because("several_values", name)
        case outcome:
            return outcome


def _operation(operator: Operator, left: Outcome, right: Outcome, denominator: Expression) -> Outcome:
    if isinstance(left, Undefined) or isinstance(right, Undefined):
        return _all_reasons([left, right])
    match operator:
        case Operator.ADD:
            return left + right
        case Operator.SUBTRACT:
            return left - right
        case Operator.MULTIPLY:
            return left * right
        case Operator.DIVIDE:
            return left / right if right else Undefined.because("zero_denominator", canonical(denominator))
        case _:
            assert_never(operator)


def _call(function: Function, arguments: list[Outcome]) -> Outcome:
    numbers = [argument for argument in arguments if isinstance(argument, Fraction)]
    if len(numbers) < len(arguments):
        return _all_reasons(arguments)
    match function:
        case Function.MAX:
            return max(numbers)
        case Function.MIN:
            return min(numbers)
        case _:
            assert_never(function)


def _all_reasons(outcomes: list[Outcome]) -> Undefined:
    reasons = [reason for outcome in outcomes if isinstance(outcome, Undefined) for reason in outcome.reasons]
    return Undefined(tuple(dict.fromkeys(reasons)))
