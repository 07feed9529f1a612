"""How few cases turn a verdict."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kpi

POSITIVE = st.integers(1, 2000)


def fragility(text, inputs, **style):
    return kpi.parse(text, **style).evaluate(inputs).fragility


@pytest.mark.parametrize(
    ("text", "inputs", "cases", "share"),
    [
        ("a / b >= 59.6%", {"a": 34_861, "b": 181_203}, "73,136", "40.361%"),
        ("a / b >= 59.6%", {"a": 149, "b": 250}, "1", "0.400%"),
        ("a / b > 59.6%", {"a": 149, "b": 250}, "1", "0.400%"),
        ("a / b <= 20%", {"a": 0, "b": 6}, "2", "33.333%"),
        ("a / b = 50%", {"a": 3, "b": 10}, "2", "20.000%"),
        ("a / b = 50%", {"a": 5, "b": 10}, "1", "10.000%"),
        ("a >= 3 cases", {"a": 1}, "2 cases", "None"),
        ("a / b >= 3", {"a": 1, "b": 1}, "2", "200.000%"),
    ],
)
def test_cases(text, inputs, cases, share):
    """One case more than can be lost, or as many as are short, and their share of the denominator."""
    found = fragility(text, inputs)
    assert (str(found.cases), str(found.share)) == (cases, share)


@given(POSITIVE, POSITIVE, st.integers(1, 99), st.sampled_from([">=", ">", "<=", "<"]))
def test_turns_the_verdict(a, b, percent, comparator):
    """That many cases turn the verdict, and one fewer does not."""
    formula = kpi.parse(f"a / b {comparator} {percent}%")
    result = formula.evaluate({"a": a, "b": b})
    if result.fragility is None:
        assert result.achieved
        assert a - result.whole_cases - 1 < 0
        return
    cases = int(result.fragility.cases)
    step = 1 if result.lower_is_better is result.achieved else -1
    assert formula.evaluate({"a": a + step * cases, "b": b}).achieved is not result.achieved
    assert formula.evaluate({"a": a + step * (cases - 1), "b": b}).achieved is result.achieved


@pytest.mark.parametrize(
    ("text", "inputs"),
    [
        ("a / b >= 0%", {"a": 5, "b": 10}),
        ("a / b = 33%", {"a": 5, "b": 10}),
        ("a / b >= 50%", {"a": 5}),
        ("a / b", {"a": 5, "b": 10}),
        ("a is done", {"a": 1}),
        ("a / b >= 50% and b >= 20", {"a": 1, "b": 10}),
        ("a / b >= 50% and c >= 20", {"a": 1, "b": 10}),
    ],
    ids=["never below none", "passed over", "unknown", "no rule", "done", "two missed", "one unknown"],
)
def test_none(text, inputs):
    """Where no number of cases turns the verdict, there is none to tell."""
    assert fragility(text, inputs) is None


def test_as_shown():
    """Where the rule compares what is shown, a case may be too little to be seen."""
    assert str(fragility("a / b = 33.3%", {"a": 333, "b": 1000}, compared="shown").cases) == "1"
    assert fragility("a / b = 33%", {"a": 330, "b": 1000}, compared="shown", decimals=0) is None


def test_published_rate():
    """A rate alone has no cases."""
    assert kpi.parse("a / b >= 50%").evaluate(value="51%").fragility is None


def test_apart_from_the_verdict():
    """It stands among the reasons as data, and nowhere in the verdict or the text."""
    result = kpi.parse("a / b >= 50%").evaluate({"a": 5, "b": 9})
    assert result.why.to_dict()["fragility"] == {"cases": "1", "share": "100/9"}
    assert "fragility" not in result.to_dict()
    assert "fragil" not in result.explain()
