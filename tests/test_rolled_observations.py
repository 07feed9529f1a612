"""Tables that are rolled up, and plans evaluated on them."""

from __future__ import annotations

from datetime import date

import pytest
from branch_tables import BRANCHES, R3, VOCABULARY, months, row, table, tables
from hypothesis import given, settings

import kpi
from kpi.errors import RollUpError
from kpi.observations.observation import YEAR
from kpi.periods import HalfYear, Month, Quarter
from kpi.rollups import TimeSpan, roll_up

FIRST_HALF = HalfYear(2021, 1)
CATALOG = kpi.load_catalog()
PUBLISHED = kpi.load_published()
COUNTS = table(*(months(branch, "open_tenders", 3, 1, 0, 1, 0, 1) for branch in BRANCHES))


class TestBranches:
    def test_a_row_for_each_month_and_date(self):
        """The nation has a row for each month, and one for what counts from April up to its end."""
        rolled = roll_up(COUNTS, VOCABULARY, branches=BRANCHES)
        assert [(each.period, each.value) for each in rolled if each.period != YEAR] == [
            ("2021-04", "9"), ("2021-05", "3"), ("2021-06", "0"), ("2021-07", "3"), ("2021-08", "0"), ("2021-09", "3"),
        ]  # fmt: skip
        assert [each.value for each in rolled if each.period == YEAR] == ["9", "12", "12", "15", "15", "18"]
        assert {each.organisation for each in rolled} == {"national"}
        assert [int(value.value) for value in rolled.complete] == [int(each.value) for each in rolled]
        assert not rolled.incomplete

    def test_a_branch_behind(self):
        """Up to August, of which all branches told, there is a total; of September it is told who is missing."""
        rows = table(tuple(each for each in COUNTS if (each.organisation, each.period) != ("miyagi", "2021-09")))
        rolled = roll_up(rows, VOCABULARY, branches=BRANCHES)
        assert max(each.as_of for each in rolled) == date(2021, 8, 31)
        assert {value.missing for value in rolled.incomplete} == {("miyagi",)}
        assert rolled.gaps == ("open_tenders (miyagi, 2021-09)",)

    def test_others_are_not_looked_at(self):
        """Rows of the nation itself, and of branches that are not named, do not count."""
        rows = table(tuple(COUNTS), months("national", "open_tenders", 99), months("gunma", "open_tenders", 99))
        assert roll_up(rows, VOCABULARY, branches=BRANCHES) == roll_up(COUNTS, VOCABULARY, branches=BRANCHES)

    def test_settled_after_the_year(self):
        """A value that was settled after the end of the year stays one of that date."""
        day = date(2022, 6, 30)
        rows = table(*(row(branch, YEAR, "open_tenders", 4, as_of=day) for branch in BRANCHES))
        (rolled,) = roll_up(rows, VOCABULARY, branches=BRANCHES)
        assert (rolled.as_of, rolled.fiscal_year, rolled.value) == (day, R3, "12")
        behind = table(row("iwate", YEAR, "open_tenders", 4, as_of=day), row("miyagi", YEAR, "open_tenders", 4))
        assert not len(roll_up(behind, VOCABULARY, branches=("iwate", "miyagi")))

    def test_years_apart(self):
        """Each fiscal year is rolled up on its own."""
        rows = table(row("iwate", YEAR, "open_tenders", 4), row("miyagi", YEAR, "open_tenders", 4, year=R3.prior))
        rolled = roll_up(rows, VOCABULARY, branches=("iwate", "miyagi"))
        assert [(value.span.fiscal_year, value.missing) for value in rolled.incomplete] == [
            (R3, ("miyagi",)), (R3.prior, ("iwate",)),
        ]  # fmt: skip

    def test_nothing_at_all(self):
        """An empty table gives an empty one."""
        rolled = roll_up(table(), VOCABULARY, branches=BRANCHES)
        assert (len(rolled), rolled.incomplete, rolled.refused) == (0, (), ())

    @settings(max_examples=40)  # tables of three branches and a year are large
    @given(tables())
    def test_rows_hold_no_partial_total(self, rows):
        """A row is there only where every branch has its part in it."""
        rolled = roll_up(rows, VOCABULARY, branches=BRANCHES)
        assert all(set(value.parts) == set(BRANCHES) and value.is_complete for value in rolled.complete)
        assert all(value.value is None and value.missing for value in rolled.incomplete)


class TestSpan:
    def test_each_organisation_on_its_own(self):
        """Without branches, each organisation keeps its name; the span's total counts from April on."""
        rolled = roll_up(COUNTS, VOCABULARY, span=FIRST_HALF)
        totals = {each.organisation: (each.value, each.as_of) for each in rolled if each.period == YEAR}
        assert totals == dict.fromkeys(BRANCHES, ("6", date(2021, 9, 30)))

    @pytest.mark.parametrize(
        ("span", "period"),
        [
            (Month(2021, 4), "2021-04"),
            (Quarter(2021, 1), YEAR),
            (Quarter(2021, 2), "2021-Q2"),
            (HalfYear(2021, 2), "2021-H2"),
            (R3, YEAR),
            (TimeSpan.of_months("2021-04", "2021-08"), YEAR),
        ],
    )
    def test_period(self, span, period):
        """The row of a span is of a period that tables have."""
        counts = table(*(row("iwate", month, "open_tenders", 1) for month in R3.months))
        rolled = roll_up(counts, VOCABULARY, span=span)
        assert {each.period for each in rolled} - set(R3.months) == {period} - set(R3.months)
        assert rolled.rows[0].period == period
        assert rolled.rows[0].as_of == span.end

    def test_span_as_text(self):
        """A span may be named by a text."""
        assert roll_up(COUNTS, VOCABULARY, span="R3上期") == roll_up(COUNTS, VOCABULARY, span=HalfYear(2021, 1))

    def test_no_row_for_it(self):
        """Other spans have no row in a table."""
        with pytest.raises(RollUpError, match="no row for May–August 2021"):
            roll_up(COUNTS, VOCABULARY, span=TimeSpan.of_months("2021-05", "2021-08"))

    def test_another_year(self):
        """What was observed in another year is not of the span."""
        assert not len(roll_up(COUNTS, VOCABULARY, span=HalfYear(2020, 1)))

    def test_neither_branches_nor_span(self):
        """Something has to be rolled up over."""
        with pytest.raises(RollUpError, match="nothing to roll up over"):
            roll_up(COUNTS, VOCABULARY)


class TestRefusals:
    def test_told_as_data(self):
        """In a table each quantity that does not add up is told once, with what to give instead, and no row is made of it."""
        rows = table(
            months("iwate", "generic_share", "80%", "81%"),
            months("iwate", "mail_in_rate", "95%"),
            months("iwate", "surprise", 1),
            months("iwate", "open_tenders", 1),
        )
        rolled = roll_up(rows, VOCABULARY, branches=("iwate",), kpis=CATALOG.kpis)
        assert {each.quantity for each in rolled} == {"open_tenders"}
        assert [str(refusal) for refusal in rolled.refused] == [
            "generic_share: a share is not added up or averaged: give the counts it was divided from",
            "mail_in_rate: a rate is not added up or averaged: give its numerator and denominator, mailed_applications and received_applications",
            "surprise is no variable: only variables are rolled up, and rates are divided again from theirs",
        ]
        assert rolled.refused[1].text("ja") == (
            "mail_in_rate: 率は合計も平均もできない。分子と分母（mailed_applications、received_applications）を使う"
        )


class TestPlans:
    def test_the_nations_plan_on_branches_data(self):
        """The national plan is evaluated on what branches counted, without a change."""
        branches = [f"branch-{number}" for number in range(47)]
        rows = table(
            *(months(branch, "open_tenders", 3, 1, 0, 1, 0, 1) for branch in branches),
            *(months(branch, "single_bid_tenders", 1, 0, 0, 0, 0, 0) for branch in branches[:40]),
            *(months(branch, "single_bid_tenders", 1, 1, 0, 0, 0, 0) for branch in branches[40:]),
        )
        rolled = roll_up(
            rows, CATALOG.vocabulary, branches=branches, expected=CATALOG.organisations["national"].branches
        )
        result = CATALOG.plans["national-r3"].evaluate(rolled)["single_bid_share"]
        assert (result.value.exact, result.as_of, result.outcome) == ("900/47", date(2021, 9, 30), "achieved")

    def test_the_half_year_of_a_branch(self):
        """The printed months of Iwate's tenders make six in the half-year, and the clause on shares applies."""
        printed_months = table(tuple(each for each in PUBLISHED if each.period != YEAR))
        rolled = roll_up(printed_months, CATALOG.vocabulary, span=FIRST_HALF, kpis=CATALOG.kpis)
        result = CATALOG.plans["iwate-r3"].evaluate(rolled)["single_bid_share"]
        assert result.why.inputs["open_tenders"] == 6
        assert (result.clause, result.outcome) == ("<= 20%", "achieved")
