"""Results, KPIs, plans and the catalogue as notebooks show them."""

from __future__ import annotations

import attrs
import pytest
from test_markup import Reader

import kpi
from kpi.evaluation.html import result_html
from kpi.evaluation.result import Title
from kpi.plans.html import kpi_html, plan_html


@pytest.fixture(scope="module")
def catalog():
    return kpi.load_catalog()


@pytest.fixture(scope="module")
def card(catalog):
    return catalog.plans["iwate-r3"].evaluate(kpi.load_published())


class TestResult:
    def test_fraction(self, card):
        """The formula is a fraction of names and of numbers, and the reasons are those of the explanation."""
        result = card["lifestyle_checkup_rate"]
        page = result._repr_html_()
        assert page.count("inline-block") == 2
        assert page.count("<tr>") == len([*result.why.lines("ja")])
        text = Reader(page).text
        assert text.startswith(
            "生活習慣病予防健診受診率 × 未達成*計算式40歳以上の受診者数（被保険者） / 40歳以上の被保険者数 = 34,861人 / 181,203人目標59.6%以上"
        )

    def test_english(self, card):
        """The same in English, with identifiers."""
        text = Reader(result_html(card["lifestyle_checkup_rate"], "en")).text
        assert text.startswith(
            "uptake of the lifestyle disease check-up × missed*formulaexamined_insured / insured_40_and_over = 34,861 persons / 181,203 persons"
        )

    def test_published_alone(self, card):
        """Where a rate was published without its counts, the fraction has names alone."""
        assert card["generic_share"]._repr_html_().count("inline-block") == 1

    def test_of_branches(self, catalog):
        """Where branches are counted, there are no numbers for the formula."""
        half = catalog.plans["national-r3"].evaluate(kpi.load_published())
        assert half["generic_share_by_branch"]._repr_html_().count("inline-block") == 1

    @pytest.mark.parametrize("inputs", [{}, {"a": 1}, {"a": 1, "b": 0}, {"a": 1, "b": 2}])
    def test_whatever_is_known(self, inputs):
        """A result shows itself, whatever is missing."""
        assert "inline-block" in kpi.parse("a / b >= prior year; >= 1% when a <= 1").evaluate(inputs)._repr_html_()

    def test_escapes(self):
        """Names stay text."""
        formula = attrs.evolve(kpi.parse("「<i>」 / b >= 1%"), title=Title("k", "<script>", "x", "<b>source"))
        page = formula.evaluate({"<i>": 1, "b": 2})._repr_html_()
        assert not {tag for tag, _ in Reader(page).tags} & {"script", "i", "b"}
        assert "<script>" in Reader(page).text


class TestDefinitions:
    def test_formula(self, catalog):
        """A formula is a fraction with its rule behind it; LaTeX stays for paper."""
        formula = catalog.plans["iwate-r3"]["generic_share"].formula
        assert "inline-block" in formula._repr_html_()
        assert Reader(formula._repr_html_()).text.endswith(" 85.5%以上")
        assert formula._repr_latex_().startswith(r"$\frac{")

    def test_kpi(self, catalog):
        """A KPI tells its formula, unit, direction and other names."""
        found = catalog.kpis["frequent_judo_share"]
        page = found._repr_html_()
        assert "inline-block" in page
        assert "よい方低い方英語名judo therapy claims" in Reader(page).text
        assert "betterlower" in Reader(kpi_html(found, "en")).text

    def test_plan(self, catalog):
        """A plan shows each entry with its target, baseline and place."""
        page = catalog.plans["iwate-r3"]._repr_html_()
        assert page.count("<tr>") == 18
        assert "card_recovery_rate対前年度(95.7%)以上" in Reader(page).text
        assert "service standard keptservice_standard= 100%" in Reader(plan_html(catalog.plans["iwate-r3"], "en")).text

    def test_catalogue(self, catalog):
        """The catalogue shows its plans, and its KPIs behind a disclosure."""
        page = catalog._repr_html_()
        assert page.count("<tr>") == 2 + len(catalog.plans) + len(catalog.kpis)
        assert "<details><summary>KPI" in page
        assert "iwate-r3岩手支部 令和3年度事業計画令和3年度17" in Reader(page).text

    def test_without_direction(self, catalog):
        """What a KPI does not have is left out."""
        found = attrs.evolve(catalog.kpis["generic_share"], direction=None)
        assert "よい方" not in found._repr_html_()
