"""Checks beyond well-formedness: each with an entry that cannot be meant, and a sound one beside it."""

from __future__ import annotations

import pytest
from entries import HIGHER, RATIO, SHARE_ENTRY, SOUND, entry, of_cost, of_share, problems, share_places, told

from kpi.catalogue.checks import ENTRY_CHECKS
from kpi.catalogue.loader import read_catalog


class TestDirection:
    @pytest.mark.parametrize("rule", [">= 20%", "> 20%", "<= 20%; >= 10% when open_tenders <= 4 cases"])
    def test_lower_is_better(self, rule):
        """Where lower is better, a lower bound on the KPI is a problem, in a clause with a condition as well."""
        assert of_share(rule) == ["direction-clash"]

    @pytest.mark.parametrize("rule", ["<= 20%", "< 20%", ">= 20%; < 30% when open_tenders <= 4 cases"])
    def test_higher_is_better(self, rule):
        """Where higher is better, an upper bound on the KPI is a problem."""
        assert of_share(rule, "", HIGHER) == ["direction-clash"]

    @pytest.mark.parametrize(
        "rule",
        [
            "= 20%",
            "<= 20%; single_bid_tenders >= 1 case when open_tenders <= 4 cases",
            "<= 20%; <= 30% when >= 80%",
            "<= 20% and >= 5%",
            "<= 20%; >= 5% and <= 10% when open_tenders <= 4 cases",
        ],
    )
    def test_sound(self, rule):
        """An exact target, a bound on another quantity, a condition and two bounds together point in no direction."""
        assert of_share(rule) == []

    def test_sound_the_other_way(self):
        """Where higher is better a lower bound is what is expected."""
        assert of_share(">= 20%; > 30% when < 80%", "", HIGHER) == []

    def test_unreadable_direction(self):
        """Where the direction itself is a mistake, that is the only problem."""
        direction = ('    unit: "%"\n    direction: lower', '    unit: "%"\n    direction: sideways')
        for rule in ("<= 20%", ">= 20%"):
            codes = told((SHARE_ENTRY, entry("single_bid_share", rule)), direction)
            assert len(codes) == 1
            assert "direction-clash" not in codes


class TestTargets:
    @pytest.mark.parametrize(
        "rule",
        [
            "<= 100.1%",
            "<= 120%",
            "< 0%",
            "= 101%",
            "<= 20%; <= 101% when open_tenders <= 4 cases",
            "<= 20% and single_bid_tenders < 0 cases",
            "<= 20%; single_bid_tenders <= 0 cases - 1 case when open_tenders <= 4 cases",
            "<= 20%; single_bid_tenders = 1.5 cases when open_tenders <= 4 cases",
            "<= 20% and open_tenders > 0 cases - 1 case",
        ],
    )
    def test_impossible(self, rule):
        """No share exceeds 100 %, and no count is negative or lies between whole numbers."""
        assert of_share(rule) == ["impossible-target"]

    @pytest.mark.parametrize(
        "rule",
        [
            ">= prior year + 200%",
            "> max(prior year, 100%)",
            ">= prior year + 100.1 points",
            ">= 200% + 50% of prior year",
        ],
    )
    def test_impossible_through_arithmetic(self, rule):
        """A target that is out of reach wherever last year's value lies is impossible."""
        assert of_share(rule, "        baseline: 18%\n", HIGHER) == ["impossible-target"]

    @pytest.mark.parametrize(
        "rule",
        [
            "<= 100%",
            "<= 50% + 50%",
            "<= max(100%, prior year)",
            "<= prior year + 100 points",
            "<= 20%; single_bid_tenders >= 0 cases when open_tenders <= 4 cases",
        ],
    )
    def test_always_met(self, rule):
        """A requirement that every share or count meets says nothing."""
        more = "        baseline: 18%\n" if "prior" in rule else ""
        assert of_share(rule, more) == ["always-met"]

    @pytest.mark.parametrize("rule", [">= 0%", ">= min(prior year, 0%)", ">= 0% of prior year"])
    def test_always_met_from_below(self, rule):
        """The same where higher is better."""
        more = "        baseline: 18%\n" if "prior" in rule else ""
        assert of_share(rule, more, HIGHER) == ["always-met"]

    @pytest.mark.parametrize(
        "rule",
        [
            "<= 0%",
            "< 100%",
            "= 100%",
            "= 0%",
            "<= 99.9%",
            "<= 20%; open_tenders <= 200 cases when <= 5%",
            "<= 20%; single_bid_tenders <= 0 cases when open_tenders <= 4 cases",
            "<= 20%; single_bid_tenders < 1.5 cases when open_tenders <= 4 cases",
            "<= prior year - 50 points",
            "<= 150% of prior year",
            "<= national + 10 points",
        ],
    )
    def test_sound(self, rule):
        """Nothing and everything are shares, a count may be any number, and last year decides what is a part of it."""
        more = "        baseline: 58%\n" if "prior" in rule else ""
        assert of_share(rule, more) == []

    def test_no_share(self):
        """A KPI that is no share may have any target, and money may be short."""
        assert of_cost("<= 7445 yen") == []
        assert of_cost("<= 0 yen - 7445 yen") == []

    @pytest.mark.parametrize("rule", ["<= 120%", "<= 100%", "<= prior year + 200%"])
    def test_of_a_ratio(self, rule):
        """A KPI that the catalogue calls a ratio has no upper bound."""
        more = "        baseline: 118%\n" if "prior" in rule else ""
        assert of_share(rule, more, RATIO) == []

    def test_of_a_ratio_that_is_a_quotient_of_counts(self):
        """It is not negative all the same."""
        assert of_share("< 0%", "", RATIO) == ["impossible-target"]

    def test_places(self):
        """An impossible target is told where it stands, a requirement that says nothing where it begins."""
        assert share_places("<= 120%") == [("impossible-target", '120%"')]
        assert share_places("<= 20%; <= 100% when open_tenders <= 4 cases") == [
            ("always-met", '<= 100% when open_tenders <= 4 cases"')
        ]

    @pytest.mark.parametrize(
        ("rule", "message"),
        [
            ("<= 120%", "found '<= 120%', but the value is always from 0% to 100% unless the KPI has 'kind: ratio'"),
            (
                "<= 20% and single_bid_tenders < 0 cases",
                "found '< 0 cases', but the value is always a whole number, 0 cases or more",
            ),
        ],
    )
    def test_message(self, rule, message):
        """The message says what the value can be."""
        (problem,) = problems((SHARE_ENTRY, entry("single_bid_share", rule)))
        assert problem.message == message


class TestDone:
    def test_of_a_share(self):
        """A share is not done; what is counted can be."""
        assert share_places("is done") == [("done-of-share", 'is done"')]
        assert of_share("<= 20%; single_bid_tenders is done when open_tenders <= 4 cases") == []


class TestEveryBranch:
    NATION = (
        ("  iwate:\n", "  national:\n"),
        ("    organisation: iwate\n", "    organisation: national\n"),
        ("    kind: branch\n", "    kind: nation\n"),
    )

    @pytest.mark.parametrize(
        "rule", ["<= 20% every branch", "<= 20%; <= 30% every branch when open_tenders <= 4 cases"]
    )
    def test_in_the_plan_of_a_branch(self, rule):
        """A branch has no branches; the nation has."""
        assert of_share(rule) == ["branches-of-branch"]
        assert of_share(rule, "", *self.NATION) == []

    def test_sound(self):
        """Every month is for everybody."""
        assert of_share("<= 20% every month") == []


class TestExpected:
    @pytest.mark.parametrize(
        ("target", "numerator", "denominator"),
        [("20%", "3", "14"), ("20.0%", "2,010", "10,000"), ("21%", "2", "10"), ("20%", "15", "3")],
    )
    def test_contradicts(self, target, numerator, denominator):
        """A target that no rounding of the expected counts gives is a problem, and so are counts that were swapped."""
        counts = f'        expected: {{numerator: "{numerator}", denominator: "{denominator}"}}\n'
        assert of_share(f"<= {target}", counts) == ["expected-contradicts"]

    def test_of_nothing(self):
        """No share of nothing can be expected."""
        counts = '        expected: {numerator: "0", denominator: "0"}\n'
        assert share_places("<= 0%", counts) == [("expected-of-nothing", '{numerator: "0", denominator: "0"}')]

    @pytest.mark.parametrize("written", ["59.6%", "0.596", "106.744", "-5", "106,744人", "many"])
    def test_of_what_is_no_count(self, written):
        """A percentage, a fraction, a decimal point for a separator, or a negative number is no count of things."""
        counts = f'        expected: {{numerator: "3", denominator: "{written}"}}\n'
        assert share_places("<= 20%", counts) == [("unreadable-count", f'"{written}"}}')]

    def test_of_amounts(self):
        """Amounts of money may have decimals."""
        counts = '        expected: {numerator: "37,227.5", denominator: "5"}\n'
        assert of_cost("<= 7445.5 yen", counts) == []

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
        assert of_share("<= 20%; <= 30% when cost_per_tender >= 80%") == ["unknown-variable"]


class TestOnce:
    def test_mistake_of_rule_and_phrase(self):
        """A mistake that rule and published phrase make alike is told once, in the rule."""
        ((code, place),) = share_places("<= 20%; <= 30% when open_tender >= 80%")
        assert (code, place) == ("unknown-variable", 'open_tender >= 80%"')

    def test_mistake_of_the_phrase(self):
        """One that the phrase makes alone is told there."""
        wrong = ("published: 20％以下とする。一般競争入札件数が", "published: 20％以下とする。一般競争入札件が")
        assert told(wrong) == ["unknown-variable"]

    @pytest.mark.parametrize(
        ("rule", "code"),
        [(">= 20%", "direction-clash"), ("<= 200%", "impossible-target"), ("<= 30%", "published-differs")],
    )
    def test_rule_that_differs_from_the_phrase(self, rule, code):
        """Where the rule differs from the phrase and cannot be meant as it stands, that is told alone."""
        text = SHARE_ENTRY.replace('"<= 20%; single_bid_tenders <= 1 case when open_tenders <= 4 cases"', f'"{rule}"')
        assert told((SHARE_ENTRY, text)) == [code]

    @pytest.mark.parametrize(
        "rule",
        [
            "<= 20%; single_bid_tenders <= 1 when open_tenders <= 4",
            "<= 20%; single_bid_tenders <= 1 case when open_tenders <= 4",
        ],
    )
    def test_bare_counts_of_the_rule(self, rule):
        """A bare number is in the unit of the count beside it, so it says what the phrase says with the unit."""
        text = SHARE_ENTRY.replace("<= 20%; single_bid_tenders <= 1 case when open_tenders <= 4 cases", rule)
        assert text != SHARE_ENTRY
        assert told((SHARE_ENTRY, text)) == []

    @pytest.mark.parametrize(
        "rule",
        [
            "<= 20%; single_bid_tenders <= 2 when open_tenders <= 4",
            "<= 20%; single_bid_tenders < 1 when open_tenders <= 4",
            "<= 20%; single_bid_tenders <= 1 and open_tenders <= 3 when open_tenders <= 4",
            "<= 200‰; single_bid_tenders <= 1 when open_tenders <= 4",
        ],
    )
    def test_bare_counts_that_differ(self, rule):
        """Another number, sign or requirement is still told, whether it has a unit or not."""
        text = SHARE_ENTRY.replace("<= 20%; single_bid_tenders <= 1 case when open_tenders <= 4 cases", rule)
        assert told((SHARE_ENTRY, text)) == ["published-differs"]

    def test_expected_counts_of_the_phrase(self):
        """Where the rule differs from the phrase, the counts that contradict it are no further mistake."""
        counts = '        expected: {numerator: "3", denominator: "15"}\n'
        text = entry("single_bid_share", "<= 20%", counts).replace('rule: "<= 20%"', 'rule: "<= 21%"')
        assert told((SHARE_ENTRY, text)) == ["published-differs"]

    def test_baseline_that_is_no_text(self):
        """A baseline that YAML takes for a number is not missing as well."""
        codes = told((SHARE_ENTRY, entry("single_bid_share", "<= prior year", "        baseline: 18.5\n")))
        assert codes == ["not-a-text"]

    def test_two_mistakes(self):
        """Two different mistakes are two problems."""
        text = SHARE_ENTRY.replace("when open_tenders", "when open_tender").replace("件数が4件", "件が4件")
        assert told((SHARE_ENTRY, text)) == ["unknown-variable"] * 2


class TestAll:
    def test_sound_catalogue(self):
        """The catalogue that all of these were made from has no problem."""
        assert told() == []

    def test_each_check_counts(self):
        """Every check has a sentence that says what an entry must be."""
        assert len(ENTRY_CHECKS) == len({check.__doc__ for check in ENTRY_CHECKS}) == 7
        assert all(check.__doc__ for check in ENTRY_CHECKS)
