"""What one question is given: numbers that rows see, and constants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from kpi.columns.arrays.arithmetic import every, some
from kpi.compilation.integers import Input
from kpi.quantities import Value, finite_decimals

if TYPE_CHECKING:
    from kpi.columns.arrays.arithmetic import Number, Truth
    from kpi.columns.arrays.cells import Chosen, Seen
    from kpi.columns.door import Integers
    from kpi.columns.questions import Cell, Question
    from kpi.definitions import Formula


@frozen(eq=False)
class Given:
    """The inputs of one question: those *seen* by rows, and *constants*, all in units that the *scales* tell.

    A number seen counts in rows of which the fiscal year, in *years*, is not before the one in *comparable*.
    Where it is not *is_exact*, a constant has no finite decimals.
    """

    seen: Mapping[Input, Seen]
    constants: Mapping[Input, int]
    scales: Mapping[Input, int]
    comparable: Mapping[Input, int]
    years: Integers | None
    is_exact: bool

    @classmethod
    def of(cls, question: Question, seen: Mapping[Cell, Seen], years: Integers | None) -> Given:
        """What a question is given by a frame."""
        here = {one: seen[cell] for one, cell in question.cells.items()}
        firsts = {one: question.first_comparable(cell) for one, cell in question.cells.items()}
        stated = {one: _in_own_unit(question.asked.formula, value) for one, value in question.constants.items()}
        numbers = {one: number for one, number in stated.items() if number is not None}
        decimals = {one: finite_decimals(number.denominator) for one, number in numbers.items()}
        scales = {one: found or 0 for one, found in decimals.items()}
        return cls(
            here,
            {one: int(number * 10 ** scales[one]) for one, number in numbers.items()},
            {**scales, **{one: at.reading.decimals for one, at in here.items()}},
            {one: first for one, first in firsts.items() if first is not None},
            years,
            None not in decimals.values(),
        )

    def presence(self, inputs: Iterable[Input]) -> dict[Input, bool]:
        """The inputs that have a value in every row, or in none."""
        known = {one: self._is_known(one) for one in inputs}
        return {one: is_there for one, is_there in known.items() if is_there is not None}

    def ends(self, one: Input) -> tuple[int, int]:
        """The smallest and the largest number of an input."""
        if one in self.constants:
            return self.constants[one], self.constants[one]
        return self.seen[one].reading.ends if one in self.seen else (0, 0)

    def numbers(self, one: Input, chosen: Chosen) -> Number:
        """The numbers of an input in the *chosen* rows."""
        at = self.seen.get(one)
        return self.constants.get(one, 0) if at is None else at.numbers(chosen)

    def present(self, chosen: Chosen) -> dict[Input, Truth]:
        """In which of the *chosen* rows each input has a value."""
        seen = self.seen.items()
        found = {one: every((at.present(chosen), self._is_comparable(one, chosen))) for one, at in seen}
        return found | dict.fromkeys(self.constants, True)

    def unread(self, inputs: Iterable[Input], chosen: Chosen) -> Truth:
        """Which of the *chosen* rows see a number that is not as it is in its column."""
        return some(self.seen[one].unfit(chosen) for one in inputs if one in self.seen)

    def _is_comparable(self, one: Input, chosen: Chosen) -> Truth:
        first = self.comparable.get(one)
        return True if first is None or self.years is None else self.years[chosen] >= first

    def _is_known(self, one: Input) -> bool | None:
        if one in self.constants:
            return True
        at = self.seen.get(one)
        if at is None or at.reading.present is False:
            return False
        return True if at.reading.present is True and at.places is None and one not in self.comparable else None


def _in_own_unit(formula: Formula, value: Value) -> Fraction | None:
    """A stated value in the unit of the KPI; None where there is none."""
    plain = formula.observe(None, value).own
    return plain * formula.unit.per if isinstance(plain, Fraction) else None
