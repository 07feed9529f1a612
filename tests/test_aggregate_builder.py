"""Building aggregates: what each construct means, whichever way it is written."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from language import condition, definition

from kpi.formulas.aggregates import (
    MAX_DEPTH,
    AllOf,
    AnyOf,
    Between,
    Column,
    Condition,
    Day,
    Elapsed,
    Flag,
    Known,
    Length,
    Match,
    Negated,
    OneOf,
    Text,
)
from kpi.formulas.nodes import Aggregate, Comparator, Number, Summary
from kpi.formulas.parser import MAX_LENGTH, parse_condition, parse_definition
from kpi.source import Source

A, B, C = Flag("a"), Flag("b"), Flag("c")
FIVE = Number(Fraction(5))
EQUAL = Match(Column("a"), Comparator.EQUAL, FIVE)


def aggregate(text: str) -> Aggregate:
    """The aggregate that a text consists of."""
    found = definition(text).formula
    assert isinstance(found, Aggregate)
    return found


# ── aggregates ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", ["count(t where a)", "件数(t where a)", "件数（ｔのうちａ）", "count ( t\n where a )"])
def test_count(text: str) -> None:
    """Records are counted, in symbols and in Japanese; the aggregate is called by its canonical text."""
    assert aggregate(text) == Aggregate("count(t where a)", table="t", where=A)


@pytest.mark.parametrize("text", ["count(distinct a of t)", "件数(異なる tのa)", "件数(異なるtのa)"])
def test_distinct(text: str) -> None:
    """Values are told apart and counted."""
    assert aggregate(text) == Aggregate("count(distinct a of t)", table="t", measure=Column("a"))


@pytest.mark.parametrize(
    ("words", "summary"),
    [
        (("sum", "合計"), Summary.SUM),
        (("mean", "平均"), Summary.MEAN),
        (("min", "最小"), Summary.MIN),
        (("max", "最大"), Summary.MAX),
    ],
)
def test_summaries(words: tuple[str, str], summary: Summary) -> None:
    """Columns and spans of time are summed, averaged and compared."""
    english, japanese = words
    for text in (f"{english}(days(a, b) of t)", f"{japanese}(tの日数(a、b))", f"{japanese}(days(a, b) of t)"):
        found = aggregate(text)
        assert (found.summary, found.table) == (summary, "t")
        assert found.measure == Elapsed(Length.DAYS, Column("a"), Column("b"))


@pytest.mark.parametrize(
    ("words", "length"),
    [
        (("days", "日数"), Length.DAYS),
        (("business_days", "営業日数"), Length.BUSINESS_DAYS),
        (("months", "月数"), Length.MONTHS),
    ],
)
def test_lengths(words: tuple[str, str], length: Length) -> None:
    """Time is counted in days, business days and months."""
    for word in words:
        assert condition(f"{word}(a, b) = 5") == Match(
            Elapsed(length, Column("a"), Column("b")), Comparator.EQUAL, FIVE
        )


def test_functions_of_expressions_are_no_aggregates() -> None:
    """`max` of several expressions stays what it was, whatever is in it."""
    assert not isinstance(definition("max(count(t), 5 cases)").formula, Aggregate)
    assert not isinstance(definition("最大(a, b)").formula, Aggregate)


def test_places() -> None:
    """An aggregate and its parts know where they stand."""
    found = aggregate(" sum(amount of claims where kind = 'x')")
    assert (found.span.start, found.table_span.start) == (1, 15)
    assert found.measure is not None
    assert found.measure.span.start == 5
    assert found.where is not None
    assert (found.where.span.start, found.where.span.end) == (28, 38)


# ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("a", A),
        ("aに限る", A),
        ("aに係るものに限る", A),
        ("not a", Negated(A)),
        ("aを除く", Negated(A)),
        ("aに係るものを除く", Negated(A)),
        ("not not a", A),
        ("not aを除く", A),
        ("a and b and c", AllOf((A, B, C))),
        ("a and (b and c)", AllOf((A, B, C))),
        ("(a or b) or c", AnyOf((A, B, C))),
        ("a or b and c", AnyOf((A, AllOf((B, C))))),
        ("(a or b) and c", AllOf((AnyOf((A, B)), C))),
        ("a、かつb、または c", AnyOf((AllOf((A, B)), C))),
        ("not a and b", AllOf((Negated(A), B))),
        ("not (a and b)", Negated(AllOf((A, B)))),
        ("a = 5", EQUAL),
        ("a ＝ ５", EQUAL),
        ("a != 5", Negated(EQUAL)),
        ("a <> 5", Negated(EQUAL)),
        ("a ≠ 5", Negated(EQUAL)),
        ("not a = 5", Negated(EQUAL)),
        ("not a != 5", EQUAL),
        ("a >= 5", Match(Column("a"), Comparator.AT_LEAST, FIVE)),
        ("aが5以上", Match(Column("a"), Comparator.AT_LEAST, FIVE)),
        ("aは5以内", Match(Column("a"), Comparator.AT_MOST, FIVE)),
        ("aが5未満", Match(Column("a"), Comparator.BELOW, FIVE)),
        ("aが5を超える", Match(Column("a"), Comparator.ABOVE, FIVE)),
        ("5 < a", Match(FIVE, Comparator.BELOW, Column("a"))),
        ("a in (5)", OneOf(Column("a"), (FIVE,))),
        ("a in (5, b)", OneOf(Column("a"), (FIVE, Column("b")))),
        ("a not in (5)", Negated(OneOf(Column("a"), (FIVE,)))),
        ("not a in (5)", Negated(OneOf(Column("a"), (FIVE,)))),
        ("a between 5 and b and c", AllOf((Between(Column("a"), FIVE, Column("b")), C))),
        ("a not between 5 and b", Negated(Between(Column("a"), FIVE, Column("b")))),
        ("a is known", Known(Column("a"))),
        ("aがある", Known(Column("a"))),
        ("a is not null", Known(Column("a"))),
        ("a is not missing", Known(Column("a"))),
        ("not a is missing", Known(Column("a"))),
        ("a is missing", Negated(Known(Column("a")))),
        ("a is null", Negated(Known(Column("a")))),
        ("a is not known", Negated(Known(Column("a")))),
        ("aがない", Negated(Known(Column("a")))),
    ],
)
def test_conditions(text: str, meaning: Condition) -> None:
    """Each way to write a condition, and what it means."""
    assert condition(text) == meaning


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'x'", "x"),
        ("''", ""),
        ("'''", None),
        ("''''", "'"),
        ("'it''s'", "it's"),
        ("'ＡＢＣ　１'", "ＡＢＣ　１"),
        ("＇x＇", "x"),
        ("'＇＇'", "＇"),
        ("' x '", " x "),
        ("'a\nb'", None),
        ("'a\tb'", None),
        ("'\u0041\u030a'", "\u0041\u030a"),
    ],
)
def test_texts(text: str, value: str | None) -> None:
    """A text is taken to the letter, on one line; a quote in it is written twice."""
    found, problems = parse_condition(Source(f"a = {text}"))
    if value is None:
        assert problems
    else:
        assert found == Match(Column("a"), Comparator.EQUAL, Text(value))


@pytest.mark.parametrize(
    "text", ["2021-04-01", "2021/4/1", "2021.4.1", "令和3年4月1日", "R3.4.1", "２０２１年４月１日"]
)
def test_dates(text: str) -> None:
    """A date may be written in any of the forms that documents use."""
    assert condition(f"a = {text}") == Match(Column("a"), Comparator.EQUAL, Day(date(2021, 4, 1)))


@pytest.mark.parametrize("text", ["2021-02-30", "2021-13-01", "平成40年1月1日", "平成元年1月7日", "2021年0月1日"])
def test_dates_that_are_none(text: str) -> None:
    """What looks like a date and is no day of the calendar, or lies outside of its era, is told."""
    _, problems = parse_condition(Source(f"a = {text}"))
    assert [(problem.code, problem.column) for problem in problems] == [("unknown-date", 5)]


def test_name_that_begins_like_a_date() -> None:
    """A name may begin with what would be a date by itself."""
    assert condition("令和3年4月1日時点 is known") == Known(Column("令和3年4月1日時点"))


@pytest.mark.parametrize("name", ["「支払 日」", '"支払 日"', "「支払　日」", "「 支払 日 」"])
def test_quoted_names(name: str) -> None:
    """A name with a blank stands in quotes; blanks of any width are the same."""
    assert condition(f"{name} is known") == Known(Column("支払 日"))


# ── bounds ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def nested(levels: int) -> str:
    """A condition of *levels* levels."""
    text = "a"
    for level in range(levels - 1):
        text = f"({text}) {'or' if level % 2 else 'and'} b"
    return text


def test_deepest() -> None:
    """A condition may be as deep as the bound."""
    assert parse_condition(Source(nested(MAX_DEPTH)))[1] == []


@pytest.mark.parametrize("levels", [MAX_DEPTH + 1, 2 * MAX_DEPTH + 2, 390])
@pytest.mark.parametrize("text", ["{}", "not ({})", "({}) and c"])
def test_too_deep_is_told_once(levels: int, text: str) -> None:
    """What is nested deeper is one problem, however deep."""
    condition_text = text.format(nested(levels))
    for read in (parse_condition(Source(condition_text)), parse_definition(Source(f"count(t where {condition_text})"))):
        assert [problem.code for problem in read[1]] == ["condition-too-deep"]


@pytest.mark.parametrize(
    "text",
    [
        "(" * 1900 + "a" + ")" * 1900,
        "not " * 990 + "a",
        "a and " * 650 + "a",
        "a or " * 790 + "a",
        "not(" * 780 + "a" + ")" * 780,
    ],
)
def test_long_texts(text: str) -> None:
    """Brackets, negations and chains of any length that is read are no deeper than what they mean."""
    assert len(text) <= MAX_LENGTH
    assert parse_condition(Source(text))[1] == []


def test_too_long() -> None:
    """A condition is no longer than a formula may be."""
    _, problems = parse_condition(Source("a and " * 700 + "a"))
    assert [problem.code for problem in problems] == ["too-long"]
