"""The plans of a catalogue: rules, phrases as printed, baselines and sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi.catalogue.loader import read_catalog
from kpi.periods import FiscalYear

SOUND = (Path(__file__).parent / "data" / "catalogues" / "sound.yaml").read_text("utf-8")
PLAN = "iwate-r3"


def read(*replacements):
    """The sound catalogue with texts replaced, and its messages."""
    text = SOUND
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    catalog, problems = read_catalog(text, "catalog.yaml")
    return catalog, [problem.message for problem in problems]


class TestPlan:
    def test_reads(self):
        """A plan has an organisation, a fiscal year, a document, and its entries in the order of the document."""
        catalog, messages = read()
        plan = catalog.plans[PLAN]
        assert messages == []
        assert (plan.organisation.key, plan.fiscal_year, plan.document.key) == ("iwate", FiscalYear(2021), "report")
        assert [entry.kpi.key for entry in plan] == ["single_bid_share", "cost_per_tender"]

    @pytest.mark.parametrize("written", ["R3", "令和3年度", "FY2021", "2021年度", '"2021"'])
    def test_fiscal_years(self, written):
        """The year can be written in the Japanese and the western way."""
        catalog, messages = read(("fiscal_year: R3", f"fiscal_year: {written}"))
        assert messages == []
        assert catalog.plans[PLAN].fiscal_year == FiscalYear(2021)

    @pytest.mark.parametrize(
        "replacement",
        [
            ("organisation: iwate", "organisation: miyagi"),
            ("fiscal_year: R3", "fiscal_year: R0"),
            ("document: report", "document: no"),
        ],
    )
    def test_without_its_place(self, replacement):
        """A plan without organisation, year or document is no plan, and its entries are checked nevertheless."""
        catalog, messages = read(replacement, ("<= 20%;", "<= 20;"))
        assert list(catalog.plans) == []
        assert len(messages) == 2
        assert messages[1].startswith("found the plain number 20 beside a share")


class TestEntry:
    def test_source(self):
        """An entry names its document, section and page, and the line of the catalogue it begins in."""
        entry = read()[0].plans[PLAN]["single_bid_share"]
        line = SOUND.splitlines().index("      - kpi: single_bid_share") + 1
        assert entry.source == "令和3年度 事業報告, Ⅲ（6）, p. 30"
        assert entry.place == f"catalog.yaml:{line}"
        assert entry.formula.title.source == f"{entry.source} ({entry.place})"

    def test_document_of_its_own(self):
        """An entry may come from another document than its plan."""
        catalog, messages = read(
            ("documents:\n", "documents:\n  minutes: {ja: 議事録, en: minutes}\n"),
            ('        page: "7"\n', '        page: "7"\n        document: minutes\n'),
        )
        plan = catalog.plans[PLAN]
        assert messages == []
        assert [entry.document.key for entry in plan] == ["report", "minutes"]

    def test_twice(self):
        """A KPI that a plan sets twice is a problem even where the first entry could not be read; the first counts."""
        second = '      - kpi: single_bid_share\n        rule: "<= 30%"\n        published: 30%以下\n        section: x\n        page: "1"\n'
        catalog, messages = read(("    entries:\n", f"    entries:\n{second}"))
        assert messages == ["the plan sets 'single_bid_share' already; expected each KPI once"]
        assert catalog.plans[PLAN]["single_bid_share"].target == "30"
        _, messages = read(("    entries:\n", f"    entries:\n{second.replace('30%', '30')}"))
        assert "the plan sets 'single_bid_share' already; expected each KPI once" in messages

    def test_kpi_that_is_no_name(self):
        """An entry whose KPI is no text has one problem."""
        _, messages = read(("- kpi: cost_per_tender", "- kpi: [cost_per_tender]"))
        assert messages == ["found a list for 'kpi', expected a text"]

    def test_what_it_lacks_hides_nothing(self):
        """An entry that lacks its rule, or whose KPI could not be read, has its other fields checked."""
        _, messages = read(
            ('        rule: "<= prior year (7,445 yen)"\n', ""),
            ("対前年度（7,445円）以下とする", "対前年度（7,445円以下とする"),
            ("baseline: 7,445円", "baseline: 012"),
            ("single_bid_tenders / open_tenders\n", "single_bid_tenders /\n"),
            ('rule: "<= 20%;', 'rule: "single_bid_tenders / open_tenders <= ;'),
        )
        assert messages[3].endswith("expected ')'")
        assert [message[:29] for message in messages] == [
            "found the end of the text, ex",
            "found ';', expected a name, a",
            "missing key 'rule' in cost_pe",
            messages[3][:29],
            "found 012, which may be read ",
        ]

    def test_rule_that_repeats_an_unreadable_formula(self):
        """A rule may begin with the KPI's own formula, also where that formula could not be read."""
        _, messages = read(
            ("    formula: single_bid_tenders / open_tenders\n", "    formula: single_bid_tenders / open_tender\n"),
            ('rule: "<= 20%;', 'rule: "single_bid_tenders / open_tenders <= 20%;'),
        )
        assert messages == ["unknown variable 'open_tender'; did you mean 'open_tenders'?"]


class TestPublished:
    @pytest.mark.parametrize(
        "phrase",
        [
            "20％以下。一般競争入札件数が4件以下の場合は一者応札件数を1件以下",
            "20.0%以下とする。ただし、一般競争入札数が４件以下となる場合は一者応札件数を一件以下とする",
            "<= 20%; single_bid_tenders <= 1 case when open_tenders <= 4 cases",
        ],
    )
    def test_says_the_same(self, phrase):
        """The phrase may be written in any way that means the rule."""
        published = "20％以下とする。一般競争入札件数が4件以下となる場合は一者応札件数を1件以下とする"
        catalog, messages = read((published, phrase))
        assert messages == []
        assert catalog.plans[PLAN]["single_bid_share"].published == phrase

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("20％以下", "21％以下"),
            ("20％以下", "20％未満"),
            ("4件以下と", "5件以下と"),
            ("一者応札件数を1件", "一般競争入札件数を1件"),
        ],
    )
    def test_says_something_else(self, old, new):
        """A number, comparator, condition or variable that differs from the rule is a problem."""
        _, messages = read((old, new))
        assert len(messages) == 1
        assert messages[0].startswith("the published phrase says '")

    def test_bracket_that_differs(self):
        """So is a baseline in brackets that only the phrase has, or that has another number."""
        _, messages = read(("（7,445円）", "（7,545円）"))
        assert messages == [
            "the published phrase says '<= prior year (7,545 yen)', but the rule says '<= prior year (7,445 yen)'"
        ]


class TestBaseline:
    @pytest.mark.parametrize("written", ["7,445円", "7445 yen", '"7445"', "７，４４５円", "7千445円"])
    def test_reads(self, written):
        """A baseline is a number with or without its unit, kept as it is printed."""
        catalog, messages = read(("baseline: 7,445円", f"baseline: {written}"))
        assert messages == []
        assert catalog.plans[PLAN]["cost_per_tender"].baseline == written.strip('"')

    def test_from_the_brackets(self):
        """Without one of its own an entry has the baseline that its rule states in brackets, or none."""
        catalog, _ = read(("        baseline: 7,445円\n", ""))
        assert catalog.plans[PLAN]["cost_per_tender"].baseline == "7,445 yen"
        assert catalog.plans[PLAN]["single_bid_share"].baseline is None

    @pytest.mark.parametrize("written", ["不明", "7,445件", "74.45%", '"-"', "対象外", "7,445本", "7,44円"])
    def test_unreadable(self, written):
        """What is no number in the KPI's unit is a problem that names the unit."""
        _, messages = read(("baseline: 7,445円", f"baseline: {written}"))
        assert messages == [f"found '{written.strip(chr(34))}' for 'baseline', expected a number in yen"]

    def test_differs(self):
        """A baseline that differs from the one in brackets is a problem."""
        _, messages = read(("baseline: 7,445円", "baseline: 7,446円"))
        assert messages == ["found the baseline 7,446円, but the rule states 7,445 yen in brackets"]

    def test_in_an_agreeing_unit(self):
        """A baseline in another unit of the same measure is the same number: 744.5‰ is 74.45%."""
        _, messages = read(
            ("    unit: yen\n    direction", '    unit: "%"\n    direction'),
            ("    formula: cost / open_tenders", "    formula: open_tenders / (single_bid_tenders + open_tenders)"),
            ("(7,445 yen)", "(74.45%)"),
            ("（7,445円）", "（74.45％）"),
            ("baseline: 7,445円", "baseline: 744.5‰"),
        )
        assert messages == []
