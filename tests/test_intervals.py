"""Ranges of numbers: checked against numbers in and around them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.catalogue.intervals import Interval
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


class TestWithout:
    @given(CONDITIONS, CONDITIONS)
    def test_keeps_the_others(self, conditions, others):
        """What is left of a range are the numbers that are in it and not in the other, each once."""
        left = interval(conditions).without(interval(others))
        kept = [point for point in POINTS for part in left if has(part, point)]
        assert kept == [point for point in points(conditions) if point not in points(others)]

    @given(CONDITIONS, CONDITIONS)
    def test_nothing_empty_is_left(self, conditions, others):
        """No part that is left is empty, and nothing is left of a range in itself."""
        assert not any(part.is_empty for part in interval(conditions).without(interval(others)))
        assert interval(conditions).without(interval(conditions)) == ()


class TestWhole:
    @given(CONDITIONS)
    def test_has_the_whole_numbers(self, conditions):
        """Of whole numbers a range has exactly the whole ones, and is empty without any."""
        found = interval(conditions).whole_numbers()
        whole = [point for point in points(conditions) if point.denominator == 1]
        assert [point for point in POINTS if has(found, point) and point.denominator == 1] == whole
        assert found.is_empty == (not whole)

    @given(CONDITIONS, CONDITIONS)
    def test_stays_whole(self, conditions, others):
        """What meets whole numbers, and what is left of them, are whole numbers that end where a whole number is."""
        found = interval(conditions).whole_numbers()
        for part in (found.meet(interval(others)), *found.without(interval(others))):
            assert part.whole
            assert not part.low_open
            assert not part.high_open
            assert all(end is None or end.denominator == 1 for end in (part.low, part.high))

    def test_above_and_below(self):
        """Above 3 and below 6 are 4 and 5; above 3 and below 4 is nothing."""
        above, below = Interval.of(Comparator.ABOVE, Fraction(3)), Interval.of(Comparator.BELOW, Fraction(6))
        assert above.meet(below).whole_numbers() == Interval(Fraction(4), Fraction(5), whole=True)
        assert above.meet(Interval.of(Comparator.BELOW, Fraction(4))).whole_numbers().is_empty


class TestOnly:
    @pytest.mark.parametrize(
        ("found", "only"),
        [
            (Interval(Fraction(4), Fraction(4)), 4),
            (Interval(Fraction(4), Fraction(4), high_open=True), None),
            (Interval(Fraction(4), Fraction(5)), None),
            (Interval(Fraction(4)), None),
            (Interval(), None),
        ],
    )
    def test_one_number(self, found, only):
        """A range of one number has that one; any other has none."""
        assert found.only == only


class TestBetween:
    @given(st.lists(CONDITIONS, max_size=3))
    def test_is_in_none_and_between(self, ranges):
        """What lies between ranges is in none of them, and has one of them on either side."""
        known = [found for found in map(interval, ranges) if not found.is_empty]
        for part in Interval.between(known):
            assert all(part.meet(found).is_empty for found in known)
            assert any(found.beginning < part.beginning for found in known)
            assert any(found.end > part.end for found in known)

    @pytest.mark.parametrize(("whole", "only"), [(False, None), (True, 4)])
    def test_a_single_number(self, whole, only):
        """Up to 3 and from 5 on leave out one number where they are whole, and a stretch where they are not."""
        ranges = [Interval(high=Fraction(3), whole=whole), Interval(low=Fraction(5), whole=whole)]
        (hole,) = Interval.between(ranges)
        assert hole.only == only

    @given(BOUNDS)
    def test_below_and_above(self, bound):
        """Below and above a number leave out the number itself; a closed end leaves out none."""
        below, above = Interval.of(Comparator.BELOW, bound), Interval.of(Comparator.ABOVE, bound)
        assert [hole.only for hole in Interval.between([below, above])] == [bound]
        assert Interval.between([Interval.of(Comparator.AT_MOST, bound), above]) == []
        assert Interval.between([below, Interval.of(Comparator.EQUAL, bound), above]) == []

    def test_of_none(self):
        """There is nothing between no ranges."""
        assert Interval.between([]) == []
