"""The margin in whole cases."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kpi

ROUNDINGS = ["half_up", "half_even", "floor", "ceil"]
TENDERS = kpi.Vocabulary.of(
    [
        kpi.Variable("single", "case"),
        kpi.Variable("tenders", "case"),
        kpi.Variable("points", "point"),
        kpi.Variable("generic_share", "%"),
        kpi.Variable("days", "day"),
    ]
)


@settings(max_examples=400, deadline=None)
@given(
    comparator=st.sampled_from([">=", ">", "<=", "<"]),
    display=st.tuples(st.sampled_from(["exact", "shown"]), st.sampled_from(ROUNDINGS), st.integers(0, 2)),
    permille=st.integers(0, 1300),
    counts=st.tuples(st.integers(-50, 5000), st.integers(1, 4000)),
)
def test_that_many_and_no_more(comparator, display, permille, counts):
    """With that many cases fewer or more the target is still or just met, and with one more it is not."""
    compared, rounding, decimals = display
    numerator, denominator = counts
    formula = kpi.parse(
        f"a / b {comparator} {permille // 10}.{permille % 10}%",
        compared=compared,
        rounding=rounding,
        decimals=decimals,
    )
    cases = formula.evaluate({"a": numerator, "b": denominator}).whole_cases
    worse = 1 if comparator in ("<=", "<") else -1
    assert formula.evaluate({"a": numerator + worse * cases, "b": denominator}).outcome == "achieved"
    assert formula.evaluate({"a": numerator + worse * (cases + 1), "b": denominator}).outcome == "missed"


@pytest.mark.parametrize(
    ("text", "inputs", "cases"),
    [
        ("a / b >= 59.6%", {"a": 34_861, "b": 181_203}, -73_136),
        ("a / b >= 59.6%", {"a": 149, "b": 250}, 0),
        ("a / b > 59.6%", {"a": 149, "b": 250}, -1),
        ("a / b <= 20%", {"a": 3, "b": 12}, -1),
        ("a / b < 25%", {"a": 3, "b": 12}, -1),
        ("a / b >= 1%", {"a": 1.5, "b": 100}, 0),
        ("a / b = 50%", {"a": 3, "b": 10}, -2),
        ("a / b = 50%", {"a": 5, "b": 10}, 0),
        ("a >= 3 cases", {"a": 1}, -2),
        ("a + b >= 3 cases", {"a": 1, "b": 9}, 7),
    ],
)
def test_counts(text, inputs, cases):
    """Counts say how many more were needed, or can be lost, with the denominator unchanged."""
    assert kpi.parse(text).evaluate(inputs).whole_cases == cases


@pytest.mark.parametrize(
    ("text", "inputs", "cases"),
    [
        ("single / tenders <= 20%", {"single": 3, "tenders": 12}, "-1 case"),
        ("single / tenders <= 20%; single <= 1 case when tenders <= 4 cases", {"single": 0, "tenders": 1}, "+1 case"),
        ("10 yen/point * points / single >= 8 yen", {"points": 2, "single": 3}, "-4 yen"),
        ("days <= 7 days", {"days": "6.2"}, "+0 days"),
    ],
    ids=["cases", "clause", "yen", "days"],
)
def test_unit(text, inputs, cases):
    """Whole cases are counted in the unit of the numerator."""
    assert str(kpi.parse(text, vocabulary=TENDERS).evaluate(inputs).whole_cases) == cases


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("single / tenders <= 20%", {"value": "25%"}),
        ("generic_share >= 80%", {"inputs": {"generic_share": "79.9%"}}),
        (
            "single / tenders >= prior year; prior year >= 1% when tenders <= 4 cases",
            {"inputs": {"tenders": 1}, "prior": "2%"},
        ),
        ("days is done", {"inputs": {"days": 1}}),
        ("single / tenders <= 20%", {"inputs": {"single": 1, "tenders": 0}}),
        ("single / (tenders - 2 * tenders) <= 20%", {"inputs": {"single": 1, "tenders": 1}}),
    ],
    ids=["published rate", "share", "reference", "done", "no denominator", "negative denominator"],
)
def test_no_counts(text, known):
    """Where there is nothing to count, there are no whole cases."""
    assert kpi.parse(text, vocabulary=TENDERS).evaluate(**known).whole_cases is None


def test_equality_as_shown():
    """A value that is shown as its target lacks no case."""
    result = kpi.parse("a / b = 33.3%", compared="shown").evaluate({"a": 1, "b": 3})
    assert (result.outcome, result.whole_cases) == ("achieved", 0)


def test_one_month():
    """For every month, the cases are those of the month that decided."""
    result = kpi.parse("a / b >= 50% every month").evaluate({"a": [5, 1], "b": [10, 10]})
    assert result.whole_cases == -4


@pytest.mark.parametrize("text", ["a / b / c >= 0.5", "1 - a / b >= 0.5"])
def test_rate_of_a_rate(text):
    """Where what stands above the line is itself a quotient, there are no cases to count."""
    assert kpi.parse(text).evaluate({"a": 60, "b": 7, "c": 3}).whole_cases is None


@pytest.mark.parametrize(
    ("text", "inputs", "cases", "share"),
    [
        ("1,000 * a / b <= 1.5", {"a": 60, "b": 30_000}, -15, "0.05"),
        ("1,000 * a / b <= 1.5", {"a": 40, "b": 30_000}, 5, "0.02"),
        ("100 * a / b >= 60", {"a": 50, "b": 100}, -10, "10"),
        ("100 * a / b = 60", {"a": 50, "b": 100}, -10, "10"),
        ("100,000 persons * a / b <= 14 persons", {"a": 15, "b": 100_000}, -1, "0.001"),
    ],
)
def test_rate_per_thousand(text, inputs, cases, share):
    """A rate for every so many counts what it is a rate of, and not that many times as many."""
    result = kpi.parse(text).evaluate(inputs)
    assert result.whole_cases == cases
    assert result.fragility.share.exact == share


def test_amount_converted():
    """Points at ten yen each are counted in yen, which is what the formula has above the line."""
    formula = kpi.parse("10 yen/point * points / tenders >= 20 yen", vocabulary=TENDERS)
    assert formula.evaluate({"points": 10, "tenders": 6}).whole_cases.text() == "-20 yen"
