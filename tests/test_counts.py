"""The counts behind a compared rate."""

from __future__ import annotations

import pytest

import kpi
from kpi.evaluation.counts import counts


def counted(text, **known):
    result = kpi.parse(text).evaluate(**known)
    found = counts(result.check, result.judge, result.situation, result.vocabulary)
    return found and (found.numerator, found.denominator, found.unit.name, found.is_rate)


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("a / b >= 20%", {"inputs": {"a": 1, "b": 3}}, (1, 3, "", True)),
        ("(a + b) / c >= 20%", {"inputs": {"a": 1, "b": 3, "c": 9}}, (4, 9, "", True)),
        ("a >= 2 cases", {"inputs": {"a": 1}}, (1, 1, "case", False)),
        ("a / b >= 20% every month", {"inputs": {"a": [1, 5], "b": [9, 9]}}, (1, 9, "", True)),
        ("1,000 * a / b >= 2", {"inputs": {"a": 1, "b": 3}}, (1, 3, "", True)),
        ("100,000 persons * a / b >= 2 persons", {"inputs": {"a": 1, "b": 3}}, (1, 3, "", True)),
        ("a * 2 * 5 / b >= 2", {"inputs": {"a": 1, "b": 3}}, (1, 3, "", True)),
        ("a * c / b >= 2", {"inputs": {"a": 1, "b": 3, "c": 4}}, (4, 3, "", True)),
        ("0 * a / b <= 2", {"inputs": {"a": 1, "b": 3}}, None),
        ("a / b >= 20%", {"value": "30%"}, None),
        ("a / b >= 20%", {"inputs": {"a": 1, "b": -3}}, None),
        ("a / b / c >= 20%", {"inputs": {"a": 1, "b": 3, "c": 2}}, None),
        ("a is done", {"inputs": {"a": 1}}, None),
        ("a is done every branch", {"value": "30支部", "branches": 47}, None),
    ],
)
def test_counts(text, known, expected):
    """Numerator, denominator and unit of what was compared; nothing where that is no count."""
    assert counted(text, **known) == expected
