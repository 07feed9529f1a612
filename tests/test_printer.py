"""The canonical text: one spelling for each tree."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from language import tree
from strategies import DEFINITIONS, NAMES, RULES, numbers

from kpi.formulas.nodes import (
    Comparator,
    Comparison,
    Definition,
    Name,
    Number,
    Operation,
    Operator,
    Period,
    Reference,
    Rule,
)
from kpi.formulas.parser import parse_definition, parse_rule
from kpi.formulas.printer import canonical, digits_text, name_text, number_text
from kpi.source import Source


@settings(max_examples=50, deadline=None)
@given(DEFINITIONS)
def test_definition_reads_back(found: Definition) -> None:
    """The canonical text of a definition is read as that definition."""
    assert parse_definition(Source(canonical(found))) == (found, [])


@settings(max_examples=50, deadline=None)
@given(RULES)
def test_rule_reads_back(found: Rule) -> None:
    """The canonical text of a rule is read as that rule."""
    assert parse_rule(Source(canonical(found))) == (found, [])


@settings(deadline=None)
@given(NAMES)
def test_name_reads_back(name: str) -> None:
    """A name of any script, and one that looks like a word of the language, is read as that name."""
    found, _ = parse_definition(Source(name_text(name)))
    assert found == Definition(Name(name.strip()))


@settings(deadline=None)
@given(numbers())
def test_number_reads_back(number: Number) -> None:
    """A number is read back with value, unit and decimals."""
    found, _ = parse_definition(Source(number_text(number)))
    assert found is not None
    assert (found.formula, found.formula.decimals) == (number, number.decimals)


@pytest.mark.parametrize("text", ["a / b >= 20%", "20％以上", "a + b - c * (d - e)", "毎月実施する"])
def test_canonical_text_is_settled(text: str) -> None:
    """The canonical text of a canonical text is itself."""
    once = canonical(tree(text))
    assert canonical(tree(once)) == once


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a_1", "a_1"),
        ("受診率", "受診率"),
        ("when", "「when」"),
        ("a b", "「a b」"),
        ("1a", "「1a」"),
        ("お知らせ", "「お知らせ」"),
        ("毎月発信数", "「毎月発信数」"),
    ],
)
def test_name_is_quoted_where_it_must_be(name: str, text: str) -> None:
    """A name stands in 「」 only where it could be read as something else."""
    assert name_text(name) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        pytest.param(Number(Fraction(57000), "workplace"), "57,000 workplaces", id="plural"),
        pytest.param(Number(Fraction(1), "case"), "1 case", id="one"),
        pytest.param(Number(Fraction(95), "%", decimals=1), "95.0%", id="decimals as written"),
        pytest.param(Number(Fraction(1, 8)), "0.125", id="decimals as needed"),
        pytest.param(Number(Fraction(7), "business_day"), "7 business days", id="two words"),
        pytest.param(Number(Fraction(5), "tablet"), "5 tablet", id="unknown unit"),
        pytest.param(Number(Fraction(10), "yen/point"), "10 yen/point", id="quotient"),
    ],
)
def test_number_text(number: Number, text: str) -> None:
    """A number has separators, its decimals, and its unit in the right number."""
    assert number_text(number) == text


def test_digits_are_without_unit() -> None:
    """The digits alone can be had."""
    assert digits_text(Number(Fraction(57000), "workplace", decimals=1)) == "57,000.0"


def test_brackets_stand_only_where_needed() -> None:
    """Brackets remain where leaving them out would change the tree."""
    a, b, c = map(Name, "abc")
    right = Operation(Operator.SUBTRACT, a, Operation(Operator.SUBTRACT, b, c))
    left = Operation(Operator.SUBTRACT, Operation(Operator.SUBTRACT, a, b), c)
    assert (canonical(right), canonical(left)) == ("a - (b - c)", "a - b - c")


def test_share_of_a_reference() -> None:
    """A share of a reference is printed with `of`, a share of anything else as a product."""
    seventy, reference = Number(Fraction(70), "%"), Reference(Period.PRIOR_YEAR)
    assert canonical(Operation(Operator.MULTIPLY, seventy, reference)) == "70% of prior year"
    assert canonical(Operation(Operator.MULTIPLY, seventy, Name("a"))) == "70% * a"
    assert canonical(Operation(Operator.DIVIDE, Name("a"), Operation(Operator.MULTIPLY, seventy, reference))) == (
        "a / 70% of prior year"
    )


def test_parts_are_printed_alone() -> None:
    """A clause and a requirement have a text of their own."""
    (case,) = tree(">= 20%; a >= 1 when b < 3").cases
    assert canonical(case) == "a >= 1 when b < 3"
    assert canonical(Comparison(None, Comparator.BELOW, Number(Fraction(3)))) == "< 3"
