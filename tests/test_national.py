"""The nation beside a branch."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import kpi
from kpi.observations.observation import YEAR, Observation, Observations
from kpi.periods import FiscalYear
from kpi.plans.organisation import Organisation
from kpi.plans.situations import situation_of

R3 = FiscalYear(2021)
SHARES = st.integers(0, 1000).map(lambda n: f"{n // 10}.{n % 10}%")


def beside(rule, value, nation, **known):
    """A branch's value beside the nation's."""
    return kpi.parse_rule(rule).evaluate(value, references={"national": nation}, **known).national


@pytest.mark.parametrize(
    ("rule", "value", "nation", "difference"),
    [
        (">= 95.7%", "93.99%", "84.93%", "+9.06 pp"),
        (">= 95.7%", "80%", "84.9%", "-4.9 pp"),
        ("<= 20%", "0%", "14.4%", "+14.4 pp"),
        ("<= 20%", "20%", "14.4%", "-5.6 pp"),
        (">= prior year", "50%", "50%", "+0.0 pp"),
        ("= 100%", "100%", "98%", "None"),
    ],
)
def test_difference(rule, value, nation, difference):
    """The difference is positive where the branch is better than the nation, whichever direction that is."""
    assert str(beside(rule, value, nation).difference) == difference


@given(SHARES, SHARES)
def test_exact(value, nation):
    """The difference is exact, and turns its sign with the direction."""
    found = [beside(rule, value, nation).difference for rule in (">= 50%", "<= 50%")]
    assert found[0] == Fraction(value[:-1]) - Fraction(nation[:-1]) == -found[1]


def test_direction_of_the_kpi():
    """What the KPI declares tells where the rule does not."""
    result = kpi.parse_rule("= 100%").evaluate("97%", references={"national": "98%"})
    assert str(evolve(result, direction="higher").national.difference) == "-1.0 pp"


@pytest.mark.parametrize(("value", "nation"), [("93%", None), (None, "93%"), ("該当なし", "93%")])
def test_unknown(value, nation):
    """Without either value there is nothing to tell."""
    assert beside(">= 95%", value, nation) is None


def test_without_rule():
    """The values stand beside each other without a rule too; which is better nobody knows."""
    found = kpi.parse("a / b").evaluate({"a": 1, "b": 4}, references={"national": {"a": 1, "b": 5}}).national
    assert (found.value, found.difference) == (20, None)


def test_own_value():
    """The KPI's own values are compared, though another clause decided."""
    formula = kpi.parse("bids / tenders <= 20%; bids <= 1 case when tenders <= 4 cases")
    result = formula.evaluate({"bids": 1, "tenders": 2}, references={"national": "14.4%"})
    assert (str(result.value), str(result.national.difference)) == ("1 case", "-35.6 pp")


VOCABULARY = kpi.Vocabulary.of(
    [
        kpi.Variable("checked", "person"),
        kpi.Variable("insured", "person", kind="stock"),
        kpi.Variable("workplaces", "workplace", kind="stock"),
        kpi.Variable("days", "day", kind="stock"),
        kpi.Variable("mobile_days", "day"),
    ]
)


def row(organisation, quantity, value, as_of="2021-08-31"):
    return Observation(organisation, R3, YEAR, quantity, str(value), date.fromisoformat(as_of))


def observed(text, *rows, organisation="iwate"):
    """The nation beside the KPI `share` as a table of observations tells it."""
    formula = kpi.parse(text, vocabulary=VOCABULARY)
    situation, _ = situation_of(formula, "share", None, Observations(rows), Organisation(organisation), R3)
    return formula.result(situation).national


class TestObserved:
    RULE = "checked / insured >= 50%"

    def test_same_day(self):
        """The nation's value of the same day is taken, and of no other."""
        now = row("iwate", "share", 20)
        assert str(observed(self.RULE, now, row("national", "share", 25)).difference) == "-5.0 pp"
        assert observed(self.RULE, now, row("national", "share", 25, "2021-09-30")) is None

    def test_nation_itself(self):
        """The nation is not set beside itself."""
        assert observed(self.RULE, row("national", "share", 20), organisation="national") is None

    def test_contradiction(self):
        """Where the nation's counts contradict its published rate, both are told and no difference is taken."""
        rows = [row("iwate", "share", 20), row("national", "checked", 30), row("national", "insured", 100)]
        found = observed(self.RULE, *rows, row("national", "share", "25.0"))
        assert (found.value, found.published, found.difference) == (30, 25, None)
        assert observed(self.RULE, *rows, row("national", "share", "30.0")).difference == -10

    @pytest.mark.parametrize(
        ("text", "known"),
        [
            ("workplaces >= 1", False),
            ("mobile_days >= 1", False),
            ("days <= 7 days", True),
            ("checked / insured", True),
        ],
    )
    def test_totals(self, text, known):
        """Of a total a branch has but a part; rates and durations stand beside each other."""
        names = ("workplaces", "mobile_days", "days", "checked", "insured")
        rows = [row(place, name, 5) for place in ("iwate", "national") for name in names]
        assert (observed(text, *rows) is not None) is known


def test_for_programs():
    """The nation is data of exact text."""
    result = kpi.parse_rule(">= 95.7%").evaluate("93.99%", references={"national": "84.93%"})
    assert result.to_dict()["national"] == {"value": "84.93", "difference": "9.06", "published": None}


def test_erratum_in_iwate():
    """The nation's check-up counts are printed wrong in Iwate's document, and no difference rests on them."""
    found = kpi.load_catalog().plans["iwate-r3"].evaluate(kpi.load_published())["lifestyle_checkup_rate"].national
    assert (found.difference, str(found.published)) == (None, "17.5%")
