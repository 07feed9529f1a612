"""How large the numbers of a program get in each row, so that one large number does not slow down all other rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, assert_never

import numpy as np
from attrs import define, field

from kpi.compilation.integers import Choice, Difference, Input, Integer, Product, Quotient, Sum, Whole

if TYPE_CHECKING:
    from kpi.columns.arrays.arithmetic import Number, Truth
    from kpi.columns.door import Floats

    Magnitude = Floats | float

_SMALL: Final = 2.0**62
"""Half of what 64 bits hold: floats round, and what they say is larger may be so by a trifle."""


@define
class Magnitudes:
    """How far from zero expressions may be in rows whose inputs are *numbers*, in floats, which do not overflow."""

    numbers: Mapping[Input, Number]
    known: dict[Integer, Magnitude] = field(factory=dict)

    def fit(self, integers: Iterable[Integer]) -> Truth:
        """In which rows 64 bits hold all of some expressions, whichever of them count there."""
        largest: Magnitude = 0.0
        for one in integers:
            largest = np.maximum(largest, self.of(one))
        return largest < _SMALL

    def of(self, integer: Integer) -> Magnitude:
        """The magnitude of an expression in every row."""
        if integer not in self.known:
            self.known[integer] = self._of(integer)
        return self.known[integer]

    def _of(self, integer: Integer) -> Magnitude:
        match integer:
            case Whole(value):
                return float(abs(value))
            case Input():
                number = self.numbers.get(integer, 0)
                return float(abs(number)) if isinstance(number, int) else np.abs(number.astype(np.float64))
            case Sum(left, right) | Difference(left, right):
                return self.of(left) + self.of(right)
            case Product(left, right):
                return self.of(left) * self.of(right)
            case Quotient(left, _):
                return self.of(left) + 1
            case Choice(_, then, otherwise):
                return np.maximum(self.of(then), self.of(otherwise))
            case _:
                assert_never(integer)
