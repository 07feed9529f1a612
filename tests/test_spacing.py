"""Room between things that want to stand at nearly the same place."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.charts.spacing import spread


@pytest.mark.parametrize(
    ("places", "moved"),
    [
        ([], []),
        ([3.0], [3.0]),
        ([0.0, 10.0], [0.0, 10.0]),
        ([5.0, 5.0], [4.5, 5.5]),
        ([6.0, 5.0, 40.0], [6.0, 5.0, 40.0]),
        ([0.0, 0.0, 0.9], [-0.7, 0.3, 1.3]),
    ],
)
def test_moved(places, moved):
    """What is far enough apart stays; what is too close shares the room around its middle."""
    assert spread(places, 1.0) == pytest.approx(moved)


@given(st.lists(st.integers(0, 40), max_size=8))
def test_apart(places):
    """All stand apart in the end, in the order in which they wanted to stand."""
    moved = spread([float(place) for place in places], 3.0)
    assert all(after - before > 3.0 - 1e-9 for before, after in pairwise(sorted(moved)))
    assert [place for _, place in sorted(zip(moved, places, strict=True))] == sorted(places)
