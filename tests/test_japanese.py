"""The Japanese text, in the phrases of published plans."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from language import VOCABULARY, tree
from strategies import DEFINITIONS, RULES

from kpi.formulas.japanese import japanese, japanese_condition
from kpi.formulas.nodes import Definition, Rule
from kpi.formulas.parser import parse_definition, parse_rule
from kpi.source import Source
from kpi.units import UNITS, counting_unit


@settings(max_examples=50, deadline=None)
@given(DEFINITIONS)
def test_definition_reads_back(found: Definition) -> None:
    """The Japanese text of a definition is read as that definition."""
    assert parse_definition(Source(japanese(found))) == (found, [])


@settings(max_examples=50, deadline=None)
@given(RULES)
def test_rule_reads_back(found: Rule) -> None:
    """The Japanese text of a rule is read as that rule."""
    assert parse_rule(Source(japanese(found))) == (found, [])


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        (">= 20%", "20%以上"),
        ("<= 20%", "20%以下"),
        ("<= 7 days", "7日以内"),
        ("> 20%", "20%を上回る"),
        ("< 20%", "20%未満"),
        ("= 20%", "20%とする"),
        ("is done", "実施する"),
        (">= 1 time every month", "毎月1回以上"),
        (">= 70% of prior year", "対前年度の70%以上"),
        ("> national (84.93%)", "全国平均(84.93%)を上回る"),
        ("a / b >= 20%", "a / bを20%以上"),
        ("a > 20%", "aが20%を上回る"),
    ],
)
def test_phrase(text: str, phrase: str) -> None:
    """Each comparison is told in the phrase that plans use for it."""
    assert japanese(tree(text)) == phrase


@pytest.mark.parametrize(
    ("condition", "phrase"),
    [
        ("a <= 4 cases", "aが4件以下の場合は20%以上"),
        ("a > 4 cases", "aが4件を上回る場合は20%以上"),
        ("a = 4 cases", "aを4件とする場合は20%以上"),
        ("a is done", "aを実施した場合は20%以上"),
        ("a <= 4 cases and b is done", "aが4件以下かつbを実施した場合は20%以上"),
    ],
)
def test_condition(condition: str, phrase: str) -> None:
    """A condition has が where a requirement has を, and stands before what it decides."""
    assert japanese(tree(f"= 1; >= 20% when {condition}")) == f"1とする。{phrase}"


def test_condition_alone() -> None:
    """A condition can be told by itself, with labels."""
    (case,) = tree(">= 1; >= 2 when checkups <= 4").cases
    (condition,) = case.conditions
    assert japanese_condition(condition, lambda name: VOCABULARY.label(name, "ja"), UNITS.get) == "健診受診者数が4以下"


def test_parts_have_a_text_of_their_own() -> None:
    """A formula, a clause and a requirement alone are told in the same phrases."""
    found = tree("a - b >= 2; is done when b < 3")
    assert japanese(found.formula) == "a - b"
    assert japanese(found.rule.requirements[0]) == "2以上"
    assert japanese(found.rule.cases[0]) == "bが3未満の場合は実施する"


def test_labels_are_shown() -> None:
    """A variable is shown under its Japanese label, in 「」 where that needs it."""
    labels = {"a": "受診者数", "b": "健診の対象者"}
    assert japanese(tree("a / b"), lambda name: labels[name]) == "受診者数 / 「健診の対象者」"


def test_units_of_a_catalogue_are_shown() -> None:
    """A unit that the catalogue declares is shown by its Japanese name."""
    units = UNITS.extended([counting_unit("tablet", "tablets", "錠")])
    assert japanese(tree(">= 5 tablets"), unit=units.get) == "5錠以上"


@pytest.mark.parametrize(
    ("year", "era"),
    [(2021, "令和3年度"), (2019, "令和元年度"), (2018, "平成30年度"), (1980, "昭和55年度"), (1870, "1870年度")],
)
def test_year_is_told_in_its_era(year: int, era: str) -> None:
    """A fiscal year is told in the era of its first of May, before today's calendar by its number."""
    assert japanese(tree(f">= fiscal year {year}")) == f"{era}以上"
