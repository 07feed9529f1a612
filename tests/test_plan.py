"""Plans and their entries; Iwate's plan against a transcription of its document made without the catalogue."""

from __future__ import annotations

import csv
from datetime import date
from fractions import Fraction
from pathlib import Path
from unicodedata import normalize

import pytest

import kpi
from kpi.evaluation.decision import Verdict
from kpi.quantities import round_to

DATA = Path(__file__).parent / "data"
SOUND = DATA / "catalogues" / "sound.yaml"
with (DATA / "iwate_r3.csv").open(encoding="utf-8", newline="") as file:
    PRINTED = [*csv.DictReader(file)]
NUMBERS = range(1, len(PRINTED) + 1)
MAIL = 2
"""The document prints a rate as of August beside counts up to September."""


@pytest.fixture(scope="module")
def plan():
    return kpi.load_catalog().plans["iwate-r3"]


@pytest.fixture(scope="module")
def card(plan):
    return plan.evaluate(kpi.load_published())


def plain(text):
    """A name or phrase without differences of width and punctuation."""
    return normalize("NFKC", text).replace("、", "").replace(" ", "")


@pytest.fixture(params=NUMBERS)
def number(request):
    """The place of a KPI in the document, from 1."""
    return request.param


@pytest.fixture
def printed(number):
    return PRINTED[number - 1]


@pytest.fixture
def entry(number, plan):
    return [*plan][number - 1]


@pytest.fixture
def result(number, card):
    return [*card][number - 1]


class TestIwate:
    def test_count(self, plan):
        """The document sets seventeen KPIs."""
        assert len(plan) == len(PRINTED) == 17

    def test_name(self, entry, printed):
        """Each KPI stands in the place and under the name that the document gives it."""
        assert plain(entry.kpi.ja) == plain(printed["name"])

    def test_phrase(self, entry, printed):
        """The phrase of the target is the printed one, and reads to the rule of the entry."""
        assert plain(entry.published) == plain(printed["phrase"])
        assert (
            kpi.parse_rule(printed["phrase"]).formula(entry.formula.unit).rule.requirements[0]
            == (entry.formula.rule.requirements[0])
        )

    def test_rule(self, entry, printed):
        """Comparator and number of the rule are the printed ones."""
        assert entry.comparator == printed["comparator"]
        if printed["target"] and not printed["baseline"]:
            assert (entry.target.replace(",", ""), entry.target_kind) == (printed["target"], "absolute")
        else:
            assert (entry.target, entry.target_kind) == (None, "prior_year" if printed["target"] else "qualitative")

    def test_baseline(self, entry, printed):
        """The baseline is the printed one."""
        digits = (entry.baseline or "").rstrip("%円").replace(",", "")
        assert digits == printed["baseline"]

    def test_page(self, entry, printed):
        """The page is the one on which the KPI is printed."""
        assert entry.page == printed["page"]

    def test_counts(self, result, printed):
        """Numerator and denominator are the printed ones; where none are printed the rate alone is known."""
        formula, current = result.judge.formula, result.situation.current.variables
        sides = [getattr(formula, side, None) for side in ("left", "right")] if printed["denominator"] else [formula]
        expected = [int(printed[name]) for name in ("numerator", "denominator") if printed[name]]
        known = [current[side.name] for side in sides if getattr(side, "name", None) in current]
        assert known == expected or printed["comparator"] == "done"

    def test_target(self, result, printed):
        """The target that was compared is the printed number, in the KPI's unit."""
        assert result.target == (Fraction(printed["target"]) if printed["target"] else None)

    def test_value(self, number, result, printed):
        """The value is the printed one, rounded half up to as many decimals; of what is just to be done, a count."""
        decimals = len(printed["value"].partition(".")[2])
        shown = round_to(Fraction(result.value), decimals)
        assert shown == (Fraction("96.0") if number == MAIL else Fraction(printed["value"] or 2))

    def test_as_of(self, number, result, printed):
        """The value counts up to the printed date; where none is printed, up to one in the first half."""
        assert result.provisional
        assert result.as_of <= date(2021, 9, 30)
        if printed["as_of"]:
            assert str(result.as_of) == ("2021-09-30" if number == MAIL else printed["as_of"])

    def test_outcome(self, result, printed):
        """Achieved is what meets its target, and then alone the margin is not negative."""
        assert result.outcome == printed["outcome"]
        if printed["target"]:
            assert (result.margin >= 0) is (printed["outcome"] == "achieved")
        else:
            assert result.margin is None

    def test_margin(self, result, printed):
        """The margin is the distance of value and target, positive on the good side."""
        if printed["target"]:
            distance = Fraction(result.value) - Fraction(printed["target"])
            good = {">=": distance, "<=": -distance, "=": -abs(distance)}
            assert result.margin == good[printed["comparator"]]
        else:
            assert result.margin is None

    def test_summary(self, card):
        """Ten KPIs are achieved at half time and seven missed."""
        assert str(card) == "iwate-r3: achieved 10, missed 7"

    def test_mail_in_rate(self, card):
        """The rate printed as of August stands as a note beside the one computed from all six months."""
        result = card["mail_in_rate"]
        assert result.value == Fraction(30759 * 100, 32054)
        assert "  note: published as 95.6% (2021-08-31)\n" in result.explain("en")
        assert "  注記: 公表値は95.6%（2021-08-31）\n" in result.explain("ja")
        assert {other.title.key: [note.code for note in other.notes] for other in card if other.notes} == {
            "mail_in_rate": ["published"]
        }

    def test_mail_in_rate_of_five_months(self):
        """The printed 95.6% is the rate of April to August, cut off and not rounded."""
        months = [(5793, 6159), (4759, 4957), (5182, 5377), (4571, 4759), (4986, 5188)]
        rate = Fraction(sum(mailed for mailed, _ in months) * 100, sum(received for _, received in months))
        assert round_to(rate, 1, "floor") == Fraction("95.6")
        assert round_to(rate, 1, "half_up") == Fraction("95.7")

    def test_single_bids(self, card):
        """With six tenders the case for four or fewer does not apply."""
        result = card["single_bid_share"]
        assert (result.value, result.clause) == (0, "<= 20%")
        assert result.whole_cases == 1


class TestBranches:
    @pytest.mark.parametrize(
        ("met", "outcome"),
        [("47支部", Verdict.ACHIEVED), ("46 branches", Verdict.MISSED), ("46", Verdict.NOT_EVALUABLE)],
    )
    def test_counted(self, met, outcome, tmp_path):
        """Of a nation the catalogue says how many branches it has, and the figures how many met the rule."""
        text = SOUND.read_text("utf-8").replace("    kind: branch\n", "    kind: nation\n    branches: 47\n")
        text = text.replace("  iwate:\n", "  national:\n").replace("organisation: iwate", "organisation: national")
        start, end = text.index('        rule: "<= 20%'), text.index("        section: Ⅲ")
        rule = '        rule: "<= 20% every branch"\n        published: "<= 20% every branch"\n'
        catalogue, table = tmp_path / "catalog.yaml", tmp_path / "data.csv"
        catalogue.write_text(text[:start] + rule + text[end:], encoding="utf-8")
        table.write_text(
            f"organisation,fiscal_year,quantity,value\nnational,R3,single_bid_share,{met}\n", encoding="utf-8"
        )
        catalog = kpi.load_catalog(catalogue)
        card = catalog.plans["iwate-r3"].evaluate(kpi.load_observations(table, catalog.known))
        assert card["single_bid_share"].outcome is outcome


class TestPlan:
    def test_by_kpi(self, plan):
        """An entry is found by its KPI, and an unknown one names the nearest and the plan."""
        assert plan["generic_share"].kpi.key == "generic_share"
        with pytest.raises(
            kpi.UnknownNameError, match=r"^unknown KPI 'generic_shares' in plan iwate-r3; did you mean 'generic_share'"
        ):
            plan["generic_shares"]

    def test_without_observations(self, plan):
        """Without figures nothing can be evaluated, and each result names what is missing."""
        card = plan.evaluate(kpi.Observations(()))
        assert card.count(Verdict.NOT_EVALUABLE) == 17
        assert [reason.name for reason in card["card_recovery_rate"].reasons] == ["recovered_cards", "cards_to_recover"]
        assert all(result.reasons for result in card)
        assert all(result.value is None and result.as_of is None and not result.provisional for result in card)


class TestRecord:
    FIELDS = (
        "plan", "kpi", "name", "rule", "comparator", "target", "target_kind", "conditional", "unit", "baseline",
        "formula", "source",
    )  # fmt: skip

    def test_fields(self, plan):
        """An entry for programs has exactly the fields that were promised, in this order."""
        for entry in plan:
            assert tuple(entry.to_dict("iwate-r3")) == self.FIELDS

    def test_values(self, plan):
        """Texts are canonical, numbers as printed, and what there is not is null."""
        assert plan["single_bid_share"].to_dict("p") == {
            "plan": "p",
            "kpi": "single_bid_share",
            "name": "一般競争入札に占める一者応札案件の割合",
            "rule": "<= 20%; single_bid_tenders <= 1 case when open_tenders <= 4 cases",
            "comparator": "<=",
            "target": "20",
            "target_kind": "absolute",
            "conditional": True,
            "unit": "%",
            "baseline": None,
            "formula": "single_bid_tenders / open_tenders",
            "source": "令和3年度上期 岩手支部事業計画実施状況, Ⅲ（6）, p. 30",
        }
        record = plan["reassessed_yen_per_claim"].to_dict("p")
        assert (record["target"], record["baseline"], record["unit"]) == (None, "7,445円", "yen")
        assert plan["opinion_submission"].to_dict("p")["comparator"] == "done"

    @pytest.mark.parametrize(
        ("rule", "comparator", "target", "kind"),
        [
            (">= 59.60%", ">=", "59.60", "absolute"),
            ("≦ 20％", "<=", "20", "absolute"),
            ("< 5%", "<", "5", "absolute"),
            (">= prior year end", ">=", None, "prior_year_end"),
            (">= branch target", ">=", None, "branch"),
            (">= same period last year", ">=", None, "same_period_last_year"),
            (">= national", ">=", None, "national"),
            ("> mean of 3 years", ">", None, "mean_of_years"),
            ("<= 70% of prior year", "<=", None, "prior_year"),
            ("is done", "done", None, "qualitative"),
        ],
    )
    def test_targets(self, rule, comparator, target, kind, tmp_path):
        """Comparator and kind of target tell a program what a rule asks for."""
        old = "<= 20%; single_bid_tenders <= 1 case when open_tenders <= 4 cases"
        text = SOUND.read_text("utf-8")
        start = text.index("20％以下とする。")
        end = text.index("\n", start)
        text = text.replace(f'"{old}"', f'"{rule}"').replace(text[start:end], f'"{rule}"')
        text = text.replace("direction: lower", "direction: higher", 1) if ">" in rule else text
        if rule == "is done":  # what is done is counted
            share = 'formula: single_bid_tenders / open_tenders\n    unit: "%"'
            text = text.replace(share, "formula: single_bid_tenders\n    unit: case")
        text = text.replace('        page: "30"\n', '        page: "30"\n        baseline: 記載なし\n')
        path = tmp_path / "catalog.yaml"
        path.write_text(text, encoding="utf-8")
        entry = kpi.load_catalog(path).plans["iwate-r3"]["single_bid_share"]
        assert (entry.comparator, entry.target, entry.target_kind) == (comparator, target, kind)
        assert not entry.to_dict("p")["conditional"]


def test_kind_of_the_kpi(tmp_path):
    """The result of a KPI of the kind `ratio` may exceed 100 % without a note that it cannot."""
    text = SOUND.read_text("utf-8")
    path = tmp_path / "catalog.yaml"
    table = tmp_path / "counts.csv"
    rows = "iwate,R3,single_bid_tenders,12\niwate,R3,open_tenders,10\n"
    table.write_text(f"organisation,fiscal_year,quantity,value\n{rows}", encoding="utf-8")
    told = {}
    for kind in ("share", "ratio"):
        path.write_text(text.replace("    decimals: 1\n", f"    decimals: 1\n    kind: {kind}\n", 1), encoding="utf-8")
        card = kpi.load_catalog(path).plans["iwate-r3"].evaluate(kpi.load_observations(table))
        told[kind] = [note.code for note in card["single_bid_share"].notes]
    assert told == {"share": ["no_share"], "ratio": []}
