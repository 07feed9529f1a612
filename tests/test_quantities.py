"""Reading, rounding and showing exact numbers."""

from __future__ import annotations

import copy
import decimal
import pickle
import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.errors import ValueReadingError
from kpi.quantities import (
    MISSING,
    NOT_APPLICABLE,
    Quantity,
    Rounding,
    Value,
    exact_text,
    finite_decimals,
    fixed_text,
    percent,
    read_numeral,
    read_value,
    round_to,
)
from kpi.units import NUMBER, PERCENT, UNITS, counting_unit

FRACTIONS = st.fractions(max_denominator=10**6)
ROUNDINGS = {
    "half_up": decimal.ROUND_HALF_UP,
    "half_even": decimal.ROUND_HALF_EVEN,
    "floor": decimal.ROUND_FLOOR,
    "ceil": decimal.ROUND_CEILING,
}


class ForeignFloat(float):
    """A float of another library, which prints itself in its own way."""

    def __repr__(self) -> str:
        return f"ForeignFloat({float(self)})"

    __str__ = float.__repr__


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("value", "number"),
    [
        pytest.param(604, Fraction(604), id="int"),
        pytest.param(10**40, Fraction(10**40), id="large int"),
        pytest.param(True, Fraction(1), id="true"),
        pytest.param(False, Fraction(0), id="false"),
        pytest.param(Decimal("95.70"), Fraction(957, 10), id="decimal"),
        pytest.param(Fraction(1, 3), Fraction(1, 3), id="fraction"),
        pytest.param(59.6, Fraction(298, 5), id="float"),
        pytest.param(0.1 + 0.2, Fraction("0.30000000000000004"), id="float as it prints"),
        pytest.param(1e22, Fraction(10**22), id="float with exponent"),
        pytest.param(-0.0, Fraction(0), id="negative zero"),
        pytest.param(ForeignFloat(59.6), Fraction(298, 5), id="float of another library"),
        pytest.param(Quantity(Fraction(957, 10), PERCENT, 1), Fraction(957, 10), id="quantity"),
    ],
)
def test_number_is_exact(value: Value, number: Fraction) -> None:
    """A number is taken as written, a float at its shortest decimal."""
    assert read_value(value).number == number


@settings(deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_float_is_its_shortest_decimal(value: float) -> None:
    """Every float reads as the decimal that it prints as, and converts back to itself."""
    number = read_value(value).number
    assert number == Fraction(repr(value))
    assert float(number) == value


@pytest.mark.parametrize("single", ["float16", "float32", "float64"])
def test_numpy_float_is_its_shortest_decimal(single: str) -> None:
    """A numpy float of any width is taken at its own shortest decimal."""
    numpy = pytest.importorskip("numpy")
    assert read_value(numpy.dtype(single).type(59.6)).number == Fraction(298, 5)


def test_numpy_integer() -> None:
    """A numpy integer is a number, and NaN is missing."""
    numpy = pytest.importorskip("numpy")
    assert read_value(numpy.int64(604)).number == 604
    assert read_value(numpy.float64("nan")) is MISSING


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("95.7%", Fraction(957, 10), "%"),
        ("９５．７％", Fraction(957, 10), "%"),
        ("3.5 ‰", Fraction(7, 2), "‰"),
        ("1,380", Fraction(1380), None),
        ("１，３８０事業所", Fraction(1380), "workplace"),
        ("1,234,567.89円", Fraction(123456789, 100), "yen"),
        ("7,445 円/人", Fraction(7445), "yen/person"),
        ("▲604", Fraction(-604), None),
        ("△12", Fraction(-12), None),
        ("-0.5ポイント", Fraction(-1, 2), "point"),
        ("−5", Fraction(-5), None),
        ("+5", Fraction(5), None),
        ("5万7千", Fraction(57000), None),
        ("5.7万", Fraction(57000), None),
        ("1億2,345万円", Fraction(123450000), "yen"),
        ("2千万円", Fraction(20000000), "yen"),
        (" 7 days ", Fraction(7), "day"),
        ("007", Fraction(7), None),
        ("done", Fraction(1), None),
        ("実施", Fraction(1), None),
        ("未実施", Fraction(0), None),
    ],
)
def test_text_is_read_as_printed(text: str, number: Fraction, unit: str | None) -> None:
    """A text is read as published tables print it, with its unit."""
    reading = read_value(text)
    assert (reading.number, reading.unit and reading.unit.name, reading.status) == (number, unit, "number")


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "  ",
        "　",
        "-",
        "－",
        "−",
        "--",
        "―",
        "—",
        "–",
        "ー",
        "…",
        float("nan"),
        float("inf"),
        float("-inf"),
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Infinity"),
    ],
    ids=ascii,
)
def test_nothing_is_missing(value: Value) -> None:
    """None, NaN, infinities, blanks and dashes are a missing value, never a number."""
    assert read_value(value) is MISSING


@pytest.mark.parametrize("text", ["該当なし", "対象外", " 該当なし ", "n/a", "N/A", "not applicable"])
def test_what_does_not_apply(text: str) -> None:
    """該当なし is told apart from a missing value."""
    assert read_value(text) is NOT_APPLICABLE


@pytest.mark.parametrize(
    "text",
    [
        "約1,380",
        "abc",
        "1,23",
        "1,2345",
        "1.2.3",
        "1.",
        ".5",
        "1,380,",
        "--5",
        "万",
        "1e5",
        "0x10",
        "1_000",
        "٣",
        "½",
        "²",
        "5‑7",
        "1 2",
        "20% 30%",
        "95.7 bananas",
    ],
)
def test_text_that_is_no_number(text: str) -> None:
    """A text that is not wholly a number with a unit is refused, and the message repeats it."""
    with pytest.raises(ValueReadingError, match=re.escape(repr(text))):
        read_value(text)


@pytest.mark.parametrize(
    "value",
    [object(), [1], 1j, b"1", Decimal("1E+1000000000"), Decimal("1E-1000000000")],
    ids=["object", "list", "complex", "bytes", "huge decimal", "tiny decimal"],
)
def test_thing_that_is_no_number(value: object) -> None:
    """What is no number of bounded size is refused at once."""
    with pytest.raises(ValueReadingError):
        read_value(value)


def test_decimal_of_any_usual_size() -> None:
    """A Decimal may reach as far as a float does."""
    assert read_value(Decimal("1E+308")).number == 10**308
    assert read_value(Decimal("0E+1000000000")).number == 0


def test_units_of_a_catalogue_are_read() -> None:
    """A text may carry a unit that the catalogue declares."""
    units = UNITS.extended([counting_unit("tablet", "tablets", "錠")])
    assert read_value("3錠", units).unit == units["tablet"]


def test_digits_are_bounded() -> None:
    """Thirty digits are read, one more is refused."""
    assert read_value("9" * 30).number == 10**30 - 1
    with pytest.raises(ValueReadingError, match="at most 30 digits"):
        read_value("9" * 31)


@pytest.mark.parametrize("text", ["1" * 30 + ".", "1" * 4000, "9" + "兆" * 4000, "1万" * 2000, "," * 4000, "1," * 2000])
def test_long_text_is_refused_at_once(text: str) -> None:
    """No text takes long to read, however its digits could be grouped."""
    with pytest.raises(ValueReadingError):
        read_value(text)


@settings(deadline=None)
@given(st.text(st.sampled_from("0123456789,.万億千▲- %件人該当なし"), max_size=40) | st.text(max_size=40))
def test_any_text_is_a_reading_or_refused(text: str) -> None:
    """Whatever a cell holds, it is a number, missing, not applicable, or refused."""
    try:
        reading = read_value(text)
    except ValueReadingError:
        return
    assert (reading.number is None) == (reading.status != "number")


@pytest.mark.parametrize(
    ("text", "number", "decimals"),
    [("1,380", 1380, 0), ("0.50", Fraction(1, 2), 2), ("5.7万", 57000, 0), ("5万0.5", Fraction(100001, 2), 1)],
)
def test_numeral_keeps_its_decimals(text: str, number: Fraction, decimals: int) -> None:
    """A numeral gives its number and the decimals with which it was written."""
    assert read_numeral(text) == (number, decimals)


# ── rounding ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("rounding", ROUNDINGS)
@settings(deadline=None)
@given(st.decimals(-(10**12), 10**12, places=6), st.integers(0, 6))
def test_rounding_agrees_with_decimal(rounding: Rounding, number: Decimal, decimals: int) -> None:
    """Each rounding gives what decimal arithmetic gives."""
    expected = number.quantize(Decimal(1).scaleb(-decimals), ROUNDINGS[rounding])
    assert round_to(Fraction(number), decimals, rounding) == Fraction(expected)


@pytest.mark.parametrize(
    ("rounding", "up", "down"),
    [("half_up", "0.3", "-0.3"), ("half_even", "0.2", "-0.2"), ("floor", "0.2", "-0.3"), ("ceil", "0.3", "-0.2")],
)
def test_ties(rounding: Rounding, up: str, down: str) -> None:
    """A half is rounded away from zero, to even, down, or up."""
    assert round_to(Fraction(1, 4), 1, rounding) == Fraction(up)
    assert round_to(Fraction(-1, 4), 1, rounding) == Fraction(down)


@pytest.mark.parametrize("rounding", ROUNDINGS)
@settings(deadline=None)
@given(FRACTIONS, st.integers(0, 4))
def test_rounding_stays_near(rounding: Rounding, number: Fraction, decimals: int) -> None:
    """A rounded number is less than one unit of its last place away, and rounding it again changes nothing."""
    rounded = round_to(number, decimals, rounding)
    assert abs(rounded - number) < Fraction(1, 10**decimals)
    assert round_to(rounded, decimals, rounding) == rounded


# ── numbers as text ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("0", "0"),
        ("298/5", "59.6"),
        ("-1/8", "-0.125"),
        ("1/3", "1/3"),
        ("-22/7", "-22/7"),
        ("1000000", "1000000"),
        ("1/1000", "0.001"),
    ],
)
def test_exact_text(number: str, text: str) -> None:
    """A number is a decimal where a finite one exists, otherwise a fraction."""
    assert exact_text(Fraction(number)) == text


@settings(deadline=None)
@given(FRACTIONS)
def test_exact_text_is_the_number(number: Fraction) -> None:
    """The exact text reads back as the number."""
    assert Fraction(exact_text(number)) == number


@settings(deadline=None)
@given(st.integers(1, 10**6))
def test_finite_decimals_are_the_fewest(denominator: int) -> None:
    """A fraction has finite decimals where its denominator has no factors but 2 and 5, and then the fewest."""
    decimals = finite_decimals(denominator)
    enough = [n for n in range(30) if 10**n % denominator == 0]
    assert decimals == (enough[0] if enough else None)


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        ("0", 2, "0.00"),
        ("1234567/100", 2, "12,345.67"),
        ("-1000", 0, "-1,000"),
        ("-1/100", 2, "-0.01"),
        ("999", 0, "999"),
    ],
)
def test_fixed_text(number: str, decimals: int, text: str) -> None:
    """A number is written with exactly the decimals asked for, and separators in its whole part alone."""
    assert fixed_text(Fraction(number), decimals, separators=True) == text


def test_numbers_of_any_length_are_shown() -> None:
    """A number of more digits than Python converts by itself is still shown."""
    large = Fraction(10**5000)
    assert exact_text(large) == "1" + "0" * 5000
    assert exact_text(1 / (large + 1)).startswith("1/1000")
    assert str(Quantity(large + Fraction(1, 4), decimals=1)).endswith(",000.3")


# ── quantities ───────────────────────────────────────────────────────────────────────────────────────────────────────

SHARE = Quantity(Fraction(5960, 100), PERCENT, 1)


@pytest.mark.parametrize(
    ("quantity", "english", "japanese"),
    [
        pytest.param(SHARE, "59.6%", "59.6%", id="percent"),
        pytest.param(Quantity(Fraction(1380), UNITS["事業所"]), "1,380 workplaces", "1,380事業所", id="count"),
        pytest.param(Quantity(Fraction(1), UNITS["件"]), "1 case", "1件", id="one"),
        pytest.param(Quantity(Fraction(-1), UNITS["件"]), "-1 case", "-1件", id="minus one"),
        pytest.param(Quantity(Fraction(0), UNITS["件"]), "0 cases", "0件", id="none"),
        pytest.param(Quantity(Fraction(2, 3), decimals=2), "0.67", "0.67", id="rounded"),
        pytest.param(Quantity(Fraction(2, 3), decimals=2, rounding="floor"), "0.66", "0.66", id="rounded down"),
        pytest.param(Quantity(Fraction(3), UNITS["pp"], 1, signed=True), "+3.0 pp", "+3.0ポイント", id="signed"),
        pytest.param(Quantity(Fraction(-3), UNITS["pp"], signed=True), "-3 pp", "-3ポイント", id="negative"),
        pytest.param(
            Quantity(Fraction(-1, 100), UNITS["pp"], 1, signed=True), "-0.01 pp", "-0.01ポイント", id="barely negative"
        ),
        pytest.param(Quantity(Fraction(7), UNITS["営業日"]), "7 business days", "7営業日", id="two words"),
    ],
)
def test_quantity_is_shown(quantity: Quantity, english: str, japanese: str) -> None:
    """A quantity is shown rounded as displayed, with its unit, in either language."""
    assert (str(quantity), quantity.text("en"), quantity.text("ja")) == (english, english, japanese)


def test_quantity_is_its_number() -> None:
    """A quantity compares, hashes and calculates as its exact number; what is calculated is a plain number."""
    assert Fraction(298, 5) == SHARE
    assert Quantity(Fraction(298, 5)) == SHARE
    assert hash(SHARE) == hash(Fraction(298, 5))
    assert SHARE < 60
    assert (SHARE + 1, type(SHARE + 1)) == (Fraction(303, 5), Fraction)


def test_quantity_is_a_float_in_its_unit() -> None:
    """`float()` gives the number in the quantity's unit, not the share."""
    assert float(SHARE) == 59.6


def test_quantity_is_formatted() -> None:
    """A format applies to the number; without one the quantity is shown."""
    assert f"{SHARE}" == "59.6%"
    assert f"{SHARE:.3f}" == "59.600"


@pytest.mark.parametrize(("number", "exact"), [("298/5", "59.6"), ("1/3", "1/3")])
def test_quantity_tells_its_exact_number(number: str, exact: str) -> None:
    """Whatever is displayed, the exact number can be had as a text."""
    quantity = Quantity(Fraction(number), PERCENT, 0)
    assert quantity.exact == exact
    assert quantity.shown == round_to(Fraction(number), 0)


def test_quantity_repr_is_short() -> None:
    """A quantity shows its exact number and unit in a console."""
    assert repr(SHARE) == "<Quantity 59.6 %>"
    assert repr(Quantity(Fraction(3))) == "<Quantity 3>"


@pytest.mark.parametrize(
    "duplicate",
    [copy.copy, copy.deepcopy, lambda quantity: pickle.loads(pickle.dumps(quantity))],  # noqa: S301
    ids=["copy", "deepcopy", "pickle"],
)
def test_quantity_is_duplicated_whole(duplicate) -> None:
    """A copy keeps number, unit and display."""
    quantity = Quantity(Fraction(-1, 3), UNITS["pp"], 2, "floor", signed=True)
    copied = duplicate(quantity)
    assert type(copied) is Quantity
    assert (copied, copied.unit, copied.decimals, copied.rounding, copied.signed) == (
        quantity, UNITS["pp"], 2, "floor", True
    )  # fmt: skip


def test_percent_of_a_share() -> None:
    """A plain share is shown in percent."""
    assert str(percent(Fraction(953, 1000))) == "95.3%"
    assert Quantity(Fraction(1)).unit is NUMBER
