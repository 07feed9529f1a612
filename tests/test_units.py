"""Units and what may be added or compared."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.quantities import Quantity
from kpi.units import (
    NUMBER,
    PERCENT,
    PERCENTAGE_POINT,
    PURE,
    STANDARD_UNITS,
    UNITS,
    Dimension,
    agree,
    counting_unit,
    divide,
    multiply,
)

BASES = st.sampled_from(["case", "person", "yen"])
DIMENSIONS = st.dictionaries(BASES, st.integers(-2, 2).filter(bool)).map(lambda powers: tuple(sorted(powers.items())))
YEN = (("yen", 1),)
YEN_PER_CASE = (("case", -1), ("yen", 1))


# ── units by name ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("unit", STANDARD_UNITS, ids=lambda unit: unit.name)
def test_unit_is_found_by_every_spelling(unit) -> None:
    """Canonical word, plural, Japanese word and aliases all name the unit."""
    assert {UNITS[symbol] for symbol in unit.symbols()} == {unit}


def test_no_spelling_names_two_units() -> None:
    """Each spelling belongs to one unit."""
    assert len(UNITS) == sum(len([*unit.symbols()]) for unit in STANDARD_UNITS)
    assert {*UNITS} == {symbol for unit in STANDARD_UNITS for symbol in unit.symbols()}


def test_quotient_is_found_through_its_parts() -> None:
    """`円/人` is yen per person without being declared."""
    assert UNITS["円/人"] == UNITS["yen/person"]
    assert UNITS["円/人"].dimension == (("person", -1), ("yen", 1))
    assert UNITS["円/人"].ja == "円/人"


def test_plural_of_a_quotient():
    """Many are above the line, one below."""
    assert str(Quantity(Fraction(13, 2), UNITS["minute/case"], 1)) == "6.5 minutes/case"
    assert str(Quantity(Fraction(1), UNITS["minute/case"])) == "1 minute/case"
    assert UNITS["minutes/case"] == UNITS["minute/case"]


@pytest.mark.parametrize("symbol", ["", "tablet", "yen/", "/yen", "yen/tablet", "yen/point/person"])
def test_unknown_unit(symbol: str) -> None:
    """What no unit is called, and a quotient of unknown parts, is no unit."""
    assert symbol not in UNITS


def test_table_takes_further_units() -> None:
    """A catalogue adds units of its own; the standard ones stay."""
    table = UNITS.extended([counting_unit("tablet", "tablets", "錠")])
    assert (table["錠"].name, table["人"].name) == ("tablet", "person")
    assert "錠" not in UNITS


@pytest.mark.parametrize(
    ("dimension", "name"),
    [
        pytest.param(PURE, "", id="number"),
        pytest.param(YEN, "yen", id="one unit"),
        pytest.param(YEN_PER_CASE, "yen/case", id="quotient"),
        pytest.param((("case", 1), ("yen", 1)), "case*yen", id="product"),
        pytest.param((("case", -1),), "1/case", id="reciprocal"),
        pytest.param((("case", -2), ("yen", 1)), "yen/case/case", id="square below"),
    ],
)
def test_dimension_has_a_name(dimension: Dimension, name: str) -> None:
    """Every dimension can be told, those without a unit through their parts."""
    assert UNITS.of_dimension(dimension).name == name


# ── shares ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("unit", "share"),
    [
        pytest.param(PERCENT, True, id="percent"),
        pytest.param(PERCENTAGE_POINT, True, id="percentage point"),
        pytest.param(UNITS["‰"], True, id="permille"),
        pytest.param(NUMBER, False, id="number"),
        pytest.param(UNITS["人"], False, id="count"),
    ],
)
def test_share_is_a_number_with_a_factor(unit, share: bool) -> None:  # noqa: FBT001
    """Percent, permille and percentage points are shares; plain numbers and counts are none."""
    assert unit.is_share is share


# ── dimensions ───────────────────────────────────────────────────────────────────────────────────────────────────────


@settings(deadline=None)
@given(DIMENSIONS, DIMENSIONS)
def test_division_undoes_multiplication(left: Dimension, right: Dimension) -> None:
    """A product divided by one of its factors is the other."""
    assert divide(multiply(left, right), right) == left


@settings(deadline=None)
@given(DIMENSIONS)
def test_quotient_of_like_things_is_a_number(dimension: Dimension) -> None:
    """Persons by persons is a plain number, which agrees with every share."""
    assert divide(dimension, dimension) == PURE


@settings(deadline=None)
@given(DIMENSIONS, DIMENSIONS)
def test_agreement_has_no_sides(left: Dimension, right: Dimension) -> None:
    """What may be compared may be compared the other way round."""
    assert agree(left, right) == agree(right, left)
    assert agree(left, left)


@pytest.mark.parametrize(
    ("left", "right", "agrees"),
    [
        pytest.param(YEN, (("person", 1),), False, id="yen and persons"),
        pytest.param(YEN, PURE, False, id="yen and a share"),
        pytest.param(YEN_PER_CASE, YEN, True, id="mean of yen and yen"),
        pytest.param(YEN_PER_CASE, (("case", 1),), False, id="mean of yen and cases"),
        pytest.param((("case", -1),), PURE, False, id="reciprocal and a share"),
    ],
)
def test_what_may_be_compared(left: Dimension, right: Dimension, agrees: bool) -> None:  # noqa: FBT001
    """Like is compared with like, and a mean per thing with a number of what is averaged."""
    assert agree(left, right) is agrees
