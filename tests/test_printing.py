"""Expressions as Python text."""

from __future__ import annotations

import ast

from hypothesis import given
from programs import number, truth
from whole_numbers import CONDITIONS, INPUTS, INTEGERS, ROWS

from kpi.compilation.integers import Product, Quotient, Sum, Whole
from kpi.compilation.printing import condition_text, number_text, size

NAMES = {one: one.name for one in INPUTS}


@given(INTEGERS, CONDITIONS, ROWS)
def test_same_value(integer, condition, row):
    """Python reads what was meant."""
    known = {one.name: value for one, value in row.items()}
    assert eval(number_text(integer, NAMES), known) == number(integer, row)  # noqa: S307  # our own text
    assert eval(condition_text(condition, NAMES), known) == truth(condition, row)  # noqa: S307  # the same


def test_large_numbers():
    """Numbers of more digits than Python reads in decimals are written in hexadecimals."""
    large = 10**5_000
    assert ast.literal_eval(number_text(Whole(large), {})) == large
    assert ast.literal_eval(number_text(Whole(-large), {})) == -large


def test_quotient():
    """A quotient is rounded down."""
    x, y, _ = INPUTS
    assert number_text(Quotient(x, Product(Whole(2), y)), NAMES) == "(x // (2 * y))"


def test_size():
    """Shared parts count each time that they are written."""
    x, *_ = INPUTS
    twice = Sum(x, x)
    assert size(twice, Product(twice, twice)) == 3 + 7
