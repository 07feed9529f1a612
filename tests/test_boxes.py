"""Boxes of values, checked point by point."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kpi.catalogue.boxes import meets, without
from kpi.catalogue.intervals import Interval
from kpi.formulas.nodes import Name

QUANTITIES = (None, Name("a"))
NATURAL = Interval(Fraction(0), Fraction(4))
ENDS = st.integers(0, 4).map(Fraction)
INTERVALS = st.builds(
    lambda ends, low_open, high_open: Interval(min(ends), max(ends), low_open=low_open, high_open=high_open),
    st.tuples(ENDS, ENDS),
    st.booleans(),
    st.booleans(),
).filter(lambda interval: not interval.is_empty)
BOXES = st.dictionaries(st.sampled_from(QUANTITIES), INTERVALS)
POINTS = [(Fraction(x, 2), Fraction(y, 2)) for x in range(9) for y in range(9)]


def has(box, point):
    """Whether a box holds a point, which has a value for each quantity."""
    values = dict(zip(QUANTITIES, point, strict=True))
    return all(not interval.meet(Interval(values[key], values[key])).is_empty for key, interval in box.items())


@given(BOXES, BOXES)
def test_meets(box, other):
    """Two boxes meet where a point is in both."""
    assert meets(box, other) == any(has(box, point) and has(other, point) for point in POINTS)


@given(BOXES, BOXES)
def test_without(box, other):
    """What is left of a box are its points that are not in the other, each in one part."""
    parts = without(box, other, lambda _: NATURAL)
    for point in POINTS:
        assert sum(has(part, point) for part in parts) == (has(box, point) and not has(other, point))
