"""What a KPI may look at: dates, published rates, other years and places, months."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

import kpi
from kpi.evaluation.decision import Verdict
from kpi.observations.observation import YEAR, Observation, Observations
from kpi.periods import FiscalYear, month_end
from kpi.plans.organisation import Organisation
from kpi.plans.situations import situation_of
from kpi.units import UNITS

R3 = FiscalYear(2021)
VOCABULARY = kpi.Vocabulary.of(
    [
        kpi.Variable("bids", UNITS["case"]),
        kpi.Variable("tenders", UNITS["case"]),
        kpi.Variable("persons", UNITS["person"], kind="stock"),
        kpi.Variable("checked", UNITS["person"]),
        kpi.Variable("posts", UNITS["time"]),
    ]
)


def row(quantity, value, as_of=None, *, period=YEAR, year=R3, organisation="iwate", unit=""):
    day = date.fromisoformat(as_of) if as_of else year.end if period == YEAR else month_end(period)
    return Observation(organisation, year, period, quantity, str(value), day, unit)


def evaluate(text, *rows, baseline=None, year=R3, unit=None, branches=None, comparable_from=None, **organisation):
    """The result of the KPI `share` in Iwate."""
    formula = kpi.parse(text, vocabulary=VOCABULARY, unit=unit)
    iwate = Organisation("iwate", branches=branches, **organisation)
    situation, notes = situation_of(formula, "share", baseline, Observations(rows), iwate, year, comparable_from)
    return formula.result(situation, notes)


def missing(result):
    """The names of what is missing."""
    assert result.outcome is Verdict.NOT_EVALUABLE
    return [reason.name for reason in result.reasons]


def told(result):
    """The notes of a result as its explanation tells them."""
    return [line.removeprefix("  note: ") for line in result.explain().splitlines() if line.startswith("  note: ")]


class TestDate:
    def test_latest_common(self):
        """Numerator and denominator count up to the latest date that they share."""
        result = evaluate(
            "bids / tenders <= 20%",
            row("bids", 1, "2021-08-31"), row("bids", 2, "2021-09-30"),
            row("tenders", 8, "2021-08-31"), row("tenders", 9, "2021-10-31"),
        )  # fmt: skip
        assert (result.value, result.as_of) == (Fraction(100, 8), date(2021, 8, 31))

    def test_months_and_totals(self):
        """A sum of months and a printed total share a date where both count up to it."""
        result = evaluate(
            "bids / tenders <= 20%",
            row("bids", 1, period="2021-04"), row("bids", 1, period="2021-05"), row("bids", 1, period="2021-06"),
            row("tenders", 8, "2021-05-31"),
        )  # fmt: skip
        assert (result.value, result.as_of) == (25, date(2021, 5, 31))

    def test_flow_over_stock(self):
        """A flow of three months is divided by the stock at their end."""
        months = [row("checked", n, period=f"2021-0{4 + n}") for n in range(3)]
        stocks = [row("persons", 10 * (n + 1), period=f"2021-0{4 + n}") for n in range(3)]
        assert evaluate("checked / persons >= 1%", *months, *stocks).value == 10

    def test_no_common_date(self):
        """Counts for different dates are not divided by each other, and a note tells which dates they have."""
        result = evaluate("bids / tenders <= 20%", row("bids", 1, "2021-08-31"), row("tenders", 8, "2021-09-30"))
        assert missing(result) == ["bids", "tenders"]
        assert result.as_of is None
        assert told(result) == ["the counts do not end on a common date: bids 2021-08-31, tenders 2021-09-30"]

    def test_gap(self):
        """Months behind a gap make no total."""
        result = evaluate("bids <= 20 cases", row("bids", 1, period="2021-05"))
        assert missing(result) == ["bids"]
        assert told(result) == ["the counts do not end on a common date: bids –"]

    def test_behind_a_gap(self):
        """What was observed behind a gap does not count, and a note tells how far it goes."""
        result = evaluate("bids <= 1 case", row("bids", 1, period="2021-04"), row("bids", 5, period="2021-06"))
        assert (result.outcome, result.as_of) == (Verdict.ACHIEVED, date(2021, 4, 30))
        assert told(result) == [
            "bids has values up to 2021-06-30, too, which do not count: the counts are complete up to 2021-04-30 only"
        ]

    def test_one_that_goes_further(self):
        """What one variable has after the last common date is told; a blank is no value."""
        further = (row("bids", 1, "2021-08-31"), row("bids", 2, "2021-09-30"), row("bids", "", "2021-10-31"))
        result = evaluate("bids / tenders <= 20%", *further, row("tenders", 8, "2021-08-31"))
        assert [(note.code, str(note.facts["last"])) for note in result.notes] == [("later_unused", "2021-09-30")]

    @pytest.mark.parametrize("year", [R3, FiscalYear(2020)])
    def test_one_that_was_settled_later(self, year):
        """After the year one count may be revised and the others not: each counts as it was settled last."""
        day = f"{year.year + 1}-05-31"
        rows = row("bids", 4, year=year), row("bids", 6, day, year=year), row("tenders", 10, year=year)
        now = () if year is R3 else (row("bids", 5), row("tenders", 10))
        result = evaluate("bids / tenders >= prior year", *rows, *now)
        assert (result.value if year is R3 else result.target) == 60

    def test_missing_variable(self):
        """A variable without a value is named; the date is that of the others."""
        result = evaluate("bids / tenders <= 20%", row("bids", 1, "2021-08-31"), row("tenders", "", "2021-08-31"))
        assert missing(result) == ["tenders"]
        assert result.as_of == date(2021, 8, 31)

    def test_variables_of_cases(self):
        """The variables of conditions count up to the same date."""
        result = evaluate(
            "bids / tenders <= 20%; bids <= 1 case when tenders <= 4",
            row("bids", 1, "2021-08-31"), row("tenders", 3, "2021-08-31"), row("tenders", 8, "2021-09-30"),
        )  # fmt: skip
        assert (result.outcome, result.as_of) == (Verdict.ACHIEVED, date(2021, 8, 31))
        assert result.clause == "bids <= 1 case when tenders <= 4"

    def test_not_provisional(self):
        """A result as of the last day of the year is final."""
        result = evaluate("bids <= 1 case", row("bids", 1))
        assert (result.as_of, result.provisional) == (R3.end, False)


class TestPublishedRate:
    COUNTS = (row("bids", 1, "2021-08-31"), row("tenders", 8, "2021-08-31"))

    @pytest.mark.parametrize(("period", "day"), [("2021-Q1", "2021-06-30"), ("2021-H1", "2021-09-30")])
    def test_of_a_period_from_april(self, period, day):
        """The rate of the first quarter or half is that of the year so far."""
        result = evaluate("bids / tenders <= 20%", row("share", "12.4", day, period=period))
        assert (result.value, result.as_of, result.notes) == (Fraction("12.4"), date.fromisoformat(day), ())

    def test_of_a_part_of_the_year(self):
        """The rates of other parts of the year are not those of the year so far; where there are no others, a note tells."""
        rows = row("share", "12.4", "2022-03-31", period="2021-H2"), row("share", "", period="2021-10")
        result = evaluate("bids / tenders <= 20%", *rows)
        assert missing(result) == ["bids", "tenders"]
        assert told(result) == ["published for 2021-H2 alone, which is not the year from April on and does not count"]
        assert [note.code for note in evaluate("bids / tenders <= 20%", *self.COUNTS, *rows).notes] == []

    def test_alone(self):
        """Where only the rate was published, it is taken, in the KPI's unit."""
        result = evaluate("bids / tenders <= 20%", row("share", "12.4", "2021-08-31"))
        assert (result.value, result.as_of, result.notes) == (Fraction("12.4"), date(2021, 8, 31), ())

    def test_beside_counts(self):
        """Beside counts for the same date the rate is computed; a printed one that agrees needs no note."""
        result = evaluate("bids / tenders <= 20.0%", *self.COUNTS, row("share", "12.5%", "2021-08-31"))
        assert (result.value, result.notes) == (Fraction("12.5"), ())

    @pytest.mark.parametrize("printed", ["12.4", "12.55", "0.126‰"])
    def test_that_differs(self, printed):
        """A printed rate that shows another number stands in a note, as it is printed."""
        result = evaluate("bids / tenders <= 20.0%", *self.COUNTS, row("share", printed, "2021-08-31"))
        shown = {"0.126‰": "0.0126%"}.get(printed, f"{printed}%")
        assert result.value == Fraction("12.5")
        assert told(result) == [f"published as {shown} (2021-08-31)"]

    def test_later_than_counts(self):
        """A rate published for a later date than the counts is the result."""
        result = evaluate("bids / tenders <= 20%", *self.COUNTS, row("share", "25", "2021-09-30"))
        assert (result.value, result.as_of) == (25, date(2021, 9, 30))

    def test_earlier_than_counts(self):
        """A rate published for an earlier date is none but a note."""
        result = evaluate("bids / tenders <= 20%", *self.COUNTS, row("share", "25", "2021-07-31"))
        assert (result.value, result.as_of) == (Fraction("12.5"), date(2021, 8, 31))
        assert told(result) == ["published as 25.0% (2021-07-31)"]

    def test_beside_part_of_the_counts(self):
        """Where a count lacks, the published rate is taken, and the others still decide which case applies."""
        text = "bids / tenders <= 20%; <= 50% when tenders <= 4"
        result = evaluate(text, row("tenders", 4, "2021-08-31"), row("share", "50", "2021-08-31"))
        assert (result.outcome, result.value) == (Verdict.ACHIEVED, 50)
        assert result.clause == "<= 50% when tenders <= 4"

    def test_of_a_month(self):
        """The rate of one month is not taken for the rate of the year."""
        result = evaluate(
            "bids / tenders <= 20%", row("share", "5", period="2021-04"), row("share", "6", period="2021-05")
        )
        assert missing(result) == ["bids", "tenders"]

    def test_blank(self):
        """A blank where a rate would stand is none."""
        assert missing(evaluate("bids / tenders <= 20%", row("share", "-", unit="%"))) == ["bids", "tenders"]


class TestElsewhere:
    def test_prior_year(self):
        """Last year's value is the final one, from counts or as published."""
        now = (row("bids", 2, "2021-08-31"), row("tenders", 8, "2021-08-31"))
        counts = (
            row("bids", 1, year=R3.prior),
            row("tenders", 8, year=R3.prior),
            row("bids", 8, "2020-08-31", year=R3.prior),
        )
        assert evaluate("bids / tenders <= prior year", *now, *counts).target == Fraction("12.5")
        published = row("share", "13", year=R3.prior)
        assert evaluate("bids / tenders <= prior year", *now, published).target == 13
        assert evaluate("bids / tenders <= prior year end", *now, *counts, published).target == Fraction("12.5")

    def test_baseline_comes_first(self):
        """The baseline that the plan states decides, whatever last year's figures give."""
        rows = (row("bids", 2), row("tenders", 8), row("share", "13", year=R3.prior))
        assert evaluate("bids / tenders <= prior year", *rows, baseline="30%").target == 30

    def test_missing_prior_year(self):
        """Without last year's figures the reference is named; figures of part of that year are none."""
        rows = (row("bids", 2), row("tenders", 8), row("share", "13", "2020-08-31", year=R3.prior))
        assert missing(evaluate("bids / tenders <= prior year", *rows)) == ["prior year"]

    @pytest.mark.parametrize(
        ("now", "then"), [("2021-08-31", "2020-08-31"), ("2022-02-28", "2021-02-28"), ("2021-08-15", "2020-08-15")]
    )
    def test_same_period_last_year(self, now, then):
        """The same period last year ends on the same day a year before."""
        result = evaluate("bids <= same period last year", row("bids", 2, now), row("bids", 3, then, year=R3.prior))
        assert (result.target, result.outcome) == (3, Verdict.ACHIEVED)

    @pytest.mark.parametrize(
        ("now", "then"), [("2025-02-28", "2024-02-29"), ("2024-02-29", "2023-02-28"), ("2024-02-28", "2023-02-28")]
    )
    def test_same_period_around_leap_years(self, now, then):
        """The end of February is the end of February in leap years too."""
        year = FiscalYear(int(now[:4]) - 1)
        rows = (row("bids", 2, now, year=year), row("bids", 3, then, year=year.prior))
        assert evaluate("bids <= same period last year", *rows, year=year).target == 3

    def test_national(self):
        """The national value is that of the same year and date."""
        rows = (row("bids", 2, "2021-08-31"), row("tenders", 8, "2021-08-31"))
        nation = (
            row("share", "24", "2021-08-31", organisation="national"),
            row("share", "30", organisation="national"),
        )
        assert evaluate("bids / tenders <= national", *rows, *nation).target == 24

    def test_mean_of_years(self):
        """The mean of past years takes the final value of each, and names a year that lacks."""
        rows = [row("bids", 2, "2021-08-31"), *(row("bids", n, year=FiscalYear(2021 - n)) for n in (1, 2, 3))]
        assert evaluate("bids <= mean of 3 years", *rows).target == 2
        assert missing(evaluate("bids <= mean of 3 years", *rows[:-1])) == ["fiscal year 2018"]

    def test_fiscal_year(self):
        """A named year gives its final value."""
        rows = (row("bids", 2), row("bids", 7, year=FiscalYear(2015)))
        assert evaluate("bids <= fiscal year 2015", *rows).target == 7

    def test_branch_target(self):
        """No observation gives a branch's own target, and that is said."""
        assert missing(evaluate("bids <= branch target", row("bids", 2))) == ["branch target"]


class TestEveryMonth:
    def test_months_are_handed_on(self):
        """A rule for every month looks at each of them."""
        months = [row("posts", n, period=month) for n, month in zip((2, 1, 3), R3.months, strict=False)]
        result = evaluate("posts >= 1 every month", *months)
        assert (result.outcome, result.value) == (Verdict.ACHIEVED, 1)
        assert (result.as_of, result.provisional) == (date(2021, 6, 30), True)

    def test_one_below(self):
        """One month below decides."""
        months = [row("posts", n, period=month) for n, month in zip((2, 0, 3), R3.months, strict=False)]
        assert evaluate("posts >= 1 every month", *months).outcome is Verdict.MISSED

    def test_one_missing(self):
        """A month without a row, before others that have one, is missing and not passed over."""
        months = [row("posts", 1, period=month) for month in ("2021-04", "2021-06")]
        assert missing(evaluate("posts >= 1 every month", *months)) == ["posts (2021-05)"]

    def test_total_alone(self):
        """A total says nothing about each month."""
        result = evaluate("posts >= 1 every month", row("posts", 12))
        assert missing(result) == ["posts"]
        assert result.reasons[0].lack == "no_series"

    def test_year_and_months(self):
        """A variable that a rule looks at month by month has no total in the same rule, and that is said."""
        months = [row("bids", n, period=month) for n, month in zip((2, 1), R3.months, strict=False)]
        tenders = [row("tenders", 4, period=month) for month in R3.months[:2]]
        result = evaluate("bids / tenders <= 50% and tenders >= 1 every month", *months, *tenders)
        assert missing(result) == ["tenders"]
        assert result.reasons[0].lack == "several_values"


class TestEveryBranch:
    RULE = "bids / tenders <= 20% every branch"

    @pytest.mark.parametrize(("met", "outcome"), [(47, Verdict.ACHIEVED), (46, Verdict.MISSED)])
    def test_counted(self, met, outcome):
        """Where a document tells how many branches met a rule, all of them have to."""
        rows = (row("share", 1, "2021-06-30", unit="支部"), row("share", met, "2021-09-30", unit="支部"))
        result = evaluate(self.RULE, *rows, branches=47)
        assert (result.outcome, result.as_of) == (outcome, date(2021, 9, 30))

    def test_unknown_number_of_branches(self):
        """How many there are has to be known."""
        assert missing(evaluate(self.RULE, row("share", 47, unit="支部"))) == ["branches"]

    def test_is_no_rate(self):
        """A number of branches is never taken for the rate, nor a rate for a number of branches."""
        result = evaluate(
            "bids / tenders <= 20%", row("share", 10, unit="支部"), row("share", 12, "2021-09-30"), branches=47
        )
        assert (result.outcome, result.value) == (Verdict.ACHIEVED, 12)
        assert evaluate(self.RULE, row("share", 12), branches=47).outcome is Verdict.NOT_EVALUABLE


class TestUnits:
    def test_of_the_rows(self):
        """Values are read with the unit that stands beside them."""
        rows = (
            row("bids", "1", unit="件"),
            row("tenders", "8", unit="件"),
            row("share", "130", unit="‰", year=R3.prior),
        )
        assert evaluate("bids / tenders <= prior year", *rows).target == 13

    def test_wrong(self):
        """A value in the unit of something else is an error that names the quantity."""
        with pytest.raises(kpi.UnitError, match="bids is measured in cases; found '1円'"):
            evaluate("bids / tenders <= 20%", row("bids", "1", unit="円"))

    def test_without_rule(self):
        """A formula without a rule has a value and no verdict."""
        result = evaluate("bids / tenders", row("bids", 1), row("tenders", 8))
        assert (result.outcome, result.value) == (Verdict.NO_TARGET, Fraction("12.5"))

    def test_without_vocabulary(self):
        """A formula without vocabulary takes its variables as flows of unknown unit."""
        formula = kpi.parse("a / b <= 20%")
        rows = [row(name, n, period=month) for name, n in (("a", 1), ("b", 4)) for month in R3.months[:2]]
        situation, notes = situation_of(formula, "share", None, Observations(tuple(rows)), Organisation("iwate"), R3)
        assert (formula.result(situation).value, notes) == (25, ())


class TestSettledLater:
    """Last year's final value is the latest one, even where it was settled after the year's end."""

    @pytest.mark.parametrize("reference", ["prior year", "prior year end", "fiscal year 2020"])
    def test_after_the_end(self, reference):
        """A value as of a date after the year's end replaces the one at its end."""
        rows = [
            row("share", "95.5"),
            row("share", "95.0", "2021-03-31", year=R3.prior),
            row("share", "96.0", "2021-06-30", year=R3.prior),
        ]
        result = evaluate(f"bids / tenders >= {reference}", *rows)
        assert (result.outcome, result.target) == (Verdict.MISSED, 96)


def test_older_number_of_branches():
    """A number of branches that is older than a rate does not stand for it."""
    rule = "bids / tenders >= 50% every branch"
    rows = [row("share", 47, "2021-09-30", unit="支部"), row("share", "10", "2022-03-31")]
    assert evaluate(rule, *rows, branches=47).outcome is Verdict.NOT_EVALUABLE
