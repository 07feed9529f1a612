"""How large the numbers of a program become."""

from __future__ import annotations

import pytest
from decided import DECIDED, rows
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import numbers

import kpi
from kpi.compilation.bounds import DECIMAL38, bound_below, largest_bound, largest_number
from kpi.compilation.lowering import lower


def program(text):
    """The program where only variables are given."""
    formula = kpi.parse(text)
    return lower(formula, presence={one: False for one in lower(formula).inputs if not one.name})


@settings(max_examples=50)
@given(DECIDED, st.booleans(), st.data())
def test_no_number_is_larger(formula, signed, data):
    """No part of a program becomes larger than was said, in rows of any sign, decided or not."""
    scales, row = data.draw(rows(lower(formula, signed=signed).inputs))
    found = lower(formula, scales=scales, signed=signed)
    filled = {one: value or 0 for one, value in row.items()}
    bounds = {one: abs(value) for one, value in filled.items()}
    assert max(map(abs, numbers(found, filled)), default=0) <= largest_number(found, bounds)
    assert max(map(abs, numbers(found, bounds)), default=0) <= largest_number(found, bounds, negative=False)


@settings(max_examples=60)
@given(DECIDED, st.sampled_from([64, 128]), st.booleans())
def test_largest_bound(formula, bits, negative):
    """The largest bound fits, and the next does not."""
    found = lower(formula)
    bound, limit = largest_bound(found, bits, negative=negative), 2 ** (bits - 1) - 1
    one_more = dict.fromkeys(found.inputs, bound + 1)
    assert bound == bound_below(found, limit, negative=negative)
    assert bound == -1 or largest_number(found, dict.fromkeys(found.inputs, bound), negative=negative) <= limit
    assert bound == limit or largest_number(found, one_more, negative=negative) > limit


@pytest.mark.parametrize(
    ("text", "bound", "bound_above_zero"),
    [
        ("a >= 57,000", 2**63 - 57_001, 2**63 - 1),
        ("a / b >= 59.6%", (2**63 - 1) // 399, (2**63 - 1) // 250),
        ("a / b >= prior year", 2_147_483_647, 3_037_000_499),
    ],
)
def test_well_known(text, bound, bound_above_zero):
    """A share against last year's is exact in 64 bits while every count is at most 3,037,000,499."""
    assert largest_bound(program(text)) == bound
    assert largest_bound(program(text), negative=False) == bound_above_zero


def test_decimals():
    """With 38 digits, last year's share is exact for any count of 18."""
    assert bound_below(program("a / b >= prior year"), DECIMAL38) == 7_071_067_811_865_475_244


def test_nothing_fits():
    """A constant that is too large leaves no bound at all."""
    assert largest_bound(program("a >= 99999999999999999999"), 64) == -1
