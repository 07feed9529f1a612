"""How a KPI went over months and years."""

from __future__ import annotations

from datetime import date

import attrs
import pytest
from branch_tables import R3, row, table

import kpi
from kpi.plans.course import Course
from kpi.plans.organisation import Organisation

R2 = R3.prior


@pytest.fixture(scope="module")
def catalog():
    return kpi.load_catalog()


@pytest.fixture(scope="module")
def published():
    return kpi.load_published()


@pytest.fixture(scope="module")
def course(catalog, published):
    """Makes the course of a KPI in an organisation, with all plans."""

    def make(key, organisation):
        return Course.of(catalog.kpis[key], published, organisation, catalog.plans.values())

    return make


def bids(month, single, tenders, *, year=R3, organisation="iwate"):
    return (
        row(organisation, month, "single_bid_tenders", single, unit="件", year=year),
        row(organisation, month, "open_tenders", tenders, unit="件", year=year),
    )


def shown(moments):
    """Days, values and targets as they are displayed."""
    return [
        (str(moment.day), *(None if each is None else str(each) for each in (moment.value, moment.target)))
        for moment in moments
    ]


class TestMonths:
    def test_so_far(self, course):
        """By month the year so far stands at the end of each month, as a verdict would look at it."""
        assert shown(course("mail_in_rate", "iwate").over_months(R3))[-2:] == [
            ("2021-08-31", "95.7%", "95.0%"),
            ("2021-09-30", "96.0%", "95.0%"),
        ]

    def test_agrees_with_the_scorecard(self, catalog, published, course):
        """The last value, target and verdict are those of the scorecard, for every KPI that has its own value."""
        card = catalog.plans["iwate-r3"].evaluate(published)
        for key, result in card.results.items():
            last = course(key, "iwate").over_months(R3)[-1]
            assert (last.day, last.result.outcome, last.value) == (result.as_of, result.outcome, result.value), key

    def test_gaps(self, course):
        """A month of which nothing is known is there, without a value."""
        moments = course("lifestyle_checkup_rate", "national").over_months(R2)
        known = [moment for moment in moments if moment.value is not None]
        assert len(moments) == 12
        assert shown(known) == [("2020-09-30", "17.7%", None), ("2021-03-31", "51.0%", None)]

    def test_another_clause(self, course):
        """Where a clause on something else decides, its target does not stand beside the KPI's values."""
        moments = course("single_bid_share", "iwate").over_months(R3)
        assert [row[1:] for row in shown(moments)] == [("0.0%", None)] * 3 + [("0.0%", "20.0%")] * 3
        assert moments[0].result.clause == "single_bid_tenders <= 1 case when open_tenders <= 4 cases"

    def test_zero_denominator(self, catalog):
        """What cannot be divided is a gap."""
        rows = table(bids("2021-04", 0, 0), bids("2021-05", 1, 5))
        moments = Course.of(catalog.kpis["single_bid_share"], rows, "iwate", ()).over_months(R3)
        assert shown(moments) == [("2021-04-30", None, None), ("2021-05-31", "20.0%", None)]

    def test_published_otherwise(self, course):
        """Where another value was published than the counts give, both are told."""
        found = [
            (str(each.day), str(each.published))
            for each in course("mail_in_rate", "iwate").over_months(R3)
            if each.published
        ]
        assert found == [("2021-08-31", "95.6%")]

    def test_within_a_month(self, catalog):
        """A day within a month stands between the ends of months."""
        counts = (
            row("iwate", "year", name, 1, as_of=date(2021, 5, 20)) for name in ("single_bid_tenders", "open_tenders")
        )
        moments = Course.of(catalog.kpis["single_bid_share"], table(*counts), "iwate", ()).over_months(R3)
        assert [str(moment.day) for moment in moments] == ["2021-04-30", "2021-05-20"]

    def test_settled(self, catalog):
        """What was settled after the year is the value of its end."""
        counts = [
            row("iwate", "year", name, value, as_of=day, year=R2)
            for day, values in ((date(2021, 3, 31), (1, 4)), (date(2021, 5, 31), (1, 5)))
            for name, value in zip(("single_bid_tenders", "open_tenders"), values, strict=True)
        ]
        moments = Course.of(catalog.kpis["single_bid_share"], table(*counts), "iwate", ()).over_months(R2)
        assert shown(moments)[-1] == ("2021-03-31", "20.0%", None)
        assert not moments[-1].provisional

    def test_branches(self, course):
        """Where it is branches that are counted, their number is the value, also of a year without a plan."""
        assert shown(course("opinion_submission", "national").over_months(R3))[-1] == (
            "2021-09-30",
            "6 branches",
            "47 branches",
        )
        assert shown(course("opinion_submission", "national").over_months(R2))[-1] == (
            "2021-03-31",
            "30 branches",
            None,
        )


class TestYears:
    def test_years(self, course):
        """By year each stands as it ended, the last as it stands, with the target of its plan."""
        moments = course("lifestyle_checkup_rate", "national").over_years(R3)
        assert shown(moments) == [("2021-03-31", "51.0%", None), ("2021-09-30", "21.5%", "58.5%")]
        assert [moment.provisional for moment in moments] == [False, True]

    def test_targets_change(self, catalog):
        """Each year has the target of its own plan, and a year between without anything is a gap."""
        plans = [catalog.plans["iwate-r3"], attrs.evolve(catalog.plans["iwate-r3"], fiscal_year=kpi.FiscalYear(2023))]
        rows = table(row("iwate", "year", "generic_share", "86.0", as_of=date(2021, 4, 30), unit="%"))
        moments = Course.of(catalog.kpis["generic_share"], rows, "iwate", plans).over_years(kpi.FiscalYear(2023))
        assert shown(moments) == [
            ("2021-04-30", "86.0%", "85.5%"),
            ("2023-03-31", None, None),
            ("2024-03-31", None, "85.5%"),
        ]

    def test_nothing_known(self, catalog):
        """Without observations and plans there are no years."""
        assert Course.of(catalog.kpis["generic_share"], table(), "iwate", ()).years() == ()


class TestOrganisations:
    MERGED = Organisation("iwate", formerly=(Organisation("north"), Organisation("south")), since=R3)

    def test_merged(self, catalog):
        """Before a merger the values are those that the branches had together."""
        rows = table(
            *(bids("2020-04", 1, 4, year=R2, organisation="north")),
            *(bids("2020-04", 1, 6, year=R2, organisation="south")),
            *(bids("2021-04", 1, 4)),
        )
        course = Course.of(catalog.kpis["single_bid_share"], rows, self.MERGED, ())
        assert shown(course.over_years(R3)) == [("2020-04-30", "20.0%", None), ("2021-04-30", "25.0%", None)]

    def test_of_the_plan(self, catalog, course):
        """A key names the organisation of the plans, whose names and history are known."""
        assert course("generic_share", "iwate").organisation is catalog.plans["iwate-r3"].organisation
        assert [plan.key for plan in course("generic_share", "iwate").plans] == ["iwate-r3"]

    def test_redefined(self, catalog):
        """Years before the KPI was redefined measure something else, and are gaps."""
        plan = catalog.plans["iwate-r3"]
        entry = attrs.evolve(plan["single_bid_share"], comparable_from=R3)
        plan = attrs.evolve(plan, entries={"single_bid_share": entry})
        rows = table(*(bids("2020-04", 1, 4, year=R2)), *(bids("2021-04", 1, 10)))
        course = Course.of(catalog.kpis["single_bid_share"], rows, "iwate", [plan])
        assert [moment.value and str(moment.value) for moment in course.over_years(R3)] == [None, "10.0%"]
