"""Trees with other things in the place of variables, and without what is stated in brackets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import expressions

import kpi
from kpi.formulas.nodes import Definition, Name, Number, names
from kpi.formulas.printer import canonical
from kpi.formulas.replacing import renamed, replaced, without_stated

NAMES = ["a", "b", "c"]


def definition(text):
    """A formula with its rule."""
    read = kpi.parse(text)
    return read.expression, read.rule


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a / b >= prior year", "x / b >= prior year"),
        ("a <= 5; a <= 1 case when b <= a", "x <= 5; x <= 1 case when b <= x"),
        ("b <= max(prior year, 2 * a)", "b <= max(prior year, 2 * x)"),
        ("a is done", "x is done"),
        ("b >= 1 and a <= 2 every month", "b >= 1 and x <= 2 every month"),
    ],
)
def test_every_variable_is_renamed(text, expected):
    """In the formula, in targets, in conditions and in requirements of their own."""
    expression, rule = (renamed(part, {"a": "x"}) for part in definition(text))
    assert (expression, rule) == definition(expected)


@given(st.deferred(lambda: expressions(st.sampled_from(NAMES).map(Name))))
def test_names_that_are_not_named_stay(expression):
    assert renamed(expression, {}) == expression
    assert renamed(renamed(expression, {"a": "z"}), {"z": "a"}) == expression
    found = set(names(Definition(renamed(expression, {"a": "z"}))))
    assert found == {"z" if name == "a" else name for name in names(Definition(expression))}


def test_a_variable_may_become_an_expression():
    expression, _ = definition("a / (a + b)")
    twice = replaced(expression, lambda name: Number(2) if name.name == "a" else name)
    assert canonical(twice) == "2 / (2 + b)"


def test_what_is_stated_of_other_years_goes():
    _, rule = definition("a / b >= prior year (95.7%); >= 90% when prior year (95.7%) >= 99%")
    assert canonical(without_stated(rule)) == ">= prior year; >= 90% when prior year >= 99%"
