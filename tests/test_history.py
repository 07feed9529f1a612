"""Earlier years at the same point, as a pace finds them in observations."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

import kpi
from kpi.observations.observation import YEAR, Observation, Observations
from kpi.periods import FiscalYear, month_end
from kpi.plans.organisation import Organisation
from kpi.plans.situations import situation_of

R3 = FiscalYear(2021)
R2, R1, H30, H29 = (FiscalYear(year) for year in (2020, 2019, 2018, 2017))
VOCABULARY = kpi.Vocabulary.of(
    [kpi.Variable("checked", "person"), kpi.Variable("insured", "person", kind="stock"), kpi.Variable("bids", "case")]
)


def row(quantity, value, as_of=None, *, period=YEAR, year=R3, unit=""):
    day = date.fromisoformat(as_of) if as_of else year.end if period == YEAR else month_end(period)
    return Observation("iwate", year, period, quantity, str(value), day, unit)


def pace(text, *rows, year=R3, branches=None, comparable_from=None, **organisation):
    """The pace of the KPI `share` in Iwate."""
    formula = kpi.parse(text, vocabulary=VOCABULARY)
    iwate = Organisation("iwate", branches=branches, **organisation)
    situation, _ = situation_of(formula, "share", None, Observations(rows), iwate, year, comparable_from)
    return formula.result(situation).pace


def then_and_end(year, then, end, as_of="08-31"):
    """The published rates of a year at one point and at its end."""
    return row("share", then, f"{year.year}-{as_of}", year=year), row("share", end, year=year)


class TestOneYear:
    def test_same_day(self):
        """Last year's value of the same day and its final value give the pace."""
        found = pace("checked / insured >= 50%", row("share", "20", "2021-08-31"), *then_and_end(R2, 18, 45))
        assert (found.called_for, found.met) == (20, True)
        assert [(each.year, each.day) for each in found.precedents] == [(R2, None)]

    def test_months(self):
        """Months of last year add up to its value at the same point."""
        rows = [row("bids", n, period=month, year=R2) for n, month in zip(range(1, 13), R2.months, strict=True)]
        found = pace("bids >= 156 cases", row("bids", 11, "2021-07-31"), *rows)
        assert (found.last_year_then, found.last_year_end, found.called_for, found.met) == (10, 78, 20, False)

    @pytest.mark.parametrize(
        ("rows", "lacking"),
        [
            ([row("share", 18, "2020-08-31", year=R2)], ["prior year"]),
            ([row("share", 45, year=R2)], ["same period last year"]),
            ([row("share", 18, "2020-07-31", year=R2), row("share", 45, year=R2)], ["same period last year"]),
        ],
        ids=["no end", "no same point", "another month"],
    )
    def test_too_little(self, rows, lacking):
        """One without the other is too little, and so is the value of another month."""
        found = pace("checked / insured >= 50%", row("share", "20", "2021-08-31"), *rows)
        assert (found.reason, [each.name for each in found.lacking]) == ("too_little_data", lacking)

    def test_year_before_alone(self):
        """A year before last does not stand for last year."""
        found = pace("checked / insured >= 50%", row("share", "20", "2021-08-31"), *then_and_end(R1, 18, 45))
        assert found.reason == "too_little_data"

    def test_not_comparable(self):
        """A year in which the KPI was defined otherwise gives no pace."""
        rows = (row("share", "20", "2021-08-31"), *then_and_end(R2, 18, 45))
        found = pace("checked / insured >= 50%", *rows, comparable_from=R3)
        assert (found.reason, {each.lack for each in found.lacking}) == ("too_little_data", {"redefined"})


class TestMonthEnds:
    ROWS = (
        row("bids", 40, "2020-07-31", year=R2),
        row("bids", 50, "2020-08-31", year=R2),
        row("bids", 100, year=R2),
    )

    @pytest.mark.parametrize(("value", "met"), [(79, False), (80, None), (99, None), (100, True)])
    def test_range(self, value, met):
        """Within a month, last year's month ends on either side are the range in which this point lies."""
        found = pace("bids >= 200 cases", row("bids", value, "2021-08-15"), *self.ROWS)
        assert (found.low, found.high, found.called_for, found.met) == (80, 100, None, met)
        assert [each.day for each in found.precedents] == [date(2020, 7, 31), date(2020, 8, 31)]
        assert (found.last_year_then, found.last_year_end) == (None, 100)

    @pytest.mark.parametrize(("value", "met"), [(80, True), (81, None), (100, None), (101, False)])
    def test_lower_is_better(self, value, met):
        """Where lower is better, a value below the range is good."""
        assert pace("bids <= 200 cases", row("bids", value, "2021-08-15"), *self.ROWS).met is met

    def test_known_day(self):
        """Where the day itself is known, no range is needed."""
        known = row("bids", 44, "2020-08-15", year=R2)
        assert pace("bids >= 200 cases", row("bids", 90, "2021-08-15"), *self.ROWS, known).called_for == 88

    @pytest.mark.parametrize("left_out", [0, 1])
    def test_one_side(self, left_out):
        """One side alone is too little."""
        rows = [each for place, each in enumerate(self.ROWS) if place != left_out]
        assert pace("bids >= 200 cases", row("bids", 90, "2021-08-15"), *rows).reason == "too_little_data"

    def test_before_the_first_month_ends(self):
        """Within April there is no end of a month of the same year on the left."""
        rows = (row("bids", 9, "2020-04-30", year=R2), row("bids", 100, year=R2))
        assert pace("bids >= 200 cases", row("bids", 9, "2021-04-15"), *rows).reason == "too_little_data"


class TestSeveralYears:
    def test_range(self):
        """Each of three years gives its share of a year, and the range spans them; a fourth is left out."""
        rows = (*then_and_end(R2, 20, 40), *then_and_end(R1, 20, 50), *then_and_end(H30, 24, 40))
        found = pace("checked / insured >= 50%", row("share", 25, "2021-08-31"), *rows, *then_and_end(H29, 1, 40))
        assert (found.low, found.high, found.met) == (20, 30, None)
        assert [each.year for each in found.precedents] == [R2, R1, H30]
        assert [each.called_for for each in found.precedents] == [25, 20, 30]
        assert (found.last_year_then, found.last_year_end) == (20, 40)

    def test_gap(self):
        """A year that is not known, or has no share to tell, is passed over."""
        rows = (*then_and_end(R2, 20, 40), *then_and_end(R1, 5, 0), *then_and_end(H30, 24, 40))
        found = pace("checked / insured >= 50%", row("share", 25, "2021-08-31"), *rows)
        assert [each.year for each in found.precedents] == [R2, H30]

    def test_end_of_february(self):
        """The end of a February is the end of a February in leap years too."""
        rows = (row("share", 20, "2023-02-28", year=FiscalYear(2022)), row("share", 40, year=FiscalYear(2022)))
        now = row("share", 25, "2024-02-29", year=FiscalYear(2023))
        found = pace("checked / insured >= 50%", now, *rows, year=FiscalYear(2023))
        assert found.called_for == 25


class TestBranches:
    def test_counted(self):
        """Numbers of branches that met the rule in earlier years give the pace of those that meet it now."""
        rows = (
            row("share", 9, "2020-09-30", year=R2, unit="支部"),
            row("share", 30, year=R2, unit="支部"),
        )
        found = pace("bids is done every branch", row("share", 6, "2021-09-30", unit="支部"), *rows, branches=47)
        assert (found.called_for, found.met) == (Fraction(47 * 9, 30), False)

    def test_unknown(self):
        """Without them there is too little data."""
        found = pace("bids is done every branch", row("share", 6, "2021-09-30", unit="支部"), branches=47)
        assert (found.reason, [each.name for each in found.lacking]) == (
            "too_little_data",
            ["same period last year", "prior year"],
        )
