"""Verdicts: against plain fractions, by clause, by reference, by month."""

from __future__ import annotations

import operator
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import kpi

COMPARATORS = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq}
SCALES = {"%": 100, "‰": 1000, "": 1, " cases": 1}
TENDERS = kpi.parse("a / b <= 20%; a <= 1 case when b <= 4")


@st.composite
def ratios(draw):
    """A comparator, a target as text and number, and counts that lie around it."""
    unit = draw(st.sampled_from([*SCALES]))
    decimals = draw(st.integers(0, 3))
    digits = Fraction(draw(st.integers(0, 1200)), 10**decimals)
    target = digits / SCALES[unit]
    places = draw(st.integers(1, 200)) * target.denominator if draw(st.booleans()) else draw(st.integers(1, 200_000))
    threshold = target * places // 1
    numerator = draw(st.sampled_from([threshold - 1, threshold, threshold, threshold + 1, draw(st.integers(0, 10**6))]))
    denominator = draw(st.sampled_from([places] * 8 + [0, None]))
    numerator = draw(st.sampled_from([numerator] * 9 + [None]))
    return draw(st.sampled_from([*COMPARATORS])), f"{float(digits):.{decimals}f}{unit}", target, numerator, denominator


@settings(max_examples=3000, deadline=None)
@given(ratios())
@example((">=", "59.6%", Fraction(596, 1000), 149, 250))
@example(("<=", "20%", Fraction(1, 5), 0, 0))
def test_ratio_rules(ratio):
    """A ratio is judged as plain fractions judge it; a missing count or a zero denominator gives no verdict."""
    comparator, text, target, numerator, denominator = ratio
    result = kpi.parse(f"a / b {comparator} {text}").evaluate({"a": numerator, "b": denominator})
    if numerator is None or not denominator:
        assert (result.outcome, result.achieved) == ("not_evaluable", None)
        assert (result.value, result.margin, result.attainment, result.whole_cases) == (None, None, None, None)
    else:
        assert result.achieved is COMPARATORS[comparator](Fraction(numerator, denominator), target)


def test_equality():
    """149 of 250 is 59.6% and meets >= 59.6%."""
    result = kpi.parse("a / b >= 59.6%").evaluate({"a": 149, "b": 250})
    assert (result.outcome, result.margin.exact) == ("achieved", "0")


# ── clauses ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("a", "b", "outcome", "by_case"),
    [
        (1, 4, "achieved", True),
        (2, 4, "missed", True),
        (0, 0, "achieved", True),
        (1, 5, "achieved", False),
        (2, 6, "missed", False),
    ],
)
def test_tenders(a, b, outcome, by_case):
    """With four tenders or fewer the count decides, even of none at all; with more, the share."""
    result = TENDERS.evaluate({"a": a, "b": b})
    assert (result.outcome, result.clause) == (outcome, "a <= 1 case when b <= 4" if by_case else "<= 20%")


@pytest.mark.parametrize("a", [0, 9, None])
def test_unknown_condition(a):
    """A condition that cannot be known leaves no clause, and names what is missing."""
    result = TENDERS.evaluate({"a": a})
    assert (result.outcome, result.clause, result.target) == ("not_evaluable", None, None)
    assert [reason.name for reason in result.reasons] == ["b"]


def test_clause_not_chosen():
    """What only a clause that is not chosen needs may be missing."""
    assert kpi.parse("a / b <= 20%; c >= 1 when d <= 4").evaluate({"c": 1, "d": 2}).achieved
    assert kpi.parse("a / b <= 20%; c >= 1 when d <= 4").evaluate({"a": 1, "b": 5, "d": 5}).achieved


@pytest.mark.parametrize(("n", "clause"), [(1, "a >= 1 when n <= 2"), (3, "a >= 2 when n <= 4"), (9, ">= 3")])
def test_first_case_decides(n, clause):
    """Of several conditions the first that holds decides; where none does, the unconditional clause."""
    result = kpi.parse("s >= 3; a >= 1 when n <= 2; a >= 2 when n <= 4").evaluate({"a": 1, "n": n, "s": 3})
    assert result.clause == clause


def test_case_behind_an_unknown_one():
    """A condition behind one that cannot be known is not looked at."""
    result = kpi.parse("s >= 3; s >= 1 when m <= 2; s >= 2 when n <= 4").evaluate({"n": 1, "s": 3})
    assert (result.outcome, [reason.name for reason in result.reasons]) == ("not_evaluable", ["m"])


@pytest.mark.parametrize(
    ("a", "b", "outcome"),
    [(1, None, "missed"), (None, 1, "missed"), (5, None, "not_evaluable"), (5, 5, "achieved"), (5, 1, "missed")],
)
def test_and(a, b, outcome):
    """One requirement that fails decides, even where another cannot be known."""
    assert kpi.parse("a >= 2 and b >= 2").evaluate({"a": a, "b": b}).outcome == outcome


@pytest.mark.parametrize(
    ("b", "n", "outcome"), [(3, 5, "missed"), (3, None, "not_evaluable"), (9, None, "achieved"), (9, 5, "achieved")]
)
def test_and_in_a_condition(b, n, outcome):
    """A case whose one condition fails does not apply, even where another cannot be known."""
    assert kpi.parse("a >= 1; a >= 2 when b <= 4 and n >= 4").evaluate({"a": 1, "b": b, "n": n}).outcome == outcome


# ── references ───────────────────────────────────────────────────────────────────────────────────────────────────────

YEARS = {f"FY{year}": {"a": year - 1950, "b": 100} for year in (2018, 2019, 2020)}


@pytest.mark.parametrize(
    ("rule", "known", "target"),
    [
        ("prior year", {"prior": {"a": 3, "b": 4}}, "75"),
        ("prior year", {"prior": "75%"}, "75"),
        ("prior year", {"prior": 75}, "75"),
        ("prior year", {"references": {"prior year": "75%"}}, "75"),
        ("prior year (80%)", {}, "80"),
        ("prior year (80%)", {"prior": "75%"}, "80"),
        ("prior year (80%)", {"prior": "75%", "baseline": "85%"}, "85"),
        ("prior year", {"prior": "75%", "baseline": 85}, "85"),
        ("prior year", {"prior": "75%", "baseline": None}, "75"),
        ("prior year", {"references": YEARS, "fiscal_year": 2021}, "70"),
        ("prior year end", {"references": {"prior year end": "75%"}}, "75"),
        ("prior year end", {"references": {"前年度末": "75%"}}, "75"),
        ("prior year end", {"baseline": "85%"}, "85"),
        ("same period last year", {"references": {"same period last year": {"a": 3, "b": 4}}}, "75"),
        ("same period last year", {"baseline": "85%"}, "85"),
        ("national", {"references": {"national": "84.93%"}, "baseline": "85%"}, "84.93"),
        ("branch target", {"references": {"branch target": "60%"}}, "60"),
        ("fiscal year 2019", {"references": {"FY2019": "60%"}}, "60"),
        ("fiscal year 2019", {"references": {"令和元年度": "60%"}}, "60"),
        ("fiscal year 2020", {"prior": "75%", "fiscal_year": "R3"}, "75"),
        ("mean of 3 years", {"references": YEARS, "fiscal_year": 2021}, "69"),
        ("mean of 2 years", {"references": YEARS, "fiscal_year": 2021}, "69.5"),
        ("mean of 2 years", {"references": {"FY2019": "69%"}, "prior": "80%", "fiscal_year": 2021}, "74.5"),
        ("mean of 3 years", {"references": {"mean of 3 years": "66%"}}, "66"),
        ("prior year + 0.5 points", {"prior": "75%"}, "75.5"),
        ("prior year - 0.5 points", {"prior": "75%"}, "74.5"),
        ("70% of prior year", {"prior": "75%"}, "52.5"),
        ("max(prior year, 80%)", {"prior": "75%"}, "80"),
        ("min(prior year, national)", {"prior": "75%", "references": {"national": "60%"}}, "60"),
    ],
)
def test_references(rule, known, target):
    """A reference is what was stated, or else the compared quantity computed from what was observed there."""
    result = kpi.parse(f"a / b >= {rule}").evaluate({"a": 1, "b": 1}, **known)
    assert (result.target.exact, result.achieved) == (target, True)


@pytest.mark.parametrize(
    ("rule", "known", "names"),
    [
        ("prior year", {}, ["prior year"]),
        ("prior year", {"prior": "-"}, ["prior year"]),
        ("prior year", {"prior": {"a": 3}}, ["b (prior year)"]),
        ("prior year", {"prior": {"a": 3, "b": 0}}, ["b (prior year)"]),
        ("prior year", {"baseline": "-"}, ["prior year"]),
        ("national", {"references": {"national": None}}, ["national"]),
        ("branch target", {"baseline": "85%"}, ["branch target"]),
        ("mean of 2 years", {}, ["mean of 2 years"]),
        ("mean of 4 years", {"references": YEARS, "fiscal_year": 2021}, ["fiscal year 2017"]),
        ("mean of 2 years", {"fiscal_year": 2021}, ["fiscal year 2020", "fiscal year 2019"]),
        ("max(prior year, national)", {}, ["prior year", "national"]),
        ("prior year + x", {"prior": "75%"}, ["x"]),
    ],
)
def test_missing_references(rule, known, names):
    """A reference without a value gives no verdict and is named, or what is missing there is."""
    result = kpi.parse(f"a / b >= {rule}").evaluate({"a": 1, "b": 1}, **known)
    assert (result.outcome, result.target, result.margin) == ("not_evaluable", None, None)
    assert [reason.name for reason in result.reasons] == names
    assert result.value == 100


def test_reference_that_does_not_apply():
    """What did not apply last year is, for this year's verdict, missing; the KPI itself applies."""
    result = kpi.parse("a / b >= prior year").evaluate({"a": 1, "b": 1}, prior="該当なし")
    assert (result.outcome, result.reasons[0].name) == ("not_evaluable", "prior year")


def test_reference_of_another_quantity():
    """In a clause about another quantity a reference means that quantity, whatever baseline the KPI has."""
    formula = kpi.parse("a / b >= 99%; a >= prior year when b <= 4")
    result = formula.evaluate({"a": 3, "b": 4}, prior={"a": 2, "b": 9}, baseline="85%")
    assert (result.target.exact, result.achieved) == ("2", True)


@pytest.mark.parametrize(("prior", "target"), [("81%", "prior year end"), ("79%", "branch target")])
def test_reference_as_a_condition(prior, target):
    """A condition may be about last year's value."""
    formula = kpi.parse("a / b >= branch target; >= prior year end when prior year >= 80%")
    result = formula.evaluate(
        {"a": 1, "b": 1}, prior=prior, references={"branch target": "70%", "prior year end": "75%"}
    )
    assert result.clause.startswith(f">= {target}")


@pytest.mark.parametrize(
    ("key", "hint"),
    [("natoinal", "'national'"), ("prior yaer", "'prior year'"), ("branch targets", "'branch target'")],
)
def test_unknown_reference(key, hint):
    """A key that is no reference is refused with the nearest."""
    with pytest.raises(kpi.UnknownNameError, match=f"unknown reference '{key}'; did you mean {hint}"):
        kpi.parse("a / b >= national").evaluate({"a": 1, "b": 1}, references={key: 1})


# ── every month, every branch ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("posts", "outcome", "at"),
    [
        ([1, 2, 1], "achieved", "1"),
        ([1, 0, 0], "missed", "2"),
        ({"2021-04": 1, "2021-05": 0}, "missed", "2021-05"),
        ([1, None, 1], "not_evaluable", "2"),
        ([None, 0], "missed", "2"),
        ({"2021-04": 1, "2021-05": "該当なし"}, "not_applicable", "2021-05"),
    ],
    ids=["met", "missed", "named", "missing", "missed and missing", "not applicable"],
)
def test_every_month(posts, outcome, at):
    """A requirement for every month must hold for each; one failed month decides over a missing one."""
    result = kpi.parse("posts >= 1 every month").evaluate({"posts": posts})
    assert (result.outcome, result.check.at) == (outcome, at)


def test_missing_month():
    """A month without a value is named."""
    result = kpi.parse("posts >= 1 every month").evaluate({"posts": {"2021-04": 1, "2021-05": None}})
    assert [(reason.lack, reason.name) for reason in result.reasons] == [("missing", "posts (2021-05)")]


@pytest.mark.parametrize("posts", [3, None, [], {}], ids=repr)
def test_no_series(posts):
    """One value is none for each month."""
    result = kpi.parse("posts >= 1 every month").evaluate({"posts": posts})
    assert (result.outcome, result.reasons[0].lack) == ("not_evaluable", "no_series")


def test_every_branch():
    """A quotient is formed branch by branch; a value given once holds for each."""
    formula = kpi.parse("a / b >= 50% every branch")
    assert formula.evaluate({"a": {"岩手": 3, "宮城": 5}, "b": 6}).achieved
    result = formula.evaluate({"a": {"岩手": 2, "宮城": 5}, "b": {"岩手": 6, "宮城": 5}})
    assert (result.outcome, result.check.at, result.value.exact) == ("missed", "岩手", "100/3")


def test_branch_missing_on_one_side():
    """A branch that one variable lacks is named."""
    result = kpi.parse("a / b >= 50% every branch").evaluate({"a": {"岩手": 3, "宮城": 5}, "b": {"岩手": 6}})
    assert [reason.name for reason in result.reasons] == ["b (宮城)"]


def test_series_where_one_value_is_needed():
    """Several values where one is needed are not added up by themselves."""
    result = kpi.parse("a / b >= 50%").evaluate({"a": [1, 2], "b": 4})
    assert [(reason.lack, reason.name) for reason in result.reasons] == [("several_values", "a")]


# ── something done, no target, not applicable ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (True, "achieved"),
        ("実施", "achieved"),
        ("done", "achieved"),
        (3, "achieved"),
        (False, "missed"),
        (0, "missed"),
        ("未実施", "missed"),
        (None, "not_evaluable"),
        ("対象外", "not_applicable"),
    ],
    ids=repr,
)
def test_done(given, outcome):
    """Something is done where it was done at least once."""
    result = kpi.parse("opinion is done").evaluate({"opinion": given})
    assert (result.outcome, result.margin) == (outcome, None)


def test_done_every_month():
    """Something may have to be done every month."""
    formula = kpi.parse("opinion is done every month")
    assert formula.evaluate({"opinion": [True, True]}).achieved is True
    assert formula.evaluate({"opinion": [True, False]}).achieved is False


def test_no_target():
    """Without a rule there is a value and no target."""
    result = kpi.parse("a / b").evaluate({"a": 1, "b": 4})
    assert (result.outcome, result.achieved, result.value.exact, result.clause) == ("no_target", None, "25", None)


@pytest.mark.parametrize(
    ("a", "b", "outcome"),
    [("該当なし", 4, "not_applicable"), ("該当なし", None, "not_evaluable"), ("対象外", "n/a", "not_applicable")],
)
def test_not_applicable(a, b, outcome):
    """A KPI does not apply where all that it lacks does not apply."""
    assert kpi.parse("a / b >= 20%").evaluate({"a": a, "b": b}).outcome == outcome
