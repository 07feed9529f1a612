"""Conditions followed through the clauses: what cannot hold, always holds, is never reached, or is left out."""

from __future__ import annotations

from itertools import product

import pytest
from entries import HIGHER, RATIO, SHARE_ENTRY, entry, of_share, problems, share_places
from hypothesis import given, settings
from hypothesis import strategies as st

COMPARATORS = {
    "<=": lambda value, bound: value <= bound,
    "<": lambda value, bound: value < bound,
    ">=": lambda value, bound: value >= bound,
    ">": lambda value, bound: value > bound,
    "=": lambda value, bound: value == bound,
}


def of(*conditions, more=""):
    """The codes of a rule with a clause for each condition, and one without."""
    clauses = "".join(f"; <= {30 + place}% when {condition}" for place, condition in enumerate(conditions))
    return of_share(f"<= 20%{clauses}", more)


class TestNeverHolds:
    @pytest.mark.parametrize(
        "condition",
        [
            "open_tenders <= 4 cases and open_tenders >= 5 cases",
            "open_tenders < 4 cases and open_tenders >= 4 cases",
            "open_tenders > 4 cases and open_tenders < 5 cases",
            "open_tenders <= 2 * 2 cases and open_tenders > 4 cases",
            "< 10% and > 10%",
            "= 3% and = 4%",
            "prior year > 10% and prior year (5%) < 5%",
        ],
    )
    def test_contradicts_itself(self, condition):
        """Conditions that exclude each other are a problem; of cases there is none between 4 and 5."""
        more = "        baseline: 5%\n" if "prior" in condition else ""
        assert of(condition, more=more) == ["never-holds"]

    @pytest.mark.parametrize(
        "condition",
        [
            "open_tenders < 0 cases",
            "open_tenders = 2.5 cases",
            "open_tenders + single_bid_tenders < 0 cases",
            "> 100%",
            "< 0%",
            "= 150%",
            "prior year > 100%",
            "single_bid_tenders / (open_tenders + single_bid_tenders) > 20",
            "open_tenders < 0 * single_bid_tenders",
            "open_tenders - single_bid_tenders = 2.5 cases",
            "single_bid_tenders is done and open_tenders < 0 cases",
        ],
    )
    def test_is_out_of_range(self, condition):
        """A count is whole and not negative, a share at most 100 %."""
        more = "        baseline: 5%\n" if "prior" in condition else ""
        assert of(condition, more=more) == ["never-holds"]

    @pytest.mark.parametrize(
        ("condition", "why"),
        [
            ("open_tenders < 0 cases", ", for 'open_tenders' is always a whole number, 0 cases or more"),
            (
                "> 100%",
                ", for 'single_bid_tenders / open_tenders' is always from 0% to 100% unless the KPI has 'kind: ratio'",
            ),
            (
                "open_tenders - single_bid_tenders = 2.5 cases",
                ", for 'open_tenders - single_bid_tenders' is always a whole number",
            ),
            (
                "min(0 - single_bid_tenders, 0 - 1) > 0 cases",
                ", for 'min(0 - single_bid_tenders, 0 - 1)' is always -1 cases or less",
            ),
            ("< 10% and > 10%", ""),
        ],
    )
    def test_says_why(self, condition, why):
        """The message says what the quantity can be, where that is the reason."""
        (problem,) = problems((SHARE_ENTRY, entry("single_bid_share", f"<= 20%; <= 30% when {condition}")))
        assert problem.message == f"the condition '{condition}' can never hold{why}"

    def test_place(self):
        """The condition that is impossible is told where it stands, or all that contradict each other."""
        assert share_places("<= 20%; <= 30% when cost <= 5 yen and > 100%") == [("never-holds", '> 100%"')]
        assert share_places("<= 20%; <= 30% when < 10% and > 10%") == [("never-holds", '< 10% and > 10%"')]

    @pytest.mark.parametrize("condition", ["> 100%", "prior year >= 180%", "cost < 0 yen"])
    def test_sound(self, condition):
        """A ratio may exceed 100 %, and money may be short."""
        more = "        baseline: 118%\n" if "prior" in condition else ""
        assert of_share(f"<= 20%; <= 30% when {condition}", more, RATIO) == []


class TestAlwaysHolds:
    @pytest.mark.parametrize(
        "condition",
        [
            "open_tenders >= 0 cases",
            "open_tenders > 0 - 1",
            "open_tenders > 0 cases - 0.5 cases",
            "<= 100%",
            ">= 0% and open_tenders >= 0 cases",
            "prior year <= 100%",
            "<= prior year + 100 points",
            "open_tenders + single_bid_tenders >= 0 * open_tenders",
        ],
    )
    def test_is_the_whole_range(self, condition):
        """A condition that holds for all that a quantity can be is a problem."""
        more = "        baseline: 5%\n" if "prior" in condition else ""
        assert of(condition, more=more) == ["always-holds"]

    def test_hides_what_is_behind(self):
        """Every clause with a condition behind it is never reached."""
        assert of("open_tenders >= 0 cases", "cost <= 5 yen") == ["always-holds", "shadowed"]

    @pytest.mark.parametrize("condition", ["open_tenders > 0 cases", ">= 0.1%", "cost >= 0 yen", "open_tenders >= 1"])
    def test_sound(self, condition):
        """One that can fail is none; no tenders, a share of nothing, and money that is short are possible."""
        assert of(condition) == []


class TestShadowed:
    @pytest.mark.parametrize(
        "conditions",
        [
            ("open_tenders <= 4 cases", "open_tenders <= 4 cases"),
            ("open_tenders <= 4 cases", "open_tenders < 4 cases"),
            ("open_tenders <= 4 cases", "open_tenders >= 1 case and open_tenders <= 3 cases"),
            ("open_tenders >= 4 cases", "open_tenders = 4 cases"),
            ("<= 80%", "< 5%"),
            ("open_tenders <= 4 cases", "open_tenders <= 2 cases and cost <= 5 yen"),
            ("open_tenders <= 4 cases", "open_tenders <= 2 cases and cost <= single_bid_tenders * 5 yen/case"),
        ],
    )
    def test_by_one(self, conditions):
        """A clause that an earlier one always precedes is a problem, whatever else it asks."""
        assert of(*conditions) == ["shadowed"]

    @pytest.mark.parametrize(
        "conditions",
        [
            ("open_tenders <= 4 cases", "open_tenders >= 9 cases", "open_tenders = 4 cases"),
            ("open_tenders <= 4 cases", "open_tenders = 5 cases", "open_tenders <= 5 cases"),
            ("open_tenders < 4 cases", "open_tenders > 3 cases and open_tenders <= 8 cases", "open_tenders <= 8 cases"),
            ("< 30%", "<= 50% and >= 30%", ">= 10% and <= 40%"),
            (
                "open_tenders <= 4 cases and cost <= 5 yen",
                "open_tenders <= 4 cases and cost > 5 yen",
                "open_tenders <= 3 cases",
            ),
        ],
    )
    def test_by_several_together(self, conditions):
        """One that earlier clauses cover together is a problem as well; between 3 and 4 cases there are none."""
        assert of(*conditions) == ["shadowed"]

    def test_place(self):
        """The clause that is never reached is told where it begins."""
        rule = "<= 20%; <= 30% when open_tenders <= 4 cases; <= 40% when open_tenders <= 2 cases"
        assert share_places(rule) == [("shadowed", '<= 40% when open_tenders <= 2 cases"')]


class TestOtherwise:
    @pytest.mark.parametrize(
        "conditions",
        [
            ("open_tenders <= 4 cases", "open_tenders > 4 cases"),
            ("open_tenders <= 4 cases", "open_tenders >= 5 cases"),
            ("open_tenders = 0 cases", "open_tenders >= 1 case"),
            ("< 80%", ">= 80%"),
            ("cost < 5 yen", "cost = 5 yen", "cost > 5 yen"),
            ("open_tenders <= 4 cases", "cost > 5 yen", "cost <= 5 yen and open_tenders >= 5 cases"),
        ],
    )
    def test_never_reached(self, conditions):
        """Where the conditions cover everything, the clause without one is never reached."""
        assert of(*conditions) == ["otherwise-shadowed"]

    def test_place(self):
        """It is told where its requirements stand."""
        rule = "<= 20% and cost <= 5 yen; <= 30% when open_tenders <= 4 cases; <= 40% when open_tenders >= 5 cases"
        ((code, place),) = share_places(rule)
        assert (code, place[:24]) == ("otherwise-shadowed", "<= 20% and cost <= 5 yen")

    @pytest.mark.parametrize(
        "conditions",
        [
            ("open_tenders >= 1 case",),
            ("cost < 5 yen", "cost >= 6 yen"),
            ("open_tenders <= 4 cases", "open_tenders >= 5 cases and cost <= 5 yen"),
            ("open_tenders <= single_bid_tenders", "open_tenders > single_bid_tenders"),
            ("single_bid_tenders is done", "open_tenders <= 4 cases", "single_bid_tenders >= 1 case every month"),
        ],
    )
    def test_reached(self, conditions):
        """Where they leave something, it decides that; what compares two quantities is not followed."""
        assert of(*conditions) == []


class TestGap:
    @pytest.mark.parametrize(
        "conditions",
        [
            ("open_tenders < 4 cases", "open_tenders > 4 cases"),
            ("open_tenders > 4 cases", "open_tenders < 4 cases"),
            ("open_tenders <= 3 cases", "open_tenders >= 5 cases"),
            ("open_tenders <= 3 cases", "open_tenders >= 5 cases and open_tenders <= 9 cases"),
            ("open_tenders < 4 cases", "open_tenders >= 5 cases"),
            ("< 80%", "> 80%"),
            ("prior year < 80%", "prior year > 80%"),
        ],
    )
    def test_single_number(self, conditions):
        """Two clauses that leave out the single number between them are a problem."""
        more = "        baseline: 5%\n" if "prior" in conditions[0] else ""
        assert of(*conditions, more=more) == ["gap"]

    @pytest.mark.parametrize(
        ("first", "second", "point"),
        [
            ("< 80%", "> 80%", "80%"),
            ("> 80%", "< 80%", "80%"),
            ("open_tenders <= 3 cases", "open_tenders >= 5 cases", "4 cases"),
            ("open_tenders <= 0 cases", "open_tenders >= 2 cases", "1 case"),
        ],
    )
    def test_is_told_as_written(self, first, second, point):
        """The number that is left out is told as the rule would write it, at the later condition."""
        rule = f"<= 20%; <= 30% when {first}; <= 40% when {second}"
        (problem,) = problems((SHARE_ENTRY, entry("single_bid_share", rule)))
        assert problem.facts["point"] == point
        assert share_places(rule) == [("gap", f'{second}"')]

    @pytest.mark.parametrize(
        "conditions",
        [
            ("open_tenders <= 4 cases", "open_tenders <= 6 cases"),
            ("open_tenders < 4 cases", "open_tenders > 5 cases"),
            ("open_tenders < 4 cases", "open_tenders > 4 cases and cost > 5 yen"),
            ("open_tenders < 4 cases", "open_tenders > 4 cases", "open_tenders = 4 cases and cost > 5 yen"),
            ("open_tenders < 4 cases", "single_bid_tenders > 4 cases"),
            ("cost <= 3 yen", "cost >= 5 yen"),
            ("<= 79%", ">= 80%"),
            ("open_tenders >= 1 case and open_tenders <= 4 cases", "open_tenders < 1 case"),
            ("open_tenders <= 4 cases and single_bid_tenders <= 1 case", "open_tenders <= 2 cases"),
        ],
    )
    def test_sound(self, conditions):
        """What is longer, is spoken of, or lies between different quantities is for the clause without a condition."""
        assert of(*conditions) == []


class TestAgainstEvaluation:
    CONDITIONS = st.lists(st.tuples(st.sampled_from([*COMPARATORS]), st.integers(0, 5)), min_size=1, max_size=4)

    @settings(max_examples=60)
    @given(CONDITIONS)
    def test_every_clause_that_is_not_reported_decides_something(self, conditions):
        """Reported clauses are exactly those that no number of cases ever reaches."""
        clauses = [f"open_tenders {comparator} {bound} cases" for comparator, bound in conditions]
        reached = set()
        for cases in range(12):
            held = (place for place, (name, bound) in enumerate(conditions) if COMPARATORS[name](cases, bound))
            reached.add(next(held, None))
        codes = [code for code in of(*clauses) if code != "gap"]
        unreached = [place for place in range(len(clauses)) if place not in reached]
        otherwise = None not in reached and "always-holds" not in codes
        assert codes.count("shadowed") + codes.count("never-holds") == len(unreached)
        assert codes.count("otherwise-shadowed") == otherwise

    def test_too_many_parts(self):
        """A rule whose conditions multiply beyond measure is followed no further, and no harm is done."""
        names = ("open_tenders", "single_bid_tenders", "open_tenders + single_bid_tenders", "2 * open_tenders")
        conditions = [f"{name} = {number} cases" for name, number in product(names, range(1, 20, 3))]
        assert of(*conditions) == []

    def test_higher(self):
        """The checks of conditions do not depend on the direction."""
        assert of_share(">= 20%; >= 30% when <= 100%", "", HIGHER) == ["always-holds"]
