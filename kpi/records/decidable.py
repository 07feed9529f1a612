"""KPIs as programs over whole numbers that a query works out, and how large its numbers may be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from attrs import frozen

from kpi.columns.asked import Asked
from kpi.columns.questions import elsewhere, inputs_of
from kpi.compilation.bounds import largest_number
from kpi.compilation.forks import Answers
from kpi.compilation.integers import Condition, Input, Integer, Product, Sum, Whole
from kpi.compilation.lowering import lower
from kpi.compilation.program import Program
from kpi.compilation.walking import divides
from kpi.compilation.walking import inputs_of as inputs_in
from kpi.errors import RecordsError
from kpi.evaluation.observed import plain_value
from kpi.formulas.nodes import Period
from kpi.quantities import finite_decimals
from kpi.records.numbers import LARGEST, Width

_BASELINE: Final = Input("", is_stated=True)


@frozen
class Decidable:
    """One KPI with its rule, as a program over whole numbers.

    *stated* is last year's value as the plan states it, as a whole number of as many decimals as the program takes it to
    have.
    """

    asked: Asked
    program: Program
    answers: Answers
    stated: int | None = None

    @classmethod
    def of(cls, one: Asked) -> Decidable:
        """The program of a KPI.

        Published values of the KPI itself and branch targets are in no table, so they are missing.
        """
        stated = _stated(one)
        scales = {} if stated is None else {_BASELINE: stated[1]}
        known = {
            found: found.is_stated and stated is not None
            for found in inputs_of(one)
            if not found.name or found.period is Period.BRANCH_TARGET or _is_incomparable(one, found)
        }
        program = lower(one.formula, scales=scales, presence=known)
        if not all(map(_is_positive, program.positive)):
            program = lower(one.formula, scales=scales, presence=known, signed=True)
        return cls(one, program, Answers.of(program, program.ratios), None if stated is None else stated[0])

    def bound(self, largest: int) -> int:
        """How far from zero inputs may be so that nothing is larger than *largest*, to a power of ten; 0: nowhere."""
        inputs = self.program.inputs or inputs_in(self.program.value.numerator)
        bound = LARGEST
        while bound and self._reached(inputs, bound) > largest:
            bound //= 10
        return bound

    def _reached(self, inputs: Iterable[Input], bound: int) -> int:
        bounds = {one: abs(self.stated) if one.is_stated and self.stated is not None else bound for one in inputs}
        return largest_number(self.parts, bounds)

    @property
    def parts(self) -> list[Integer | Condition]:
        """All that a query works out."""
        return [*self.answers.parts, *self.program.positive]


def bounds(ones: Iterable[Decidable], width: Width) -> dict[str, int]:
    """How large each number that KPIs look at may be so that nothing that is worked out of it is too large for an engine.

    Raises:
        RecordsError: a constant alone is.
    """
    found: dict[str, int] = {}
    for one in ones:
        limits = [width.largest, width.largest_quotient if divides(*one.parts) else None]
        bound = min((one.bound(largest) for largest in limits if largest), default=LARGEST)
        if not bound:
            raise RecordsError(f"the constants of a rule are too large for {width.name}")
        for each in one.program.inputs:
            found[each.name] = min(bound, found.get(each.name, LARGEST))
    return found


def _is_incomparable(one: Asked, found: Input) -> bool:
    """Whether an input lies in a year, named by the rule, in which the KPI was defined otherwise."""
    named, since = elsewhere(found).year, one.comparable_from
    return named is not None and since is not None and named < since.year


def _is_positive(number: Integer) -> bool:
    """Whether a number that is made of numbers that are not negative is none either."""
    match number:
        case Input():
            return True
        case Whole(value):
            return value >= 0
        case Sum(left, right) | Product(left, right):
            return _is_positive(left) and _is_positive(right)
        case _:
            return False


def _stated(one: Asked) -> tuple[int, int] | None:
    """Last year's stated value as a whole number, and its decimals."""
    if one.baseline is None:
        return None
    formula = one.formula
    value = plain_value("baseline", one.baseline, formula.unit, formula.vocabulary)
    if not hasattr(value, "denominator"):
        return None
    number = value * formula.unit.per  # type: ignore[operator]  # a number, as asked just before
    decimals = finite_decimals(number.denominator)
    return None if decimals is None else (int(number * 10**decimals), decimals)
