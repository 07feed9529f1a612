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
from kpi.observations.timeline import Conflict, Timeline, Total, timeline, totals_from
from kpi.periods import FiscalYear, read_period

R3 = FiscalYear(2021)
MISSING_MAY = Undefined((Reason("missing", "posts (2021-05)"),))


def row(period, value, as_of=None):
    day = as_of or (R3 if period == YEAR else read_period(period)).end
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


def day(month, of_month):
    return date(2021 if month > 3 else 2022, month, of_month)


class TestTiling:
    def test_months_after_a_printed_total(self):
        """A printed total and the months after it add up."""
        found = line(row(YEAR, "10", day(9, 30)), row("2021-10", "2"), row("2021-12", "5"))
        assert found.totals == {day(9, 30): 10, day(10, 31): 12}

    def test_every_kind(self):
        """Quarters, months and halves follow each other."""
        found = line(
            row("2021-Q1", "3"), row("2021-07", "1"), row("2021-08", "1"), row("2021-09", "1"), row("2021-H2", "4")
        )
        assert found.totals == {day(6, 30): 3, day(7, 31): 4, day(8, 31): 5, day(9, 30): 6, day(3, 31): 10}
        assert found.conflicts == ()

    def test_quarters_give_no_months(self):
        """For a rule on every month a quarter says nothing."""
        found = line(row("2021-Q1", "3"), row("2021-Q2", "3"))
        assert found.months == {}
        assert line(row("2021-Q1", "3"), row("2021-08", "1")).months == {
            **{month: Undefined.because("missing", f"posts ({month})") for month in R3.months[:4]},
            "2021-08": Fraction(1),
        }

    def test_gap(self):
        """A quarter whose year lacks the one before gives no total."""
        assert line(row("2021-Q2", "3"), row("2021-H2", "3")).totals == {}

    def test_total_in_mid_month(self):
        """Nothing follows a total that stops within a month."""
        assert line(row(YEAR, "3", day(9, 15)), row("2021-10", "1")).totals == {day(9, 15): 3}

    def test_year_settled_later(self):
        """A total settled after the year's end stands beside the one of its last day, without contradiction."""
        found = line(row("2021-H1", "4"), row("2021-H2", "5"), row(YEAR, "8", date(2022, 5, 31)))
        assert found.totals == {day(9, 30): 4, day(3, 31): 9, date(2022, 5, 31): 8}
        assert found.conflicts == ()

    def test_month_settled_later(self):
        """A month counts for its days, also where it was settled after them."""
        found = line(row("2021-04", "1", day(6, 30)), row("2021-05", "2"))
        assert found.totals == {day(4, 30): 1, day(5, 31): 3}

    @pytest.mark.parametrize("kind", ["flow", "stock"])
    def test_unfinished_month(self, kind):
        """A value observed before its month ended counts up to that day, and is no month yet."""
        found = line(row("2021-04", "1"), row("2021-05", "2", day(5, 20)), row("2021-06", "4"), kind=kind)
        assert found.months == {"2021-04": 1, "2021-05": MISSING_MAY, "2021-06": 4}
        expected = {day(4, 30): 1, day(5, 20): 3}
        assert found.totals == (expected if kind == "flow" else {day(4, 30): 1, day(5, 20): 2, day(6, 30): 4})

    def test_stock_of_a_half(self):
        """A stock told for a half is the one at its end."""
        found = line(row("2021-04", "7"), row("2021-H1", "9"), kind="stock")
        assert found.totals == {day(4, 30): 7, day(9, 30): 9}

    def test_blank_quarter(self):
        """A blank says as much as no row."""
        assert line(row("2021-Q1", ""), row("2021-04", "1")) == line(row("2021-04", "1"))

    @given(st.lists(st.integers(0, 10**6), min_size=12, max_size=12), st.data())
    def test_pieces_agree(self, values, data):
        """Whatever mixture of months, quarters, halves and printed totals tells of the same months, totals agree."""
        by_month = dict(zip(R3.months, values, strict=True))
        periods = [*R3.quarters, *R3.halves, *map(read_period, R3.months)]
        chosen = data.draw(st.lists(st.sampled_from(periods), unique=True))
        rows = [row(str(period), str(sum(by_month[month] for month in period.months))) for period in chosen]
        sums = {read_period(month).end: sum(values[: n + 1]) for n, month in enumerate(R3.months)}
        printed = data.draw(st.lists(st.sampled_from([*sums]), unique=True))
        found = line(*data.draw(st.permutations([*rows, *(row(YEAR, str(sums[end]), end) for end in printed)])))
        assert {end: sums[end] for end in printed}.items() <= found.totals.items() <= sums.items()
        assert found.conflicts == ()
        if {*R3.quarters} <= {*chosen}:
            assert found.totals[R3.end] == sum(values)


class TestConflicts:
    def test_months_against_a_printed_total(self):
        """Months that add up to another number than was printed for the same date are told, and the printed counts."""
        printed = row(YEAR, "5", day(5, 31))
        months = row("2021-04", "1"), row("2021-05", "2")
        found = line(*months, printed, row("2021-06", "4"))
        assert found.totals == {day(4, 30): 1, day(5, 31): 5, day(6, 30): 9}
        assert found.conflicts == (Conflict(day(5, 31), Total(Fraction(5), (printed,)), Total(Fraction(3), months)),)

    def test_told_where_they_begin(self):
        """What agrees from there on is not told again; what does not agree is."""
        rows = [row(month, "1") for month in R3.months[:6]]
        found = line(*rows, row("2021-Q1", "4"), row("2021-Q2", "3"), row(YEAR, "8", day(9, 30)))
        assert [(c.day, c.taken.value, c.other.value) for c in found.conflicts] == [
            (day(6, 30), 4, 3),
            (day(9, 30), 8, 7),
        ]

    def test_which_counts(self):
        """The fewest pieces count, then the longest last piece, and `year` before a half."""
        half, year = row("2021-H1", "10"), row(YEAR, "11", day(9, 30))
        quarters = row("2021-Q1", "4"), row("2021-Q2", "5")
        months = [row(month, "1") for month in R3.months[:6]]
        assert line(*months, *quarters, half, year).totals[day(9, 30)] == 11
        assert line(*months, *quarters, half).totals[day(9, 30)] == 10
        assert line(*months, *quarters).totals[day(9, 30)] == 9
        assert line(*months, quarters[1]).totals[day(9, 30)] == 8

    def test_each_number_once(self):
        """Two ways to the same other number are one contradiction."""
        rows = [row("2021-Q1", "3"), row("2021-Q2", "3"), *(row(month, "1") for month in R3.months[:6])]
        assert len(line(*rows, row("2021-H1", "7")).conflicts) == 1

    def test_stock(self):
        """Two values of a stock for one date contradict each other too."""
        found = line(row("2021-09", "7"), row("2021-H1", "9"), kind="stock")
        assert [(c.taken.value, c.other.value) for c in found.conflicts] == [(9, 7)]

    def test_not_applicable(self):
        """Months of which one did not apply contradict no printed total."""
        found = line(row("2021-04", "1"), row("2021-05", "該当なし"), row(YEAR, "1", day(5, 31)))
        assert found.totals[day(5, 31)] == 1
        assert found.conflicts == ()


def test_totals_from_another_day():
    """Totals may begin within the year; what counts from April on is then no part of them."""
    rows = (row(YEAR, "9", date(2021, 9, 30)), *(row(month, "1") for month in R3.months[:6]), row("2021-Q3", "5"))
    found = totals_from(date(2021, 7, 1), rows, R3, "flow", lambda row: plain_value(row.quantity, row.written, None))
    assert {until: total.value for until, total in found.items()} == {
        date(2021, 7, 31): 1, date(2021, 8, 31): 2, date(2021, 9, 30): 3, date(2021, 12, 31): 8,
    }  # fmt: skip


def test_nothing():
    """Without rows, or with blanks alone, there is nothing."""
    assert line() == line(row("2021-04", ""), row(YEAR, "…")) == Timeline()
