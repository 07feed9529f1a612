"""Ranges of numbers: checked against numbers in and around them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.catalogue.intervals import Interval, covered
from kpi.formulas.nodes import Comparator

HOLDS = {
    Comparator.AT_LEAST: lambda value, bound: value >= bound,
    Comparator.ABOVE: lambda value, bound: value > bound,
    Comparator.AT_MOST: lambda value, bound: value <= bound,
    Comparator.BELOW: lambda value, bound: value < bound,
    Comparator.EQUAL: lambda value, bound: value == bound,
}
BOUNDS = st.integers(-3, 3).map(Fraction)
CONDITIONS = st.lists(st.tuples(st.sampled_from(Comparator), BOUNDS), max_size=3)
POINTS = [Fraction(quarter, 4) for quarter in range(-20, 21)]
"""Every bound, numbers on both sides of it, and numbers beyond all of them."""


def interval(conditions):
    """What all *conditions* leave."""
    found = Interval()
    for comparator, bound in conditions:
        found = found.meet(Interval.of(comparator, bound))
    return found


def points(conditions):
    """The points for which all *conditions* hold."""
    return [point for point in POINTS if all(HOLDS[comparator](point, bound) for comparator, bound in conditions)]


def has(found, point):
    """Whether *point* is in an interval, by its ends."""
    above = found.low is None or point > found.low or (point == found.low and not found.low_open)
    below = found.high is None or point < found.high or (point == found.high and not found.high_open)
    return above and below


class TestMeet:
    @given(CONDITIONS)
    def test_holds_what_the_conditions_hold(self, conditions):
        """The meet of ranges has exactly the numbers for which every condition holds."""
        assert [point for point in POINTS if has(interval(conditions), point)] == points(conditions)

    @given(CONDITIONS, CONDITIONS)
    def test_order_does_not_matter(self, first, second):
        """Two ranges meet in the same range either way."""
        assert interval(first).meet(interval(second)) == interval(second).meet(interval(first))

    @given(CONDITIONS)
    def test_with_itself_and_with_everything(self, conditions):
        """A range meets itself, and the range without bounds, in itself."""
        found = interval(conditions)
        assert found.meet(found) == found.meet(Interval()) == found


class TestEmpty:
    @given(CONDITIONS)
    def test_has_no_number(self, conditions):
        """A range is empty exactly where no number is in it."""
        assert interval(conditions).is_empty == (not points(conditions))

    @pytest.mark.parametrize(
        ("found", "empty"),
        [
            (Interval(), False),
            (Interval(Fraction(1), Fraction(1)), False),
            (Interval(Fraction(1), Fraction(1), low_open=True), True),
            (Interval(Fraction(1), Fraction(1), high_open=True), True),
            (Interval(Fraction(2), Fraction(1)), True),
            (Interval(Fraction(1), Fraction(2), low_open=True, high_open=True), False),
        ],
    )
    def test_ends(self, found, empty):
        """A range of one number is empty where an end of it is open."""
        assert found.is_empty == empty


class TestWithin:
    @given(CONDITIONS, CONDITIONS)
    def test_every_number_is_in_the_other(self, first, second):
        """One range is within another exactly where all of its numbers are."""
        assert interval(first).within(interval(second)) == (set(points(first)) <= set(points(second)))

    @given(CONDITIONS, CONDITIONS)
    def test_meet_is_within_both(self, first, second):
        """What two ranges share lies within each."""
        shared = interval(first).meet(interval(second))
        assert shared.within(interval(first))
        assert shared.within(interval(second))


class TestCovered:
    @given(CONDITIONS, st.lists(CONDITIONS, max_size=3))
    def test_by_one_of_them(self, conditions, others):
        """A range is covered where one of the others holds all of it."""
        expected = any(set(points(conditions)) <= set(points(other)) for other in others)
        assert covered(interval(conditions), [interval(other) for other in others]) == expected

    def test_by_none(self):
        """Nothing covers a range where there are no others."""
        assert not covered(Interval(), [])


class TestPointBetween:
    @given(CONDITIONS, CONDITIONS)
    def test_is_in_neither(self, first, second):
        """A number between two ranges is in neither, and is the end of one and the beginning of the other."""
        point = interval(first).point_between(interval(second))
        if point is not None:
            assert point not in points(first)
            assert point not in points(second)
            assert (interval(first).high, interval(second).low) == (point, point)

    @given(BOUNDS)
    def test_below_and_above(self, bound):
        """Below and above a number leave out the number itself; a closed end leaves out none."""
        below, above = Interval.of(Comparator.BELOW, bound), Interval.of(Comparator.ABOVE, bound)
        assert below.point_between(above) == bound
        assert above.point_between(below) is None
        assert Interval.of(Comparator.AT_MOST, bound).point_between(above) is None
        assert below.point_between(Interval.of(Comparator.AT_LEAST, bound)) is None
