"""Explanations: the golden files are what an analyst reads."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve
from language import expect_golden

import kpi
from kpi.evaluation.notes import Note
from kpi.evaluation.result import Title
from kpi.evaluation.wording import WORDS
from kpi.quantities import Quantity
from kpi.units import PERCENT

GOLDEN = Path(__file__).parent / "data" / "explanations"
VOCABULARY = kpi.Vocabulary.of(
    [
        kpi.Variable("health_checks", "person", "生活習慣病予防健診受診者数"),
        kpi.Variable("eligible", "person", "健診対象者数", kind="stock"),
        kpi.Variable("single_bid_tenders", "case", "一者応札件数"),
        kpi.Variable("open_tenders", "case", "一般競争入札件数"),
        kpi.Variable("returned", "card", "回収枚数"),
        kpi.Variable("invalid", "card", "無効枚数"),
        kpi.Variable("recovered", "yen", "回収額"),
        kpi.Variable("claims", "yen", "債権額"),
        kpi.Variable("points", "point", "再審査点数"),
        kpi.Variable("reassessed", "case", "再審査件数"),
        kpi.Variable("processing_days", "day", "平均所要日数"),
        kpi.Variable("posts", "time", "情報発信回数"),
        kpi.Variable("opinions", "time", "意見発信回数"),
    ]
)
CHECKS, CARDS = "health_checks / eligible >= 59.6%", "returned / invalid >= prior year"
TENDERS = "single_bid_tenders / open_tenders <= 20%; single_bid_tenders <= 1 case when open_tenders <= 4 cases"
RECOVERY = "recovered / claims >= max(prior year, mean of 3 years)"
CHECKUP = Title("checkup", "健診受診率", "check-up rate", "令和3年度岩手支部事業計画 p. 3")
YEARS = {f"FY{year}": {"recovered": year - 1900, "claims": 300} for year in (2018, 2019, 2020)}

CASES = {
    "missed": (CHECKS, {}, {"inputs": {"health_checks": 34_861, "eligible": 181_203}}),
    "exactly_met": (CHECKS, {}, {"inputs": {"health_checks": 149, "eligible": 250}}),
    "provisional": (
        CARDS,
        {},
        {
            "inputs": {"returned": 9_399, "invalid": 10_000},
            "baseline": "95.7%",
            "fiscal_year": "R3",
            "as_of": "2021-09-30",
        },
    ),
    "ahead_of_last_year": (
        CHECKS,
        {},
        {
            "inputs": {"health_checks": 215, "eligible": 1_000},
            "fiscal_year": "R3",
            "as_of": "2021-09-30",
            "prior": {"health_checks": 500, "eligible": 990},
            "references": {"same period last year": {"health_checks": 175, "eligible": 990}, "national": "21.9%"},
        },
    ),
    "behind_last_year": (
        "single_bid_tenders / open_tenders <= prior year",
        {},
        {
            "inputs": {"single_bid_tenders": 3, "open_tenders": 20},
            "fiscal_year": "R3",
            "as_of": "2021-09-30",
            "baseline": "15.5%",
            "references": {"same period last year": "14.1%", "national": "14.4%"},
        },
    ),
    "few_tenders": (TENDERS, {}, {"inputs": {"single_bid_tenders": 0, "open_tenders": 0}}),
    "many_tenders": (TENDERS, {}, {"inputs": {"single_bid_tenders": 3, "open_tenders": 12}}),
    "unknown_tenders": (TENDERS, {}, {"inputs": {"single_bid_tenders": 0}}),
    "target_of_references": (
        RECOVERY,
        {},
        {"inputs": {"recovered": 100, "claims": 300}, "fiscal_year": 2021, "references": YEARS},
    ),
    "missing_year": (
        RECOVERY,
        {},
        {
            "inputs": {"recovered": 100, "claims": 300},
            "fiscal_year": 2021,
            "references": {**YEARS, "FY2019": {"recovered": 119}},
        },
    ),
    "points_above_last_year": (
        "health_checks / eligible >= prior year + 0.5 points",
        {},
        {
            "inputs": {"health_checks": 9_399, "eligible": 10_000},
            "prior": {"health_checks": 9_299, "eligible": 10_000},
        },
    ),
    "yen_per_case": (
        "10 yen/point * points / reassessed >= prior year",
        {},
        {"inputs": {"points": 100_000, "reassessed": 130}, "prior": "7,445円"},
    ),
    "shown_and_compared": (
        CHECKS,
        {"compared": "shown"},
        {"inputs": {"health_checks": 5_955, "eligible": 10_000}},
    ),
    "rounding_hides_a_miss": (CHECKS, {}, {"inputs": {"health_checks": 5_959, "eligible": 10_000}}),
    "every_month": (
        "posts >= 1 time every month",
        {},
        {"inputs": {"posts": {"2021-04": 1, "2021-05": 0, "2021-06": None, "2021-07": 0}}},
    ),
    "every_month_met": (
        "posts >= 1 time every month",
        {},
        {"inputs": {"posts": {"2021-04": 2, "2021-05": 1, "2021-06": 4}}},
    ),
    "two_requirements": (
        "health_checks / eligible >= 59.6% and processing_days <= 7 days",
        {},
        {"inputs": {"health_checks": 3, "eligible": 4, "processing_days": "6.2"}},
    ),
    "not_done": ("opinions is done", {}, {"inputs": {"opinions": "未実施"}}),
    "no_tenders": (
        "single_bid_tenders / open_tenders <= 20%",
        {},
        {"inputs": {"single_bid_tenders": 0, "open_tenders": 0}},
    ),
    "not_applicable": (CARDS, {}, {"inputs": {"returned": "該当なし", "invalid": 1}, "prior": "該当なし"}),
    "no_target": ("returned / invalid", {}, {"inputs": {"returned": 2, "invalid": 3}}),
}


def result_of(name):
    """The result of one golden case."""
    text, style, known = CASES[name]
    formula = kpi.parse(text, vocabulary=VOCABULARY, **style)
    return evolve(formula, title=CHECKUP if "health_checks /" in text else Title()).evaluate(**known)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", CASES)
def test_golden(name, language):
    """A result explains itself, in either language, in the words of its golden file."""
    expect_golden(GOLDEN / f"{name}.{language}.txt", result_of(name).explain(language) + "\n")


def test_no_golden_file_is_left_over():
    """Each golden file belongs to a case."""
    assert {path.name for path in GOLDEN.iterdir()} == {f"{name}.{code}.txt" for name in CASES for code in ("en", "ja")}


@pytest.mark.parametrize("name", CASES)
def test_proof_in_either_language(name):
    """The check of the English text, and that of the Japanese one, are the proof and read back as such."""
    result = result_of(name)
    if result.proof is None:
        assert "check: " not in result.explain()
        return
    assert f"check: {result.proof}" in result.explain()
    told = re.findall(r"^  判定: (.*?)(?: を満た|: |$)", result.explain("ja"), re.MULTILINE)
    assert kpi.parse(result.proof) in [kpi.parse(line) for line in told]
    again = kpi.parse(result.proof).evaluate()
    assert (again.outcome, again.check.margin) == (result.outcome, result.check.margin)


def test_words():
    """Both languages have the same words, and each keeps the same places for names and numbers."""
    english, japanese = WORDS["en"], WORDS["ja"]
    assert english.keys() == japanese.keys()
    places = [{key: set(re.findall(r"{\w+}", text)) for key, text in words.items()} for words in (english, japanese)]
    assert places[0] == places[1]


def test_every_outcome_has_a_word():
    """Each outcome has a word in each language."""
    assert all(verdict in WORDS[language] for verdict in kpi.Verdict for language in WORDS)


# ── the reasons as data ──────────────────────────────────────────────────────────────────────────────────────────────


def test_inputs():
    """The reasons name each variable with its number, or None where there is none."""
    inputs = result_of("unknown_tenders").why.inputs
    assert [(name, str(value)) for name, value in inputs.items()] == [
        ("single_bid_tenders", "0 cases"),
        ("open_tenders", "None"),
    ]


def test_conditions():
    """The reasons name the conditions looked at, and whether each held."""
    assert result_of("many_tenders").why.conditions == (("open_tenders <= 4 cases", False),)
    assert result_of("unknown_tenders").why.conditions == (("open_tenders <= 4 cases", None),)


def test_references():
    """The reasons name each reference with its value, and whether the plan stated it or the data gave it."""
    stated = [
        (str(found.period), value.exact, origin) for found, value, origin in result_of("provisional").why.references
    ]
    computed = [value.exact for _, value, _ in result_of("target_of_references").why.references]
    assert stated == [("prior year", "95.7", "stated")]
    assert computed == ["40", "119/3"]


@pytest.mark.parametrize(
    ("name", "language", "line"),
    [
        ("unknown_tenders", "en", "open_tenders is missing"),
        ("unknown_tenders", "ja", "一般競争入札件数の値がない"),
        ("missing_year", "ja", "債権額（令和元年度）の値がない"),
    ],
)
def test_summary_of_what_is_lacking(name, language, line):
    """One line says what is lacking."""
    assert result_of(name).why.summary(language) == line


def test_summary_of_a_verdict():
    """One line says which numbers decided."""
    assert (
        result_of("missed").why.summary("en") == "34,861 persons / 181,203 persons = 19.23864…%; 73,136 persons short"
    )


def test_published_value_alone():
    """Where only a value was published for a single name, the text does not repeat the name as a formula."""
    text = kpi.parse_rule("対前年度以上").evaluate("93.99%", baseline="95.7%").explain("ja")
    assert "計算式" not in text
    assert "実績: 93.99%" in text


def test_denominator_in_japanese():
    """A denominator that is 0 is named in Japanese, part by part."""
    formula = kpi.parse("returned / (invalid - returned) >= 20%", vocabulary=VOCABULARY)
    assert "分母の無効枚数 - 回収枚数が0" in formula.evaluate({"returned": 1, "invalid": 1}).explain("ja")


def test_month_by_number():
    """A month that was given by its place in a list is named by its number."""
    result = kpi.parse("posts >= 1 every month", vocabulary=VOCABULARY).evaluate({"posts": [1, None, 0]})
    assert "check: 0 times >= 1 does not hold (no. 3)" in result.explain()
    assert "情報発信回数（2番目）の値がない" in result.explain("ja")


def test_condition_about_last_year():
    """A condition about last year shows last year's value in the KPI's own unit."""
    formula = kpi.parse("returned / invalid >= branch target; >= 80% when prior year >= 80%", vocabulary=VOCABULARY)
    result = formula.evaluate({"returned": 1, "invalid": 1}, prior="79.96%")
    assert "because prior year >= 80% (it is 79.96%) does not hold" in result.explain()


def test_notes():
    """Notes about the data stand at the end."""
    formula = kpi.parse("returned / invalid >= 20%", vocabulary=VOCABULARY)
    situation = formula.evaluate({"returned": 1, "invalid": 1}).situation
    note = Note("published", {"value": Quantity(Fraction(99), PERCENT, 1), "as_of": "2021-08-31"})
    result = formula.result(situation, notes=(note,))
    assert result.explain("en").endswith("\n  note: published as 99.0% (2021-08-31)")
    assert result.explain("ja").endswith("\n  注記: 公表値は99.0%（2021-08-31）")


def test_reasons_for_programs():
    """The reasons survive JSON unchanged, and their numbers are exact text."""
    written = result_of("points_above_last_year").why.to_dict()
    assert json.loads(json.dumps(written)) == written
    assert written["inputs"] == {"health_checks": "9399", "eligible": "10000"}
    assert written["references"] == [{"reference": "prior year", "value": "92.99", "origin": "computed"}]
