"""Months to quarters, half-years and years."""

from __future__ import annotations

from datetime import date

import pytest
from branch_tables import R3, SHARE, VOCABULARY, months, row, table
from hypothesis import given
from hypothesis import strategies as st

import kpi
from kpi.errors import RollUpError
from kpi.formulas.evaluator import Reason
from kpi.observations.observation import YEAR
from kpi.periods import HalfYear, Month, Quarter
from kpi.rollups import TimeSpan, over_months

FIRST_HALF = HalfYear(2021, 1)
TENDERS = table(
    months("iwate", "open_tenders", 3, 1, 0, 1, 0, 1), months("iwate", "single_bid_tenders", 0, 0, 0, 1, 0, 0)
)


def over(rows, span=FIRST_HALF, quantity="open_tenders"):
    return over_months(rows, VOCABULARY, quantity, "iwate", span)


class TestFlow:
    def test_months_add_up(self):
        """The tenders of six months are those of the half-year, each month a part of it."""
        found = over(TENDERS)
        assert str(found) == "6 cases"
        assert {month: int(part.value) for month, part in found.parts.items()} == dict(
            zip(FIRST_HALF.months, (3, 1, 0, 1, 0, 1), strict=True)
        )
        assert (found.quantity, found.organisation, found.as_of) == ("open_tenders", "iwate", date(2021, 9, 30))
        assert found.is_complete

    @pytest.mark.parametrize(
        ("span", "value"),
        [
            (Month(2021, 4), 3),
            (Month(2021, 6), 0),
            (Quarter(2021, 1), 4),
            (Quarter(2021, 2), 2),
            (TimeSpan.of_months("2021-05", "2021-08"), 2),
        ],
    )
    def test_any_span(self, span, value):
        """Any months that follow each other can be rolled up."""
        assert over(TENDERS, span).value == value

    @pytest.mark.parametrize(("text", "value"), [("令和3年度上期", 6), ("2021-Q1", 4), ("2021-04", 3)])
    def test_span_as_text(self, text, value):
        """A span may be named by a text, as tables do."""
        assert over(TENDERS, text).value == value

    @pytest.mark.parametrize(
        ("span", "error", "says"),
        [
            ("soon", kpi.ValueReadingError, "'soon' is no period"),
            (2021, RollUpError, "found 2021; expected a month, quarter, half or fiscal year, such as 2021-H1"),
            (None, RollUpError, "found None; expected a month"),
        ],
    )
    def test_no_span(self, span, error, says):
        """What names no months is an error that says so."""
        with pytest.raises(error, match=says):
            over(TENDERS, span)

    def test_a_missing_month(self):
        """Without May there is no total: it is named, and not counted as 0."""
        found = over(table(months("iwate", "open_tenders", 3, None, 0, 1, 0, 1)))
        assert found.value is None
        assert found.missing == ("2021-05",)
        assert found.reasons == (Reason("missing", "open_tenders (iwate, 2021-05)"),)
        assert str(found) == "no value: missing 2021-05"
        assert found.text("ja") == "値なし: 2021-05が不足"

    def test_an_explicit_zero(self):
        """A 0 that was observed is a number like any other."""
        assert over(table(months("iwate", "open_tenders", 3, 0, 0, 1, 0, 1))).value == 5

    @pytest.mark.parametrize("blank", ["", "-", "…"])
    def test_a_blank(self, blank):
        """A blank is no 0 either."""
        assert over(table(months("iwate", "open_tenders", 3, blank, 0, 1, 0, 1))).missing == ("2021-05",)

    def test_not_applicable(self):
        """A month to which the quantity does not apply leaves no total, and the reason says so."""
        found = over(table(months("iwate", "open_tenders", 3, "該当なし", 0, 1, 0, 1)))
        assert found.reasons == (Reason("not_applicable", "open_tenders (iwate, 2021-05)"),)
        assert str(found) == "no value: open_tenders (iwate, 2021-05) does not apply"

    def test_nothing_observed(self):
        """Where nothing was observed, every month is missing."""
        assert over(table()).missing == FIRST_HALF.months

    def test_quarters(self):
        """A quarter takes the place of its months."""
        found = over(table(row("iwate", "2021-Q1", "open_tenders", 4), row("iwate", "2021-Q2", "open_tenders", 2)))
        assert found.value == 6
        assert [*found.parts] == ["2021-Q1", "2021-Q2"]

    def test_second_half_by_quarter_and_months(self):
        """So it does in spans that do not begin in April."""
        rows = table(
            row("iwate", "2021-Q3", "open_tenders", 4),
            *(row("iwate", month, "open_tenders", 1) for month in R3.months[9:]),
        )
        assert over(rows, HalfYear(2021, 2)).value == 7

    def test_total_as_printed(self):
        """A total from April on that is printed comes before the months, and stands in for months that are missing."""
        to_august = row("iwate", YEAR, "open_tenders", 9, as_of=date(2021, 8, 31))
        found = over(table(to_august, row("iwate", "2021-09", "open_tenders", 1)))
        assert found.value == 10
        assert [*found.parts] == ["year to 2021-08-31", "2021-09"]
        assert over(table(to_august)).missing == ("2021-09",)
        assert over(table(to_august), TimeSpan(R3.start, date(2021, 8, 31))).parts == {}

    def test_days_within_a_month(self):
        """A total up to a day within a month is none of the whole month."""
        rows = table(row("iwate", YEAR, "open_tenders", 9, as_of=date(2021, 8, 15)))
        assert over(rows, TimeSpan(R3.start, date(2021, 8, 15))).value == 9
        assert over(rows, TimeSpan(R3.start, date(2021, 8, 31))).missing == ("2021-08",)
        by_month = table(months("iwate", "open_tenders", 1, 1, 1, 1, 1))
        assert over(by_month, TimeSpan(R3.start, date(2021, 8, 15))).missing == ("2021-08",)

    def test_a_month_that_is_not_over(self):
        """What was observed before a month ended is not the month, but counts up to its day."""
        rows = table(row("iwate", "2021-04", "open_tenders", 3, as_of=date(2021, 4, 10)))
        assert over(rows, Month(2021, 4)).missing == ("2021-04",)
        assert over(rows, TimeSpan(R3.start, date(2021, 4, 10))).value == 3

    def test_a_blank_beside_a_value(self):
        """A blank says as much as no row, also where another row has the value."""
        rows = table(row("iwate", "2021-04", "open_tenders", ""), row("iwate", "2021-04", "open_tenders", 3))
        assert over(rows, Month(2021, 4)).value == 3

    @given(st.lists(st.integers(0, 10**9), min_size=1, max_size=11))
    def test_a_month_of_zeros_changes_no_flow(self, values):
        """One month more in which nothing happened leaves the total as it is."""
        rows = table(months("iwate", "open_tenders", *values, 0))
        before, after = (TimeSpan.of_months("2021-04", R3.months[n]) for n in (len(values) - 1, len(values)))
        assert over(rows, before).value == over(rows, after).value == sum(values)


class TestStock:
    def test_the_last_counts(self):
        """Of a stock the value on the last day counts, whatever months before it are missing."""
        rows = table(months("iwate", "insured", 100, None, None, None, None, 90))
        assert over(rows, quantity="insured").value == 90

    def test_without_the_last(self):
        """Without the last there is none: an earlier one is not the value on that day."""
        found = over(table(months("iwate", "insured", 100, 90)), quantity="insured")
        assert found.missing == ("2021-09",)
        assert found.partial().value is None


class TestRatio:
    def test_is_divided_again(self):
        """One of six tenders: numerator and denominator add up first, and are divided once."""
        found = over(TENDERS, quantity=SHARE)
        assert str(found) == "16.7%"
        assert {name: str(part) for name, part in found.parts.items()} == {
            "single_bid_tenders": "1 case", "open_tenders": "6 cases",
        }  # fmt: skip

    def test_zero_denominator(self):
        """A month without tenders has no share, and the half-year has."""
        assert str(over(TENDERS, Month(2021, 6), SHARE)) == "no value: the denominator open_tenders is 0"

    def test_missing(self):
        """What is missing from its variables is missing from the ratio."""
        rows = table(months("iwate", "open_tenders", 3, 1), months("iwate", "single_bid_tenders", 0, None))
        found = over(rows, Quarter(2021, 1), SHARE)
        assert found.value is None
        assert found.missing == ("2021-05", "2021-06")

    def test_rule_by_case(self):
        """Six tenders fall under the clause on shares, those of each single month under the one on counts."""
        clauses = {}
        for span in (FIRST_HALF, *(Month(2021, number) for number in range(4, 10))):
            counts = over(TENDERS, span, SHARE).parts
            clauses[str(span)] = str(SHARE.evaluate({name: part.value for name, part in counts.items()}).clause)
        on_counts = "single_bid_tenders <= 1 case when open_tenders <= 4 cases"
        assert clauses.pop("2021-H1") == "<= 20%"
        assert set(clauses.values()) == {on_counts}


class TestPartial:
    def test_is_asked_for_and_says_so(self):
        """A total of the months that are there is given on request, and marked wherever it is shown."""
        found = over(table(months("iwate", "open_tenders", 3, None, 0, 1, 0, 1))).partial()
        assert found.value == 5
        assert found.is_partial
        assert not found.is_complete
        assert str(found) == "5 cases (partial, without 2021-05)"
        assert found.text("ja") == "5件（2021-05を除く部分合計）"
        assert found.to_dict()["partial"] is True

    def test_complete(self):
        """Where nothing is missing it is the total itself."""
        assert over(TENDERS).partial() == over(TENDERS)

    def test_of_a_ratio(self):
        """A partial ratio is divided from months of which both sides are there."""
        rows = table(months("iwate", "open_tenders", 3, 1, 1), months("iwate", "single_bid_tenders", 1, None, 0))
        found = over(rows, Quarter(2021, 1), SHARE).partial()
        assert str(found) == "25.0% (partial, without 2021-05)"
        assert [part.is_partial for part in found.parts.values()] == [True, True]

    def test_of_a_ratio_without_common_months(self):
        """Without a month in common there is none."""
        rows = table(months("iwate", "open_tenders", 3), months("iwate", "single_bid_tenders", None, 1))
        assert over(rows, Quarter(2021, 1), SHARE).partial().value is None

    def test_of_nothing(self):
        """Nothing at all adds up to nothing, and not to 0."""
        assert over(table()).partial().value is None

    @given(st.sets(st.sampled_from(FIRST_HALF.months), min_size=1, max_size=5))
    def test_never_passes_for_a_total(self, gone):
        """Whatever months are missing, there is no total, and what is there is called partial."""
        rows = table(tuple(row for row in TENDERS if row.period not in gone))
        found = over(rows)
        assert found.value is None
        assert set(found.missing) == gone
        assert "partial" in str(found.partial())
        assert all(month in str(found.partial()) for month in gone)


class TestRefusals:
    @pytest.mark.parametrize(
        ("quantity", "why"),
        [
            ("generic_share", "a share is not added up or averaged: give the counts it was divided from"),
            ("yen_per_case", "a mean per thing is not added up or averaged"),
            ("processing_days", "how long something took is not added up or averaged"),
            ("national_rank", "a rank is not added up or averaged"),
        ],
    )
    def test_what_does_not_add_up(self, quantity, why):
        """Averages and shares are refused with the reason."""
        with pytest.raises(RollUpError, match=f"^{quantity}: {why}"):
            over(TENDERS, quantity=quantity)

    def test_unknown(self):
        """An unknown name is told with the nearest."""
        with pytest.raises(RollUpError, match=r"open_tender is no variable.*did you mean 'open_tenders'"):
            over(TENDERS, quantity="open_tender")

    def test_formula_of_a_rate(self):
        """A formula over a share is refused as the share is."""
        formula = kpi.parse("generic_share >= 80%", vocabulary=VOCABULARY)
        with pytest.raises(RollUpError, match="generic_share: a share"):
            over(TENDERS, quantity=formula)

    def test_formula_without_variables(self):
        """A formula of numbers has nothing to roll up."""
        with pytest.raises(RollUpError, match="no variables"):
            over(TENDERS, quantity=kpi.parse("1 / 2"))

    def test_two_years(self):
        """A span lies in one fiscal year."""
        with pytest.raises(RollUpError, match="cannot end on 2022-04-30"):
            over(TENDERS, TimeSpan.of_months("2021-04", "2022-04"))

    def test_label(self):
        """A variable can be called by its Japanese label."""
        assert over(TENDERS, quantity="一般競争入札件数").value == 6


def test_explanation():
    """A value tells what went into it."""
    found = over(TENDERS, Quarter(2021, 2))
    assert found.explain() == (
        "open_tenders, iwate, July–September 2021: 2 cases\n  2021-07: 1 case\n  2021-08: 0 cases\n  2021-09: 1 case"
    )
    assert found.explain("ja").startswith("open_tenders、iwate、2021年7月～9月: 2件\n  2021-07: 1件")


def test_for_programs():
    """As data it has exact numbers as text."""
    assert over(TENDERS, Quarter(2021, 2)).to_dict() == {
        "quantity": "open_tenders", "organisation": "iwate", "start": "2021-07-01", "end": "2021-09-30",
        "as_of": "2021-09-30", "value": "2", "unit": "case", "partial": False, "missing": [],
        "parts": {"2021-07": "1", "2021-08": "0", "2021-09": "1"},
    }  # fmt: skip
