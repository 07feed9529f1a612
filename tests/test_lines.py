"""The line chart of one KPI."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

import kpi
from kpi.charts import course_text, line_chart, to_svg
from kpi.plans.course import Course

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def catalog():
    return kpi.load_catalog()


@pytest.fixture(scope="module")
def published():
    return kpi.load_published()


def texts(chart):
    svg = ET.fromstring(to_svg(chart))  # noqa: S314  # our own text
    return ["".join(node.itertext()) for node in svg.iter(f"{SVG}text")]


class TestPlot:
    def test_month(self, catalog, published):
        """Values stand above their points, and at the end of each line what it is."""
        chart = catalog.kpis["mail_in_rate"].plot(published, "iwate", plans=catalog.plans.values(), language="ja")
        assert {"94.1%", "95.7%†", "令和3年度 96.0% ○ 達成*", "目標 95.0%以上", "4月", "3月"} <= set(texts(chart))
        title = chart.to_dict()["title"]
        assert title["text"] == "現金給付等の申請に係る郵送化率 · 岩手支部 · 令和3年度"
        assert (
            title["subtitle"]
            == "年度当初から各月末までの累計　太線: 目標　白抜きの点と*: 暫定　†: 件数から計算、公表値は異なる"
        )

    def test_last_year(self, catalog, published):
        """Last year stands beside this one."""
        chart = catalog.kpis["card_recovery_rate"].plot(published, "national", plans=catalog.plans.values())
        assert {"FY2021 84.69% × missed*", "FY2020 92.41%", "target >= 92.41%"} <= set(texts(chart))
        assert "dashed: last year" in chart.to_dict()["title"]["subtitle"]

    def test_year(self, catalog, published):
        """By year the ticks are years."""
        chart = catalog.kpis["card_recovery_rate"].plot(published, "national", by="year", language="ja")
        assert {"令和2年度", "令和3年度", "実績 84.69%*"} <= set(texts(chart))

    @pytest.mark.parametrize("year", ["R2", "令和2年度", 2020, kpi.FiscalYear(2020)])
    def test_given_year(self, catalog, published, year):
        """The year may be given in every form in which years are read."""
        chart = catalog.kpis["card_recovery_rate"].plot(published, "national", fiscal_year=year)
        assert chart.to_dict()["title"]["text"].endswith("national · FY2020")

    def test_no_year(self, catalog, published):
        """A year that cannot be read is an error."""
        with pytest.raises(kpi.ValueReadingError):
            catalog.kpis["card_recovery_rate"].plot(published, "national", fiscal_year="soon")

    @pytest.mark.parametrize("by", ["month", "year"])
    def test_nothing_known(self, catalog, by):
        """Without any value the chart says so."""
        chart = catalog.kpis["card_recovery_rate"].plot(kpi.Observations(()), "iwate", by=by)
        assert "no value" in texts(chart)

    def test_crowded(self, catalog, published):
        """Where numbers do not fit above their points, the last one has its number alone."""
        chart = catalog.kpis["reassessed_yen_per_claim"].plot(published, "national")
        assert texts(chart).count("5,939 yen") == 2  # below and above its white edge


class TestWords:
    def test_description(self, catalog, published):
        """A line for each moment, gaps included; of last year what is known."""
        course = Course.of(catalog.kpis["lifestyle_checkup_rate"], published, "national", catalog.plans.values())
        moments = [course.over_months(year) for year in (kpi.FiscalYear(2021), kpi.FiscalYear(2020))]
        text = course_text(*moments)
        assert text.splitlines() == [
            "Line chart of the year so far, month by month: 2 values.",
            *(f"2021-{month}: value not known, target >= 58.5%, provisional." for month in ("04", "05", "06", "07")),
            "2021-08: value 26.1%, published 17.5%, target >= 58.5%, provisional.",
            "2021-09: value 21.5%, target >= 58.5%, provisional.",
            "2020-09: value 17.7%, provisional.",
            "2021-03: value 51.0%.",
        ]
        assert line_chart(*moments).to_dict()["description"] == text

    def test_by_year(self, catalog, published):
        """By year the lines name years."""
        course = Course.of(catalog.kpis["lifestyle_checkup_rate"], published, "national", catalog.plans.values())
        assert course_text(course.over_years(kpi.FiscalYear(2021)), language="ja", by="year").splitlines() == [
            "年度ごとの推移。値は2件。",
            "令和2年度: 実績51.0%。",
            "令和3年度: 実績21.5%、目標58.5%以上、暫定。",
        ]
