"""What this point of the year called for."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import kpi

HALF = {"fiscal_year": "R3", "as_of": "2021-09-30"}
SHARES = st.integers(0, 1000).map(lambda n: f"{n // 10}.{n % 10}%")
COUNTS = st.integers(1, 10**6)


@pytest.fixture(scope="module")
def card():
    return kpi.load_catalog().plans["national-r3"].evaluate(kpi.load_published())


def half(rule, value, then=None, end=None, **known):
    """The pace of a rule at the half of the year, from last year's value at that point and its final one."""
    references = {name: given for name, given in {"same period last year": then, "prior year": end}.items() if given}
    known["references"] = {**references, **known.get("references", {})}
    return kpi.parse_rule(rule).evaluate(value, **{**HALF, **known})


class TestCalledFor:
    @pytest.mark.parametrize(
        ("rule", "value", "then", "end", "called_for", "met"),
        [
            (">= 58.5%", "21.5%", "17.7%", "51.0%", Fraction(585 * 177, 10 * 510), True),
            (">= 25.0%", "23.5%", "19.9%", "15.5%", Fraction(250 * 199, 10 * 155), False),
            (">= prior year", "84.69%", "94.14%", "92.41%", Fraction("94.14"), False),
            (">= prior year", "94.14%", "94.14%", "92.41%", Fraction("94.14"), True),
            ("> prior year", "94.14%", "94.14%", "92.41%", Fraction("94.14"), False),
            ("<= prior year", "1.26%", "1.26%", "1.12%", Fraction("1.26"), True),
            ("<= prior year", "1.27%", "1.26%", "1.12%", Fraction("1.26"), False),
            ("< prior year", "1.26%", "1.26%", "1.12%", Fraction("1.26"), False),
            (">= 57,000 workplaces", "30000事業所", "20000事業所", "50000事業所", 22_800, True),
            (">= prior year + 10 points", "30%", "20%", "40%", 25, True),
            (">= 50%", "0.1%", "0%", "40%", 0, True),
        ],
    )
    def test_share_of_the_target(self, rule, value, then, end, called_for, met):
        """This point called for the target times last year's value at the same point over its final value."""
        pace = half(rule, value, then, end).pace
        assert (pace.called_for, pace.met, pace.reason) == (called_for, met, None)

    def test_from_counts(self):
        """Values made from counts give their share exactly."""
        result = kpi.parse("a / b >= 50%").evaluate(
            {"a": 1, "b": 6},
            **HALF,
            prior={"a": 1, "b": 2},
            references={"same period last year": {"a": 1, "b": 6}},
        )
        assert (result.pace.called_for, result.pace.met) == (Fraction(100, 6), True)
        assert (result.pace.last_year_then, result.pace.last_year_end) == (Fraction(100, 6), 50)

    def test_stated_baseline(self):
        """The final value of last year is the one that the plan states, where it states one."""
        stated = half(">= prior year", "90%", "94%", "92.0%", baseline="92.41%")
        assert (stated.pace.called_for, stated.pace.last_year_end) == (94, Fraction("92.41"))
        brackets = half(">= prior year (80%)", "35%", "40%")
        assert (brackets.pace.called_for, brackets.pace.last_year_end) == (40, 80)

    def test_no_share_above_the_whole(self):
        """Of a share of a whole nobody is asked for more than all of it."""
        pace = evolve(half("= 100%", "100%", "100%", "99.5%"), direction="higher").pace
        assert (pace.called_for, pace.met) == (100, True)

    def test_ratio_above_the_whole(self):
        """Of a ratio that may exceed 100 % more than that may be asked for, though no year was above it."""
        result = evolve(half("<= 98%", "101%", "99%", "90%"), is_ratio=True)
        assert (result.pace.called_for, result.pace.met) == (Fraction("107.8"), True)

    def test_more_than_the_whole(self):
        """A ratio that may exceed 100 % may be asked for more."""
        assert half(">= 120%", "130%", "110%", "100%").pace.called_for == 132

    def test_as_shown(self):
        """Where the rule compares what is shown, so does the pace."""
        rule = kpi.parse("a / b >= 50%", compared="shown")
        result = rule.evaluate(
            {"a": 333, "b": 1000}, **HALF, references={"same period last year": "20%", "prior year": "30%"}
        )
        assert (result.pace.called_for, result.pace.met) == (Fraction("33.3"), True)

    @pytest.mark.parametrize("reference", ["same period last year", "national"])
    def test_rule_about_this_point(self, reference):
        """Where the rule itself looks at this point of the year, its target is what this point called for."""
        result = half(f">= {reference}", "30%", references={reference: "31%"})
        assert (result.pace.called_for, result.pace.met, result.pace.precedents) == (31, False, ())

    def test_other_clause(self):
        """Where another clause decides, the pace is that of what it compares."""
        formula = kpi.parse("bids / tenders <= 20%; bids <= 4 cases when tenders <= 9")
        then, end = {"bids": 1, "tenders": 3}, {"bids": 2, "tenders": 5}
        result = formula.evaluate(
            {"bids": 2, "tenders": 4}, **HALF, prior=end, references={"same period last year": then}
        )
        assert (str(result.pace.called_for), result.pace.met) == ("2 cases", True)


class TestNoPace:
    @pytest.mark.parametrize(
        ("rule", "value", "known", "reason", "lacking"),
        [
            (">= 50%", "20%", {"then": "10%", "end": "40%", "as_of": "2022-03-31"}, "final", []),
            (">= 50%", "20%", {"then": "10%", "end": "40%", "as_of": None}, "final", []),
            ("is done", "1", {"then": "1", "end": "1"}, "no_number", []),
            (">= 50%", None, {"then": "10%", "end": "40%"}, "no_value", ["value"]),
            (">= prior year", "20%", {"then": "10%"}, "no_value", ["prior year"]),
            (">= 50%", "20%", {"end": "40%"}, "too_little_data", ["same period last year"]),
            (">= 50%", "20%", {"then": "10%"}, "too_little_data", ["prior year"]),
            (">= 50%", "20%", {"then": "10%", "end": "0%"}, "no_share", []),
            (">= 50円", "20円", {"then": "-1円", "end": "40円"}, "no_share", []),
            ("= 50%", "20%", {"then": "10%", "end": "40%"}, "no_direction", []),
            (">= max(prior year, same period last year)", "20%", {"then": "10%", "end": "40%"}, "two_points", []),
        ],
    )
    def test_reason(self, rule, value, known, reason, lacking):
        """Where there is no pace, the reason is told, and what is lacking is named."""
        pace = half(rule, value, **known).pace
        assert (pace.called_for, pace.met, pace.reason) == (None, None, reason)
        assert [each.name for each in pace.lacking] == lacking

    def test_without_a_rule(self):
        """Without a rule there is nothing that a point of the year could call for."""
        assert kpi.parse("a / b").evaluate({"a": 1, "b": 2}, **HALF).pace.reason == "no_number"

    def test_every_month(self):
        """A rule for each month has no share of a year."""
        result = kpi.parse("posts >= 1 every month").evaluate({"posts": [1, 2]}, **HALF)
        assert result.pace.reason == "each_time"

    def test_condition_on_last_year_alone(self):
        """A requirement about last year compares no value of this one."""
        result = kpi.parse("a / b >= 20%; prior year >= 80% when a <= 3").evaluate(
            {"a": 1, "b": 2}, prior="81%", **HALF
        )
        assert result.pace.reason == "no_number"


@given(st.tuples(SHARES, SHARES), SHARES, SHARES, SHARES, st.sampled_from([">=", ">", "<=", "<"]))
def test_monotone(values, target, then, end, comparator):
    """A better value never turns a pace that was met into one that was not, and changes nothing of what was called for."""
    worse, better = sorted(values, key=lambda text: Fraction(text[:-1]), reverse=comparator in ("<=", "<"))
    behind, ahead = (half(f"{comparator} {target}", value, then, end).pace for value in (worse, better))
    assert (behind.called_for, behind.reason) == (ahead.called_for, ahead.reason)
    assert (behind.met, ahead.met) != (True, False)


@given(SHARES, SHARES, SHARES.filter(lambda end: end != "0.0%"), st.sampled_from([">=", "<="]))
def test_against_last_year(value, then, end, comparator):
    """Against last year's final value the pace is last year's value at the same point, and leaves the verdict alone."""
    result = half(f"{comparator} prior year", value, then, end)
    assert result.pace.called_for == Fraction(then[:-1])
    assert result.outcome == kpi.parse_rule(f"{comparator} prior year").evaluate(value, prior=end).outcome


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_exact(value, target, then, end):
    """The pace is decided by exact fractions."""
    pace = half(f">= {target} cases", f"{value}件", f"{then}件", f"{end}件").pace
    assert pace.met is (value * end >= target * then)


def test_for_programs():
    """The pace is data of exact text."""
    assert half(">= 95%", "95.3%", "94.7%", "94.8%").to_dict()["pace"] == {
        "met": True,
        "called_for": "89965/948",
        "low": "89965/948",
        "high": "89965/948",
        "last_year_then": "94.7",
        "last_year_end": "94.8",
        "needed_per_month": None,
        "reason": None,
        "lacking": [],
    }


def test_pickle():
    """A result of a plan goes through pickle and keeps its pace."""
    result = kpi.load_catalog().plans["national-r3"].evaluate(kpi.load_published())["mail_in_rate"]
    again = pickle.loads(pickle.dumps(result))  # noqa: S301 - written in the line itself
    assert again.pace == result.pace


class TestNationalPlan:
    """The document prints last year's value at the same point and its final one."""

    def test_every_kpi(self, card):
        """Every KPI has its pace but four: the document prints no such value of last year, or none of this one."""
        assert {result.title.key: result.pace.reason for result in card if result.pace.reason} == {
            "dependant_confirmation_rate": "no_value",  # 令和４年４月末算出予定
            "my_number_rate": "too_little_data",  # 97.5 % at the end of August, and last year's end alone
            "declared_workplaces_count": "too_little_data",  # last year's end alone
            "generic_share_by_branch": "too_little_data",  # how many branches met their targets, this year alone
        }

    def test_behind(self, card):
        """Those behind their pace, whatever their verdict."""
        behind = {result.title.key: str(result.outcome) for result in card if result.pace.met is False}
        assert behind == {
            "card_recovery_rate": "missed",
            "insured_guidance_rate": "missed",
            "dependant_guidance_rate": "achieved",
            "visit_after_recommendation_3m": "missed",
            "opinion_submission": "missed",
        }

    def test_branches(self, card):
        """Of branches that did what all are to do, last year's numbers of branches give the pace."""
        pace = card["opinion_submission"].pace
        assert (pace.called_for.exact, str(pace.last_year_then), str(pace.last_year_end)) == (
            "14.1",
            "9 branches",
            "30 branches",
        )
        assert pace.needed_per_month == Fraction(41, 6)
