"""The proof: a check with its numbers put in, in the language itself."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import expressions

import kpi
from kpi.evaluation.substitution import literal
from kpi.formulas.evaluator import Environment, evaluate
from kpi.formulas.nodes import Comparator, Comparison, Definition, Name, Number, Period, Reference, Rule
from kpi.formulas.printer import canonical
from kpi.units import NUMBER, UNITS, counting_unit

NAMES = ["a", "b", "c", "d"]
NAME_NODES = st.builds(Name, st.sampled_from(NAMES))
BARE = st.builds(Number, st.integers(1, 50).map(Fraction))
PERCENTAGES = st.builds(lambda digits: Number(Fraction(digits, 10), "%", decimals=1), st.integers(0, 1500))
REFERENCES = st.one_of(
    st.builds(Reference, st.sampled_from([Period.PRIOR_YEAR, Period.NATIONAL]), st.none(), st.none() | PERCENTAGES),
    st.builds(Reference, st.just(Period.FISCAL_YEAR), st.sampled_from([2019, 2020])),
    st.builds(Reference, st.just(Period.MEAN_OF_YEARS), st.integers(1, 2)),
)
NUMBERS = st.integers(-10_000, 10_000) | st.fractions(-100, 100, max_denominator=60)
VALUES = st.fixed_dictionaries(dict.fromkeys(NAMES, NUMBERS))
ELSEWHERE = VALUES | NUMBERS


LEAVES = [PERCENTAGES | REFERENCES, NAME_NODES | REFERENCES, NAME_NODES | PERCENTAGES]
TARGETS = st.one_of([leaves | expressions(leaves) for leaves in LEAVES])
RULES = st.builds(
    lambda comparator, target: Rule((Comparison(None, comparator, target),)), st.sampled_from(Comparator), TARGETS
)
DEFINITIONS = st.builds(Definition, expressions(NAME_NODES | BARE), RULES)
STYLES = st.fixed_dictionaries(
    {
        "compared": st.sampled_from(["exact", "shown"]),
        "rounding": st.sampled_from(["half_up", "half_even", "floor", "ceil"]),
        "decimals": st.none() | st.integers(0, 3),
    }
)
KNOWN = st.fixed_dictionaries(
    {
        "inputs": VALUES,
        "prior": ELSEWHERE,
        "baseline": st.none() | NUMBERS,
        "references": st.fixed_dictionaries({"national": ELSEWHERE, "FY2019": ELSEWHERE}),
    }
)


def evaluated(definition, style, known):
    """A random formula over four names, compared with shares, names or references, on random values."""
    try:
        formula = kpi.parse(canonical(definition), **style)
    except kpi.FormulaError:
        assume(False)  # noqa: FBT003 - hypothesis' own spelling
    return formula.evaluate(**known, fiscal_year=2021)


RESULTS = st.builds(evaluated, DEFINITIONS, STYLES, KNOWN)


@settings(max_examples=300, deadline=None)
@given(RESULTS)
def test_proof_recomputes(result):
    """The proof is read back and, without inputs, gives the same verdict and margin; the text contains it."""
    assert (result.proof is None) == (result.margin is None)
    assume(result.proof is not None)
    again = kpi.parse(result.proof).evaluate()
    assert (again.outcome, again.check.margin) == (result.outcome, result.check.margin)
    assert result.proof in result.explain()


@settings(deadline=None)
@given(st.fractions(-(10**9), 10**9, max_denominator=10**6), st.sampled_from(["%", "‰", "yen/point", "case", ""]))
def test_literal(number, unit):
    """Any number can be written in any unit, negative and unending ones as well."""
    written = literal(number, UNITS[unit] if unit else NUMBER)
    assert evaluate(written, Environment({})) == number
    assert kpi.parse(canonical(written)).expression == written


@pytest.mark.parametrize(
    ("text", "known", "proof"),
    [
        ("a / b >= 59.6%", {"inputs": {"a": 34_861, "b": 181_203}}, "34,861 / 181,203 >= 59.6%"),
        ("a / b <= 20%; a <= 1 case when b <= 4", {"inputs": {"a": 1, "b": 3}}, "1 <= 1 case"),
        ("a / b >= prior year", {"value": "93.99%", "baseline": "95.7%"}, "93.99% >= 95.7%"),
        ("a / b >= prior year", {"inputs": {"a": 1, "b": 2}, "prior": {"a": 1, "b": 3}}, "1 / 2 >= 1 / 3"),
        ("a / b >= prior year", {"inputs": {"a": 1, "b": 2}, "prior": Fraction(100, 3)}, "1 / 2 >= 100% / 3"),
        ("a - b >= prior year", {"inputs": {"a": 1, "b": 2}, "prior": -5}, "1 - 2 >= 0 - 5"),
        ("a / b >= prior year + x", {"inputs": {"a": 1, "b": 2, "x": 0.05}, "prior": 70}, "1 / 2 >= 70% + 5%"),
        ("a >= 1; prior year >= 3 when a >= 0", {"inputs": {"a": 1}, "prior": 4}, "4 >= 3"),
        ("a >= 1 every month", {"inputs": {"a": [3, 0]}}, "0 >= 1"),
        ("a is done", {"inputs": {"a": "実施"}}, "1 is done"),
        ("a / b >= 59.6%", {"inputs": {"a": 1}}, None),
    ],
)
def test_proofs(text, known, proof):
    """The proof puts numbers where names and references stood."""
    assert kpi.parse(text).evaluate(**known).proof == proof


def test_proof_of_shown_numbers():
    """Where the numbers shown are compared, the proof is about those."""
    result = kpi.parse("a / b >= 59.6%", compared="shown").evaluate({"a": 5955, "b": 10_000})
    assert result.proof == "59.6% >= 59.6%"


def test_proof_with_units():
    """Numbers have the units of their variables."""
    known = kpi.Vocabulary.of([kpi.Variable("points", "point"), kpi.Variable("reassessed", "case")])
    formula = kpi.parse("10 yen/point * points / reassessed >= prior year", vocabulary=known)
    result = formula.evaluate({"points": 100, "reassessed": 300}, prior="3.2")
    assert result.proof == "10 yen/point * 100 points / 300 cases >= 3.2 yen/case"
    assert kpi.parse(result.proof).evaluate().margin == result.margin


@pytest.mark.parametrize(
    ("number", "text"), [(4, "4 councils"), (1, "1 council"), (Fraction(19, 3), "19 councils / 3")]
)
def test_units_of_a_catalogue(number, text):
    """Of a unit that a catalogue brings there is a plural as well."""
    assert canonical(literal(Fraction(number), counting_unit("council", "councils", "会議"))) == text
