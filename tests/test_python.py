"""Compiled functions decide as `Formula.evaluate` does, whatever they are given."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

import pytest
from decided import DECIDED, VOCABULARY
from hypothesis import given, settings
from hypothesis import strategies as st

import kpi
from kpi.errors import KpiError
from kpi.formulas.nodes import Name
from kpi.formulas.nodes import references as references_of
from kpi.formulas.printer import canonical

WHOLE = st.integers(-2, 9) | st.sampled_from([149, 250, 596, 10**12, 10**30])
OTHERS = st.sampled_from(
    [
        None,
        True,
        59.6,
        -0.5,
        math.nan,
        math.inf,
        Fraction(1, 3),
        Decimal("59.60"),
        "1,000",
        "59.6%",
        "",
        "該当なし",
        "-3",
    ]
)


@st.composite
def mappings(draw, formula, values):
    """Values for most variables of a formula, by identifier or label, in several kinds of mapping."""
    labelled = formula.vocabulary and formula.expression != Name("rate")  # the checker grants that no unit but %
    label = draw(st.sampled_from(["rate", "率"])) if labelled else "rate"
    names = [label if name == "rate" else name for name in formula.names if draw(st.integers(0, 9))]
    kind = draw(st.sampled_from([dict, dict, dict, MappingProxyType, lambda found: defaultdict(int, found)]))
    return kind({name: draw(values) for name in names})


@st.composite
def calls(draw, formula):
    """Arguments for one call: mostly whole numbers."""
    values = draw(st.sampled_from([WHOLE, WHOLE, WHOLE | OTHERS]))
    given = {"inputs": draw(mappings(formula, values))}
    if draw(st.booleans()):
        given["prior"] = draw(st.one_of(mappings(formula, values), mappings(formula, values), values))
    for name in ("baseline", "value"):
        if not draw(st.integers(0, 3)):
            given[name] = draw(values)
    texts = {canonical(one).partition(" (")[0] for one in references_of(formula.rule)} - {"prior year"}
    if texts and draw(st.booleans()):
        elsewhere = st.one_of(mappings(formula, values), mappings(formula, values), values)
        given["references"] = {text: draw(elsewhere) for text in sorted(texts) if draw(st.integers(0, 9))}
    if not draw(st.integers(0, 5)):
        given["fiscal_year"] = 2021
    return given


def outcome_of(function, given):
    """What a call gives, or the kind of its error."""
    try:
        return function(**given)
    except KpiError as error:
        return type(error)


def evaluated(formula, given):
    """Verdict and margin as `evaluate` gives them."""
    result = outcome_of(formula.evaluate, given)
    return result if isinstance(result, type) else (result.outcome, result.margin)


@settings(max_examples=80)
@given(DECIDED, st.data())
def test_same_answer(formula, data):
    """Verdict and exact margin are those of `evaluate`; what cannot be read is refused alike."""
    compiled = formula.compile()
    for _ in range(5):
        call = data.draw(calls(formula))
        found = outcome_of(compiled, call)
        if not isinstance(found, type):
            verdict, numerator, denominator = found
            found = verdict, None if numerator is None else Fraction(numerator, denominator)
        assert found == evaluated(formula, call)


@pytest.mark.parametrize(
    ("text", "given", "expected"),
    [
        ("a / b >= 59.6%", {"inputs": {"a": 149, "b": 250}}, ("achieved", 0, 1250)),
        ("a / b >= 59.6%", {"inputs": {"a": 148, "b": 250}}, ("missed", -500, 1250)),
        ("a / b >= 59.6%", {"inputs": {"a": 149, "b": 0}}, ("not_evaluable", None, None)),
        ("a / b <= 20%; a <= 1 case when b <= 4", {"inputs": {"a": 0, "b": 0}}, ("achieved", 1, 1)),
        ("a / b >= prior year", {"inputs": {"a": 1, "b": 2}, "prior": {"a": 1, "b": 3}}, ("achieved", 100, 6)),
        ("a / b >= prior year", {"inputs": {"a": 1, "b": 2}, "baseline": 51}, ("missed", -2, 2)),
        (
            "a / b >= branch target",
            {"inputs": {"a": 1, "b": 2}, "references": {"branch target": 50}},
            ("achieved", 0, 2),
        ),
        ("x is done", {"inputs": {"x": 1}}, ("achieved", None, None)),
        ("x is done and >= a", {"inputs": {"x": 0, "a": 0}}, ("missed", None, None)),
        ("a / b", {"inputs": {"a": 1, "b": 2}}, ("no_target", None, None)),
    ],
)
def test_whole_numbers(text, given, expected):
    """Whole numbers need no evaluator."""
    assert kpi.parse(text).compile()(**given) == expected


def test_no_evaluator():
    """Rows of whole numbers are decided by the function's own lines; only its last line asks the evaluator."""
    compiled = kpi.parse("a / b >= 59.6%").compile()
    compiled.__globals__["exact"] = None
    assert compiled({"a": 149, "b": 250, "office": "Iwate"})[0] == "achieved"
    with pytest.raises(TypeError):
        compiled({"a": 149.0, "b": 250})


def test_counters():
    """What a counter or a defaultdict does not hold is missing, not zero."""
    compiled = kpi.parse("a <= 3").compile()
    assert compiled(Counter(b=1)) == ("not_evaluable", None, None)
    assert compiled(defaultdict(int)) == ("not_evaluable", None, None)


def test_other_entries():
    """What the formula does not look at may be anything; a variable counts under its identifier before its label."""
    compiled = kpi.parse("rate >= 50%", vocabulary=VOCABULARY).compile()
    assert compiled({"rate": 50, "office": "Iwate", "率": "?"}) == ("achieved", 0, 1)
    assert compiled({"率": 49}) == ("missed", -1, 1)


def test_names_are_no_code():
    """Names stay out of the function's text, whatever they are."""
    name = "__import__('os').abort()"
    compiled = kpi.parse(f'"{name}" >= 1').compile()
    assert compiled({name: 1}) == ("achieved", 0, 1)
    assert "abort" not in compiled.source


def test_long_formulas():
    """A rule too long for a function of its own is still decided."""
    long = " + ".join(["a"] * 60)
    compiled = kpi.parse(f"max({long}, {long}, {long}) / max({long}, {long}, {long}) >= 100%").compile()
    assert compiled({"a": 1})[0] == "achieved"
    large = " * ".join(["9" * 30] * 40)
    assert kpi.parse(f"a >= {large} * {large}").compile()({"a": 1})[0] == "missed"


def test_undeclared_decimals():
    """A rule on the shown value needs to know how it is shown."""
    with pytest.raises(KpiError, match="not declared"):
        kpi.parse("a / b >= 59.6%", compared="shown").compile()
