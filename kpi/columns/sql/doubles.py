"""Numbers that doubles give in every row: products and quotients neither overflow there nor cancel out."""

from __future__ import annotations

from collections.abc import Collection

from kpi.compilation.forks import Figure, Fork, Shown
from kpi.compilation.integers import All, Any, Compared, Condition, Input, Integer, Not, Present, Whole
from kpi.compilation.walking import factors_of, inputs_of


def in_every_row(narrow: Figure, wide: Figure, whole: Collection[Input]) -> bool:
    """Whether what is shown of a row of small numbers and positive denominators is right for any row.

    *wide* is the same number for rows of any size and sign; *whole* are the inputs that are the same in both.
    """
    match narrow, wide:
        case Fork(), Fork():
            sides = ((narrow.then, wide.then), (narrow.otherwise, wide.otherwise))
            return (
                narrow.condition == wide.condition
                and _overflows_nowhere(narrow.condition)
                and all(in_every_row(one, other, whole) for one, other in sides)
            )
        case Shown(), Shown():
            numbers = (narrow.ratio.numerator, narrow.ratio.denominator)
            return (
                (narrow.ratio.defined, narrow.per) == (wide.ratio.defined, wide.per)
                and _overflows_nowhere(narrow.ratio.defined)
                and isinstance(narrow.per, Whole)
                and all(map(_is_product, numbers))
                and {*inputs_of(narrow.ratio.defined, *numbers)} <= {*whole}
            )
        case _:
            return False


def _is_product(number: Integer) -> bool:
    return all(isinstance(factor, Whole | Input) for factor in factors_of(number))


def _overflows_nowhere(condition: Condition) -> bool:
    """Whether it compares nothing but inputs and constants."""
    match condition:
        case Present():
            return True
        case Compared(left, _, right):
            return isinstance(left, Whole | Input) and isinstance(right, Whole | Input)
        case All(parts) | Any(parts):
            return all(map(_overflows_nowhere, parts))
        case Not(part):
            return _overflows_nowhere(part)
