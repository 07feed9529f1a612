"""A report as data: areas, errata that touch a figure, sources, and the results as `kpi evaluate` gives them."""

from __future__ import annotations

import json

import attrs
import pytest

import kpi
from kpi.observations.observation import Observations
from kpi.reports.report import Report
from kpi.reports.sources import Place, sources_of

PLANS = ("iwate-r3", "national-r3", "miyagi-r2")


@pytest.fixture(scope="module")
def catalog():
    return kpi.load_catalog()


@pytest.fixture(scope="module")
def published():
    return kpi.load_published()


@pytest.fixture(scope="module")
def report(catalog, published):
    return Report.of(catalog.plans["iwate-r3"], published, catalog)


class TestReport:
    @pytest.mark.parametrize("plan", PLANS)
    def test_results_are_those_of_the_scorecard(self, catalog, published, plan):
        """Every KPI stands in one area, with the result that the plan's evaluation gives."""
        found = Report.of(catalog.plans[plan], published, catalog).to_dict()
        card = catalog.plans[plan].evaluate(published).to_dict()
        told = [result for area in found["areas"] for result in area["results"]]
        assert [{key: each[key] for key in card["results"][0]} for each in told] == card["results"]

    def test_is_json(self, report):
        """The report for programs is nothing but JSON, and adds up."""
        found = json.loads(json.dumps(report.to_dict(), ensure_ascii=False))
        assert (found["plan"], found["organisation"], found["fiscal_year"]) == ("iwate-r3", "iwate", "FY2021")
        assert found["counts"]["achieved"] == sum(area["counts"]["achieved"] for area in found["areas"]) == 10
        assert found["provisional"] == 17
        assert found["as_of"] == ["2021-05-31", "2021-07-31", "2021-08-31", "2021-09-30"]
        assert [area["mark"] for area in found["areas"]] == ["Ⅰ", "Ⅱ", "Ⅲ"]
        assert [document["key"] for document in found["documents"]] == ["iwate-r3-h1"]

    def test_without_results(self, catalog):
        """A plan without figures has a report all the same: every result says what is missing."""
        found = Report.of(catalog.plans["toyama-r7"], Observations(()), catalog)
        assert found.days == ()
        assert {result.outcome for result in found.card} == {kpi.Verdict.NOT_EVALUABLE}
        assert [note.code for note in found.card.notes] == ["no_rows"]


class TestErrata:
    def test_those_that_touch_a_figure(self, report, catalog):
        """The errata of a plan are those whose entries are its own, each once, wherever they touch several KPIs."""
        told = [erratum.key for erratum in report.errata]
        touching = {key for key, each in catalog.errata.items() if any(plan == "iwate-r3" for plan, _ in each.touches)}
        assert {*told} == touching
        assert len(told) == len(touching) == 21
        by_kpi = {line.entry.kpi.key: [erratum.key for erratum in line.errata] for line in report.lines}
        assert by_kpi["mail_in_rate"] == ["iwate-r3-mail-in-rate"]
        assert "iwate-r3-national-claims-review-date" in by_kpi["claim_reduction_rate"]
        assert "iwate-r3-national-claims-review-date" in by_kpi["reassessed_yen_per_claim"]

    def test_those_that_touch_none(self, report):
        """What is wrong elsewhere in the document is not told."""
        assert "iwate-r3-questionnaire-rate" not in {erratum.key for erratum in report.errata}

    def test_of_a_document_that_two_plans_share(self, catalog, published):
        """An erratum of last year's results does not touch this year's plan in the same document."""
        assert Report.of(catalog.plans["miyagi-r2"], published, catalog).errata
        assert not Report.of(catalog.plans["miyagi-r3"], published, catalog).errata


class TestSources:
    def test_rule_and_figures(self, report):
        """Rule, figures and the nation's figures have a document, a section and a page each."""
        sources = {line.entry.kpi.key: line.sources for line in report.lines}
        place = Place("iwate-r3-h1", "Ⅰ（2）ⅱ", "5")
        assert sources["mail_in_rate"].rule == place
        assert sources["mail_in_rate"].figures == (place,)
        assert sources["employer_data_rate"].figures == (
            Place("iwate-r3-h1", "Ⅱ（1）ⅰ 事業者健診データ取得", "13"),
            Place("iwate-r3-h1", "Ⅱ（1）ⅰ 生活習慣病予防健診", "12"),
        )
        assert sources["service_standard"].nation == ()
        assert sources["mail_in_rate"].documents == ("iwate-r3-h1",)

    def test_last_year(self, catalog):
        """Last year's figures are told of where they were computed from the data, and not where the plan states them."""
        plan = catalog.plans["iwate-r3"]
        entry = attrs.evolve(
            plan["card_recovery_rate"], baseline=None, formula=catalog.kpis["card_recovery_rate"].formula
        )
        rule = kpi.parse("recovered_cards / cards_to_recover >= prior year").rule
        entry = attrs.evolve(entry, formula=attrs.evolve(entry.formula, rule=rule))
        rows = [
            ("R2", "2021-03-31", "recovered_cards", 957, "last"),
            ("R2", "2021-03-31", "cards_to_recover", 1000, "last"),
            ("R3", "2021-08-31", "recovered_cards", 94, "this"),
            ("R3", "2021-08-31", "cards_to_recover", 100, "this"),
            ("R3", "2021-05-31", "recovered_cards", 50, "earlier"),
            ("R3", "2021-05-31", "cards_to_recover", 60, "earlier"),
        ]
        observations = kpi.Observations(tuple(observed(*row) for row in rows))
        result = entry.evaluate(observations, plan.organisation, plan.fiscal_year)
        sources = sources_of(plan, entry, result, observations)
        assert [place.document for place in sources.figures] == ["this"]
        assert [place.document for place in sources.last_year] == ["last"]
        assert sources.documents == ("iwate-r3-h1", "this", "last")


def observed(year, as_of, quantity, value, source):
    """One row of a table of one's own."""
    from datetime import date

    from kpi.observations.observation import Observation
    from kpi.periods import fiscal_year

    return Observation(
        "iwate", fiscal_year(year), "year", quantity, str(value), date.fromisoformat(as_of), source=source
    )
