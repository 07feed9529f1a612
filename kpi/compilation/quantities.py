"""The numbers that a rule looks at, as exact fractions over inputs: variables, the KPI's own value, references."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final, Protocol, assert_never

from attrs import define, evolve, field

from kpi.compilation.folding import ALWAYS, NEVER, every, negation
from kpi.compilation.integers import Condition, Input, Integer, Present
from kpi.compilation.terms import Term, constant, either, given, minus, over, plus, rounded, stands, times
from kpi.errors import KpiError
from kpi.evaluation.display import Compared
from kpi.evaluation.judge import stated_for
from kpi.evaluation.observed import Other
from kpi.formulas.evaluator import plain_value
from kpi.formulas.nodes import (
    Call,
    Comparator,
    Expression,
    Function,
    Name,
    Number,
    Operation,
    Operator,
    Period,
    Reference,
    Rule,
    names,
    walk,
)
from kpi.formulas.vocabulary import Vocabulary
from kpi.quantities import Rounding
from kpi.units import NUMBER, UNITS, Unit, UnitTable

HERE: Final = None
_BASELINE: Final = Input("", is_stated=True)


class Declared(Protocol):
    """What a KPI declares about its numbers."""

    @property
    def decimals(self) -> int | None:
        """Decimals shown."""

    @property
    def rounding(self) -> Rounding:
        """How they are rounded."""

    @property
    def compared(self) -> Compared:
        """Whether the exact or the shown number is compared."""


class Decided(Protocol):
    """A checked formula with its rule."""

    @property
    def expression(self) -> Expression:
        """The formula."""

    @property
    def rule(self) -> Rule | None:
        """Its rule."""

    @property
    def unit(self) -> Unit:
        """The unit of its value."""

    @property
    def style(self) -> Declared:
        """How its value is shown."""

    @property
    def vocabulary(self) -> Vocabulary | None:
        """The variables it may use."""


@define
class Quantities:
    """Lowers expressions; *positive* collects the denominators that are taken to be positive.

    A place is another time or organisation as `kpi.evaluation.observed.Other` names it, None: here and now.
    """

    decided: Decided
    scales: Mapping[Input, int]
    presence: Mapping[Input, bool]
    signed: bool = field(kw_only=True)
    positive: list[Integer] = field(factory=list)

    @property
    def units(self) -> UnitTable:
        """The units that numbers are written in."""
        return self.decided.vocabulary.units if self.decided.vocabulary else UNITS

    @property
    def own_per(self) -> int:
        """How many of the KPI's unit make one plain number."""
        return self.decided.unit.per

    def own(self, place: Other | None = HERE) -> Term:
        """The KPI's value: from its variables, or as published where those are missing."""
        formula = self.decided.expression
        computed = self.expression(formula, None, place)
        complete = every(*(self.present(Input(name, *(place or ()))) for name in names(formula)))
        published = self.in_own_unit(Input("", *(place or ())))
        for part in walk(formula):
            if isinstance(part, Operation) and {*names(part)} != {*names(formula)}:  # the others need all that is named
                published = published.where(negation(self.divides_by_zero(part, place)))
        return either(complete, computed, published)

    def divides_by_zero(self, operation: Operation, place: Other | None) -> Condition:
        """Whether the sides of a quotient are there, and the lower one is zero."""
        if operation.operator is not Operator.DIVIDE:
            return NEVER
        left, right = self.expression(operation.left, None, place), self.expression(operation.right, None, place)
        return every(left.defined, right.defined, stands(right, Comparator.EQUAL, constant(Fraction(0))))

    def expression(self, expression: Expression, subject: Expression | None, place: Other | None = HERE) -> Term:
        """An expression whose references are to *subject*, or to the KPI's own formula where there is none."""
        match expression:
            case Number():
                return constant(plain_value(expression, self.units))
            case Name(name):
                return self.variable(name, place)
            case Reference():
                return self.reference(expression, subject)
            case Operation(operator, left, right):
                return self.operation(
                    operator, self.expression(left, subject, place), self.expression(right, subject, place)
                )
            case Call(function, arguments):
                first, *others = (self.expression(argument, subject, place) for argument in arguments)
                for other in others:
                    first = _extreme(function, first, other)
                return first
            case _:
                assert_never(expression)

    def operation(self, operator: Operator, left: Term, right: Term) -> Term:
        """Two numbers joined."""
        match operator:
            case Operator.ADD:
                return plus(left, right)
            case Operator.SUBTRACT:
                return minus(left, right)
            case Operator.MULTIPLY:
                return times(left, right)
            case Operator.DIVIDE:
                if not self.signed:
                    self.positive += (one for one in right.above if one not in self.positive)
                return over(left, right, signed=self.signed)
            case _:
                assert_never(operator)

    def reference(self, reference: Reference, subject: Expression | None) -> Term:
        """The compared quantity at another time or place: as stated where a plan states it, else from the data."""
        if reference.stated is not None:
            found = constant(plain_value(reference.stated, self.units))
        else:
            found = self.from_data(reference, subject)
        if subject is None and reference.period in stated_for(self.decided.rule):
            return either(self.present(_BASELINE), self.in_own_unit(_BASELINE), found)
        return found

    def from_data(self, reference: Reference, subject: Expression | None) -> Term:
        """The compared quantity at another time or place, computed from what was observed there."""
        if reference.period is not Period.MEAN_OF_YEARS:
            return self.at((reference.period, reference.years), subject)
        years = reference.years or 1
        found = self.at((Period.PRIOR_YEAR, None), subject)
        for back in range(2, years + 1):
            found = plus(found, self.at((Period.MEAN_OF_YEARS, back), subject))
        return times(constant(Fraction(1, years)), found)

    def at(self, place: Other, subject: Expression | None) -> Term:
        """The compared quantity at one place."""
        return self.own(place) if subject is None else self.expression(subject, None, place)

    def variable(self, name: str, place: Other | None) -> Term:
        """A variable's value."""
        one = Input(name, *(place or ()))
        return given(one, self.unit_of(name).per * 10 ** self.scales.get(one, 0), self.present(one))

    def in_own_unit(self, one: Input) -> Term:
        """An input that is in the KPI's unit."""
        return given(one, self.decided.unit.per * 10 ** self.scales.get(one, 0), self.present(one))

    def present(self, one: Input) -> Condition:
        """Whether an input has a value; a branch target is given as a value, never as variables."""
        if one.name and one.period is Period.BRANCH_TARGET:
            return NEVER
        known = self.presence.get(one)
        return Present(one) if known is None else ALWAYS if known else NEVER

    def shown(self, term: Term) -> Term:
        """The number after rounding as displayed.

        Raises:
            KpiError: the decimals follow from the data.
        """
        decimals, rounding = self.decided.style.decimals, self.decided.style.rounding
        if decimals is None:
            raise KpiError("the rule compares the value as shown, and how many decimals are shown is not declared")
        return rounded(term, self.decided.unit.per, decimals, rounding)

    def unit_of(self, name: str) -> Unit:
        """The unit in which a bare number for a variable is."""
        vocabulary = self.decided.vocabulary
        if vocabulary is None:
            formula = self.decided.expression
            is_own = isinstance(formula, Name) and formula.name == name and self.decided.unit.is_share
            return self.decided.unit if is_own else NUMBER
        variable = vocabulary.find(name)
        return variable.unit if variable else NUMBER


def _extreme(function: Function, one: Term, other: Term) -> Term:
    """The larger or smaller of two numbers, defined where both are."""
    comparator = Comparator.AT_LEAST if function is Function.MAX else Comparator.AT_MOST
    defined = every(one.defined, other.defined)
    return either(stands(one, comparator, other), evolve(one, defined=defined), evolve(other, defined=defined))
