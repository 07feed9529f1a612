"""Checks beyond well-formedness: each with an entry that cannot be meant, and a sound one beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi.catalogue.checks import ENTRY_CHECKS
from kpi.catalogue.loader import read_catalog

SOUND = (Path(__file__).parent / "data" / "catalogues" / "sound.yaml").read_text("utf-8")
SHARE_ENTRY = SOUND[SOUND.index("      - kpi: single_bid_share\n") : SOUND.index("      - kpi: cost_per_tender\n")]
COST_ENTRY = SOUND[SOUND.index("      - kpi: cost_per_tender\n") :]
UNPRINTED = '        section: x\n        page: "1"\n'


def entry(kpi, rule, more=""):
    return f'      - kpi: {kpi}\n        rule: "{rule}"\n        published: "{rule}"\n{more}{UNPRINTED}'


def told(*replacements):
    """The codes of the problems of the sound catalogue with texts replaced."""
    text = SOUND
    for old, new in replacements:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return [problem.code for problem in read_catalog(text, "catalog.yaml")[1]]


def of_share(rule, more="", *, higher=False):
    """The codes of an entry of the share, for which lower is better, or *higher*; its phrase is the rule itself."""
    direction = ('    unit: "%"\n    direction: lower', '    unit: "%"\n    direction: higher')
    codes = told((SHARE_ENTRY, entry("single_bid_share", rule, more)), *([direction] if higher else []))
    assert "published-differs" not in codes
    return codes


def of_cost(rule, more=""):
    """The codes of an entry of the cost of a tender."""
    return told((COST_ENTRY, entry("cost_per_tender", rule, more)))


class TestDirection:
    @pytest.mark.parametrize("rule", [">= 20%", "> 20%", "<= 20%; >= 10% when open_tenders <= 4 cases"])
    def test_lower_is_better(self, rule):
        """Where lower is better, a lower bound on the KPI is a problem, in a clause with a condition as well."""
        assert of_share(rule) == ["direction-clash"]

    @pytest.mark.parametrize("rule", ["<= 20%", "< 20%", ">= 20%; < 30% when open_tenders <= 4 cases"])
    def test_higher_is_better(self, rule):
        """Where higher is better, an upper bound on the KPI is a problem."""
        assert of_share(rule, higher=True) == ["direction-clash"]

    @pytest.mark.parametrize(
        "rule",
        [
            "= 20%",
            "<= 20%; single_bid_tenders >= 1 case when open_tenders <= 4 cases",
            "<= 20%; <= 30% when >= 80%",
        ],
    )
    def test_sound(self, rule):
        """An exact target, a bound on another quantity, and a condition point in no direction."""
        assert of_share(rule) == []

    def test_sound_the_other_way(self):
        """Where higher is better a lower bound is what is expected."""
        assert of_share(">= 20%; > 30% when < 80%", higher=True) == []

    def test_unreadable_direction(self):
        """Where the direction itself is a mistake, that is the only problem."""
        direction = ('    unit: "%"\n    direction: lower', '    unit: "%"\n    direction: sideways')
        for rule in ("<= 20%", ">= 20%"):
            codes = told((SHARE_ENTRY, entry("single_bid_share", rule)), direction)
            assert len(codes) == 1
            assert "direction-clash" not in codes


class TestPossibleTarget:
    @pytest.mark.parametrize(
        "rule", ["<= 100.1%", "<= 120%", "<= 20%; <= 101% when open_tenders <= 4 cases", "<= 20%; <= 30% when > 200%"]
    )
    def test_more_than_everything(self, rule):
        """No share exceeds 100 %, as a target or in a condition."""
        assert of_share(rule) == ["impossible-target"]

    @pytest.mark.parametrize("rule", ["<= 0%", "<= 100%", "<= 20%; open_tenders <= 200 cases when <= 5%"])
    def test_sound(self, rule):
        """Nothing and everything are shares, and a count may be any number."""
        assert of_share(rule) == []

    def test_no_share(self):
        """A KPI that is no share may have any target."""
        assert of_cost("<= 7445 yen") == []


class TestConditions:
    @pytest.mark.parametrize(
        "condition",
        [
            "open_tenders <= 4 cases and open_tenders >= 5 cases",
            "open_tenders < 4 cases and open_tenders >= 4 cases",
            "< 10% and > 10%",
            "= 3% and = 4%",
        ],
    )
    def test_never_holds(self, condition):
        """Conditions that exclude each other are a problem."""
        assert of_share(f"<= 20%; <= 30% when {condition}") == ["never-holds"]

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("open_tenders <= 4 cases", "open_tenders <= 4 cases"),
            ("open_tenders <= 4 cases", "open_tenders < 4 cases"),
            ("open_tenders <= 4 cases", "open_tenders >= 1 case and open_tenders <= 3 cases"),
            ("open_tenders >= 4 cases", "open_tenders = 4 cases"),
            ("<= 80%", "< 5%"),
        ],
    )
    def test_shadowed(self, first, second):
        """A clause that an earlier one always precedes is a problem."""
        assert of_share(f"<= 20%; <= 30% when {first}; <= 40% when {second}") == ["shadowed"]

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("open_tenders < 4 cases", "open_tenders > 4 cases"),
            ("open_tenders > 4 cases", "open_tenders < 4 cases"),
            ("< 80%", "> 80%"),
        ],
    )
    def test_gap(self, first, second):
        """Two clauses that leave out the single number between them are a problem."""
        assert of_share(f"<= 20%; <= 30% when {first}; <= 40% when {second}") == ["gap"]

    @pytest.mark.parametrize(("comparators", "point"), [("<>", "80%"), ("><", "80%")])
    def test_gap_is_told_as_written(self, comparators, point):
        """The number that is left out is told as the rule writes it."""
        first, second = comparators
        text = SOUND.replace(
            SHARE_ENTRY, entry("single_bid_share", f"<= 20%; <= 30% when {first} 80%; <= 40% when {second} 80%")
        )
        (problem,) = read_catalog(text, "catalog.yaml")[1]
        assert problem.facts["point"] == point

    @pytest.mark.parametrize(
        "conditions",
        [
            ("open_tenders <= 4 cases", "open_tenders <= 6 cases"),
            ("open_tenders < 4 cases", "open_tenders >= 4 cases"),
            ("open_tenders < 4 cases", "open_tenders > 5 cases"),
            ("open_tenders < 4 cases", "open_tenders = 4 cases", "open_tenders > 4 cases"),
            ("open_tenders < 4 cases", "open_tenders > 4 cases", "open_tenders = 4 cases"),
            ("open_tenders < 4 cases", "single_bid_tenders > 4 cases"),
            ("open_tenders <= 4 cases and single_bid_tenders <= 1 case", "open_tenders <= 2 cases"),
            ("open_tenders <= 4 cases", "open_tenders <= single_bid_tenders"),
            ("open_tenders >= 1 case and open_tenders <= 4 cases", "open_tenders < 1 case"),
        ],
    )
    def test_sound(self, conditions):
        """Conditions that widen, meet, lie apart, or are about other quantities are none."""
        clauses = "".join(f"; <= {30 + place}% when {condition}" for place, condition in enumerate(conditions))
        assert of_share(f"<= 20%{clauses}") == []


class TestExpected:
    @pytest.mark.parametrize(
        ("target", "numerator", "denominator"),
        [("20%", "3", "14"), ("20.0%", "2,010", "10,000"), ("21%", "2", "10"), ("0%", "0", "0")],
    )
    def test_contradicts(self, target, numerator, denominator):
        """A target that no rounding of the expected counts gives is a problem, and so are counts of nothing."""
        counts = f'        expected: {{numerator: "{numerator}", denominator: "{denominator}"}}\n'
        assert of_share(f"<= {target}", counts) == ["expected-contradicts"]

    @pytest.mark.parametrize(
        ("target", "numerator", "denominator"),
        [
            ("20%", "3", "15"),
            ("21%", "3", "14"),
            ("22%", "3", "14"),
            ("21.4%", "3", "14"),
            ("21.5%", "3", "14"),
            ("23.4%", "6,901", "29,427"),
            ("23.5%", "6,901", "29,427"),
        ],
    )
    def test_sound(self, target, numerator, denominator):
        """A target may be the counts rounded half up, down or up."""
        counts = f'        expected: {{numerator: "{numerator}", denominator: "{denominator}"}}\n'
        assert of_share(f"<= {target}", counts) == []

    def test_target_that_is_no_number(self):
        """Expected counts beside a target without a number contradict nothing."""
        counts = '        baseline: 20%\n        expected: {numerator: "3", denominator: "14"}\n'
        assert of_share("<= prior year", counts) == []

    def test_are_kept(self):
        """The counts stand in the entry."""
        counts = '        expected: {numerator: "3", denominator: "15"}\n'
        text = SOUND.replace(SHARE_ENTRY, entry("single_bid_share", "<= 20%", counts))
        expected = read_catalog(text, "catalog.yaml")[0].plans["iwate-r3"]["single_bid_share"].expected
        assert (expected.numerator, expected.denominator) == (3, 15)


class TestBaseline:
    @pytest.mark.parametrize(
        "rule",
        [
            "<= prior year",
            "<= prior year end",
            "<= same period last year",
            "<= min(prior year, 20%)",
            "<= 20%; <= prior year when open_tenders <= 4 cases",
            "<= 20%; <= 30% when prior year >= 5%",
        ],
    )
    def test_missing(self, rule):
        """A rule that looks at last year anywhere needs a baseline or the word that none is printed."""
        assert of_share(rule) == ["no-baseline"]
        assert of_share(rule, "        baseline: 記載なし\n") == []
        assert of_share(rule, "        baseline: 5%\n") == []

    @pytest.mark.parametrize("rule", ["<= prior year (5%)", "<= 20%", "<= national", "<= branch target"])
    def test_sound(self, rule):
        """A baseline in brackets will do, and a rule that looks elsewhere needs none."""
        assert of_share(rule) == []

    def test_not_printed(self):
        """Where the document prints no baseline the entry has none."""
        text = SOUND.replace(SHARE_ENTRY, entry("single_bid_share", "<= prior year", "        baseline: 記載なし\n"))
        catalog, problems = read_catalog(text, "catalog.yaml")
        assert problems == []
        assert catalog.plans["iwate-r3"]["single_bid_share"].baseline is None

    def test_not_printed_and_yet_stated(self):
        """記載なし beside a number in brackets is a problem."""
        assert of_share("<= prior year (5%)", "        baseline: 記載なし\n") == ["baseline-differs"]


class TestSameParts:
    FORMULA = "    formula: single_bid_tenders / open_tenders\n"

    @pytest.mark.parametrize(
        "formula",
        ["open_tenders / open_tenders", "一般競争入札件数 / 一般競争入札数", "(cost + cost) / (cost + cost)"],
    )
    def test_same(self, formula):
        """A numerator that is its own denominator, under whatever label, is a problem."""
        assert told((self.FORMULA, f"    formula: {formula}\n")) == ["same-parts"]

    @pytest.mark.parametrize(
        "formula", ["open_tenders / single_bid_tenders", "(single_bid_tenders + open_tenders) / open_tenders"]
    )
    def test_sound(self, formula):
        """Different parts are none, even where one holds the other."""
        assert told((self.FORMULA, f"    formula: {formula}\n")) == []


class TestOwnNames:
    @pytest.mark.parametrize("name", ["single_bid_share", "「一者応札の割合」", "一者応札率"])
    def test_is_the_kpi_itself(self, name):
        """A rule may call the KPI by its key, its Japanese name or one of its labels."""
        rule = f"<= 20%; <= 30% when {name} >= 80%"
        text = SOUND.replace(SHARE_ENTRY, entry("single_bid_share", rule)).replace(
            "    en: tenders with a single bidder\n    formula",
            "    en: tenders with a single bidder\n    labels: [一者応札率]\n    formula",
        )
        catalog, problems = read_catalog(text, "catalog.yaml")
        assert problems == []
        assert catalog.kpis["single_bid_share"].labels == ("一者応札率",)
        assert catalog.plans["iwate-r3"]["single_bid_share"].to_dict("")["rule"] == "<= 20%; <= 30% when >= 80%"

    def test_of_another_kpi(self):
        """The name of another KPI is no variable."""
        assert of_share("<= 20%; <= 30% when cost_per_tender >= 80%") == ["unknown-variable"] * 2


class TestAll:
    def test_sound_catalogue(self):
        """The catalogue that all of these were made from has no problem."""
        assert told() == []

    def test_each_check_counts(self):
        """Every check has a sentence that says what an entry must be."""
        assert len(ENTRY_CHECKS) == len({check.__doc__ for check in ENTRY_CHECKS}) == 5
        assert all(check.__doc__ for check in ENTRY_CHECKS)
