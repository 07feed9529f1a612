"""What months and printed totals of one quantity say about a year."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.evaluation.observed import plain_value
from kpi.formulas.evaluator import Reason, Series, Undefined
from kpi.observations.observation import YEAR, Observation
from kpi.observations.timeline import Timeline, timeline
from kpi.periods import FiscalYear, month_end

R3 = FiscalYear(2021)
MISSING_MAY = Undefined((Reason("missing", "posts (2021-05)"),))


def row(period, value, as_of=None):
    day = as_of or (R3.end if period == YEAR else month_end(period))
    return Observation("iwate", R3, period, "posts", value, day)


def line(*rows, kind="flow"):
    return timeline(rows, R3, kind, lambda row: plain_value(row.quantity, row.written, None))


class TestFlow:
    def test_months_add_up(self):
        """The total of a flow at the end of a month is the sum of all months since April, in whatever order they stand."""
        found = line(row("2021-06", "4"), row("2021-04", "1"), row("2021-05", "2"))
        assert found.totals == {date(2021, 4, 30): 1, date(2021, 5, 31): 3, date(2021, 6, 30): 7}
        assert found.months == {"2021-04": 1, "2021-05": 2, "2021-06": 4}

    @pytest.mark.parametrize(
        "blank", [[], [row("2021-05", "")], [row("2021-05", "-")]], ids=["no row", "blank", "dash"]
    )
    def test_a_gap_ends_the_total(self, blank):
        """Behind a month without a value there is no total, and for a rule on every month that month is missing."""
        found = line(row("2021-04", "1"), *blank, row("2021-06", "4"))
        assert found.totals == {date(2021, 4, 30): 1}
        assert found.series == Series({"2021-04": Fraction(1), "2021-05": MISSING_MAY, "2021-06": Fraction(4)})

    def test_without_april(self):
        """A year that does not begin in April has no total."""
        assert line(row("2021-05", "2"), row("2021-06", "4")).totals == {}

    def test_months_to_come(self):
        """Blanks behind the last month say as much as no rows."""
        assert line(row("2021-04", "1"), row("2021-05", "")) == line(row("2021-04", "1"))

    def test_across_the_turn_of_the_year(self):
        """The year runs from April to March."""
        found = line(*(row(month, "1") for month in R3.months))
        assert found.totals[date(2022, 3, 31)] == 12
        assert len(found.totals) == 12

    def test_not_applicable(self):
        """A month to which the quantity does not apply is not taken for 0."""
        found = line(row("2021-04", "1"), row("2021-05", "該当なし"))
        assert found.totals[date(2021, 5, 31)] == Undefined((Reason("not_applicable", "posts"),))

    def test_not_applicable_twice(self):
        """Nor does a later month that has a value make up for it."""
        found = line(row("2021-04", "対象外"), row("2021-05", "該当なし"), row("2021-06", "1"))
        assert set(found.totals[date(2021, 6, 30)].reasons) == {Reason("not_applicable", "posts")}

    @given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
    def test_last_total_is_the_sum(self, values):
        """Months without a gap add up exactly."""
        rows = [row(month, str(value)) for month, value in zip(R3.months, values, strict=False)]
        found = line(*rows)
        assert found.totals[max(found.totals)] == sum(values)


class TestStock:
    def test_last_value_counts(self):
        """Of a stock each month is the value at its end, and gaps do not matter."""
        found = line(row("2021-06", "4"), row("2021-04", "1"), kind="stock")
        assert found.totals == {date(2021, 4, 30): 1, date(2021, 6, 30): 4}
        assert found.months["2021-05"] == MISSING_MAY


class TestPrinted:
    @pytest.mark.parametrize("kind", ["flow", "stock"])
    def test_comes_first(self, kind):
        """A total as printed comes before one that months give for the same date, and adds dates of its own."""
        found = line(
            row("2021-04", "1"), row(YEAR, "5", date(2021, 4, 30)), row(YEAR, "9", date(2021, 9, 30)), kind=kind
        )
        assert found.totals == {date(2021, 4, 30): 5, date(2021, 9, 30): 9}
        assert found.months == {"2021-04": 1}

    def test_blank(self):
        """A blank total is none."""
        assert line(row("2021-04", "1"), row(YEAR, "", date(2021, 4, 30))).totals == {date(2021, 4, 30): 1}


def test_nothing():
    """Without rows, or with blanks alone, there is nothing."""
    assert line() == line(row("2021-04", ""), row(YEAR, "…")) == Timeline()
