"""Values as somebody hands them in."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

import kpi
from kpi.units import UNITS

TENDERS = kpi.Vocabulary.of([kpi.Variable("open_tenders", UNITS["case"], ja="一般競争入札件数", labels=("入札数",))])
THOUSANDS = [
    1380,
    "1,380",
    "１，３８０",
    "1380件",
    "1 380".replace(" ", ""),
    Decimal("1380.00"),
    Fraction(2760, 2),
    1380.0,
]
RATES = ["95.7%", "９５．７％", "957‰", Fraction(957, 10), Decimal("95.7"), 95.7, "95.7"]
ABSENT = [None, float("nan"), float("inf"), float("-inf"), Decimal("NaN"), Decimal("Infinity"), "", " ", "-", "―", "…"]


@pytest.mark.parametrize("count", THOUSANDS, ids=repr)
def test_counts(count):
    """A count means the same whichever way it is written."""
    result = kpi.parse("checked / insured >= 60%").evaluate({"checked": count, "insured": 2000})
    assert result == kpi.parse("checked / insured >= 60%").evaluate({"checked": 1380, "insured": 2000})
    assert (result.value.exact, result.achieved) == ("69", True)


@pytest.mark.parametrize("rate", RATES, ids=repr)
def test_rates(rate):
    """A published rate means the same whichever way it is written; a bare number is in the KPI's unit."""
    result = kpi.parse("a / b >= 95.7%").evaluate(value=rate)
    assert (result.value.exact, result.outcome, result.margin.exact) == ("95.7", "achieved", "0")


@pytest.mark.parametrize("absent", ABSENT, ids=repr)
@pytest.mark.parametrize("name", ["a", "b"])
def test_absent(name, absent):
    """None, NaN, infinities, blanks and dashes are missing, and never a number."""
    result = kpi.parse("a / b >= 0%").evaluate({"a": 1, "b": 1, name: absent})
    assert (result.outcome, result.value, result.margin) == ("not_evaluable", None, None)
    assert [(reason.lack, reason.name) for reason in result.reasons] == [("missing", name)]


def test_float_is_its_shortest_decimal():
    """A float is taken at its shortest decimal: 0.1 + 0.2 is 0.3."""
    assert kpi.parse("a + b = 0.3").evaluate({"a": 0.1, "b": 0.2}).achieved


@pytest.mark.parametrize("name", ["open_tenders", "一般競争入札件数", "入札数"])
def test_labels(name):
    """A variable is called by its identifier or by any of its labels."""
    assert kpi.parse("入札数 <= 4 cases", vocabulary=TENDERS).evaluate({name: 4}).achieved


def test_published_value_stands_in():
    """A published value stands in where a count is missing, and only there."""
    formula = kpi.parse("a / b >= 50%")
    assert formula.evaluate({"a": 1}, value="60%").value == 60
    assert formula.evaluate({"a": 1, "b": 4}, value="60%").value == 25
    assert formula.evaluate({"a": 0, "b": 0}, value="60%").outcome == "not_evaluable"


def test_other_inputs():
    """An input that nothing asks for changes nothing."""
    assert kpi.parse("a >= 1").evaluate({"a": 1, "z": "n/a"}).achieved


@pytest.mark.parametrize(
    ("as_of", "year", "provisional"),
    [
        ("2021-09-30", "R3", True),
        ("2022-03-30", 2021, True),
        ("2022-03-31", "FY2021", False),
        ("2022-05-20", "令和3年度", False),
        (date(2021, 9, 30), "2021年度", True),
        (datetime(2021, 9, 30, 12, 0), 2021, True),  # noqa: DTZ001 - a day without a clock
        (None, 2021, False),
        ("2021-09-30", None, False),
    ],
)
def test_provisional(as_of, year, provisional):
    """A result as of a day before the fiscal year's last is provisional, and has its verdict all the same."""
    result = kpi.parse("a >= 1").evaluate({"a": 1}, as_of=as_of, fiscal_year=year)
    assert (result.provisional, result.outcome) == (provisional, "achieved")
    assert result.as_of is None or type(result.as_of) is date


@pytest.mark.parametrize(
    "given",
    [{"as_of": "30 September"}, {"as_of": 20210930}, {"fiscal_year": "next"}, {"fiscal_year": "令和0年度"}],
    ids=["words", "digits", "no year", "no such year"],
)
def test_no_date(given):
    """What is no day or no fiscal year is refused."""
    with pytest.raises(kpi.ValueReadingError, match=r"is no (date|fiscal year)"):
        kpi.parse("a >= 1").evaluate({"a": 1}, **given)
