"""What a test compares: types and units of its sides, and hints for what was meant otherwise."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from language import CLAIMS, refuse

from kpi.formulas.aggregates import Column, Day, Elapsed, Length, Operand, Text
from kpi.formulas.nodes import Number
from kpi.formulas.operand_checker import NO_HINT, OperandChecker, Typed, hint, operand_text, unit_of_time
from kpi.formulas.tables import ColumnType
from kpi.units import UNITS

CHECKER = OperandChecker(CLAIMS, UNITS, refuse)
YEN = UNITS["yen"].dimension
FIVE = Number(Fraction(5))


@pytest.mark.parametrize(
    ("operand", "typed"),
    [
        (Column("支給額"), Typed(Column("amount"), "integer", YEN)),
        (Column("corrections"), Typed(Column("corrections"), "integer")),
        (Column("member"), Typed(Column("member"), "text")),
        (Column("支払日"), Typed(Column("paid"), "date")),
        (FIVE, Typed(FIVE, "integer")),
        (Number(Fraction(5), "円"), Typed(Number(Fraction(5), "yen"), "integer", YEN)),
        (Text("x"), Typed(Text("x"), "text")),
        (Day(date.min), Typed(Day(date.min), "date")),
        (
            Elapsed(Length.DAYS, Column("受付日"), Column("paid")),
            Typed(Elapsed(Length.DAYS, Column("received"), Column("paid")), "integer", UNITS["day"].dimension),
        ),
    ],
)
def test_operand(operand: Operand, typed: Typed) -> None:
    """Each operand is known by its identifier, its type, and the dimension of what it counts."""
    assert CHECKER.operand(operand) == typed


@pytest.mark.parametrize(
    ("name", "answer"), [("after_loss", True), ("評価対象", True), ("paid", False), ("nonsense", False)]
)
def test_is_flag(name: str, *, answer: bool) -> None:
    """A column of true or false and a named condition hold by themselves."""
    assert CHECKER.is_flag(name) is answer


@pytest.mark.parametrize(
    ("operand", "expected", "english"),
    [
        (Text("2021-04-01"), "date", "; write it without quotes: 2021-04-01"),
        (Text("10"), "integer", "; write it without quotes: 10"),
        (Number(Fraction(10000)), "text", "; a text stands in single quotes: '10000'"),
        (Day(date(2021, 4, 1)), "text", "; a text stands in single quotes: '2021-04-01'"),
        (Column("it's"), "text", "; a text stands in single quotes: 'it''s'"),
    ],
)
def test_hint(operand: Operand, expected: ColumnType, english: str) -> None:
    """What was written as another type is told as it would be right, in both languages."""
    found = hint(operand, expected)
    assert found["hint"] == english
    assert english.rpartition(" ")[2] in found["hint_ja"]


@pytest.mark.parametrize(
    ("operand", "expected"),
    [
        (None, "text"),
        (Text("x"), "date"),
        (Text("x"), "integer"),
        (Text("１"), "integer"),
        (FIVE, "date"),
        (Text("x"), None),
    ],
)
def test_no_hint(operand: Operand | None, expected: ColumnType | None) -> None:
    """Where nothing else can have been meant, nothing is suggested."""
    assert hint(operand, expected) == NO_HINT


@pytest.mark.parametrize(
    ("length", "unit"), [(Length.DAYS, "day"), (Length.BUSINESS_DAYS, "business_day"), (Length.MONTHS, "month")]
)
def test_unit_of_time(length: Length, unit: str) -> None:
    """Each way to count time has its unit."""
    assert unit_of_time(length) == UNITS[unit]


def test_operand_text() -> None:
    """An operand is shown as it stands in a formula."""
    assert operand_text(Elapsed(Length.MONTHS, Column("a b"), Column("c"))) == "months(「a b」, c)"
