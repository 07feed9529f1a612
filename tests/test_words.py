"""Words of the language in messages, and slips of the pen."""

from __future__ import annotations

import pytest

from kpi.formulas.nodes import names
from kpi.formulas.parser import parse_definition
from kpi.formulas.words import RECORD_WORDS, RULE_WORDS, TERMINALS, expected, is_reserved, slip
from kpi.source import Source, Span


@pytest.mark.parametrize(
    ("terminals", "english", "japanese"),
    [
        pytest.param({"RPAR"}, "')'", "「)」", id="one"),
        pytest.param({"_AND", "_WHEN"}, "'when' or 'and'", "「when」、「and」", id="two"),
        pytest.param(
            {"NAME", "NUMBER", "PERIOD", "LPAR", "QUOTED"},
            "a name, a number or '('",
            "変数名、数値、「(」",
            id="expression",
        ),
        pytest.param({"MEAN"}, "the end", "末尾", id="none that is offered"),
    ],
)
def test_what_is_expected(terminals: set[str], english: str, japanese: str) -> None:
    """What may stand at a place is listed in one order; an expression is called by its beginnings."""
    assert expected(terminals) == (english, japanese)


def test_each_terminal_has_words_in_both_languages() -> None:
    """No terminal is offered without a name."""
    assert all(english and japanese for english, japanese in TERMINALS.values())


@pytest.mark.parametrize("word", [word for word in RULE_WORDS if word not in ("when", "and", "of", "max", "min")])
def test_suggested_words_are_words_of_the_language(word: str) -> None:
    """A word that is suggested can be read."""
    before = "a " if word == "is done" else "a >= 1 " if word.startswith("every") else "a >= "
    found, problems = parse_definition(Source(before + word))
    assert problems == []
    assert names(found) == ("a",)


USED: dict[str, str] = {
    "count": "count(t)", "sum": "sum(a of t)", "mean": "mean(a of t)", "distinct": "count(distinct a of t)",
    "where": "count(t where a)", "or": "count(t where a or b)", "not": "count(t where not a)",
    "in": "count(t where a in (b))", "between": "count(t where a between b and c)",
    "is known": "count(t where a is known)", "is missing": "count(t where a is missing)",
    "days": "sum(days(a, b) of t)", "business_days": "sum(business_days(a, b) of t)", "months": "sum(months(a, b) of t)",
}  # fmt: skip


def test_words_of_aggregates() -> None:
    """Each word of aggregates is used as it is suggested."""
    assert USED.keys() == RECORD_WORDS.keys()
    for word, text in USED.items():
        assert word in text
        assert parse_definition(Source(text))[1] == []


@pytest.mark.parametrize(
    ("text", "written", "meant"),
    [
        ("count(t were a)", "were", ("where",)),
        ("count(t where a betwen 1 and 2)", "betwen", ("between",)),
        ("count(t where a is knwon)", "is knwon", ("is known",)),
        ("count(t where a is mising)", "is mising", ("is missing",)),
        ("count(t where a || b)", "||", ("or",)),
        ("count(t where a && b)", "&&", ("and",)),
        ("cuont(t)", "cuont", ("count",)),
        ("COUNT(t)", "COUNT", ("count",)),
        ("Average(a of t)", "Average", ("mean",)),
        ("count(t where buisness_days(a, b) <= 5)", "buisness_days", ("business_days",)),
        ("prior_year(a)", "(", ()),
    ],
)
def test_slip_in_an_aggregate(text: str, written: str, meant: tuple[str, ...]) -> None:
    """Of several words that are near, those are named that may stand there."""
    _, (problem, *_) = parse_definition(Source(text))
    assert text[problem.span.start : problem.span.end] == written
    assert problem.suggestions == meant


@pytest.mark.parametrize(
    ("text", "written", "meant"),
    [
        ("a => 1", "=>", ">="),
        ("a =< 1", "=<", "<="),
        ("a == 1", "==", "="),
        ("a >= 1 && b >= 1", "&&", "and"),
        ("a ＝＞ 1", "＝＞", ">="),
        ("a >= prior yaer", "prior yaer", "prior year"),
        ("a >= piror year", "piror year", "prior year"),
        ("a >= same perod last year", "same perod", "same period last year"),
        ("a >= mean of 3 yeers", "mean of", "mean of 3 years"),
        ("a >= fiscal yaer 2020", "fiscal yaer", "fiscal year 2021"),
        ("a >= branch traget", "branch traget", "branch target"),
        ("a is dnoe", "is dnoe", "is done"),
        ("a >= 1 evry month", "evry month", "every month"),
        ("a >= 1 wehn b < 3", "wehn", "when"),
    ],
)
def test_slip_names_what_was_meant(text: str, written: str, meant: str) -> None:
    """A sign or word that is nearly one of the language is marked as a whole, with what was meant."""
    _, (problem, *_) = parse_definition(Source(text))
    assert text[problem.span.start : problem.span.end] == written
    assert problem.suggestions[0] == meant


@pytest.mark.parametrize(
    "text", ["a >= 70% prior year", "a and b", "of a", "a every month", "a >= max 1, 2", "a b", "every month"]
)
def test_no_word_is_suggested_for_itself(text: str) -> None:
    """Where a word of the language stands in the wrong place, no word is suggested."""
    _, (problem, *_) = parse_definition(Source(text))
    assert problem.suggestions == ()


def test_slip_leaves_other_things_alone() -> None:
    """What resembles no word is marked as it was found."""
    assert slip("a xyz", Span(2, 5), "NAME") == (Span(2, 5), ())


@pytest.mark.parametrize(
    "name",
    [
        "when",
        "FY2021",
        "全国平均",
        "対前年度末",
        "毎月発信数",
        "一件",
        "一件以下",
        "令和3年度",
        "過去3年平均",
        "not",
        "令和3年4月1日",
        "of\u093e",
    ],
)
def test_reserved_names(name: str) -> None:
    """A name that reads as a word of the language is known as one."""
    assert is_reserved(name)


@pytest.mark.parametrize(
    "name",
    ["whenever", "open_tenders", "全国民", "実施者数", "第一四半期", "令和", "notes", "令和3年4月1日時点", "of\u0301"],
)
def test_names_that_begin_with_a_word(name: str) -> None:
    """A name may begin with a word of the language."""
    assert not is_reserved(name)
