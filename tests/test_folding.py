"""What is worked out beforehand changes no number and no condition."""

from __future__ import annotations

import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import number, truth
from whole_numbers import CONDITIONS, INPUTS, INTEGERS, ROWS

from kpi.compilation import folding
from kpi.compilation.folding import ALWAYS, NEVER
from kpi.compilation.integers import All, Any, Compared, Difference, Not, Product, Whole
from kpi.compilation.walking import inputs_of
from kpi.formulas.nodes import Comparator

X, Y, Z = INPUTS


@pytest.mark.parametrize(
    ("fold", "plain"),
    [(folding.total, operator.add), (folding.difference, operator.sub), (folding.product, operator.mul)],
)
@given(left=INTEGERS, right=INTEGERS, row=ROWS)
def test_numbers(fold, plain, left, right, row):
    """Sums, differences and products are what they are."""
    assert number(fold(left, right), row) == plain(number(left, row), number(right, row))


@given(INTEGERS, st.integers(1, 4), ROWS)
def test_quotients(left, divisor, row):
    """Quotients are rounded down."""
    assert number(folding.quotient(left, Whole(divisor)), row) == number(left, row) // divisor


@given(st.lists(CONDITIONS, max_size=4), ROWS)
def test_conditions(parts, row):
    """All, some and not mean what they say."""
    expected = [truth(part, row) for part in parts]
    assert truth(folding.every(*parts), row) == all(expected)
    assert truth(folding.some(*parts), row) == any(expected)
    assert [truth(folding.negation(part), row) for part in parts] == [not one for one in expected]


@given(CONDITIONS, CONDITIONS, ROWS)
def test_implications(condition, other, row):
    """What a condition implies holds wherever it does."""
    assert not folding.implies(condition, other) or not truth(condition, row) or truth(other, row)


@given(CONDITIONS, INTEGERS, INTEGERS, st.sampled_from(Comparator), ROWS)
def test_choices_and_comparisons(condition, left, right, comparator, row):
    """A choice takes the one or the other; a comparison compares."""
    chosen = left if truth(condition, row) else right
    assert number(folding.chosen(condition, left, right), row) == number(chosen, row)
    plain = truth(Compared(left, comparator, right), row)
    assert truth(folding.compared(left, comparator, right), row) == plain


def test_nothing_to_strike_out():
    """Ones, zeros, doubled conditions and what follows from the others are left out."""
    is_zero, is_more = Compared(X, Comparator.EQUAL, Whole(0)), Compared(X, Comparator.ABOVE, Y)
    assert folding.product(Product(Whole(2), X), Whole(3)) == Product(Whole(6), X)
    assert folding.product(Whole(-1), Difference(X, Y)) == Difference(Y, X)
    assert folding.total(X, Product(Whole(-2), Y)) == Difference(X, Product(Whole(2), Y))
    assert folding.total(X, Whole(0)) == folding.product(Whole(1), X) == folding.difference(X, Whole(0)) == X
    assert folding.difference(X, X) == Whole(0)
    assert folding.every(is_zero, is_more, is_zero) == All((is_zero, is_more))
    assert folding.every(is_zero, Not(is_zero)) == NEVER
    assert folding.some(is_zero, Not(is_zero)) == ALWAYS
    assert folding.some(All((is_zero, is_more)), is_zero) == is_zero
    assert folding.some(is_zero, All((Not(is_zero), is_more))) == Any((is_zero, is_more))
    assert inputs_of(folding.chosen(is_more, Z, Whole(1))) == (X, Y, Z)
