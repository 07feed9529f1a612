"""Programs fitted to the numbers of a frame: their scales, a width in which nothing overflows, and the rows left out."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from attrs import evolve, field, frozen

from kpi.columns.answers import NO_ANSWERS, answers
from kpi.columns.door import narwhals
from kpi.columns.keys import YEAR
from kpi.columns.translation import Translation, both, either, negated, some
from kpi.compilation.bounds import bound_below, largest_number
from kpi.compilation.integers import Input, Integer
from kpi.compilation.lowering import lower
from kpi.compilation.program import Program
from kpi.quantities import Value, finite_decimals

if TYPE_CHECKING:
    from kpi.columns.asked import Asked
    from kpi.columns.door import Expr, Width
    from kpi.columns.numbers import Numbers
    from kpi.columns.questions import Question
    from kpi.columns.translation import Number, Truth
    from kpi.definitions import Formula

_LARGEST: Final = 2**63 - 1
_LARGEST_WIDE: Final = 2**127 - 1
"""The largest number of an ordinary and of a wide integer; of the engines here, only polars has the wide one."""
_EXACT_FLOATS: Final = 2**53
"""Below it, every whole number is a float."""


@frozen
class Fitted:
    """The expressions for what is added, by part (None: null in every row), and where they do not count."""

    parts: Mapping[str, Expr | None]
    unfit: Truth


@frozen
class _Given:
    """The inputs of one question: their columns or constants, and how far from zero they get."""

    whole: dict[Input, Number] = field(factory=dict)
    present: dict[Input, Truth] = field(factory=dict)
    scales: dict[Input, int] = field(factory=dict)
    least: dict[Input, int] = field(factory=dict)
    most: dict[Input, int] = field(factory=dict)
    unfit: dict[Input, Truth] = field(factory=dict)

    def may_be_negative(self, number: Integer) -> bool:
        """Whether a number may be below zero somewhere."""
        return not isinstance(number, Input) or self.least.get(number, 0) < 0


def inputs_of(asked: Asked) -> tuple[Input, ...]:
    """Every number that a KPI may look at."""
    style = evolve(asked.formula.style, compared="exact")
    return lower(evolve(asked.formula, style=style)).inputs


def fit(question: Question, numbers: Numbers) -> Fitted:
    """The answers to one question in whole numbers, and the rows that have to be decided another way."""
    given = _given(question, numbers)
    formula = question.asked.formula
    if formula.style.compared == "shown" and formula.style.decimals is None:
        return Fitted(NO_ANSWERS, unfit=True)  # the decimals follow from the numbers of each row
    known = {one: given.present.get(one, False) for one in question.inputs}
    always_or_never = {one: truth for one, truth in known.items() if isinstance(truth, bool)}
    program = lower(formula, scales=given.scales, presence=always_or_never)
    bounded = _bounded(program, given, has_wide=numbers.table.implementation.is_polars())
    if bounded is None:
        return Fitted(NO_ANSWERS, unfit=True)
    translation = Translation(bounded.whole, known, bounded.integer, bounded.is_castable)
    below_zero = (translation.number(one) < 0 for one in program.positive if given.may_be_negative(one))
    return Fitted(answers(program, translation), either(bounded.unfit, some(below_zero)))


@frozen
class _Bounded:
    """Inputs as numbers of a width in which nothing overflows: zero where they are *unfit*."""

    integer: Width
    whole: dict[Input, Number]
    unfit: Truth
    is_castable: bool


def _bounded(program: Program, given: _Given, *, has_wide: bool) -> _Bounded | None:
    """The inputs in the least width that holds all rows, or that holds most; None where none holds the constants."""
    nw = narwhals()
    negative = any(given.least.get(one, 0) < 0 for one in program.inputs)
    largest = {one: max(-given.least.get(one, 0), given.most.get(one, 0)) for one in program.inputs}
    reached = largest_number(program, largest, negative=negative)
    is_wide = has_wide and reached > _LARGEST
    limit = _LARGEST_WIDE if is_wide else _LARGEST
    bound = None if reached <= limit else bound_below(program, limit, negative=negative)
    if bound is not None and bound < 0:
        return None
    whole, unfit = {}, some(given.unfit.get(one, False) for one in program.inputs)
    for one in program.inputs:
        number = given.whole.get(one, 0)
        if bound is not None and largest[one] > bound:
            fits, number = _clipped(number, bound)
            unfit = either(unfit, negated(fits))
        whole[one] = number.cast(nw.Int128) if is_wide and not isinstance(number, int) else number
    return _Bounded(nw.Int128 if is_wide else nw.Int64, whole, unfit, has_wide or reached < _EXACT_FLOATS)


def _clipped(number: Number, bound: int) -> tuple[Truth, Number]:
    """Where a number is within *bound*, and the number with zeros elsewhere."""
    if isinstance(number, int):
        return abs(number) <= bound, number if abs(number) <= bound else 0
    nw = narwhals()
    fits = (number <= bound) & (number >= -bound)
    return fits, nw.when(fits).then(number).otherwise(nw.lit(0, dtype=nw.Int64))


def _given(question: Question, numbers: Numbers) -> _Given:
    found = _Given()
    for one, cell in question.cells.items():
        found.whole[one], found.unfit[one] = numbers.whole[cell], numbers.unfit[cell]
        found.scales[one] = numbers.decimals[cell]
        found.least[one], found.most[one] = numbers.least[cell], numbers.most[cell]
        first = question.first_comparable(cell)
        comparable: Truth = True if first is None else narwhals().col(YEAR) >= first
        found.present[one] = both(numbers.present[cell], comparable)
    for one, value in question.constants.items():
        number = _in_own_unit(question.asked.formula, value)
        decimals = 0 if number is None else finite_decimals(number.denominator)
        found.present[one], found.unfit[one] = number is not None, decimals is None
        found.scales[one] = decimals or 0
        found.whole[one] = whole = 0 if number is None else int(number * 10 ** (decimals or 0))
        found.least[one] = found.most[one] = whole
    return found


def _in_own_unit(formula: Formula, value: Value) -> Fraction | None:
    """A stated value in the unit of the KPI; None where there is none."""
    plain = formula.observe(None, value).own
    return plain * formula.unit.per if isinstance(plain, Fraction) else None
