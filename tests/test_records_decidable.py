"""`kpi.records.decidable`: KPIs as programs of whole numbers, and how large the numbers of a query may be."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from programs import number

import kpi
from kpi.columns.asked import asked
from kpi.compilation.bounds import largest_number
from kpi.compilation.integers import Input
from kpi.errors import RecordsError
from kpi.records.decidable import Decidable, bounds
from kpi.records.numbers import LARGEST, WIDTHS

A, B = Input("a"), Input("b")


def decidable(text, **stated):
    """The program of a formula."""
    (one,) = asked(kpi.parse(text))
    return Decidable.of(evolve(one, **stated))


@given(st.integers(0, LARGEST), st.integers(1, LARGEST))
def test_the_value_is_a_quotient_of_whole_numbers(a, b):
    value = decidable("(2 * a + 1) / b >= 1").program.value
    assert number(value.numerator, {A: a, B: b}) * b == (2 * a + 1) * number(value.denominator, {A: a, B: b})


def test_a_stated_baseline_is_a_whole_number_of_so_many_decimals():
    found = decidable("a / b >= prior year", baseline="95.7%")
    assert found.stated == 957


def test_branch_targets_and_published_values_stand_in_no_table():
    assert decidable("a / b >= branch target").program.inputs == decidable("a / b").program.inputs


@pytest.mark.parametrize(
    "text", ["a >= 5", "a / b >= 59.6%", "a / b >= prior year", "10 yen/point * a / b >= prior year"]
)
def test_within_the_bound_nothing_is_too_large(text):
    """One more digit, and something might be."""
    found = decidable(text)
    largest = 2**63 - 1
    bound = found.bound(largest)
    at_most = largest_number(found.parts, dict.fromkeys(found.program.inputs, bound))
    assert 0 < at_most <= largest
    if bound < LARGEST:
        assert largest_number(found.parts, dict.fromkeys(found.program.inputs, 10 * bound)) > largest


def test_the_least_bound_of_several_holds():
    simple, product = decidable("a >= 5"), decidable("a / b >= prior year")
    wide, narrow = (bounds([one], WIDTHS["sqlite"]) for one in (simple, product))
    assert wide["a"] > narrow["a"]
    assert bounds([simple, product], WIDTHS["sqlite"]) == narrow


def test_constants_that_an_engine_does_not_hold_are_told():
    with pytest.raises(RecordsError, match="the constants of a rule are too large for SQLite"):
        bounds([decidable(f"a >= {10**25}")], WIDTHS["sqlite"])
    assert bounds([decidable(f"a >= {10**25}")], WIDTHS["postgres"]) == {"a": LARGEST}
