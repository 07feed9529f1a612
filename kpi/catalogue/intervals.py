"""Ranges of numbers that conditions describe: what two have in common, and what one leaves of another."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

from attrs import frozen

from kpi.formulas.nodes import Comparator


@frozen
class Interval:
    """The numbers from *low* to *high*; None is no bound; an *open* end is not among them.

    Of *whole* numbers only the whole ones are meant.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False
    whole: bool = False

    @classmethod
    def of(cls, comparator: Comparator, number: Fraction) -> Interval:
        """The numbers that stand to *number* as the comparator says."""
        match comparator:
            case Comparator.AT_LEAST:
                return cls(low=number)
            case Comparator.ABOVE:
                return cls(low=number, low_open=True)
            case Comparator.AT_MOST:
                return cls(high=number)
            case Comparator.BELOW:
                return cls(high=number, high_open=True)
            case _:
                return cls(number, number)

    def meet(self, other: Interval) -> Interval:
        """The numbers in both; whole ones where either has no others."""
        low, low_open = max((self.beginning, other.beginning))
        high, high_closed = min((self.end, other.end))
        shared = Interval(_finite(low), _finite(high), low_open=low_open, high_open=not high_closed)
        return shared.whole_numbers() if self.whole or other.whole else shared

    def whole_numbers(self) -> Interval:
        """The whole numbers in it: above 3 and below 6 are 4 to 5."""
        low, high = self.low, self.high
        if low is not None:
            low = Fraction(math.floor(low) + 1 if self.low_open else math.ceil(low))
        if high is not None:
            high = Fraction(math.ceil(high) - 1 if self.high_open else math.floor(high))
        return Interval(low, high, whole=True)

    def without(self, other: Interval) -> tuple[Interval, ...]:
        """The numbers of this interval that are not in *other*: those below it, and those above."""
        if other.is_empty:
            return () if self.is_empty else (self,)
        sides = []
        if other.low is not None:
            sides.append(Interval(high=other.low, high_open=not other.low_open))
        if other.high is not None:
            sides.append(Interval(low=other.high, low_open=not other.high_open))
        parts = (self.meet(side) for side in sides)
        return tuple(part for part in parts if not part.is_empty)

    def is_apart(self, other: Interval) -> bool:
        """Whether all of one range lies beyond the other, whole numbers or not."""
        if self.low is not None and other.high is not None and other.high < self.low:
            return True
        return self.high is not None and other.low is not None and other.low > self.high

    @classmethod
    def between(cls, intervals: Iterable[Interval]) -> list[Interval]:
        """What lies between *intervals* and is in none of them."""
        known = [*intervals]
        if not known:
            return []
        low, low_open = min(interval.beginning for interval in known)
        high, high_closed = max(interval.end for interval in known)
        whole = any(interval.whole for interval in known)
        left = [cls(_finite(low), _finite(high), low_open=low_open, high_open=not high_closed, whole=whole)]
        for interval in known:
            left = [part for rest in left for part in rest.without(interval)]
        return left

    @property
    def beginning(self) -> tuple[Fraction | float, bool]:
        """The low end, as it sorts among others."""
        return (float("-inf") if self.low is None else self.low, self.low_open)

    @property
    def end(self) -> tuple[Fraction | float, bool]:
        """The high end, as it sorts among others."""
        return (float("inf") if self.high is None else self.high, not self.high_open)

    @property
    def is_empty(self) -> bool:
        """Whether no number is in it."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    @property
    def only(self) -> Fraction | None:
        """The number in it where there is but one."""
        return self.low if self.low == self.high and not self.is_empty else None


def _finite(number: Fraction | float) -> Fraction | None:
    return number if isinstance(number, Fraction) else None
