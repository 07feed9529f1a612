"""How many branches achieved, as inputs of a KPI; and whether every one did."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kpi
from kpi.comparison import decide, tally
from kpi.errors import ComparisonError
from kpi.evaluation.decision import Verdict

BRANCH = kpi.parse("generic / all >= 80%")
NATION = kpi.parse("generic / all >= 80% every branch")
COUNTS = {
    "achieved": {"generic": 8, "all": 10},
    "missed": {"generic": 7, "all": 10},
    "not_evaluable": {"generic": 7},
    "not_applicable": {"generic": "該当なし", "all": "該当なし"},
}
"""Inputs of a branch by the outcome that they give."""


def branches(**outcomes):
    """So many branches of each outcome."""
    kinds = [kind for kind, count in outcomes.items() for _ in range(count)]
    return {f"{kind}{number}": BRANCH.evaluate(COUNTS[kind]) for number, kind in enumerate(kinds)}


OUTCOMES = st.fixed_dictionaries({kind: st.integers(0, 3) for kind in COUNTS})


class TestTally:
    @given(OUTCOMES, st.integers(0, 2))
    def test_counts(self, outcomes, without):
        """Each branch is counted once; one without any result is not evaluable."""
        results = {**branches(**outcomes), **dict.fromkeys(map(str, range(without)))}
        found = tally(results)
        expected = {**outcomes, "no_target": 0, "not_evaluable": outcomes["not_evaluable"] + without}
        assert {str(verdict): found[verdict] for verdict in Verdict} == expected
        assert found["evaluated"] == outcomes["achieved"] + outcomes["missed"]
        assert found["branches"] == len(results)

    def test_is_input_of_a_formula(self):
        """30 of 47 branches are 63.8 %."""
        results = branches(achieved=30, missed=15, not_evaluable=2)
        result = kpi.parse("achieved / branches >= 60%").evaluate(tally(results))
        assert (result.achieved, result.value, result.whole_cases) == (True, Fraction(3000, 47), 1)
        assert kpi.parse("achieved / evaluated >= 60%").evaluate(tally(results)).value == Fraction(3000, 45)

    def test_of_nobody(self):
        """No branches at all are no 0 %."""
        result = kpi.parse("achieved / branches >= 60%").evaluate(tally({}))
        assert [reason.lack for reason in result.reasons] == ["zero_denominator"]


class TestDecide:
    @given(OUTCOMES)
    def test_policy(self, outcomes):
        """One that missed decides; then one that is not known; branches to which nothing applies count neither way."""
        result = decide(NATION, branches(**outcomes))
        if outcomes["missed"]:
            expected = Verdict.MISSED
        elif outcomes["not_evaluable"]:
            expected = Verdict.NOT_EVALUABLE
        elif outcomes["achieved"]:
            expected = Verdict.ACHIEVED
        elif outcomes["not_applicable"]:
            expected = Verdict.NOT_APPLICABLE
        else:
            expected = Verdict.NOT_EVALUABLE
        assert result.outcome is expected
        if expected in {Verdict.MISSED, Verdict.ACHIEVED}:
            applicable = sum(outcomes.values()) - outcomes["not_applicable"]
            assert (result.value, result.target) == (outcomes["achieved"], applicable)
            assert result.margin == outcomes["achieved"] - applicable

    def test_names_who_is_not_known(self):
        """A branch without a verdict is named, and so is how many have no result at all."""
        results = {"iwate": BRANCH.evaluate({"generic": 8, "all": 10}), "miyagi": BRANCH.evaluate({}), "akita": None}
        result = decide(NATION, results, branches=47)
        told = [line.strip() for line in result.explain().splitlines() if "reason" in line]
        assert told == [
            "reason: miyagi has no verdict", "reason: akita has no verdict", "reason: 44 of 47 branches are missing",
        ]  # fmt: skip
        assert "理由: miyagiの判定がない" in result.explain("ja")
        assert "理由: 47支部中44支部の値がない" in result.explain("ja")

    def test_no_results(self):
        """Without any result nothing is decided, and this is said."""
        result = decide(NATION, {})
        assert result.outcome is Verdict.NOT_EVALUABLE
        assert "reason: the results of all branches are missing" in result.explain()
        assert "理由: すべての支部の結果の値がない" in result.explain("ja")
        assert "reason: 47 of 47 branches are missing" in decide(NATION, {}, branches=47).explain()
        assert "reason: 1 of 47 branches is missing" in decide(NATION, branches(achieved=46), branches=47).explain()

    def test_date(self):
        """The result is as of the date that all branches share, if they share one."""
        one = {key: BRANCH.evaluate(COUNTS["achieved"], fiscal_year="R3", as_of="2021-06-30") for key in "ab"}
        result = decide(NATION, one)
        assert (result.provisional, result.as_of.isoformat()) == (True, "2021-06-30")
        assert decide(NATION, {**one, **branches(achieved=1)}).as_of is None

    def test_too_few_for_lower_bounds(self):
        """Too few branches are a shortfall where the rule itself is an upper bound, too."""
        formula = kpi.parse("generic / all <= 20% every branch")
        results = {
            key: kpi.parse("generic / all <= 20%").evaluate({"generic": n, "all": 10})
            for key, n in (("a", 1), ("b", 3))
        }
        result = decide(formula, results)
        assert (result.outcome, result.margin, result.attainment) == (Verdict.MISSED, -1, 50)

    @pytest.mark.parametrize("text", ["generic / all >= 80%", "generic / all", "generic / all >= 80% every month"])
    def test_other_rules(self, text):
        """A rule that is not for every branch is an error that shows it."""
        with pytest.raises(ComparisonError, match="expected a rule that is for every branch"):
            decide(kpi.parse(text), branches(achieved=1))

    def test_too_many(self):
        """More results than branches cannot be meant."""
        with pytest.raises(ComparisonError, match="found results of 3 branches; expected at most 2"):
            decide(NATION, branches(achieved=3), branches=2)

    def test_as_published(self):
        """The number of branches that a document prints gives what their results would."""
        printed = kpi.load_catalog().plans["national-r3"].evaluate(kpi.load_published())["generic_share_by_branch"]
        result = decide(NATION, branches(achieved=30, missed=17), branches=47)
        assert (printed.outcome, printed.value, printed.target) == (result.outcome, result.value, result.target)
        assert (printed.outcome, printed.value, printed.target) == (Verdict.MISSED, 30, 47)
