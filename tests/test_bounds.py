"""How large the numbers of a program become."""

from __future__ import annotations

import pytest
from decided import DECIDED, rows
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import numbers

import kpi
from kpi.compilation.bounds import DECIMAL38, largest_number
from kpi.compilation.forks import Answers
from kpi.compilation.lowering import lower

LONG = 2**63 - 1


def program(text):
    """The program where only variables are given."""
    formula = kpi.parse(text)
    return lower(formula, presence={one: False for one in lower(formula).inputs if not one.name})


def parts(found):
    """All that is worked out of a program."""
    return [*Answers.of(found, found.ratios).parts, *found.positive]


@settings(max_examples=25)
@given(DECIDED, st.booleans(), st.data())
def test_no_number_is_larger(formula, signed, data):
    """No part of a program becomes larger than was said, in rows of any sign, decided or not."""
    scales, row = data.draw(rows(lower(formula, signed=signed).inputs))
    found = parts(lower(formula, scales=scales, signed=signed))
    filled = {one: value or 0 for one, value in row.items()}
    bounds = {one: abs(value) for one, value in filled.items()}
    assert max(map(abs, numbers(found, filled)), default=0) <= largest_number(found, bounds)
    assert max(map(abs, numbers(found, bounds)), default=0) <= largest_number(found, bounds, negative=False)


@pytest.mark.parametrize(
    ("text", "bound", "limit", "negative"),
    [
        ("a >= 57,000", 2**63 - 57_001, LONG, True),
        ("a >= 57,000", 2**63 - 1, LONG, False),
        ("a / b >= 59.6%", (2**63 - 1) // 399, LONG, True),
        ("a / b >= 59.6%", (2**63 - 1) // 250, LONG, False),
        ("a / b >= prior year", 2_147_483_647, LONG, True),
        ("a / b >= prior year", 3_037_000_499, LONG, False),
        ("a / b >= prior year", 7_071_067_811_865_475_244, DECIMAL38, True),
    ],
)
def test_well_known(text, bound, limit, negative):
    """A share against last year's is exact in 64 bits while every count is at most 3,037,000,499."""
    found = program(text)
    within, beyond = (
        largest_number(parts(found), dict.fromkeys(found.inputs, most), negative=negative)
        for most in (bound, bound + 1)
    )
    assert within <= limit < beyond


def test_bounds_of_each():
    """Where one of two factors is small, the other may be large."""
    found = program("a * b >= 1")
    a, b = found.inputs
    assert largest_number(parts(found), {a: 10**15, b: 10**3}) == 10**18 + 1
