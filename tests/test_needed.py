"""What each month that is left has to bring."""

from __future__ import annotations

from fractions import Fraction

import pytest

import kpi
from kpi.evaluation.needed import needed_per_month

VOCABULARY = kpi.Vocabulary.of(
    [
        kpi.Variable("checked", "person"),
        kpi.Variable("insured", "person", kind="stock"),
        kpi.Variable("with_committee", "person", kind="stock"),
        kpi.Variable("mailed", "case"),
        kpi.Variable("received", "case"),
        kpi.Variable("generic_share", "%"),
        kpi.Variable("my_number_share", "%", kind="stock"),
        kpi.Variable("yen_per_case", "yen"),
    ]
)


def needed(text, inputs=None, *, as_of="2021-08-31", vocabulary=VOCABULARY, **known):
    formula = kpi.parse(text, vocabulary=vocabulary)
    result = formula.evaluate(inputs, fiscal_year="R3", as_of=as_of, **known)
    found = needed_per_month(result)
    assert result.pace.needed_per_month == found
    return found


@pytest.mark.parametrize(
    ("text", "known", "number", "shown"),
    [
        ("checked / insured >= 59.6%", {"inputs": {"checked": 34_861, "insured": 181_203}}, 10_448, "10,448 persons"),
        ("checked / insured >= 60%", {"inputs": {"checked": 20, "insured": 100}}, Fraction(40, 7), "6 persons"),
        ("checked / insured > 60%", {"inputs": {"checked": 20, "insured": 100}}, Fraction(41, 7), "6 persons"),
        ("checked / insured >= 60%", {"inputs": {"checked": 60, "insured": 100}}, 0, "0 persons"),
        ("checked / insured >= 60%", {"inputs": {"checked": 90, "insured": 100}}, 0, "0 persons"),
        ("checked / insured >= 58.5%", {"value": "21.5%"}, Fraction(37, 7), "5.3 pp"),
        ("checked / insured >= 58.5%", {"value": "60%"}, 0, "0.0 pp"),
        ("with_committee / insured >= 46%", {"value": "45.6%"}, Fraction(4, 70), "0.1 pp"),
        ("my_number_share >= 97.5%", {"value": "97.3%"}, Fraction(2, 70), "0.1 pp"),
        ("mailed >= 100 cases", {"inputs": {"mailed": 30}}, 10, "10 cases"),
        ("mailed >= 100 cases", {"value": "30件"}, 10, "10 cases"),
        ("mailed is done every branch", {"value": "6支部", "branches": 47}, Fraction(41, 7), "6 branches"),
    ],
)
def test_needed(text, known, number, shown):
    """Whole units of the numerator, or points of a rate, for each month; shown rounded up."""
    found = needed(text, **known)
    assert (found, str(found)) == (number, shown)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("mailed / received >= 95%", {"inputs": {"mailed": 9, "received": 10}}),
        ("mailed / received >= 95%", {"value": "90%"}),
        ("checked / insured <= 20%", {"value": "15%"}),
        ("checked / insured = 100%", {"value": "15%"}),
        ("generic_share >= 80%", {"value": "79%"}),
        ("1 - checked / insured >= 20%", {"inputs": {"checked": 90, "insured": 100}}),
        ("mailed is done", {"inputs": {"mailed": 1}}),
        ("mailed >= 1 every month", {"inputs": {"mailed": [1, 2]}}),
        ("checked / insured >= prior year", {"value": "15%"}),
        ("checked / insured", {"value": "15%"}),
    ],
    ids=["flows", "rate of flows", "upper", "equal", "monthly share", "remainder", "done", "each", "unknown", "none"],
)
def test_without_meaning(text, known):
    """Where nothing adds up to the target, nothing is needed month by month."""
    assert needed(text, **known) is None


@pytest.mark.parametrize(
    ("as_of", "months"), [("2021-04-01", 12), ("2021-08-30", 8), ("2021-08-31", 7), ("2022-03-30", 1)]
)
def test_months_left(as_of, months):
    """Each month that is not over counts."""
    assert needed("mailed >= 840 cases", {"mailed": 0}, as_of=as_of) == 840 / Fraction(months)


def test_final():
    """When the year is over nothing is needed any more."""
    assert needed("mailed >= 840 cases", {"mailed": 0}, as_of="2022-03-31") is None


def test_without_vocabulary():
    """What is not known to stay the same, below the line, may grow."""
    assert needed("a / b >= 50%", {"a": 1, "b": 4}, vocabulary=None) is None
    assert needed("a >= 50", {"a": 1}, vocabulary=None) == 7


def test_without_last_year():
    """It needs no value of last year."""
    result = kpi.parse("mailed >= 840 cases", vocabulary=VOCABULARY).evaluate(
        {"mailed": 0}, fiscal_year="R3", as_of="2021-09-30"
    )
    assert (result.pace.reason, result.pace.needed_per_month) == ("too_little_data", 140)
    assert "needed: 140 cases a month; months left: 6" in result.explain()
