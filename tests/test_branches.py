"""Branches to the nation."""

from __future__ import annotations

import pytest
from branch_tables import BRANCHES, QUANTITIES, SHARE, TILINGS, VOCABULARY, months, row, table, tables
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.errors import RollUpError
from kpi.formulas.evaluator import Reason
from kpi.periods import FiscalYear, HalfYear, Month, Quarter
from kpi.rollups import over_branches, over_months, roll_up

QUARTER = Quarter(2021, 1)
SPANS = st.sampled_from(
    (*(Month(2021, n) for n in (4, 5, 9)), QUARTER, Quarter(2021, 2), HalfYear(2021, 1), FiscalYear(2021))
)
COUNTS = table(
    *(months(branch, "open_tenders", 3, 0, count) for count, branch in enumerate(BRANCHES)),
    *(months(branch, "single_bid_tenders", 1, 0, 0) for branch in BRANCHES),
    *(months(branch, "insured", 100, 200, 300) for branch in BRANCHES),
)  # fmt: skip


def over(rows, span=QUARTER, quantity="open_tenders", branches=BRANCHES, **named):
    return over_branches(rows, VOCABULARY, quantity, branches, span, **named)


def without(rows, branch):
    return table(tuple(row for row in rows if row.organisation != branch))


class TestTotals:
    def test_flows(self):
        """Flows of branches over the same months add up; each branch is a part with months of its own."""
        found = over(COUNTS)
        assert found.value == 12
        assert found.organisation == "national"
        assert {branch: str(part) for branch, part in found.parts.items()} == {
            "iwate": "3 cases", "miyagi": "4 cases", "toyama": "5 cases",
        }  # fmt: skip
        assert [*found.parts["iwate"].parts] == ["2021-04", "2021-05", "2021-06"]

    def test_span_as_text(self):
        """A span may be named by a text."""
        text = "FY2021 Q1"
        assert over_branches(COUNTS, VOCABULARY, "open_tenders", BRANCHES, text).value == 12

    def test_stocks(self):
        """Stocks of branches on the same day add up."""
        assert over(COUNTS, quantity="insured").value == 900

    def test_ratio(self):
        """The nation's share is divided from the nation's counts, and is no mean of the branches' shares."""
        found = over(COUNTS, quantity=SHARE)
        shares = [over_months(COUNTS, VOCABULARY, SHARE, branch, QUARTER).outcome for branch in BRANCHES]
        assert str(found) == "25.0%"
        assert found.outcome != sum(shares) / 3

    def test_a_missing_branch(self):
        """A branch without observations is named, and there is no total of the nation."""
        found = over(without(COUNTS, "miyagi"))
        assert (found.value, found.missing) == (None, ("miyagi",))
        assert found.reasons[0] == Reason("missing", "open_tenders (miyagi, 2021-04)")
        assert str(found) == "no value: missing miyagi"

    def test_a_branch_without_one_month(self):
        """A branch that lacks a month is missing as a whole, and the month is told."""
        rows = table(tuple(row for row in COUNTS if (row.organisation, row.period) != ("toyama", "2021-05")))
        found = over(rows)
        assert found.missing == ("toyama",)
        assert found.reasons == (Reason("missing", "open_tenders (toyama, 2021-05)"),)
        assert str(found.partial()) == "7 cases (partial, without toyama)"

    def test_partial_ratio(self):
        """A partial ratio takes the branches of which both sides are there."""
        rows = table(tuple(r for r in COUNTS if (r.organisation, r.quantity) != ("toyama", "single_bid_tenders")))
        found = over(rows, quantity=SHARE).partial()
        assert str(found) == "28.6% (partial, without toyama)"

    def test_another_group(self):
        """Branches of a region make a total of its own, under its own name."""
        found = over(COUNTS, branches=("iwate", "miyagi"), organisation="tohoku")
        assert (found.organisation, found.value) == ("tohoku", 7)


class TestBranches:
    @pytest.mark.parametrize(
        ("branches", "named", "why"),
        [
            ((), {}, "a sum of none is not 0"),
            ("iwate", {}, "expected the names of branches, as a list"),
            (("iwate", "iwate"), {}, "iwate: named twice"),
            (("iwate", "national"), {}, "'national' is what the branches make together"),
            (("iwate",), {"expected": 47}, "'national' has 47 branches, but 1 are named"),
        ],
    )
    def test_refused(self, branches, named, why):
        """What would be counted twice, or not at all, is refused."""
        with pytest.raises(RollUpError, match=why):
            over(COUNTS, branches=branches, **named)


def value(table_, quantity, span):
    return over_months(table_, VOCABULARY, quantity, "national", span).outcome


def numbers(outcome):
    """A number, or nothing, whatever the reason is."""
    return outcome if not hasattr(outcome, "reasons") else None


SOME = settings(max_examples=40)  # tables of three branches and a year are large


class TestLaws:
    @SOME
    @given(tables(), QUANTITIES, SPANS)
    def test_months_then_branches_is_branches_then_months(self, rows, quantity, span):
        """Whether months or branches are rolled up first makes no difference, with gaps and without."""
        months_first = roll_up(roll_up(rows, VOCABULARY, span=span), VOCABULARY, branches=BRANCHES)
        branches_first = roll_up(rows, VOCABULARY, branches=BRANCHES)
        at_once = over(rows, span, quantity)
        assert numbers(value(months_first, quantity, span)) == numbers(value(branches_first, quantity, span))
        assert numbers(value(branches_first, quantity, span)) == numbers(at_once.outcome)

    @SOME
    @given(tables(st.sampled_from(TILINGS)), QUANTITIES, SPANS)
    def test_also_where_branches_report_by_quarters_and_halves(self, rows, quantity, span):
        """So it is where one branch counts by months, another by quarters or halves, even if they contradict each other."""
        branches_first = roll_up(rows, VOCABULARY, branches=BRANCHES)
        assert numbers(value(branches_first, quantity, span)) == numbers(over(rows, span, quantity).outcome)

    @SOME
    @given(tables(), QUANTITIES, SPANS, st.lists(st.sampled_from("xyz"), min_size=3, max_size=3))
    def test_any_grouping(self, rows, quantity, span, groups):
        """Branches rolled up to regions, and regions to the nation, give what branches give at once."""
        regions = {name: [b for b, group in zip(BRANCHES, groups, strict=True) if group == name] for name in {*groups}}
        of_regions = table(
            *(
                tuple(roll_up(rows, VOCABULARY, branches=branches, span=span, organisation=name))
                for name, branches in regions.items()
            )
        )
        found = over(of_regions, span, quantity, branches=tuple(regions))
        assert numbers(found.outcome) == numbers(over(rows, span, quantity).outcome)

    @SOME
    @given(tables(), QUANTITIES, SPANS)
    def test_a_partial_total_is_never_silently_a_total(self, rows, quantity, span):
        """There is a total exactly where each branch has one, and whatever lacks one is named."""
        found = over(rows, span, quantity)
        each = {branch: over_months(rows, VOCABULARY, quantity, branch, span) for branch in BRANCHES}
        lacking = tuple(branch for branch, part in each.items() if not part.is_complete)
        assert found.missing == lacking
        assert found.is_complete == (not lacking)
        assert all(branch in str(found.partial()) for branch in lacking)
        assert not found.partial().is_complete or not lacking


def test_a_printed_total_of_a_branch():
    """A branch may give the total from April on where another gives months."""
    rows = table(row("iwate", "year", "open_tenders", 9, as_of=QUARTER.end), months("miyagi", "open_tenders", 1, 1, 1))
    assert over(rows, branches=("iwate", "miyagi")).value == 12
