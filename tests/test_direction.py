"""Which values a rule wants."""

from __future__ import annotations

import pytest

import kpi
from kpi.evaluation.direction import rule_direction


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("a / b >= 20%", "higher"),
        ("a / b > 20%", "higher"),
        ("a is done", "higher"),
        ("a / b <= 20%", "lower"),
        ("a / b < 20%", "lower"),
        ("a / b <= 20%; a >= 1 when b <= 4", "lower"),
        ("a / b = 20%", None),
        ("a / b >= 20% and a / b <= 30%", None),
        ("a / b", None),
    ],
)
def test_direction(text, direction):
    """A rule wants what its bounds of the KPI itself want, if they agree."""
    assert rule_direction(kpi.parse(text).rule) == direction
