"""What a plan missed, and what became worse than last year."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kpi
from kpi.comparison import changes, missed, worsening
from kpi.errors import ComparisonError, UnknownNameError
from kpi.evaluation.decision import Verdict
from kpi.plans.scorecard import Scorecard


def card(*texts, counts=None, **known):
    """A scorecard of one result for each text, evaluated alike."""
    results = {text: kpi.parse(text).evaluate(counts or {"a": 1, "b": 4}, **known) for text in texts}
    return Scorecard("plan", "計画", "plan", results)


HALF = {"fiscal_year": "R3", "as_of": "2021-09-30"}


def only(card, **directions):
    (change,) = changes(card, directions)
    return change


def test_unknown_direction():
    """A direction that is none makes nothing better or worse."""
    with pytest.raises(ComparisonError, match="unknown direction: found 'up', expected one of higher, lower"):
        changes(card("a / b >= 20.0%"), {"a / b >= 20.0%": "up"})


def test_direction_of_a_kpi_that_is_not_there():
    """A direction for a KPI that the card does not have is not lost silently."""
    with pytest.raises(UnknownNameError, match="unknown KPI 'a / b >= 20%'"):
        changes(card("a / b >= 20.0%"), {"a / b >= 20%": "higher"})


class TestChange:
    def test_at_the_same_point(self):
        """A provisional result is set beside last year's at the same point, and not beside its end."""
        references = {"same period last year": "30%", "prior year": "10%"}
        change = only(card("a / b >= 20.0%", references=references, **HALF))
        assert (str(change.before), str(change.after), str(change.change)) == ("30.0%", "25.0%", "-5.0 pp")
        assert change.is_worse
        assert change.text() == ": 30.0% (same period last year) → 25.0%, -5.0 pp"
        assert change.text("ja") == ": 30.0%（対前年同期）→ 25.0%、-5.0ポイント"

    def test_at_the_end(self):
        """The result of a year that is over is set beside last year's final one."""
        references = {"same period last year": "30%", "prior year": "10%"}
        change = only(card("a / b >= 20.0%", references=references))
        assert (change.change, change.is_worse) == (15, False)

    def test_direction(self):
        """Where lower is better more is worse, and where a plan only asks for equality it has to be told."""
        assert only(card("a / b <= 20.0%", prior="20%")).is_worse
        equal = card("a / b = 20.0%", prior="20%")
        assert only(equal).is_worse is None
        assert changes(equal, {"a / b = 20.0%": "lower"})[0].is_worse

    def test_target_does_not_matter(self):
        """A KPI that met its target can be worse than last year, and one that missed it better."""
        cards = card("a / b >= 20.0%", "a / b >= 90.0%", prior="30%")
        assert [change.is_worse for change in changes(cards)] == [True, True]
        assert [result.outcome for result in cards] == [Verdict.ACHIEVED, Verdict.MISSED]
        assert worsening(card("a / b >= 90.0%", prior="20%")) == ()

    def test_stated_baseline(self):
        """What the plan states of last year's end decides here as in a rule; it says nothing of the same point."""
        assert only(card("a / b >= prior year", baseline="26%", prior="20%")).is_worse
        change = only(card("a / b >= prior year", baseline="26%", **HALF))
        assert [reason.name for reason in change.reasons] == ["same period last year"]

    @pytest.mark.parametrize(
        ("counts", "known", "names"),
        [
            ({"a": 1, "b": 4}, {}, ["prior year"]),
            ({"a": 1, "b": 4}, {"prior": {"a": 1, "b": 0}}, ["b (prior year)"]),
            ({"a": 1}, {"prior": "20%"}, ["b"]),
        ],
    )
    def test_not_known(self, counts, known, names):
        """What is lacking now or then is named, and nothing is worse for it."""
        change = only(card("a / b >= 20.0%", counts=counts, **known))
        assert (change.is_worse, [reason.name for reason in change.reasons]) == (None, names)
        assert change.to_dict()["change"] is None
        assert "–" in change.text()

    @given(
        st.fractions(0, 1, max_denominator=99), st.fractions(0, 1, max_denominator=99), st.sampled_from([">=", "<="])
    )
    def test_model(self, now, then, comparator):
        """The change is the difference, positive is good."""
        found = only(
            card(
                f"a / b {comparator} 50%",
                counts={"a": now.numerator, "b": now.denominator},
                prior={"a": then.numerator, "b": then.denominator},
            )
        )
        sign = 1 if comparator == ">=" else -1
        assert found.change == sign * (now - then) * 100
        assert found.is_worse == (sign * (now - then) < 0)


class TestShipped:
    @pytest.fixture
    def nation(self):
        return kpi.load_catalog().plans["national-r3"].evaluate(kpi.load_published())

    def test_missed(self, nation):
        """The missed KPIs come in the order of the document, each with its margin."""
        found = missed(nation)
        assert [*found] == [key for key, result in nation.results.items() if result.achieved is False]
        assert all(result.margin < 0 for result in found.values())
        assert found["card_recovery_rate"].margin == Fraction("84.69") - Fraction("92.41")

    def test_worsening(self, nation):
        """The national plan's first half is set beside the first half of last year, as printed."""
        found = {change.result.title.key: str(change.change) for change in worsening(nation)}
        assert found == {
            "card_recovery_rate": "-9.45 pp",
            "dependant_guidance_rate": "-26.9 pp",
            "visit_after_recommendation_3m": "-0.2 pp",
        }

    def test_for_programs(self, nation):
        """A change is data with exact numbers."""
        change = worsening(nation)[0]
        assert change.to_dict() == {
            "kpi": "card_recovery_rate", "reference": "same period last year",
            "before": "94.14", "after": "84.69", "change": "-9.45", "unit": "%", "is_worse": True, "lacking": [],
        }  # fmt: skip
