"""Aggregates as variables of a formula: what they are called, and what they count."""

from __future__ import annotations

import pytest
from language import VOCABULARY

import kpi


@pytest.mark.parametrize(
    ("text", "unit", "ja"),
    [
        ("count(claims)", "case", "件数(給付申請)"),
        ("count(claims where amount >= 1万円)", "case", "件数(給付申請のうち 支給額 >= 10,000円)"),
        ("count(distinct member of claims)", "person", "件数(異なる 給付申請の被保険者)"),
        ("count(distinct kind of claims)", "case", "件数(異なる 給付申請の種別)"),
        ("sum(amount of claims where countable)", "yen", "合計(給付申請の支給額のうち 評価対象)"),
        ("mean(corrections of claims)", "", "平均(給付申請の訂正回数)"),
        ("max(days(received, paid) of claims)", "day", "最大(給付申請の日数(受付日, 支払日))"),
    ],
)
def test_variable(text: str, unit: str, ja: str) -> None:
    """An aggregate is a variable of its canonical text, with the unit of what it counts and a Japanese name."""
    formula = kpi.parse(f"{text} / members", vocabulary=VOCABULARY)
    assert formula.vocabulary is not None
    variable = formula.vocabulary.find(formula.names[0])
    assert variable is not None
    assert (variable.unit.name, variable.ja) == (unit, ja)
    assert formula.text("ja") == f"{ja} / 加入者数"


@pytest.mark.parametrize(
    "text", ["count(claims where amount >= 1万円 or not countable)", "mean(days(received, paid) of 申請)"]
)
def test_japanese_text_means_the_same(text: str) -> None:
    """The Japanese text of a formula is read as the same formula."""
    formula = kpi.parse(text, vocabulary=VOCABULARY)
    assert kpi.parse(formula.text("ja"), vocabulary=VOCABULARY).expression == formula.expression


def test_evaluation() -> None:
    """Its value is given like that of any variable, by its canonical text."""
    formula = kpi.parse("件数(給付申請のうち 評価対象) / count(claims) = 100%", vocabulary=VOCABULARY)
    assert formula.names == ("count(claims where countable)", "count(claims)")
    result = formula.evaluate({"count(claims where countable)": 9, "count(claims)": 10})
    assert (str(result.value), result.achieved) == ("90.0%", False)


def test_without_a_vocabulary() -> None:
    """A formula that is read without a vocabulary takes every table and column, as it takes every name."""
    formula = kpi.parse("count(t where x > 5) / count(t) >= 50%")
    assert formula.evaluate({"count(t where x > 5)": 1, "count(t)": 2}).achieved
