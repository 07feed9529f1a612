"""Pace, need and nation in words."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

import kpi
from kpi.evaluation.observed import Past
from kpi.formulas.nodes import Period
from kpi.periods import FiscalYear

NOW = {"fiscal_year": "R3", "as_of": "2021-08-15"}


def told(result, language="en"):
    """The lines of an explanation about the result's context, by their word."""
    words = ("pace", "needed", "nation", "進捗", "必要", "全国")
    lines = (line.strip().partition(": ") for line in result.explain(language).splitlines()[1:])
    return {word: text for word, _, text in lines if word in words}


def test_pace():
    """The numbers stand in the text, and recompute."""
    result = kpi.parse_rule(">= 95%").evaluate(
        "95.3%", references={"same period last year": "94.7%", "prior year": "94.8%"}, **NOW
    )
    assert told(result) == {
        "pace": "95.0% * 94.7% / 94.8% = 94.89978…%, as FY2020 was at 94.7% by this point and at 94.8% in the end; met"
    }
    assert told(result, "ja") == {
        "進捗": "95.0% × 94.7% / 94.8% = 94.89978…%（令和2年度は同時点94.7%、最終94.8%）、目安に到達"
    }
    assert result.why.context("en") == "pace ○ 94.9% called for"
    assert result.why.context("ja") == "進捗○ 目安94.9%"


def test_range():
    """A range names each month's end, and says where the value lies."""
    formula = kpi.parse("bids >= 200 cases")
    then = {date(2020, 7, 31): formula.observe({"bids": 40}), date(2020, 8, 31): formula.observe({"bids": 50})}
    past = Past(FiscalYear(2020), then, formula.observe({"bids": 100}))
    situation = evolve(formula.evaluate({"bids": 90}, prior={"bids": 100}, **NOW).situation, history=lambda: (past,))
    result = formula.result(situation)
    assert told(result)["pace"] == (
        "200 cases * 40 cases / 100 cases = 80 cases, as FY2020 (2020-07-31) was at 40 cases by this point and at 100 cases in the end; "
        "200 cases * 50 cases / 100 cases = 100 cases, as FY2020 (2020-08-31) was at 50 cases by this point and at 100 cases in the end; "
        "80 cases to 100 cases called for by now; neither met nor missed, as the value lies between the two"
    )
    assert told(result, "ja")["進捗"].endswith(
        "この時点の目安は80件から100件、目安の範囲内で、到達とも未達ともいえない"
    )
    assert result.why.context("en") == "pace △ 80 cases to 100 cases called for"
    assert result.why.context("ja") == "進捗△ 目安80件～100件"


def test_whole():
    """What is more than the whole is taken as the whole, and told."""
    result = kpi.parse_rule(">= 80%").evaluate(
        "90%", references={"same period last year": "90%", "prior year": "60%"}, **NOW
    )
    assert "80.0% * 90.0% / 60.0% = 120.0%" in told(result)["pace"]
    assert "taken as 100.0%" in told(result)["pace"]
    assert "100.0%とする" in told(result, "ja")["進捗"]


@pytest.mark.parametrize(
    ("rule", "value", "references", "english", "japanese"),
    [
        (">= 50%", "20%", {"prior year": "40%"}, "too little data: same period last year is missing", "データ不足。対前年同期の値がない"),
        (">= 50%", "20%", {"same period last year": "9%", "prior year": "0%"}, "none, as last year's values are 0 or negative", "なし。前年度の値が0又は負"),
        ("= 50%", "20%", {"prior year": "40%"}, "none, as nothing tells whether higher or lower", "なし。高低の"),
        ("is done", "1", {}, "none, as the rule compares no number of this year", "なし。目標が今年度の数値を比較しない"),
        (">= max(prior year, national)", "20%", {"prior year": "40%", "national": "30%"}, "none, as the target is made of", "なし。目標がこの時点の値と"),
        (">= same period last year", "20%", {"same period last year": "40%"}, "40.0% called for by now, as the rule itself looks", "この時点の目安は40.0%"),
    ],
)  # fmt: skip
def test_no_pace(rule, value, references, english, japanese):
    """Why there is no pace, or none but the target, is told in either language."""
    result = kpi.parse_rule(rule).evaluate(value, references=references, **NOW)
    assert told(result)["pace"].startswith(english)
    assert told(result, "ja")["進捗"].startswith(japanese)


def test_every_month():
    """A rule for each month says so."""
    result = kpi.parse("posts >= 1 every month").evaluate({"posts": [1, 2, 1, 1]}, **NOW)
    assert told(result)["pace"] == "none, as the rule is for each month or branch by itself"
    assert result.why.context("en") == ""


@pytest.mark.parametrize("known", [{"as_of": "2022-03-31", "fiscal_year": "R3"}, {}])
def test_final(known):
    """Where the year is over nothing is told of a pace."""
    assert told(kpi.parse_rule(">= 50%").evaluate("40%", **known)) == {}


def test_nation():
    """The nation's value stands beside, with the difference, or without where none can be taken."""
    result = kpi.parse_rule(">= 50%").evaluate("40%", references={"national": "42%"})
    assert told(result) == {"nation": "42.0%; -2.0 pp from it, where positive is better"}
    assert result.why.context("en") == "nation 42.0% (-2.0 pp)"
    assert result.why.context("ja") == "全国 42.0%（-2.0ポイント）"
    assert told(kpi.parse_rule("= 50%").evaluate("40%", references={"national": "42%"})) == {"nation": "42.0%"}


def test_nation_that_contradicts_itself():
    """Counts of the nation that contradict its published rate are told with it."""
    formula = kpi.parse("a / b >= 50%")
    nation = {(Period.NATIONAL, None): formula.observe({"a": 3, "b": 10}, "25%")}
    result = formula.result(evolve(formula.evaluate({"a": 1, "b": 4}).situation, others=nation))
    assert told(result) == {"nation": "30.0% from its counts, but published as 25.0%; no difference is taken"}
    assert told(result, "ja") == {"全国": "件数からは30.0%だが公表値は25.0%。差は求めない"}
    assert result.why.context("en") == "nation 30.0% or 25.0%"


def test_hidden_by_rounding():
    """Where rounding would show what was called for as the value itself, the number is told at length."""
    result = kpi.parse_rule(">= 47 cases").evaluate(
        "14件", references={"same period last year": "9件", "prior year": "30件"}, **NOW
    )
    assert result.why.context("en") == "pace × 14.1 cases called for"
