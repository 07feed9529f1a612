"""Programs of `kpi/compilation/` worked out for many rows at once, in NumPy arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Final, TypeVar, assert_never

import numpy as np
from attrs import define, field

from kpi.compilation.folding import HOLDS
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
from kpi.evaluation.decision import Verdict

if TYPE_CHECKING:
    from kpi.columns.door import Array, Floats, Truths

    Number = Array | int
    Truth = Truths | bool

Leaf = TypeVar("Leaf")
VERDICTS: Final = (*Verdict,)
"""A row's verdict is held as its place here until all are known."""
_NAN_OR_ZERO: Final = np.array([np.nan, 0.0])
"""To be added: what is not defined is NaN."""


@define
class Arithmetic:
    """Works out programs for rows whose inputs are *numbers*, zero or anything in range where they are not *present*.

    An input that is in neither has no value in any row. *kind* is the type of all numbers: of 64 bits, where nothing
    looks whether one overflows, or objects, the whole numbers of Python, which have any size.
    What several expressions share is worked out once.
    """

    numbers: Mapping[Input, Number]
    present: Mapping[Input, Truth]
    kind: type = np.int64
    known: dict[Integer | Condition, Number | Truth] = field(factory=dict)
    floats: dict[Integer, Floats | float] = field(factory=dict)

    def number(self, integer: Integer) -> Number:
        """The number in every row."""
        if isinstance(integer, Whole):
            return integer.value
        if integer not in self.known:
            self.known[integer] = self._number(integer)
        return self.known[integer]

    def truth(self, condition: Condition) -> Truth:
        """Whether the condition holds, in every row."""
        if condition not in self.known:
            self.known[condition] = self._truth(condition)
        return self.known[condition]  # type: ignore[return-value]  # conditions are no numbers

    def outcome(self, outcome: Outcome) -> Array:
        """The place of the verdict, in every row."""
        match outcome:
            case Fork(condition, then, otherwise):
                return self._forked(condition, then, otherwise, self.outcome)
            case Verdict():
                return np.array([VERDICTS.index(outcome)], np.int8)
            case _:
                assert_never(outcome)

    def figure(self, figure: Figure) -> Array:
        """A number as floats, for people: no verdict rests on them. NaN where there is none."""
        match figure:
            case Fork(condition, then, otherwise):
                return self._forked(condition, then, otherwise, self.figure)
            case Shown(ratio, per):
                defined = self.truth(ratio.defined)
                found = np.nan if defined is False else self._ratio(ratio, per, defined)
                return np.atleast_1d(found if isinstance(defined, bool) else found + _NAN_OR_ZERO.take(defined))
            case _:
                assert_never(figure)

    def _forked(self, condition: Condition, then: Leaf, otherwise: Leaf, look: Callable[[Leaf], Array]) -> Array:
        truth = self.truth(condition)
        if isinstance(truth, bool):
            return look(then if truth else otherwise)
        return _chosen(truth, look(then), look(otherwise))

    def _number(self, integer: Integer) -> Number:  # noqa: PLR0911  # one for each kind of number
        match integer:
            case Whole(value):
                return value
            case Input():
                return self.numbers.get(integer, 0)
            case Sum(left, right):
                return self.number(left) + self.number(right)
            case Difference(left, right):
                return self.number(left) - self.number(right)
            case Product(left, right):
                return self.number(left) * self.number(right)
            case Quotient(left, right):
                return self._quotient(self.number(left), self.number(right))
            case Choice(condition, then, otherwise):
                return self._choice(self.truth(condition), self.number(then), self.number(otherwise))
            case _:
                assert_never(integer)

    def _truth(self, condition: Condition) -> Truth:
        match condition:
            case Present(one):
                return self.present.get(one, False)
            case Compared(left, comparator, right):
                return HOLDS[comparator](self.number(left), self.number(right))  # type: ignore[arg-type]
            case All(parts):
                return every(map(self.truth, parts))
            case Any(parts):
                return negated(every(negated(self.truth(part)) for part in parts))
            case Not(part):
                return negated(self.truth(part))
            case _:
                assert_never(condition)

    def _choice(self, condition: Truth, then: Number, otherwise: Number) -> Number:
        if isinstance(condition, bool):
            return then if condition else otherwise
        return _chosen(condition, *(np.atleast_1d(np.asarray(number, self.kind)) for number in (then, otherwise)))

    def _quotient(self, left: Number, right: Number) -> Number:
        """Rounded down; a row without a number may have a divisor of zero, or less."""
        return left // np.maximum(right, 1)

    def _ratio(self, ratio: Ratio, per: Integer, defined: Truth) -> Floats | float:
        if self.kind is object:
            return self._exact_ratio(ratio, per, defined)
        above, times = self._float(ratio.numerator), self._float(per)
        scaled = above if per == Whole(1) else above * times
        with np.errstate(divide="ignore", invalid="ignore"):  # where it is not defined
            return scaled if ratio.denominator == Whole(1) else scaled / self._float(ratio.denominator)

    def _exact_ratio(self, ratio: Ratio, per: Integer, defined: Truth) -> Floats:
        """Each the float that is nearest to the ratio."""
        above, times, below = map(self.number, (ratio.numerator, per, ratio.denominator))
        return np.asarray(_NEAREST(above, times, below, defined), np.float64)

    def _float(self, integer: Integer) -> Floats | float:
        if integer not in self.floats:
            found = self.number(integer)
            self.floats[integer] = float(found) if isinstance(found, int) else found.astype(np.float64)
        return self.floats[integer]


def every(truths: Iterable[Truth]) -> Truth:
    """Whether all of them hold."""
    found: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is not True:
            found = truth if found is True else found & truth
    return found


def some(truths: Iterable[Truth]) -> Truth:
    """Whether one of them holds."""
    return negated(every(map(negated, truths)))


def negated(truth: Truth) -> Truth:
    """Whether it does not hold."""
    return not truth if isinstance(truth, bool) else ~truth


def _chosen(condition: Truths, then: Array, otherwise: Array) -> Array:
    """One number where a condition holds, else another.

    Both are taken for whole numbers, and one times their difference added: unlike a choice, that takes no longer
    where it cannot be foreseen what the next row chooses.
    """
    if then.dtype == object:
        return np.where(condition, then, otherwise)
    whole = np.int8 if then.dtype == np.int8 else np.int64
    one: Array = then.view(whole)
    other: Array = otherwise.view(whole)
    found: Array = (other + (one - other) * condition).view(then.dtype)
    return found


def _nearest(above: int, times: int, below: int, is_defined: bool) -> float:  # noqa: FBT001  # one row's part of an array
    """The float nearest to a ratio; NaN where there is none, or it is too large for one."""
    try:
        return above * times / below if is_defined else np.nan
    except (OverflowError, ZeroDivisionError):  # of a row that chooses another number, nothing is known
        return np.nan


_NEAREST: Final = np.frompyfunc(_nearest, 4, 1)
