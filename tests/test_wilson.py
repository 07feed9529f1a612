"""Wilson's interval, on request."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kpi
from kpi.errors import IntervalError
from kpi.evaluation.wilson import wilson_interval

VOCABULARY = kpi.Vocabulary.of(
    [
        kpi.Variable("checked", "person"),
        kpi.Variable("insured", "person"),
        kpi.Variable("single", "case"),
        kpi.Variable("recovered", "yen"),
        kpi.Variable("claims", "yen"),
        kpi.Variable("days", "day"),
    ]
)


def interval(text, inputs=None, confidence="95%", **known):
    return wilson_interval(kpi.parse(text, vocabulary=VOCABULARY).evaluate(inputs, **known), confidence)


def test_known_values():
    """The interval of 8 in 10 at 95 % is the textbook's, 49.02 % to 94.33 %."""
    found = interval("checked / insured >= 50%", {"checked": 8, "insured": 10})
    assert (round(found.low, 2), round(found.high, 2), found.confidence) == (49.02, 94.33, 95)
    assert str(found) == "49.02% to 94.33% (95%)"


def test_without_rule_or_units():
    """A share needs no rule; without units that both count the same is taken on trust."""
    assert str(wilson_interval(kpi.parse("a / b").evaluate({"a": 8, "b": 10}), 0.9)) == "54.08% to 93.14% (90%)"


@settings(max_examples=30)
@given(
    st.integers(0, 500).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))).filter(lambda n: n[1])
)
def test_holds_the_share(counts):
    """The share itself lies within, and a higher confidence widens the interval."""
    part, whole = counts
    result = kpi.parse("checked / insured", vocabulary=VOCABULARY).evaluate({"checked": part, "insured": whole})
    narrow, wide = wilson_interval(result, "80%"), wilson_interval(result, "99.5%")
    slack = 1e-9  # its ends are binary numbers
    assert -slack <= wide.low <= narrow.low + slack
    assert narrow.low - slack <= float(result.value) <= narrow.high + slack
    assert narrow.high <= wide.high + slack <= 100 + 2 * slack


@pytest.mark.parametrize(
    ("text", "known", "why"),
    [
        ("checked >= 3 persons", {"inputs": {"checked": 3}}, "expected a numerator over a denominator"),
        ("single / insured", {"inputs": {"single": 1, "insured": 3}}, "same population; found case and person"),
        ("recovered / claims", {"inputs": {"recovered": 1, "claims": 3}}, "each of which came out or not; found yen"),
        ("100 * checked / insured", {"inputs": {"checked": 1, "insured": 300}}, "counts as they are"),
        ("checked / (0.5 * insured)", {"inputs": {"checked": 1, "insured": 300}}, "counts as they are"),
        ("checked / insured", {"value": "30%"}, "not the rate alone; lacking: checked, insured"),
        ("checked / insured", {"inputs": {"checked": 1}}, "lacking: insured"),
        ("checked / insured", {"inputs": {"checked": 1.5, "insured": 3}}, "whole numbers of cases; found 1.5"),
        ("checked / insured", {"inputs": {"checked": 4, "insured": 3}}, "a part of a whole; found 4 of 3"),
        ("checked / insured", {"inputs": {"checked": -1, "insured": 3}}, "a part of a whole; found -1 of 3"),
        ("checked / insured", {"inputs": {"checked": 0, "insured": 0}}, "a part of a whole; found 0 of 0"),
    ],
)
def test_refused(text, known, why):
    """What is no share of one population has no interval, and the error says why."""
    with pytest.raises(IntervalError, match=why):
        interval(text, **known)


@pytest.mark.parametrize("confidence", ["0%", "100%", 95, -0.5, None, "many"])
def test_confidence(confidence):
    """The confidence lies between 0 and 100 %."""
    with pytest.raises(kpi.ValueReadingError, match="confidence"):
        interval("checked / insured", {"checked": 1, "insured": 3}, confidence)


def test_without_scipy(monkeypatch):
    """Without scipy one line says how to install it."""
    monkeypatch.setitem(sys.modules, "scipy.stats", None)
    with pytest.raises(kpi.MissingExtraError, match=r"pip install 'kpi\[statistics\]'"):
        interval("checked / insured", {"checked": 1, "insured": 3})
