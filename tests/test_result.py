"""The numbers of a result, and the result for programs."""

from __future__ import annotations

import json
import pickle
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kpi

FIELDS = [
    "kpi", "outcome", "value", "target", "margin", "unit", "provisional", "as_of", "clause", "rounding_sensitive",
    "pace", "national",
]  # fmt: skip
POSITIVE = st.integers(1, 10**6)


def evaluated(text, a, b, **style):
    """A formula of two counts, evaluated."""
    return kpi.parse(text, **style).evaluate({"a": a, "b": b})


# ── margins ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "margin", "relative", "attainment"),
    [
        ("a / b >= 50%", "-25.0 pp", "-50.0%", "50.0%"),
        ("a / b >= 20%", "+5.0 pp", "+25.0%", "125.0%"),
        ("a / b <= 20%", "-5.0 pp", "-25.0%", "80.0%"),
        ("a / b <= 50%", "+25.0 pp", "+50.0%", "200.0%"),
        ("a / b = 20%", "-5.0 pp", "-25.0%", "125.0%"),
        ("a / b >= 0%", "+25.0 pp", "None", "None"),
        ("a / b >= 250‰", "+0.0‰", "+0.0%", "100.0%"),
        ("b <= 10 days", "-2 days", "-20.0%", "83.3%"),
    ],
)
def test_margins(text, margin, relative, attainment):
    """The margin is in the KPI's unit; relative margin and attainment are in percent of the target."""
    result = evaluated(text, 3, 12)
    assert [str(part) for part in (result.margin, result.relative_margin, result.attainment)] == [
        margin,
        relative,
        attainment,
    ]


@settings(deadline=None)
@given(POSITIVE, POSITIVE, st.integers(1, 2000))
def test_margins_agree(a, b, permille):
    """Margin, relative margin and attainment are one distance, told in three ways."""
    result = evaluated(f"a / b >= {permille}‰", a, b)
    assert result.margin == result.value - result.target
    assert result.relative_margin == result.margin / result.target * 100
    assert result.attainment == 100 + result.relative_margin


def test_nothing_has_no_attainment():
    """A value of 0 where lower is better has no attainment."""
    assert evaluated("a / b <= 20%", 0, 12).attainment is None


def test_exact_numbers():
    """Value, target and margin are exact, and a calculation with them stays exact."""
    result = evaluated("a / b >= 59.6%", 34_861, 181_203)
    assert result.value == Fraction(3_486_100, 181_203)
    assert result.value - result.target == result.margin


# ── rounding ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("comparator", "a", "exact", "shown"),
    [
        (">=", 5_955, "missed", "achieved"),
        (">=", 5_954, "missed", "missed"),
        (">=", 5_960, "achieved", "achieved"),
        ("<=", 5_964, "missed", "achieved"),
        ("<=", 5_965, "missed", "missed"),
        (">", 5_964, "achieved", "missed"),
        ("<", 5_956, "achieved", "missed"),
        ("=", 5_958, "missed", "achieved"),
    ],
)
def test_rounding_sensitive(comparator, a, exact, shown):
    """Where the exact value and the one shown give different verdicts, the result says so, whichever is compared."""
    text = f"a / b {comparator} 59.6%"
    results = [evaluated(text, a, 10_000, compared=compared) for compared in ("exact", "shown")]
    assert [result.outcome for result in results] == [exact, shown]
    assert [result.rounding_sensitive for result in results] == [exact != shown] * 2


@pytest.mark.parametrize(
    ("rounding", "shown", "outcome"),
    [("half_up", "59.6", "achieved"), ("half_even", "59.6", "achieved"), ("floor", "59.5", "missed")],
)
def test_rounding_of_what_is_shown(rounding, shown, outcome):
    """The number shown is rounded as the KPI says, and is the value where it is compared."""
    result = evaluated("a / b >= 59.6%", 5_955, 10_000, compared="shown", rounding=rounding)
    assert (result.value.exact, result.outcome) == (shown, outcome)


def test_undecided_is_not_sensitive():
    """Without a verdict there is nothing that rounding could change."""
    assert evaluated("a / b >= 59.6%", None, 10_000).rounding_sensitive is False


# ── for programs ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_to_dict():
    """The fields are those of the command line; numbers are exact decimal text in the KPI's unit."""
    result = kpi.parse("a / b >= 59.6%").evaluate({"a": 149, "b": 200}, fiscal_year="R3", as_of="2021-09-30")
    assert list(result.to_dict()) == FIELDS
    assert result.to_dict() == {
        "kpi": "",
        "outcome": "achieved",
        "value": "74.5",
        "target": "59.6",
        "margin": "14.9",
        "unit": "%",
        "provisional": True,
        "as_of": "2021-09-30",
        "clause": ">= 59.6%",
        "rounding_sensitive": False,
        "pace": {
            "met": None,
            "called_for": None,
            "low": None,
            "high": None,
            "last_year_then": None,
            "last_year_end": None,
            "needed_per_month": None,
            "reason": "too_little_data",
            "lacking": [
                {"lack": "missing", "name": "same period last year"},
                {"lack": "missing", "name": "prior year"},
            ],
        },
        "national": None,
    }


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("a / b >= 20%", ("100/3", "20", "40/3")),
        ("a / b <= prior year", ("100/3", None, None)),
        ("a / c <= 20%", (None, "20", None)),
        ("a <= 0.5 cases", ("1", "0.5", "-0.5")),
        ("a is done", ("1", None, None)),
        ("a / b", ("100/3", None, None)),
    ],
)
def test_exact_text(text, numbers):
    """A number without a finite decimal is written n/d, and one that is not there is null."""
    written = json.loads(json.dumps(kpi.parse(text).evaluate({"a": 1, "b": 3}).to_dict()))
    assert (written["value"], written["target"], written["margin"]) == numbers


@settings(deadline=None)
@given(st.integers(-(10**6), 10**6), st.integers(-1000, 1000), st.sampled_from([">=", "<=", ">", "<", "="]))
def test_to_dict_goes_through_json(a, b, comparator):
    """Whatever the values, the dictionary survives JSON unchanged and its numbers read back exactly."""
    result = evaluated(f"a / b {comparator} 33.3%", a, b)
    written = result.to_dict()
    assert json.loads(json.dumps(written)) == written
    assert written["value"] is None or Fraction(written["value"]) == result.value


@pytest.mark.parametrize(
    ("inputs", "text"),
    [
        ({"a": 1, "b": 5}, "<Result: achieved; 20.0%; <= 20%>"),
        ({"a": 1, "b": 3}, "<Result: achieved; 1 case; a <= 1 case when b <= 4>"),
        ({"a": 1}, "<Result: not_evaluable>"),
    ],
    ids=["share", "clause", "unknown"],
)
def test_repr(inputs, text):
    """A result shows outcome, value and clause."""
    assert repr(kpi.parse("a / b <= 20%; a <= 1 case when b <= 4").evaluate(inputs)) == text


def test_pickle():
    """A result goes through pickle."""
    result = evaluated("a / b >= 59.6%", 149, 250)
    assert pickle.loads(pickle.dumps(result)).to_dict() == result.to_dict()  # noqa: S301 - written in the line itself
