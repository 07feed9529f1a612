"""Ranges of numbers that conditions describe: whether one is empty, lies in others, or leaves a point out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from kpi.formulas.nodes import Comparator


@frozen
class Interval:
    """The numbers from *low* to *high*; None is no bound; an *open* end is not among them."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False

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
        """The numbers in both."""
        low, low_open = max((self._low(), other._low()))
        high, high_closed = min((self._high(), other._high()))
        return Interval(_finite(low), _finite(high), low_open=low_open, high_open=not high_closed)

    @property
    def is_empty(self) -> bool:
        """Whether no number is in it."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def within(self, other: Interval) -> bool:
        """Whether every number of this interval is in *other*."""
        return self.is_empty or (self._low() >= other._low() and self._high() <= other._high())

    def point_between(self, other: Interval) -> Fraction | None:
        """The single number that this interval ends before and *other* begins after."""
        if self.high is not None and self.high == other.low and self.high_open and other.low_open:
            return self.high
        return None

    def _low(self) -> tuple[Fraction | float, bool]:
        return (float("-inf") if self.low is None else self.low, self.low_open)

    def _high(self) -> tuple[Fraction | float, bool]:
        return (float("inf") if self.high is None else self.high, not self.high_open)


def covered(interval: Interval, others: Sequence[Interval]) -> bool:
    """Whether one of *others* holds all of *interval*."""
    return any(interval.within(other) for other in others)


def _finite(number: Fraction | float) -> Fraction | None:
    return number if isinstance(number, Fraction) else None
