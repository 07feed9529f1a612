"""From whole-number programs to SQL: one walk for numbers, one for conditions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeVar, assert_never

from attrs import frozen

from kpi.columns.sql.dialects import Dialect
from kpi.compilation.forks import Figure, Fork, Outcome, Shown
from kpi.compilation.integers import (
    All,
    Any,
    Choice,
    Compared,
    Condition,
    Difference,
    Input,
    Integer,
    Not,
    Present,
    Product,
    Quotient,
    Sum,
    Whole,
)
from kpi.compilation.program import Ratio
from kpi.compilation.walking import factors_of
from kpi.evaluation.decision import Verdict
from kpi.formulas.nodes import Comparator

Leaf = TypeVar("Leaf")

TEXTS: Final[Mapping[Verdict, str]] = {one: f"'{one}'" for one in Verdict}
"""Verdicts as text."""


@frozen
class Expressions:
    """Prints programs about numbers of one width.

    *leaves* is the SQL of each input, null where it is missing; *kind* is the type of all numbers.
    *outcomes* is the SQL of each verdict.
    """

    dialect: Dialect
    leaves: Mapping[Input, str]
    kind: str
    outcomes: Mapping[Verdict, str] = TEXTS

    def number(self, integer: Integer) -> str:  # noqa: PLR0911  # one for each kind of number
        """A number."""
        match integer:
            case Whole(value):
                return str(value)
            case Input():
                return self.leaves[integer]
            case Sum(left, right):
                return f"{self.number(left)} + {self._operand(right, Sum)}"
            case Difference(left, right):
                return f"{self.number(left)} - {self._operand(right, Sum, Difference)}"
            case Product(left, right):
                return f"{self._operand(left, Sum, Difference)} * {self._operand(right, Sum, Difference, Product)}"
            case Quotient(left, right):
                return self._quotient(left, right)
            case Choice(Compared(Input() as one, Comparator.BELOW, Whole(0)), Product(Whole(-1), _), otherwise) if (
                one == otherwise
            ):
                return f"abs({self.number(one)})"
            case Choice(condition, then, otherwise):
                return f"CASE WHEN {self.truth(condition)} THEN {self._typed(then)} ELSE {self._typed(otherwise)} END"
            case _:
                assert_never(integer)

    def truth(self, condition: Condition) -> str:
        """A condition; where it looks at what is missing, another part of it is false."""
        match condition:
            case Present(one):
                return f"{self.leaves[one]} IS NOT NULL"
            case Compared(left, comparator, right):
                return f"{self.number(left)} {comparator} {self.number(right)}"
            case All(parts):
                return " AND ".join(self._part(part, Any) for part in parts) or "TRUE"
            case Any(parts):
                return " OR ".join(self._part(part, All) for part in parts) or "FALSE"
            case Not(Compared(left, comparator, right)) if comparator == "=":
                return f"{self.number(left)} <> {self.number(right)}"
            case Not(part):
                return f"NOT ({self.truth(part)})"
            case _:
                assert_never(condition)

    def outcome(self, outcome: Outcome) -> str:
        """The verdict."""
        match outcome:
            case Fork():
                return self._forked(outcome, self.outcome)
            case Verdict():
                return self.outcomes[outcome]
            case _:
                assert_never(outcome)

    def figure(self, figure: Figure, *, anywhere: bool = False) -> str:
        """A number as a double, for people: no verdict rests on it.

        *anywhere*: it is a product or quotient, worked out in doubles, so that it overflows in no row.
        """
        match figure:
            case Fork():
                return self._forked(figure, lambda side: self.figure(side, anywhere=anywhere))
            case Shown(ratio, per):
                return self._ratio(ratio, per, self._product if anywhere else self._double, anywhere=anywhere)
            case _:
                assert_never(figure)

    def _forked(self, fork: Fork[Leaf], look: Callable[[Fork[Leaf] | Leaf], str]) -> str:
        """One thing after the other, as long as conditions do not hold."""
        cases = list[str]()
        waiting: Fork[Leaf] | Leaf = fork
        while isinstance(waiting, Fork):
            cases.append(f"WHEN {self.truth(waiting.condition)} THEN {look(waiting.then)}")
            waiting = waiting.otherwise
        return f"CASE {' '.join(cases)} ELSE {look(waiting)} END"

    def _ratio(self, ratio: Ratio, per: Integer, double: Callable[[Integer], str], *, anywhere: bool) -> str:
        match ratio, per:
            case Ratio(Whole(above), Whole(below)), Whole(factor):
                found = f"CAST('{above * factor / below!r}' AS DOUBLE)"
            case _:
                found = double(ratio.numerator)
                if per != Whole(1):
                    found += f" * {self._operand(per, Sum, Difference, Product)}"
                if ratio.denominator != Whole(1):
                    found += f" / {double(ratio.denominator)}"
                    found += " + 0.0" if anywhere else ""  # zero divided by a negative number would be -0.0
        if ratio.defined == Any(()):
            return "CAST(NULL AS DOUBLE)"
        return found if ratio.defined == All(()) else f"CASE WHEN {self.truth(ratio.defined)} THEN {found} END"

    def _double(self, integer: Integer) -> str:
        return f"CAST({self.number(integer)} AS DOUBLE)"

    def _product(self, integer: Integer) -> str:
        factors = [self._double(factor) for factor in factors_of(integer)]
        return factors[0] if len(factors) == 1 else f"({' * '.join(factors)})"

    def _quotient(self, left: Integer, right: Integer) -> str:
        """Rounded down, where the engine cuts off; engines differ, and some fail, over a divisor of zero."""
        above, below = f"({self.number(left)})", f"NULLIF({self.number(right)}, 0)"
        return f"({above} {self.dialect.division} {below} - CASE WHEN {above} % {below} < 0 THEN 1 ELSE 0 END)"

    def _typed(self, integer: Integer) -> str:
        """A constant alone would be of a type that its products overflow."""
        return f"CAST({integer.value} AS {self.kind})" if isinstance(integer, Whole) else self.number(integer)

    def _operand(self, integer: Integer, *looser: type[Integer]) -> str:
        is_negative = isinstance(integer, Whole) and integer.value < 0
        return f"({self.number(integer)})" if isinstance(integer, looser) or is_negative else self.number(integer)

    def _part(self, condition: Condition, looser: type[Condition]) -> str:
        is_looser = isinstance(condition, looser) and len(condition.parts) > 1  # type: ignore[union-attr]  # All or Any
        return f"({self.truth(condition)})" if is_looser else self.truth(condition)
