"""Where `prior year` and its like come from, and what happens when last year is missing, zero, revised or redefined."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kpi
from kpi.evaluation.decision import Verdict
from kpi.observations.observation import YEAR, Observation, Observations
from kpi.periods import FiscalYear, month_end
from kpi.plans.organisation import Organisation
from kpi.plans.situations import situation_of
from kpi.units import UNITS

R3 = FiscalYear(2021)
R2, R1 = R3.prior, R3.prior.prior
VOCABULARY = kpi.Vocabulary.of(
    [
        kpi.Variable("bids", UNITS["case"], "一者応札件数"),
        kpi.Variable("tenders", UNITS["case"], "一般競争入札件数"),
        kpi.Variable("persons", UNITS["person"], "加入者数", kind="stock"),
        kpi.Variable("days", UNITS["day"], "平均所要日数", kind="stock"),
    ]
)
NOW = "2021-09-30"
THEN = "2020-09-30"
MERGED = Organisation("iwate", formerly=(Organisation("north"), Organisation("south")), since=R3)
PART = Organisation("iwate", split_from=Organisation("tohoku"), since=R3)
PLACES = {
    "prior year": (R2, None, "iwate", "対前年度"),
    "prior year end": (R2, None, "iwate", "対前年度末"),
    "same period last year": (R2, THEN, "iwate", "対前年同期"),
    "national": (R3, NOW, "national", "全国"),
    "fiscal year 2019": (R1, None, "iwate", "令和元年度"),
    "mean of 2 years": (R1, None, "iwate", "令和元年度"),
}
"""Each reference with the year, date and organisation it looks at, and its name in Japanese."""
LACKING = {text: "fiscal year 2019" if text.startswith("mean") else text for text in PLACES}
"""What is named where a reference finds nothing: of a mean, the year."""


def row(quantity, value, as_of=None, *, year=R3, organisation="iwate", period=YEAR):
    day = date.fromisoformat(as_of) if as_of else year.end if period == YEAR else month_end(period)
    return Observation(organisation, year, period, quantity, str(value), day)


def counts(bids, tenders, as_of=None, **where):
    return (row("bids", bids, as_of, **where), row("tenders", tenders, as_of, **where))


def evaluate(rule, *rows, iwate=None, baseline=None, comparable_from=None, formula="bids / tenders", year=R3):
    """The result of the KPI `share` in Iwate."""
    parsed = kpi.parse(f"{formula} {rule}", vocabulary=VOCABULARY)
    organisation = iwate or Organisation("iwate")
    situation, notes = situation_of(parsed, "share", baseline, Observations(rows), organisation, year, comparable_from)
    return parsed.result(situation, notes)


def lacking(result):
    """What is lacking of what."""
    assert result.outcome is Verdict.NOT_EVALUABLE
    return [(reason.lack, reason.name) for reason in result.reasons]


def notes(result):
    """The notes of a result by code."""
    return {note["note"]: note for note in result.why.to_dict()["notes"]}


def at(text, bids, tenders):
    """Counts where the reference *text* looks; of a mean, also those of the other year."""
    year, as_of, organisation, _ = PLACES[text]
    rest = counts(1, 10, year=R2) if text.startswith("mean") else ()
    return (*counts(bids, tenders, as_of, year=year, organisation=organisation), *rest)


class TestMissing:
    @pytest.mark.parametrize("text", PLACES)
    def test_nothing_there(self, text):
        """Without any figure the reference is named, in both languages."""
        rest = counts(1, 10, year=R2) if text.startswith("mean") else ()
        result = evaluate(f"<= {text}", *counts(1, 10, NOW), *rest)
        assert lacking(result) == [("missing", LACKING[text])]
        assert f"reason: {LACKING[text]} is missing" in result.explain()
        assert f"理由: {PLACES[text][3]}" in result.explain("ja")

    @pytest.mark.parametrize("text", PLACES)
    def test_one_count_lacks(self, text):
        """Where one count is there and another is not, that one is named with its place."""
        result = evaluate(f"<= {text}", *counts(1, 10, NOW), *at(text, 1, "-"))
        assert lacking(result) == [("missing", f"tenders ({LACKING[text]})")]
        assert "一般競争入札件数（" in result.explain("ja")

    def test_value_of_the_middle_of_the_year(self):
        """Last year's value of its middle is not its final value, from counts, from months, or as published."""
        months = [row("bids", 1, year=R2, period=month) for month in R2.months[:6]]
        for rows in (counts(1, 10, THEN, year=R2), [row("share", 10, THEN, year=R2)], months):
            result = evaluate("<= prior year", *counts(1, 10, NOW), *rows)
            assert {name.removeprefix("bids (").rstrip(")") for _, name in lacking(result)} <= {"prior year"}

    def test_same_period_of_a_whole_year(self):
        """Where this year is over, the same period last year is last year, as it was settled."""
        settled = counts(2, 10, "2021-05-31", year=R2)
        result = evaluate("<= same period last year", *counts(1, 10), *counts(1, 10, year=R2), *settled)
        assert result.target == 20

    def test_nation_settled_later(self):
        """Of a year that is over, the nation's settled value is taken where there is none of the same day."""
        nation = counts(2, 10, "2022-05-31", organisation="national")
        assert evaluate("<= national", *counts(1, 10), *nation).target == 20
        same_day = counts(3, 10, organisation="national")
        assert evaluate("<= national", *counts(1, 10), *nation, *same_day).target == 30


class TestZero:
    @pytest.mark.parametrize("text", PLACES)
    def test_denominator(self, text):
        """0/0 there is no number, and the denominator is named with its place."""
        result = evaluate(f"<= {text}", *counts(1, 10, NOW), *at(text, 0, 0))
        assert lacking(result) == [("zero_denominator", f"tenders ({LACKING[text]})")]
        assert f"the denominator tenders ({LACKING[text]}) is 0" in result.explain()
        assert "分母の一般競争入札件数（" in result.explain("ja")

    def test_denominator_beside_a_printed_rate(self):
        """A document that prints 0.0% for 0/0 does not make it a number."""
        printed = row("share", "0.0", year=R2)
        result = evaluate("<= prior year", *counts(1, 10, NOW), *counts(0, 0, year=R2), printed)
        assert lacking(result) == [("zero_denominator", "tenders (prior year)")]

    @pytest.mark.parametrize("text", PLACES)
    def test_value(self, text):
        """A value of 0 is a number like any other: 70% of it is 0."""
        result = evaluate(f"<= 70% of {text}", *counts(1, 10, NOW), *at(text, 0, 10))
        expected = Fraction(70, 100) * 5 if text.startswith("mean") else 0
        assert (result.outcome, result.target) == (Verdict.MISSED, expected)
        assert evaluate("<= 70% of prior year", *counts(0, 10, NOW), *at("prior year", 0, 10)).achieved

    def test_denominator_with_brackets(self):
        """The place stands behind the whole denominator, whatever brackets it has, in both languages."""
        formula = kpi.parse("a / (b * (c + d)) >= prior year")
        result = formula.evaluate(dict.fromkeys("abcd", 1), prior=dict.fromkeys("abcd", 0))
        assert "reason: the denominator b * (c + d) (prior year) is 0" in result.explain()
        assert "理由: 分母のb * (c + d)（対前年度）が0" in result.explain("ja")


class TestRevised:
    EARLIER = counts(1, 10, year=R2)
    SETTLED = counts(2, 10, "2021-05-31", year=R2)

    def test_settled_value_counts(self):
        """A year's end value that is printed again for a later date counts, and a note tells of both."""
        result = evaluate("<= prior year", *counts(1, 10, NOW), *self.EARLIER, *self.SETTLED)
        assert result.target == 20
        assert notes(result) == {
            "revised": {
                "note": "revised", "reference": "prior year", "from": "10", "to": "20",
                "from_date": "2021-03-31", "to_date": "2021-05-31",
            }
        }  # fmt: skip
        told = "note: prior year was 10.0% on 2021-03-31 and was revised to 20.0% on 2021-05-31"
        assert told in result.explain()
        assert "対前年度は2021-03-31時点で10.0%、2021-05-31に20.0%に改定" in result.explain("ja")

    def test_every_reference_to_final_values(self):
        """Years that are named are settled like last year."""
        rows = (*counts(1, 10, year=R1), *counts(3, 10, "2020-06-30", year=R1), *self.SETTLED)
        assert evaluate("<= fiscal year 2019", *counts(1, 10, NOW), *rows).target == 30
        result = evaluate("<= mean of 2 years", *counts(1, 10, NOW), *rows)
        assert (result.target, notes(result)["revised"]["reference"]) == (25, "fiscal year 2019")

    def test_published_rate_settled_later(self):
        """A rate published for a later date comes before the counts of the year's end."""
        result = evaluate("<= prior year", *counts(1, 10, NOW), *self.EARLIER, row("share", 12, "2021-07-31", year=R2))
        assert (result.target, notes(result)["revised"]["to"]) == (12, "12")

    def test_same_number_again(self):
        """A value that was only confirmed needs no note; nor does one that the rule does not look at."""
        same = counts(2, 20, "2021-05-31", year=R2)
        assert notes(evaluate("<= prior year", *counts(1, 10, NOW), *self.EARLIER, *same)) == {}
        assert notes(evaluate("<= 20.0%", *counts(1, 10, NOW), *self.EARLIER, *self.SETTLED)) == {}

    def test_stated_baseline_still_decides(self):
        """What the plan states decides; what the data settled on stands beside it."""
        result = evaluate("<= prior year", *counts(1, 10, NOW), *self.EARLIER, *self.SETTLED, baseline="10.0%")
        assert (result.target, {*notes(result)}) == (10, {"revised", "baseline_differs"})


class TestRedefined:
    ROWS = (*counts(1, 10, NOW), *counts(1, 10, THEN, year=R2), *counts(1, 10, year=R2), *counts(1, 10, year=R1))

    @pytest.mark.parametrize("text", [text for text in PLACES if text != "national"])
    def test_years_before(self, text):
        """Years before the KPI was redefined are not comparable, whatever was observed in them."""
        result = evaluate(f"<= {text}", *self.ROWS, comparable_from=R3)
        assert {lack for lack, _ in lacking(result)} == {"redefined"}
        assert LACKING[text] in [name for _, name in lacking(result)]
        assert "is not comparable: the KPI was defined otherwise then" in result.explain()
        assert f"{PLACES[text][3]}とは比較できない。当時はKPIの定義が異なる" in result.explain("ja")

    def test_years_from_then_on(self):
        """The year of the new definition and those after it are comparable, and so is the nation."""
        assert evaluate("<= prior year", *self.ROWS, comparable_from=R2).target == 10
        assert lacking(evaluate("<= mean of 2 years", *self.ROWS, comparable_from=R2)) == [
            ("redefined", "fiscal year 2019")
        ]
        nation = counts(2, 10, NOW, organisation="national")
        assert evaluate("<= national", *self.ROWS, *nation, comparable_from=R3).target == 20

    def test_stated_baseline_decides(self):
        """A plan that states last year's value by the new definition is evaluated by it, without contradiction."""
        result = evaluate("<= prior year", *self.ROWS, comparable_from=R3, baseline="12%")
        assert (result.achieved, result.target, result.notes) == (True, 12, ())

    def test_other_expressions(self):
        """A clause on another quantity does not look behind the change either."""
        result = evaluate("<= 50%; <= 60% when bids <= prior year", *self.ROWS, comparable_from=R3)
        assert lacking(result) == [("redefined", "prior year")]


class TestMerged:
    NORTH, SOUTH = {"year": R2, "organisation": "north"}, {"year": R2, "organisation": "south"}

    def test_counts_add_and_rates_are_divided_again(self):
        """10 % of 10 and 50 % of 90 are 46 % of 100, and not the mean of 30 %."""
        rows = (*counts(1, 10, **self.NORTH), *counts(45, 90, **self.SOUTH))
        assert evaluate("<= prior year", *counts(1, 10, NOW), *rows, iwate=MERGED).target == 46

    def test_stocks_add(self):
        """Stocks of branches add as flows do."""
        rows = [row("persons", n, **where) for n, where in ((30, self.NORTH), (70, self.SOUTH))]
        result = evaluate(">= prior year", row("persons", 110, NOW), *rows, iwate=MERGED, formula="persons")
        assert result.target == 100

    def test_same_period_and_named_years(self):
        """The branches are added wherever a year before the merger is looked at, each as settled last."""
        rows = (
            *counts(1, 10, THEN, **self.NORTH), *counts(2, 10, THEN, **self.SOUTH),
            *counts(1, 10, **self.NORTH), *counts(3, 10, "2021-05-31", **self.SOUTH),
        )  # fmt: skip
        assert evaluate("<= same period last year", *counts(1, 10, NOW), *rows, iwate=MERGED).target == 15
        assert evaluate("<= mean of 1 years", *counts(1, 10, NOW), *rows, iwate=MERGED).target == 20

    def test_one_lacks(self):
        """What one of the branches lacks is named with the branch."""
        rows = (*counts(1, 10, **self.NORTH), row("bids", 1, **self.SOUTH))
        result = evaluate("<= prior year", *counts(1, 10, NOW), *rows, iwate=MERGED)
        assert lacking(result) == [("missing", "tenders (south) (prior year)")]
        assert "一般競争入札件数（south）（対前年度）の値がない" in result.explain("ja")
        result = evaluate("<= prior year", *counts(1, 10, NOW), *counts(1, 10, **self.NORTH), iwate=MERGED)
        assert [name for _, name in lacking(result)] == ["bids (south) (prior year)", "tenders (south) (prior year)"]

    @pytest.mark.parametrize("south", [counts(1, 10, **SOUTH), [row("share", 30, **SOUTH)]])
    def test_only_rates(self, south):
        """Rates are not averaged, and no rate is added to counts."""
        rows = (row("share", 10, **self.NORTH), *south)
        result = evaluate("<= prior year", *counts(1, 10, NOW), *rows, iwate=MERGED)
        assert lacking(result) == [("not_additive", "prior year")]
        assert "of the branches merged since there are only rates" in result.explain()
        assert "統合前の支部については合算できない率しかない" in result.explain("ja")

    def test_means_do_not_add(self):
        """A mean duration of two branches is not the sum of theirs."""
        rows = [row("days", n, **where) for n, where in ((5, self.NORTH), (7, self.SOUTH))]
        result = evaluate("<= prior year", row("days", 6, NOW), *rows, iwate=MERGED, formula="days")
        assert lacking(result) == [("not_additive", "prior year")]

    def test_own_rows_of_before(self):
        """Under the key of the merged branch nothing counts before the merger, unless it is one of those merged."""
        rows = (*counts(9, 10, year=R2), *counts(1, 10, **self.NORTH), *counts(3, 10, **self.SOUTH))
        assert evaluate("<= prior year", *counts(1, 10, NOW), *rows, iwate=MERGED).target == 20
        absorbing = Organisation("iwate", formerly=(Organisation("iwate"), Organisation("south")), since=R3)
        assert evaluate("<= prior year", *counts(1, 10, NOW), *rows, iwate=absorbing).target == 60

    def test_before_and_after(self):
        """From the year of the merger on its own figures count; a chain of mergers is followed back."""
        later = Organisation("iwate", formerly=MERGED.formerly, since=R2)
        assert evaluate("<= prior year", *counts(1, 10, NOW), *counts(4, 10, year=R2), iwate=later).target == 40
        north = Organisation("north", formerly=(Organisation("n1"), Organisation("n2")), since=R2)
        both = Organisation("iwate", formerly=(north, Organisation("south")), since=R3)
        rows = [each for key in ("n1", "n2", "south") for each in counts(1, 10, year=R1, organisation=key)]
        assert evaluate("<= fiscal year 2019", *counts(1, 10, NOW), *rows, iwate=both).target == 10

    def test_new_name(self):
        """A branch that was renamed keeps its figures, published rates too."""
        renamed = Organisation("iwate", formerly=(Organisation("north"),), since=R3)
        assert (
            evaluate("<= prior year", *counts(1, 10, NOW), row("share", 13, **self.NORTH), iwate=renamed).target == 13
        )
        assert lacking(evaluate("<= prior year", *counts(1, 10, NOW), iwate=renamed))[0][0] == "missing"

    def test_stated_baseline_decides(self):
        """A stated baseline decides, and one that the sum contradicts has a note."""
        rows = (*counts(1, 10, **self.NORTH), *counts(3, 10, **self.SOUTH))
        result = evaluate("<= prior year", *counts(1, 10, NOW), *rows, iwate=MERGED, baseline="30%")
        assert (result.target, notes(result)["baseline_differs"]["computed"]) == (30, "20")

    @given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=2, max_size=4))
    def test_is_the_quotient_of_sums(self, branches):
        """Last year's value is the sum of numerators over the sum of denominators, or 0 below the line is named."""
        formerly = tuple(Organisation(f"b{number}") for number in range(len(branches)))
        rows = [
            each
            for former, pair in zip(formerly, branches, strict=True)
            for each in counts(*pair, year=R2, organisation=former.key)
        ]
        result = evaluate(
            "<= prior year", *counts(1, 10, NOW), *rows, iwate=Organisation("iwate", formerly=formerly, since=R3)
        )
        above, below = (sum(side) for side in zip(*branches, strict=True))
        if below:
            assert result.target == Fraction(above, below) * 100
        else:
            assert lacking(result) == [("zero_denominator", "tenders (prior year)")]


class TestSplit:
    ROWS = (*counts(1, 10, NOW), *counts(1, 10, year=R2), *counts(1, 10, year=R2, organisation="tohoku"))

    def test_is_not_comparable(self):
        """Nothing tells what part of the old branch's figures was the new one's."""
        result = evaluate("<= prior year", *self.ROWS, iwate=PART)
        assert lacking(result) == [("split", "prior year")]
        assert "the branch was a part of another then" in result.explain()
        assert "対前年度とは比較できない。当時は他の支部の一部であった" in result.explain("ja")

    def test_stated_baseline_decides(self):
        """A plan may state what the part had."""
        assert evaluate("<= prior year", *self.ROWS, iwate=PART, baseline="12%").target == 12

    def test_merged_of_a_part(self):
        """A merger with a part of another branch is not comparable either."""
        both = Organisation("iwate", formerly=(PART, Organisation("south")), since=R3)
        rows = counts(1, 10, year=R2, organisation="south")
        assert lacking(evaluate("<= prior year", *self.ROWS, *rows, iwate=both)) == [("split", "prior year")]


class TestMonths:
    def test_that_contradict_a_total(self):
        """Months that do not give the printed total of the same date are told; the printed total counts."""
        months = [row("bids", 1, period=month) for month in R3.months[:6]]
        result = evaluate("<= 50%", *counts(5, 10, NOW), *months)
        assert result.value == 50
        assert notes(result)["months_differ"] == {
            "note": "months_differ", "name": "bids", "taken": "5", "other": "6", "as_of": NOW,
            "pieces": "2021-04 + 2021-05 + 2021-06 + 2021-07 + 2021-08 + 2021-09",
        }  # fmt: skip
        assert "bids is 5 cases on 2021-09-30, but 2021-04 + 2021-05" in result.explain()
        assert "一者応札件数は2021-09-30時点の5件を採った。" in result.explain("ja")

    def test_that_agree(self):
        """Months that give the printed total need no note."""
        months = [row("bids", 1, period=month) for month in R3.months[:6]]
        assert notes(evaluate("<= 60%", *counts(6, 10, NOW), *months)) == {}


class TestRoundedCounts:
    """The Iwate report prints the nation's 約256万枚 / 約301万枚 beside 84.93 %, which these counts do not give."""

    COUNTS = counts("256万", "301万", NOW, organisation="national")
    RATE = row("share", "84.93", NOW, organisation="national")

    def test_printed_rate_is_closer(self):
        """Counts in ten thousands say less than the rate that is printed beside them."""
        result = evaluate(">= national", *counts(1, 10, NOW), *self.COUNTS, self.RATE)
        assert result.target == Fraction("84.93")

    def test_without_a_rate(self):
        """Where no rate is printed, or for another date, they are what there is."""
        elsewhere = row("share", "84.69", organisation="national")
        result = evaluate(">= national", *counts(1, 10, NOW), *self.COUNTS, elsewhere)
        assert result.target == Fraction(256, 301) * 100

    def test_of_this_year(self):
        """The same holds of the KPI's own counts, of which those in a condition decide nevertheless whether it holds."""
        now = (*counts("5千", "2万", NOW), row("share", "24.9", NOW))
        result = evaluate("<= 20%; <= 30% when tenders >= 10,000 cases", *now)
        assert (result.achieved, result.value) == (True, Fraction("24.9"))


class TestBaseline:
    BOTH = ">= max(prior year, same period last year)"

    def test_stands_for_the_final_value(self):
        """Where a rule looks at both, the baseline is last year's final value, and the same period comes from data."""
        result = evaluate(self.BOTH, *counts(2, 10, NOW), *counts(3, 10, THEN, year=R2), baseline="10%")
        assert result.target == 30
        result = evaluate(self.BOTH, *counts(2, 10, NOW), baseline="10%")
        assert lacking(result) == [("missing", "same period last year")]

    def test_stands_for_the_same_period_alone(self):
        """Where a rule looks at the same period and at no final value, the baseline is that."""
        result = evaluate(
            ">= same period last year", *counts(2, 10, NOW), *counts(3, 10, THEN, year=R2), baseline="10%"
        )
        assert (result.target, {*notes(result)}) == (10, {"baseline_differs"})

    @given(
        st.none() | st.integers(0, 100),
        st.none() | st.tuples(st.integers(0, 9), st.integers(0, 9)),
        st.none() | st.tuples(st.integers(0, 9), st.integers(0, 9)),
        st.booleans(),
    )
    def test_policy(self, stated, earlier, settled, redefined):
        """Stated before settled before earlier; redefined years give nothing; 0 below the line is no number."""
        rows = [
            *(counts(*earlier, year=R2) if earlier else ()),
            *(counts(*settled, "2021-06-30", year=R2) if settled else ()),
        ]
        baseline = None if stated is None else f"{stated}%"
        result = evaluate(
            "<= prior year", *counts(1, 10, NOW), *rows, baseline=baseline, comparable_from=R3 if redefined else None
        )
        found = settled or earlier
        if stated is not None:
            expected = Fraction(stated)
        elif redefined or not found or not found[1]:
            expected = None
        else:
            expected = Fraction(found[0], found[1]) * 100
        assert result.target == expected
        if expected is None:
            lack = "redefined" if redefined else "zero_denominator" if found else "missing"
            assert {lack for lack, _ in lacking(result)} == {lack}
        else:
            assert result.achieved == (expected >= 10)
