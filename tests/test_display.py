"""How a number is shown where no KPI declares it."""

from __future__ import annotations

from fractions import Fraction

import pytest

import kpi
from kpi.evaluation.display import Display
from kpi.units import UNITS

VOCABULARY = kpi.Vocabulary.of(
    [
        kpi.Variable("checked", UNITS["person"]),
        kpi.Variable("insured", UNITS["person"]),
        kpi.Variable("amount", UNITS["yen"]),
        kpi.Variable("reassessed", UNITS["case"]),
        kpi.Variable("generic_share", UNITS["%"]),
    ]
)


def shown(text, *, vocabulary=None, inputs=None, **given):
    """The value of a formula as displayed."""
    return str(kpi.parse(text, vocabulary=vocabulary).evaluate(inputs or {"a": 149, "b": 250}, **given).value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a / b", "59.6%"),
        ("a / b >= 59.6%", "59.6%"),
        ("a / b >= 60%", "59.6%"),
        ("a / b >= 59.60%", "59.60%"),
        ("a / b >= 596‰", "596.0‰"),
        ("a / b >= 0.60", "0.60"),
        ("a / b >= prior year + 0.50 points", "59.60%"),
        ("a / b >= prior year (59.55%)", "59.60%"),
        ("a / b <= 70% of prior year", "59.6%"),
        ("a / b <= 12 cases", "1 case"),
        ("a / b >= prior year; >= 1.00% when a <= 4", "59.60%"),
        ("a - b", "-101"),
        ("a * 2 >= 300 workplaces", "298 workplaces"),
        ("a is done", "149"),
        ("2 yen/point * a", "298"),
    ],
)
def test_unknown_units(text, value):
    """Where units are unknown the target's unit and decimals are taken; a quotient is a share."""
    assert shown(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("checked / insured", "59.6%"),
        ("checked >= 1", "149 persons"),
        ("amount / reassessed >= prior year", "8,196 yen/case"),
        ("amount / reassessed >= 8,000.0 yen", "8,195.7 yen"),
        ("generic_share >= prior year", "78.4%"),
        ("generic_share >= 80.00%", "78.40%"),
    ],
)
def test_known_units(text, value):
    """Where the units of the variables are known, the value has the unit that follows."""
    inputs = {"checked": 149, "insured": 250, "amount": 57_370, "reassessed": 7, "generic_share": "78.4%"}
    assert shown(text, vocabulary=VOCABULARY, inputs=inputs) == value


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ({"baseline": "59.55%"}, "59.60%"),
        ({"prior": "59.555%"}, "59.600%"),
        ({"prior": {"a": 1, "b": 3}}, "59.6%"),
        ({"references": {"prior year": "59%"}}, "59.6%"),
        ({"value": "59.6000%", "inputs": {"a": 1}}, "59.6%"),
        ({"value": "59.61%", "inputs": {"a": 1}}, "59.61%"),
        ({"baseline": Fraction(100, 3)}, "59.6%"),
    ],
    ids=["baseline", "prior value", "prior counts", "reference", "zeros", "published", "unending"],
)
def test_decimals_of_what_was_given(given, value):
    """A value is shown with as many decimals as the shares it is compared with; one at least."""
    assert shown("a / b >= prior year", **given) == value


def test_decimals_of_a_variable():
    """A formula of one variable shows the decimals of its number."""
    result = kpi.parse("days <= 7 days").evaluate({"days": "6.2"})
    assert str(result.value) == "6.2 days"
    assert result.margin.text("ja") == "+0.8日"


def test_declared_display():
    """Declared unit, decimals and rounding go before what could be inferred."""
    formula = kpi.parse("a / b >= 59.6%", unit="‰", decimals=2, rounding="floor")
    assert str(formula.evaluate({"a": 2, "b": 3}).value) == "666.66‰"


def test_value_is_in_the_unit():
    """The value of a share is 59.6 with unit %, exactly, and not 0.596."""
    value = kpi.parse("a / b >= 59.6%").evaluate({"a": 149, "b": 250}).value
    assert value == Fraction("59.6")
    assert value.unit.name == "%"
    assert float(value) == 59.6


@pytest.mark.parametrize(
    ("unit", "text", "ja"),
    [("%", "-0.5 pp", "-0.5ポイント"), ("‰", "-5.0‰", "-5.0‰"), ("yen/case", "-0.01 yen/case", "-0.01円/件")],
    ids=["percent", "permille", "yen per case"],
)
def test_difference(unit, text, ja):
    """A difference of percentages is in percentage points, and one that would round to 0 has more decimals."""
    difference = Display(UNITS[unit], 1).difference(Fraction("-0.005"))
    assert (difference.text(), difference.text("ja")) == (text, ja)


def test_another_quantity():
    """A quantity that only a clause compares is shown in its own unit."""
    result = kpi.parse("a / b <= 20%; a <= 1 case when b <= 4").evaluate({"a": 2, "b": 3})
    assert [str(number) for number in (result.value, result.target, result.margin)] == ["2 cases", "1 case", "-1 case"]
