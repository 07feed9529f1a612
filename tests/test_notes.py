"""What a reader should know beside a result."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

import kpi


def notes(text, *args, **known):
    """The notes of an evaluation, by code and facts as text."""
    return kpi.parse(text).evaluate(*args, **known).why.to_dict()["notes"]


def test_value_that_contradicts_the_counts():
    """Where a value is given beside counts that give another number, the counts decide and a note tells of both."""
    result = kpi.parse("a / b >= 20%").evaluate({"a": 1, "b": 4}, value="19%")
    assert result.achieved
    assert "the value given, 19.0%, differs from 25.0%, which the counts give" in result.explain()
    assert "与えられた実績19.0%は件数から求めた25.0%と異なる" in result.explain("ja")


def test_value_that_agrees_as_shown():
    """A value that is what the counts give, rounded as displayed, needs no note."""
    assert notes("a / b >= 20.0%", {"a": 1, "b": 3}, value="33.3%") == []


def test_baseline_that_nobody_asks_for():
    """A baseline for a rule that does not look at last year is not lost silently."""
    assert notes("a / b >= 20%", {"a": 1, "b": 4}, baseline="95.7%") == [
        {"note": "baseline_unused", "baseline": "95.7"}
    ]


@pytest.mark.parametrize(
    "rule", [">= prior year", ">= max(prior year end, 20%)", ">= 20%; >= 10% when prior year >= 99%"]
)
def test_baseline_that_is_used(rule):
    """A baseline that the rule looks at needs no note."""
    assert notes(f"a / b {rule}", {"a": 1, "b": 4}, baseline="95.7%") == []


def test_baseline_that_the_data_contradict():
    """Where last year's data give another number than the plan states, both are told and the stated one decides."""
    result = kpi.parse("a / b >= prior year").evaluate({"a": 1, "b": 4}, prior={"a": 1, "b": 5}, baseline="30%")
    assert (result.achieved, result.target) == (False, 30)
    assert "prior year is 20.0% from the data, but the plan states 30.0%, which decides" in result.explain()
    assert "対前年度はデータでは20.0%だが、計画に記載の30.0%で判定した" in result.explain("ja")


def test_impossible_share():
    """A share outside 0% to 100%, or a negative count, is told beside the verdict."""
    assert notes("a / b <= 20%", {"a": 19, "b": 10}) == [{"note": "no_share", "value": "190"}]
    assert [note["note"] for note in notes("a / b <= 20%", {"a": -1, "b": 10})] == ["negative", "no_share"]


def test_ratio_above_the_whole():
    """A ratio that may exceed 100 % is not impossible where it does; a negative count still is."""
    result = kpi.parse("revenue / costs >= 100%").evaluate({"revenue": 105, "costs": 100})
    assert [note.code for note in result.notes] == ["no_share"]
    assert evolve(result, is_ratio=True).notes == ()


def test_baseline_that_the_brackets_contradict():
    """A baseline that is handed in decides over another in the rule's brackets, and both are told."""
    formula = kpi.parse("a / b >= prior year (95.7%)")
    result = formula.evaluate({"a": 96, "b": 100}, baseline="97%")
    assert (result.achieved, result.target) == (False, 97)
    told = "note: the rule states 95.7% for prior year in brackets, but the baseline given is 97.0%, which decides"
    assert told in result.explain()
    assert "対前年度は目標の括弧内では95.7%だが、与えられた基準値97.0%で判定した" in result.explain("ja")
    assert formula.evaluate({"a": 96, "b": 100}, baseline="95.70%").notes == ()


def test_brackets_that_the_data_contradict():
    """A value in brackets decides over the data, whatever place it is of, and both are told."""
    result = kpi.parse("a / b >= prior year (95.7%)").evaluate({"a": 1, "b": 4}, prior={"a": 1, "b": 5})
    assert [note.code for note in result.notes] == ["baseline_differs"]
    result = kpi.parse("a / b >= national (30%)").evaluate({"a": 1, "b": 4}, references={"national": "20%"})
    assert (result.target, [note.code for note in result.notes]) == (30, ["baseline_differs"])


def test_each_reference_has_its_own_brackets():
    """Where a rule looks at the end of last year and at the same period, each has its own value."""
    formula = kpi.parse("a / b >= max(prior year (95.7%), same period last year (94%))")
    assert formula.evaluate({"a": 96, "b": 100}).target == Fraction("95.7")
    assert formula.evaluate({"a": 96, "b": 100}, baseline="90%").target == 94
