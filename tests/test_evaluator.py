"""Evaluation: exact numbers, or every reason why there is none."""

from __future__ import annotations

import operator
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from language import definition, rule
from strategies import expressions, numbers

from kpi.formulas.evaluator import Environment, Outcome, Reason, Series, Undefined, evaluate, plain_value
from kpi.formulas.nodes import (
    Call,
    Comparison,
    Expression,
    Function,
    Name,
    Number,
    Operation,
    Operator,
    Reference,
    names,
)
from kpi.units import PERCENT, UNITS, Unit

VARIABLES = ("a", "b", "c", "d")
EXPRESSIONS = expressions(
    st.builds(Name, st.sampled_from(VARIABLES))
    | numbers(st.sampled_from([None, "%", "‰", "pp", "person", "yen/point"]))
)
VALUES = st.dictionaries(
    st.sampled_from(VARIABLES), st.just(Fraction(0)) | st.fractions(max_denominator=1000), min_size=2
)


def value_of(text: str, **variables: Outcome | Series | int) -> Outcome:
    """The value of a formula for *variables*."""
    given_values = {name: Fraction(value) if isinstance(value, int) else value for name, value in variables.items()}
    return evaluate(definition(text).formula, Environment(given_values))


def target(text: str) -> Expression:
    """What a rule compares with."""
    (requirement,) = rule(f">= {text}").requirements
    assert isinstance(requirement, Comparison)
    return requirement.right


# ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("149 / 250", Fraction(596, 1000)),
        ("1 / 3 + 1 / 3 + 1 / 3", Fraction(1)),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("7 - 2 - 1", Fraction(4)),
        ("12 / 3 / 2", Fraction(2)),
        ("2 + 3 * 4", Fraction(14)),
        ("max(1, 3, 2) - min(1, 3, 2)", Fraction(2)),
        ("20%", Fraction(1, 5)),
        ("3.5‰", Fraction(35, 10000)),
        ("0.5 pp", Fraction(1, 200)),
        ("10 yen/point * 3 points", Fraction(30)),
    ],
)
def test_arithmetic_is_exact(text: str, value: Fraction) -> None:
    """Numbers are integers and fractions as written; a percentage is a hundredth."""
    assert value_of(text) == value


def test_unit_of_a_catalogue_has_its_factor() -> None:
    """A share unit that the catalogue declares divides by its own factor."""
    units = UNITS.extended([Unit("ppm", "ppm", "ppm", per=10**6)])
    assert plain_value(Number(Fraction(5), "ppm"), units) == Fraction(5, 10**6)
    assert plain_value(Number(Fraction(5), PERCENT.name)) == Fraction(1, 20)


# ── what is lacking ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_missing_variable_is_named() -> None:
    """Without a value there is no number, not 0."""
    assert value_of("a + 0 * b", a=1) == Undefined((Reason("missing", "b"),))


def test_zero_denominator_is_named() -> None:
    """A denominator of zero gives no number, not infinity."""
    assert value_of("a / (b - c)", a=1, b=2, c=2) == Undefined((Reason("zero_denominator", "b - c"),))


def test_nothing_by_nothing_is_no_number() -> None:
    """0/0 is neither 0 nor 1."""
    assert value_of("a / b", a=0, b=0) == Undefined.because("zero_denominator", "b")


def test_every_reason_is_given_once() -> None:
    """All that is lacking is named, in the order of the formula."""
    assert value_of("a / b + max(c, a) + d / e", d=1, e=0) == Undefined(
        (Reason("missing", "a"), Reason("missing", "b"), Reason("missing", "c"), Reason("zero_denominator", "e"))
    )


def test_reason_of_an_input_is_kept() -> None:
    """A value that does not apply stays one that does not apply."""
    assert value_of("a / b", a=Undefined.because("not_applicable", "a"), b=1) == Undefined.because(
        "not_applicable", "a"
    )


def test_several_values_are_no_number() -> None:
    """Months are not added up behind the reader's back."""
    assert value_of("a", a=Series({"2021-04": Fraction(1)})) == Undefined.because("several_values", "a")


def test_call_needs_all_its_arguments() -> None:
    """The maximum of a number and a missing one is not known."""
    assert value_of("max(1, a)") == Undefined.because("missing", "a")


# ── references ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_reference_is_looked_up() -> None:
    """A reference has the value that its environment gives."""
    environment = Environment({}, lambda reference: Fraction(len(reference.period)))
    assert evaluate(target("70% of prior year"), environment) == 7


def test_reference_without_a_value_is_named() -> None:
    """An absent baseline is named by its canonical text."""
    assert evaluate(target("max(前年度, 3%)"), Environment({})) == Undefined.because("missing", "prior year")


# ── against a plain model ────────────────────────────────────────────────────────────────────────────────────────────

OPERATIONS = {
    Operator.ADD: operator.add,
    Operator.SUBTRACT: operator.sub,
    Operator.MULTIPLY: operator.mul,
    Operator.DIVIDE: operator.truediv,
}
FACTORS = {"%": 100, "pp": 100, "‰": 1000}


def plain(expression: Expression, values: dict[str, Fraction]) -> Fraction:
    """The value in Python's own fractions; a missing value is a KeyError."""
    match expression:
        case Number(value, unit):
            return value / FACTORS.get(unit or "", 1)
        case Name(name):
            return values[name]
        case Operation(sign, left, right):
            return OPERATIONS[sign](plain(left, values), plain(right, values))
        case Call(function, arguments):
            return {Function.MAX: max, Function.MIN: min}[function](plain(part, values) for part in arguments)
        case Reference():
            raise KeyError(expression)


@settings(max_examples=200, deadline=None)
@given(EXPRESSIONS, VALUES)
def test_evaluation_agrees_with_plain_fractions(expression: Expression, values: dict[str, Fraction]) -> None:
    """A value is what Python's fractions give; where they fail, the reasons name exactly what is missing."""
    found = evaluate(expression, Environment(values))
    try:
        expected = plain(expression, values)
    except (KeyError, ZeroDivisionError):
        assert isinstance(found, Undefined)
        missing = [reason.name for reason in found.reasons if reason.lack == "missing"]
        assert missing == [name for name in names(expression) if name not in values]
        assert all(reason.lack in ("missing", "zero_denominator") for reason in found.reasons)
        assert found.reasons
    else:
        assert found == expected
