"""Building nodes: what each construct means, whichever way it is written."""

from __future__ import annotations

from fractions import Fraction

import pytest
from language import definition, problems, rule

from kpi.formulas.nodes import (
    Case,
    Comparator,
    Comparison,
    Done,
    Name,
    Number,
    Operation,
    Operator,
    Period,
    Reference,
    Requirement,
    Scope,
)

A, B, C = Name("a"), Name("b"), Name("c")


def requirement(text: str) -> Requirement:
    """The only requirement of a rule."""
    (found,) = rule(text).requirements
    return found


def number(text: str) -> Number:
    """The number that a rule compares with."""
    found = requirement(f">= {text}")
    assert isinstance(found, Comparison)
    assert isinstance(found.right, Number)
    return found.right


def reference(text: str) -> Reference:
    """The reference that a rule compares with."""
    found = requirement(f">= {text}")
    assert isinstance(found, Comparison)
    assert isinstance(found.right, Reference)
    return found.right


# ── expressions ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_equal_operations_go_from_left_to_right() -> None:
    """`a - b - c` is `(a - b) - c`."""
    left = Operation(Operator.SUBTRACT, A, B)
    assert definition("a - b - c").formula == Operation(Operator.SUBTRACT, left, C)


def test_products_bind_tighter_than_sums() -> None:
    """`a + b / c` is `a + (b / c)`."""
    assert definition("a + b / c").formula == Operation(Operator.ADD, A, Operation(Operator.DIVIDE, B, C))


def test_share_of_a_reference_is_a_product() -> None:
    """`70% of prior year` and `前年度の70%` are the same product."""
    assert requirement("<= 70% of prior year") == requirement("前年度の70%以下") == requirement("<= 70% * prior year")


@pytest.mark.parametrize("text", ["「a b」", '"a b"', "「 a b 」"])
def test_quotes_are_no_part_of_a_name(text: str) -> None:
    """A quoted name is what stands between the quotes."""
    assert definition(text).formula == Name("a b")


def test_names_are_composed() -> None:
    """Two ways to encode the same letters give the same name."""
    assert definition("cafe\u0301").formula == definition("caf\u00e9").formula == Name("caf\u00e9")


# ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("20%", 20, "%"),
        ("95.70", Fraction(957, 10), None),
        ("1,380事業所", 1380, "workplace"),
        ("5万7千", 57000, None),
        ("1億2,345万円", 123450000, "yen"),
        ("2千万円", 20000000, "yen"),
        ("7 business days", 7, "business_day"),
        ("7  business\n days", 7, "business_day"),
        ("10円/点", 10, "yen/point"),
        ("3ヶ月", 3, "month"),
        ("5 tablets", 5, "tablets"),
    ],
)
def test_number_has_value_and_unit(text: str, value: Fraction, unit: str | None) -> None:
    """A number keeps its value as written and the canonical word of its unit."""
    assert number(text) == Number(Fraction(value), unit)


def test_number_remembers_its_decimals() -> None:
    """The decimals as written are kept for printing."""
    assert (number("95.70%").decimals, number("20%").decimals, number("5.7万").decimals) == (2, 0, 0)


@pytest.mark.parametrize(("text", "value"), [("一件以下", 1), ("三件以下", 3), ("十件以下", 10)])
def test_kanji_numeral(text: str, value: int) -> None:
    """A kanji numeral before a unit is a number."""
    assert requirement(text) == Comparison(None, Comparator.AT_MOST, Number(Fraction(value), "case"))


# ── references ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("texts", "period"),
    [
        (("prior year", "prior  year", "対前年度", "前年度"), Period.PRIOR_YEAR),
        (("prior year end", "対前年度末", "前年度末"), Period.PRIOR_YEAR_END),
        (("same period last year", "対前年同期", "前年同月"), Period.SAME_PERIOD_LAST_YEAR),
        (("national", "全国", "全国平均", "全国値"), Period.NATIONAL),
        (("branch target", "支部目標", "支部の目標", "支部ごとの目標値"), Period.BRANCH_TARGET),
    ],
    ids=lambda value: value.name.lower() if isinstance(value, Period) else "",
)
def test_reference_in_both_languages(texts: tuple[str, ...], period: Period) -> None:
    """Each reference is read in English and Japanese."""
    assert {reference(text) for text in texts} == {Reference(period)}


@pytest.mark.parametrize("text", ["mean of 3 years", "過去3年平均", "直近３か年の平均値", "3年間の平均"])
def test_mean_of_years(text: str) -> None:
    """A mean knows how many years it looks back."""
    assert reference(text) == Reference(Period.MEAN_OF_YEARS, 3)


@pytest.mark.parametrize("text", ["fiscal year 2019", "FY2019", "FYR1", "令和元年度", "H31年度", "2019年度"])
def test_fiscal_year(text: str) -> None:
    """A fiscal year is the calendar year in which it begins."""
    assert reference(text) == Reference(Period.FISCAL_YEAR, 2019)


@pytest.mark.parametrize(
    "text",
    ["対前年度（95.7％）以上", "対前年度以上（95.7％）", ">= prior year (95.7%)", "対前年度以上（95.7％）とする"],
)
def test_stated_baseline_belongs_to_the_reference(text: str) -> None:
    """A baseline in brackets is kept with its reference, before or behind the comparison."""
    stated = Reference(Period.PRIOR_YEAR, None, Number(Fraction(957, 10), "%"))
    assert requirement(text) == Comparison(None, Comparator.AT_LEAST, stated)


@pytest.mark.parametrize("text", ["年度末時点で対前年度以上", "年度末で前年度末以上", "対前年度末以上"])
def test_at_year_end(text: str) -> None:
    """年度末時点で compares with last year's end."""
    assert requirement(text) == Comparison(None, Comparator.AT_LEAST, Reference(Period.PRIOR_YEAR_END))


def test_at_year_end_leaves_other_targets_alone() -> None:
    """A number is the same at the year's end."""
    assert requirement("年度末時点で80%以上") == requirement("80%以上")


# ── requirements ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("texts", "comparator"),
    [
        ((">= 7 days", "≥ 7日", "≧ 7日", "7日以上", "7日以上とする", "7日以上を維持する"), Comparator.AT_LEAST),
        (("<= 7 days", "≤ 7日", "≦ 7日", "7日以下", "7日以内", "7日以内となる"), Comparator.AT_MOST),
        (("> 7 days", "＞ 7日", "7日超", "7日を超える", "7日を上回る"), Comparator.ABOVE),
        (("< 7 days", "＜ 7日", "7日未満", "7日を下回る"), Comparator.BELOW),
        (("= 7 days", "＝ 7日", "7日とする", "7日にする"), Comparator.EQUAL),
    ],
    ids=lambda value: value.name.lower() if isinstance(value, Comparator) else "",
)
def test_comparator_in_signs_and_phrases(texts: tuple[str, ...], comparator: Comparator) -> None:
    """Signs of either width and the published phrases mean the same comparison."""
    assert {requirement(text) for text in texts} == {Comparison(None, comparator, Number(Fraction(7), "day"))}


@pytest.mark.parametrize("text", ["is done", "実施する", "実施した", "実施", "行う"])
def test_something_to_be_done(text: str) -> None:
    """What is to be done is no comparison."""
    assert requirement(text) == Done()


@pytest.mark.parametrize(
    "text", ["「a」 is done every branch", "aを全支部で実施する", "全支部においてaを実施する", "aは全支部で行う"]
)
def test_something_to_be_done_in_every_branch(text: str) -> None:
    """Where something is to be done stands before or behind its name."""
    assert definition(text).rule == rule("is done every branch")
    assert definition(text).formula == A


@pytest.mark.parametrize("text", ["毎月", "毎月1以上", ">= 1 every month"])
def test_once_each_month(text: str) -> None:
    """毎月 alone means at least one each month."""
    assert requirement(text) == Comparison(None, Comparator.AT_LEAST, Number(Fraction(1)), Scope.MONTH)


@pytest.mark.parametrize("text", [">= 80% every branch", "全支部で80%以上", "全支部において80％以上とする"])
def test_in_every_branch(text: str) -> None:
    """A requirement may have to hold in every branch."""
    assert requirement(text) == Comparison(None, Comparator.AT_LEAST, Number(Fraction(80), "%"), Scope.BRANCH)


# ── clauses ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "<= 20%; a <= 1 case when b <= 4 cases",
        "a <= 1 case when b <= 4 cases; <= 20%",
        "20％以下。bが4件以下となる場合はaを1件以下",
        "20％以下とする。ただし、bが４件以下の場合は、aを一件以下とする。",
        "bが4件以下の場合にはaを1件以下；20％以下",
    ],
)
def test_case(text: str) -> None:
    """A case is written with `when` or 場合は, before or behind the unconditional clause."""
    condition = Comparison(B, Comparator.AT_MOST, Number(Fraction(4), "case"))
    own = Comparison(A, Comparator.AT_MOST, Number(Fraction(1), "case"))
    assert rule(text).cases == (Case((own,), (condition,)),)
    assert rule(text).requirements == rule("<= 20%").requirements


@pytest.mark.parametrize(
    "text",
    [
        "<= 20%; <= 30% every branch when b < 4 cases",
        "20％以下。ただしbが4件未満の支部については、30％以下",
        "20％以下。bが4件未満の支部は30％以下",
    ],
)
def test_case_of_some_branches(text: str) -> None:
    """What holds for some branches is required of each of them."""
    assert rule(text).cases == rule("<= 20%; <= 30% every branch when b < 4 cases").cases
    assert rule(text).cases[0].requirements[0].every is Scope.BRANCH


@pytest.mark.parametrize(
    "text", ["年度末の目標値を支部ごとに設定する", "目標を支部ごとに定める", ">= branch target every branch"]
)
def test_targets_of_the_branches(text: str) -> None:
    """Where each branch sets its target, each must reach its own."""
    assert requirement(text) == Comparison(None, Comparator.AT_LEAST, Reference(Period.BRANCH_TARGET), Scope.BRANCH)


@pytest.mark.parametrize("text", [">= 20% and <= 30%", "20%以上かつ30%以下", "20%以上 and 30%以下"])
def test_joined_requirements(text: str) -> None:
    """`and` and かつ join requirements of one clause."""
    assert [requirement.comparator for requirement in rule(text).requirements] == [">=", "<="]


# ── what is grammatical and yet cannot stand ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("a >= " + "9" * 31, "too-many-digits", 6),
        ("aを20%以上（3%）", "stated-without-reference", 9),
        ("aを前年度（3%）以上（4%）", "two-stated-values", 13),
        ("aを平成40年度以上", "unknown-year", 3),
        ("a >= fiscal year 0000", "unknown-year", 6),
        ("a >= mean of 0 years", "too-many-years", 6),
        ("aを過去11年平均以上", "too-many-years", 3),
    ],
)
def test_problem_of_meaning(text: str, code: str, column: int) -> None:
    """What can be read but means nothing is a problem at its place."""
    (problem,) = problems(text)
    assert (problem.code, problem.column) == (code, column)


def test_branch_case_keeps_what_is_written():
    """In a clause for some branches a scope that is written stays: 毎月 is not replaced by every branch."""
    cases = rule("3回以上。80%以上の支部については毎月5回以上").cases
    assert [requirement.every for case in cases for requirement in case.requirements] == [Scope.MONTH]
