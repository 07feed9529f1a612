"""What is drawn of the moments of a KPI."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

import kpi
from kpi.charts import Moment
from kpi.charts.traces import Traces
from kpi.periods import FiscalYear
from kpi.quantities import Quantity
from kpi.units import PERCENT, UNITS

RESULT = kpi.parse("a / b").evaluate({"a": 1, "b": 2})


def moment(day, value=None, target=None, unit=PERCENT, year=2021):
    numbers = (None if number is None else Quantity(Fraction(number), unit, 1) for number in (value, target))
    return Moment(FiscalYear(year), date.fromisoformat(day), *numbers, RESULT)


def months(*pairs):
    ends = ("2021-04-30", "2021-05-31", "2021-06-30", "2021-07-31")
    return [moment(end, *pair) for end, pair in zip(ends, pairs, strict=False)]


class TestPoints:
    def test_runs(self):
        """A gap ends a run: no line goes over it."""
        traces = Traces(months((1,), (None,), (2,), (3,)), (), "month")
        points = traces.points(traces.moments, "en")
        assert [(point["x"], point["y"], point["run"]) for point in points] == [(1, 1, 0), (3, 2, 1), (4, 3, 1)]

    def test_within_a_month(self):
        """A day within a month has its own place in it; the year ends at twelve months."""
        traces = Traces([moment("2021-05-15", 1), moment("2022-03-31", 2)], (), "month")
        assert [round(point["x"], 2) for point in traces.points(traces.moments, "en")] == [1.48, 12]

    def test_of_another_unit(self):
        """What is in another unit than the last number is a gap."""
        traces = Traces([moment("2021-04-30", 1, unit=UNITS["case"]), moment("2021-05-31", 2)], (), "month")
        assert [point["text"] for point in traces.points(traces.moments, "en")] == ["2.0%"]


class TestSteps:
    def test_one_level(self):
        """A target that stays is one line over the whole year."""
        assert Traces(months((1, 5), (2, 5)), (), "month").steps() == [{"x": 0, "x2": 12, "y": 5, "y2": 5}]

    def test_by_month(self):
        """A target that changes holds up to the day for which it is known, and rises there."""
        assert Traces(months((1, 5), (2, 6), (3, None), (4, 7)), (), "month").steps() == [
            {"x": 0, "x2": 1, "y": 5, "y2": 5},
            {"x": 1, "x2": 2, "y": 6, "y2": 6},
            {"x": 3, "x2": 4, "y": 7, "y2": 7},
            {"x": 1, "x2": 1, "y": 5, "y2": 6},
        ]

    def test_by_year(self):
        """By year each target is as wide as its year; where a year has none, there is a gap."""
        years = [
            moment(f"{year + 1}-03-31", 1, target, year=year)
            for year, target in ((2019, 5), (2020, 6), (2021, None), (2022, 7))
        ]
        assert [(step["x"], step["x2"]) for step in Traces(years, (), "year").steps()] == [
            (2018.5, 2019.5), (2019.5, 2020.5), (2021.5, 2022.5), (2019.5, 2019.5),
        ]  # fmt: skip

    def test_none(self):
        """Without targets there is no line."""
        assert Traces(months((1,)), (), "month").steps() == []


class TestDomain:
    @pytest.mark.parametrize(
        ("numbers", "domain"),
        [
            ([(40,), (70,)], (35, 75)),
            ([(1,), (90, 100)], (0, 100)),
            ([(5,)], (4.5, 5.5)),
            ([(0,)], (0, 1)),
            ([(100,)], (90, 100)),
            ([], (0, 7 / 6)),
            ([(-30,), (30,)], (-40, 40)),
            ([(90,), (120,)], (85, 125)),
        ],
    )
    def test_room(self, numbers, domain):
        """There is room around the numbers, but none below 0 or above 100 % where no number is."""
        assert Traces(months(*numbers), (), "month").domain == pytest.approx(domain)
