"""What was decided: the closed set of outcomes, the margin, and the check that decided."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kpi
from kpi.evaluation.decision import lower_is_better, signed_distance
from kpi.formulas.nodes import Comparator, Comparison, Done, Number

NUMBERS = st.fractions(-1000, 1000, max_denominator=500)
MET_AT_THE_TARGET = {Comparator.AT_LEAST: True, Comparator.AT_MOST: True, Comparator.EQUAL: True}


def test_outcomes():
    """The outcomes are a closed set of five."""
    assert [*kpi.Verdict] == ["achieved", "missed", "not_applicable", "not_evaluable", "no_target"]


@settings(deadline=None)
@given(NUMBERS, NUMBERS, st.sampled_from(Comparator))
def test_margin_agrees_with_the_verdict(value, target, comparator):
    """A margin above 0 is achieved, below 0 missed; at 0 the comparator says whether the target itself is met."""
    check = kpi.parse_rule(f"{comparator} t").evaluate(value=value, inputs={"t": target}).check
    met_at_zero = MET_AT_THE_TARGET.get(comparator, False)
    assert check.held is (check.margin > 0 or (check.margin == 0 and met_at_zero))


@pytest.mark.parametrize(("comparator", "margin"), [(">=", -2), (">", -2), ("<=", 2), ("<", 2), ("=", -2)], ids=str)
def test_signed_distance(comparator, margin):
    """The margin is positive on the good side, and never positive where the target must be hit."""
    requirement = Comparison(None, Comparator(comparator), Number(5))
    assert signed_distance(requirement, 3, 5) == margin


def test_done_has_no_bound():
    """Something to be done has no upper bound."""
    assert not lower_is_better(Done())


@pytest.mark.parametrize(
    ("a", "b", "decisive"),
    [(9, 1, "b"), (1, 1, "a"), (9, None, "b"), (None, 1, "b"), (9, 6, "b"), (6, 9, "a"), (6, 6, "a")],
)
def test_decisive_check(a, b, decisive):
    """The first failure decides, else the first unknown, else the requirement that was met most narrowly."""
    result = kpi.parse("x >= 0 and a >= 5 and b >= 5").evaluate({"a": a, "b": b, "x": 99})
    assert result.clause == ">= 0 and a >= 5 and b >= 5"
    assert result.check.requirement.left.name == decisive


def test_narrowness_is_relative():
    """Which requirement was met most narrowly is measured against its target."""
    result = kpi.parse("a >= 1000 and b >= 1").evaluate({"a": 1001, "b": 2})
    assert str(result.value) == "1,001"


def test_reasons_of_a_verdict():
    """A verdict names what is missing besides."""
    result = kpi.parse("a >= 2 and b >= 2").evaluate({"a": 1})
    assert (result.outcome, [reason.name for reason in result.reasons]) == ("missed", ["b"])
