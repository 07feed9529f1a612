"""From YAML to a catalogue: documents, organisations, units, variables and KPIs."""

from __future__ import annotations

from pathlib import Path

import pytest

import kpi
from kpi.catalogue.loader import read_catalog
from kpi.evaluation.display import Display
from kpi.units import UNITS

SOUND = (Path(__file__).parent / "data" / "catalogues" / "sound.yaml").read_text("utf-8")


def read(*replacements):
    """The sound catalogue with texts replaced, and its messages."""
    text = SOUND
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    catalog, problems = read_catalog(text, "catalog.yaml")
    return catalog, [problem.message for problem in problems]


class TestSections:
    def test_order(self):
        """Everything comes by its key, in the order of the file."""
        catalog, messages = read()
        assert messages == []
        assert list(catalog.vocabulary.variables) == ["single_bid_tenders", "open_tenders", "cost"]
        assert list(catalog.kpis) == ["single_bid_share", "cost_per_tender"]
        assert list(catalog.plans) == ["iwate-r3"]

    def test_documents_and_organisations(self):
        """Documents and organisations keep their names in both languages."""
        catalog, _ = read(("    en: Report for FY2021\n", "    en: Report for FY2021\n    publisher: 岩手支部\n"))
        document, organisation = catalog.documents["report"], catalog.organisations["iwate"]
        assert (document.ja, document.en, document.publisher) == ("令和3年度 事業報告", "Report for FY2021", "岩手支部")
        assert (organisation.ja, organisation.en, organisation.kind) == ("岩手支部", "Iwate branch", "branch")

    def test_number_of_branches(self):
        """An organisation may say how many branches it has."""
        catalog, messages = read(("    kind: branch\n", "    kind: branch\n    branches: 47\n"))
        assert messages == []
        assert catalog.organisations["iwate"].branches == 47

    def test_variables(self):
        """A variable has a unit, a kind and labels, and formulas find it by each of its names."""
        catalog, _ = read()
        variable = catalog.vocabulary.variables["open_tenders"]
        assert (variable.unit, variable.kind, variable.labels) == (UNITS["case"], "flow", ("一般競争入札数",))
        assert all(
            catalog.vocabulary.find(name) is variable for name in ("open_tenders", "一般競争入札件数", "一般競争入札数")
        )

    def test_units_may_be_left_out(self):
        """A catalogue without units of its own has the standard ones."""
        catalog, messages = read(("units:\n  tablet:\n    ja: 錠\n    en: tablets\n", ""))
        assert messages == []
        assert catalog.vocabulary.units["case"] is UNITS["case"]

    def test_own_units(self):
        """A unit of the catalogue is read by its key, its names and its aliases, in rules as in baselines."""
        catalog, messages = read(
            ("    en: tablets\n", "    en: tablets\n    aliases: [錠剤]\n"),
            ("    unit: yen\n    kind", "    unit: tablet\n    kind"),
            ("    unit: yen\n    direction", "    unit: 錠剤\n    direction"),
            ("(7,445 yen)", "(7,445 tablets)"),
            ("（7,445円）", "（7,445錠）"),
            ("baseline: 7,445円", "baseline: 7,445錠剤"),
        )
        assert messages == []
        assert catalog.kpis["cost_per_tender"].formula.unit.name == "tablet"
        assert catalog.plans["iwate-r3"]["cost_per_tender"].baseline == "7,445錠剤"


class TestKpis:
    def test_display(self):
        """A KPI keeps direction, unit, decimals and rounding; without a word it rounds half up and compares exactly."""
        catalog, _ = read()
        share = catalog.kpis["single_bid_share"]
        assert share.direction == "lower"
        assert share.formula.evaluate().judge.display == Display(UNITS["%"], 1, "half_up", "exact")
        assert (share.name("ja"), share.name("en")) == ("一者応札の割合", "tenders with a single bidder")

    def test_declared_rounding(self):
        """Rounding and what is compared can be declared."""
        catalog, messages = read(("    decimals: 1\n", "    decimals: 1\n    rounding: floor\n    compared: shown\n"))
        style = catalog.kpis["single_bid_share"].formula.style
        assert messages == []
        assert (style.rounding, style.compared, style.decimals) == ("floor", "shown", 1)

    def test_decimals_may_be_left_out(self):
        """Without decimals a KPI shows as many as its target and data have."""
        catalog, messages = read(("    decimals: 1\n", ""))
        assert messages == []
        assert catalog.kpis["single_bid_share"].formula.style.decimals is None

    def test_rule_hides_no_mistake(self):
        """A rule in a formula is a problem, and so is whatever else is wrong with the formula."""
        _, messages = read(("single_bid_tenders / open_tenders\n", "single_bid_tenders / open_tender <= 20%\n"))
        assert messages == [
            "found a rule in the formula of a KPI; expected it in the entries of the plans",
            "unknown variable 'open_tender'; did you mean 'open_tenders'?",
        ]


class TestOneMistakeOneProblem:
    @pytest.mark.parametrize(
        "replacement",
        [
            ("documents:\n", "document:\n"),
            ("organisations:\n", "organisation:\n"),
            ("units:\n", "unit:\n"),
            ("variables:\n", "variable:\n"),
            ("kpis:\n", "kpi:\n"),
            ("plans:\n", "plan:\n"),
            ("documents:\n  report:\n    ja: 令和3年度 事業報告\n    en: Report for FY2021\n", "documents: none\n"),
            ("  iwate:\n    ja: 岩手支部\n    en: Iwate branch\n    kind: branch\n", "  iwate: 岩手支部\n"),
            ("    formula: single_bid_tenders / open_tenders\n", "    formula: [single_bid_tenders, open_tenders]\n"),
            ("    unit: case\n", "    unit: no\n"),
            ('    unit: "%"\n', "    unit: percents\n"),
            ("  cost:\n", "  open_tenders: {ja: 公告, en: notices, unit: case, kind: flow}\n  cost:\n"),
            ("    direction: lower\n", "    direction: down\n"),
            ("    labels: [一般競争入札数]\n", "    labels: [一般競争入札数, 1]\n"),
        ],
        ids=lambda replacement: replacement[1].strip()[:30],
    )
    def test_refers_to_what_could_not_be_read(self, replacement):
        """What refers to a broken entry, section or unit adds no problem of its own."""
        _, messages = read(replacement)
        assert len(messages) == 1

    def test_broken_entries_hide_nothing(self):
        """Beside entries that could not be read, mistakes of others are found as before."""
        _, messages = read(
            ("    unit: case\n", "    unit: boxes\n"),
            ("    formula: cost / open_tenders\n", "    formula: costs / open_tenders\n"),
            ("single_bid_tenders <= 1 case", "single_bid_tender <= 1 case"),
            ("(7,445 yen)", "(7,445 yens)"),
        )
        assert messages == [
            "unknown unit 'boxes'",
            "unknown variable 'costs'; did you mean 'cost'?",
            "unknown variable 'single_bid_tender'; did you mean 'single_bid_tenders'?",
            "unknown unit 'yens'; did you mean 'yen' or 'years'?",
        ]

    def test_taken_names_mean_what_they_meant(self):
        """A name that is taken keeps its first meaning for everything that follows."""
        catalog, messages = read(("    ja: 経費\n", "    ja: 一者応札件数\n    labels: [一般競争入札数, 費用]\n"))
        assert len(messages) == 2
        assert catalog.vocabulary.find("一者応札件数").name == "single_bid_tenders"
        assert catalog.vocabulary.find("費用").name == "cost"


def test_variable_and_kpi_by_the_same_key():
    """A KPI may have the key of the variable it consists of."""
    catalog, messages = read(
        ("  cost_per_tender:\n", "  open_tenders:\n"), ("kpi: cost_per_tender", "kpi: open_tenders")
    )
    assert messages == []
    assert catalog.known.quantities["open_tenders"] is UNITS["case"]


def test_read_twice():
    """Reading a catalogue twice gives equal definitions."""
    first, second = read()[0], read()[0]
    assert isinstance(first, kpi.Catalog)
    assert (first.kpis, first.plans) == (second.kpis, second.plans)
