"""The numbers that a quantity can take at all: what is counted is whole and never negative, a share is at most 100 %.

Nothing is claimed that the units do not show. Amounts of money and points may be balances below zero, amounts and
durations may be means and thus fractions, and of a KPI of the kind `ratio` no share has an upper bound.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Final, assert_never

from attrs import evolve, frozen

from kpi.catalogue.intervals import Interval
from kpi.definitions import Formula
from kpi.formulas.evaluator import plain_value
from kpi.formulas.nodes import (
    Aggregate,
    Call,
    Comparator,
    Comparison,
    Expression,
    Function,
    Name,
    Number,
    Operation,
    Operator,
    Reference,
    Summary,
)
from kpi.units import SHARES, Dimension, Unit

_ANY: Final = Interval()
_SHARE: Final = Interval(Fraction(0), Fraction(1))
_NOT_NEGATIVE: Final = Interval(Fraction(0))
_COUNT: Final = Interval(Fraction(0), whole=True)
_RANK: Final = Interval(Fraction(1), whole=True)

_BALANCES: Final = frozenset({"yen", "point"})
_DURATIONS: Final = frozenset({"minute", "hour", "day", "business_day", "month", "year"})


@frozen(slots=False, eq=False, repr=False)
class Ranges:
    """The ranges of the quantities that a KPI's *formula* and rule look at."""

    formula: Formula
    is_ratio: bool = False

    def of(self, quantity: Expression | None) -> Interval:
        """The range of what a comparison has on its left; None and references are the KPI itself."""
        if quantity is None or isinstance(quantity, Reference):
            return self._own
        return self._of(quantity, _ANY)

    def of_target(self, comparison: Comparison) -> Interval:
        """The range of a target, in which a reference has the range of what is compared."""
        return self._of(comparison.right, self.of(comparison.left))

    @cached_property
    def _own(self) -> Interval:
        return self._of(self.formula.expression, _ANY)

    def _of(self, expression: Expression, subject: Interval) -> Interval:
        match expression:
            case Name(name):
                found = self._of_variable(name)
                is_mean = isinstance(expression, Aggregate) and expression.summary is Summary.MEAN
                return evolve(found, whole=False) if is_mean else found
            case Reference():
                return evolve(subject, whole=False)  # a mean of whole numbers need not be one
            case Operation(operator, left, right):
                if operator is Operator.DIVIDE and self._is_part(left, right):
                    return _NOT_NEGATIVE if self.is_ratio else _SHARE
                return _combined(operator, self._of(left, subject), self._of(right, subject))
            case Call(function, arguments):
                return _called(function, [self._of(argument, subject) for argument in arguments])
            case Number():
                return _point(plain_value(expression, self.formula.units))
            case _:
                assert_never(expression)

    def _of_variable(self, name: str) -> Interval:
        unit = self._unit(name)
        if unit in SHARES:
            return _ANY if self.is_ratio else _SHARE
        bases = [base for base, _ in unit.dimension or ()] if unit else []
        if unit is None or not bases or not _BALANCES.isdisjoint(bases):
            return _ANY
        if unit.dimension != ((unit.name, 1),) or unit.name in _DURATIONS:
            return _NOT_NEGATIVE
        return _RANK if unit.name == "rank" else _COUNT

    def _is_part(self, above: Expression, below: Expression) -> bool:
        """Whether *above* is taken as a part of *below*: a sum of different things of the same unit.

        It is none where it holds all that is added below, as (a + b) / a does, nor where it is taken from it: a / (b - a).
        """
        terms, whole = _terms(above), _terms(below)
        added = {name for name, sign in whole if sign > 0}
        parts = {name for name, _ in terms}
        if not terms or not whole or parts >= added or not parts.isdisjoint(name for name, sign in whole if sign < 0):
            return False
        if len(parts) < len(terms) or any(sign < 0 for _, sign in terms):
            return False
        dimensions = {self._dimension(name) for name, _ in (*terms, *whole)}
        return len(dimensions) == 1 and dimensions.isdisjoint({None, ()})

    def _dimension(self, name: str) -> Dimension | None:
        unit = self._unit(name)
        return unit.dimension if unit else None

    def _unit(self, name: str) -> Unit | None:
        variable = self.formula.vocabulary.find(name) if self.formula.vocabulary else None
        return variable.unit if variable else None


def can_hold(value: Interval, comparator: Comparator, target: Interval) -> bool:
    """Whether some number of *value* stands to some target as the comparator says."""
    match comparator:
        case Comparator.AT_LEAST | Comparator.ABOVE:
            return _exceeds(value.high, target.low, strictly=comparator is Comparator.ABOVE)
        case Comparator.AT_MOST | Comparator.BELOW:
            return _exceeds(target.high, value.low, strictly=comparator is Comparator.BELOW)
        case _:
            return not value.meet(target).is_empty


def always_holds(value: Interval, comparator: Comparator, target: Interval) -> bool:
    """Whether every number of *value* stands to every target as the comparator says."""
    match comparator:
        case Comparator.AT_LEAST | Comparator.ABOVE:
            return _bounds(value.low, target.high, strictly=comparator is Comparator.ABOVE)
        case Comparator.AT_MOST | Comparator.BELOW:
            return _bounds(target.low, value.high, strictly=comparator is Comparator.BELOW)
        case _:
            return value.only is not None and value.only == target.only


def _exceeds(most: Fraction | None, least: Fraction | None, *, strictly: bool) -> bool:
    """Whether a number of one range can be as large as one of another, or larger; None is no bound."""
    return most is None or least is None or most > least or (most == least and not strictly)


def _bounds(least: Fraction | None, most: Fraction | None, *, strictly: bool) -> bool:
    """Whether each number of one range is as large as any of another, or larger; None is no bound."""
    return least is not None and most is not None and (least > most or (least == most and not strictly))


def _terms(expression: Expression, sign: int = 1) -> tuple[tuple[str, int], ...]:
    """The variables that a sum consists of, each with its sign; none where it is no sum of variables."""
    match expression:
        case Name(name):
            return ((name, sign),)
        case Operation(Operator.ADD | Operator.SUBTRACT as operator, left, right):
            first, second = _terms(left, sign), _terms(right, sign if operator is Operator.ADD else -sign)
            return (*first, *second) if first and second else ()
        case _:
            return ()


def _combined(operator: Operator, left: Interval, right: Interval) -> Interval:
    whole = left.whole and right.whole
    match operator:
        case Operator.ADD:
            return Interval(_sum(left.low, right.low), _sum(left.high, right.high), whole=whole)
        case Operator.SUBTRACT:
            return _combined(Operator.ADD, left, _times(right, Fraction(-1)))
        case Operator.MULTIPLY:
            factor = left.only if left.only is not None else right.only
            if factor is not None:
                return _times(right if left.only is not None else left, factor)
        case Operator.DIVIDE:
            if right.only:
                return _times(left, 1 / right.only)
        case _:
            assert_never(operator)
    if not _is_positive(left) or not _is_positive(right):
        return _ANY
    return Interval(Fraction(0), whole=whole and operator is Operator.MULTIPLY)


def _called(function: Function, arguments: list[Interval]) -> Interval:
    lows, highs = [argument.low for argument in arguments], [argument.high for argument in arguments]
    known_lows, known_highs = [low for low in lows if low is not None], [high for high in highs if high is not None]
    match function:
        case Function.MAX:
            return Interval(max(known_lows, default=None), None if None in highs else max(known_highs))
        case Function.MIN:
            return Interval(None if None in lows else min(known_lows), min(known_highs, default=None))
        case _:
            assert_never(function)


def _times(interval: Interval, factor: Fraction) -> Interval:
    low, high = (None if end is None else end * factor for end in (interval.low, interval.high))
    if factor < 0:
        low, high = high, low
    return Interval(low, high, whole=interval.whole and factor.denominator == 1) if factor else _point(factor)


def _point(number: Fraction) -> Interval:
    return Interval(number, number, whole=number.denominator == 1)


def _sum(left: Fraction | None, right: Fraction | None) -> Fraction | None:
    return None if left is None or right is None else left + right


def _is_positive(interval: Interval) -> bool:
    return interval.low is not None and interval.low >= 0
