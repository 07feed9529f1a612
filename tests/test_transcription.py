"""The catalogue and its data against a second transcription of the documents, made without a look at them."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from unicodedata import normalize

import pytest

import kpi
from kpi.audit.figures import load_figures
from kpi.formulas.nodes import Number, walk
from kpi.formulas.printer import canonical
from kpi.periods import fiscal_year
from kpi.quantities import read_value, round_to

DATA = Path(__file__).parent / "data" / "transcription"
ENTRIES = {
    "iwate-r3": 17, "national-r3": 20, "miyagi-r2": 21, "miyagi-r3": 19, "toyama-r7": 19, "gunma-r3": 19, "gunma-r2": 21,
}  # fmt: skip


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


TARGETS = rows(DATA / "targets.csv")
RESULTS = rows(DATA / "results.csv")
PUBLISHED = rows(Path(kpi.__file__).parent / "data" / "published.csv")

OTHER_NAMES = {
    "生活習慣病予防健診実施率": "lifestyle_checkup_rate",
    "被扶養者の特定健診実施率": "dependant_checkup_rate",
    "被保険者の特定保健指導実施率": "insured_guidance_rate",
    "被扶養者の特定保健指導実施率": "dependant_guidance_rate",
    "健康宣言事業所数": "declared_workplaces_count",
    "協会の再審査レセプト1件当たりの査定額": "reassessed_yen_per_claim",
    "柔道整復施術療養費の申請に占める、施術箇所3部位以上、かつ月15日以上施術の申請の割合": "frequent_judo_share",
    "現行のオンライン資格確認システムについて、USBを配布した医療機関における利用率": "eligibility_system_rate",
    "協会けんぽのジェネリック医薬品使用割合": "generic_share",
    "ジェネリック医薬品使用割合（数量ベース）": "generic_share",
    "他の被用者保険者との連携を含めた、地域医療構想調整会議への被用者保険者の参加率": "council_participation_rate",
    "地域医療構想調整会議や医療審議会等の場において、医療データ等を活用した効果的な意見発信": "opinion_submission",
    "全被保険者数に占める健康保険委員が委嘱されている事業所の被保険者数の割合（被保険者カバー率）": "committee_coverage",
    "バイオシミラー使用促進事業": "biosimilar_promotion",
    "SNS（LINE公式アカウント）の運用・毎月情報発信": "monthly_posts",
}
"""One KPI goes by several names: 受診率 and 実施率, with 協会 or 協会けんぽ in front, or with an addition in brackets."""

IN_PLAN = {
    ("toyama-r7", "健康宣言事業所数"): "standardised_declared_workplaces_count",
    ("national-r3", "ジェネリック医薬品使用割合"): "generic_share_by_branch",
}
"""Where one name means another KPI: Toyama's note counts standardised declarations only; the nation's target is set for each branch."""

AT_YEAR_END = {("miyagi-r3", "17")}
"""年度末時点で対前年度以上: printed 対前年度, but the end of the year is compared with the end of the year before."""

NO_FINAL_RESULT = {
    ("national-r3", "18"): "the figure of the list is of the whole association, the target one of each branch",
    ("miyagi-r3", "17"): "the figure is of September, the target of the end of the year",
}
"""Where a figure is printed beside a rule on last year that is not that year's result of the KPI."""

NOT_AMONG_THE_DATA = {
    ("national", "iwate-r3", "100"): "erratum iwate-r3-national-service-standard",
    ("national", "iwate-r3", "45.7"): "erratum iwate-r3-national-committee-coverage",
    ("national", "iwate-r3", "80"): "the goal of the nation, no result",
    ("miyagi", "miyagi-r3", "3000"): "letters planned, no result",
    ("gunma", "gunma-r2", "1954"): "letters planned, no result",
    **{
        ("national", "toyama-r7", value): "a goal of the nation, no result"
        for value in ("7", "35", "60", "65", "70", "80")
    },
}
"""Figures that stand beside a KPI and are neither its results nor its expected counts."""

NOT_TRANSCRIBED = {
    ("national", 2021, 29066), ("national", 2021, 21113), ("iwate", 2021, 12), ("miyagi", 2020, 348),
    ("miyagi", 2020, 152), ("miyagi", 2020, 2949), ("miyagi", 2020, 4400), ("miyagi", 2020, 105),
    ("miyagi", 2020, 1942),
}  # fmt: skip
"""Counts of activities that the second transcription assigns to no single KPI."""


def plain(text):
    """A text without differences of width, spacing and punctuation."""
    return re.sub(r"[\s、。,]", "", normalize("NFKC", text))


def phrase(text):
    """A phrase without the remarks behind or within it: expected counts, notes and （新規）."""
    return re.sub(r"\([^()]*(人|新規|※)[^()]*\)", "", plain(text)).removeprefix("について")


def number(text):
    return read_value(text).number


def scaled(row):
    """A printed number as a plain one: 256 万枚 is 2,560,000; a text stays."""
    unit = re.match("[千万億]?", row["unit"]).group()
    return number(row["value"] + unit) if any(map(str.isdigit, row["value"])) else row["value"]


@pytest.fixture(scope="module")
def catalog():
    return kpi.load_catalog()


@pytest.fixture(params=TARGETS, ids=[f"{row['plan']}-{row['n']}" for row in TARGETS])
def printed(request):
    """An entry of the second transcription."""
    return request.param


@pytest.fixture
def entry(printed, catalog):
    """The entry of the catalogue in the same place."""
    return [*catalog.plans[printed["plan"]]][int(printed["n"]) - 1]


class TestPlans:
    def test_all(self, catalog):
        """Both sides have the same plans with the same numbers of entries, 136 in all."""
        assert {key: len(plan) for key, plan in catalog.plans.items()} == ENTRIES
        transcribed = [(row["plan"], int(row["n"])) for row in TARGETS]
        assert transcribed == [(plan, n) for plan, count in ENTRIES.items() for n in range(1, count + 1)]
        assert len(TARGETS) == 136


class TestEntries:
    def test_name(self, printed, entry):
        """The same KPI stands in the same place."""
        name = printed["name_ja"]
        names = {plain(known) for known in (entry.kpi.ja, *entry.kpi.labels)}
        meant = IN_PLAN.get((printed["plan"], name)) or OTHER_NAMES.get(name)
        assert entry.kpi.key == meant or (meant is None and plain(name) in names)

    def test_phrase(self, printed, entry):
        """The phrase is the printed one; of what is to be done the catalogue has the predicate."""
        found, expected = phrase(entry.published), phrase(printed["phrase"])
        assert expected.endswith(found) if entry.target_kind == "qualitative" else found == expected

    def test_comparator(self, printed, entry):
        """The target is compared in the same way."""
        assert entry.comparator == printed["comparator"]

    def test_target_kind(self, printed, entry):
        """The target is of the same kind."""
        kind = "prior_year_end" if (printed["plan"], printed["n"]) in AT_YEAR_END else printed["target_kind"]
        assert entry.target_kind == kind

    def test_target(self, printed, entry):
        """An absolute target has the same digits; beside a rule on last year stands last year's result."""
        match printed["target_kind"]:
            case "absolute":
                assert entry.target.replace(",", "") == printed["target"]
            case "branch":  # the goal of the nation is the condition of the clause for branches
                assert entry.target is None
                assert f"when >= {printed['target']}%" in canonical(entry.formula.rule)
            case _:
                assert entry.target is None
                assert printed["target"] in {"", printed["baseline"]}

    def test_unit(self, printed, entry):
        """The unit is the printed one; what is to be done has none."""
        if entry.target_kind != "qualitative":
            assert printed["unit"] == entry.formula.unit.ja
        else:
            assert printed["unit"] in {"", "支部"}

    def test_conditional(self, printed, entry):
        """The rule has clauses for some cases only where the document has them."""
        assert bool(entry.formula.rule.cases) == (printed["conditional"] == "true")

    def test_baseline(self, printed, entry):
        """A baseline that both sides state is the same number with the same decimals."""
        if entry.baseline is not None and printed["baseline"]:
            assert re.sub(r"[^\d.]", "", entry.baseline) == printed["baseline"]
        else:
            assert entry.baseline is None

    def test_baseline_of_a_rule_on_last_year(self, printed, entry):
        """A rule on last year has the baseline that the document prints anywhere, unless that is another figure."""
        place = (printed["plan"], printed["n"])
        if printed["target_kind"].startswith(("prior", "branch")) and place not in NO_FINAL_RESULT:
            assert (entry.baseline is not None) == bool(printed["baseline"])
        else:
            assert entry.baseline is None

    def test_last_years_result(self, printed, entry, catalog):
        """What the document prints as last year's result is among the published figures of that year."""
        plan = catalog.plans[printed["plan"]]
        if printed["baseline"]:
            found = {
                row["value"] if row["value"] == "実施" else number(row["value"])
                for row in PUBLISHED
                if row["organisation"] == plan.organisation.key
                and fiscal_year(row["fiscal_year"]) == plan.fiscal_year.prior
            }
            by_rule = entry.baseline is not None and plan.organisation.key == "iwate"
            expected = printed["baseline"]
            assert by_rule or (expected if expected == "実施" else number(expected)) in found


class TestFigures:
    """Figures are compared by organisation, fiscal year, month where there is one, and value."""

    def test_count(self):
        """The second transcription has 536 figures that belong to a KPI, and nothing but names and figures."""
        assert len(RESULTS) == 536
        assert {row["plan"] for row in RESULTS} == set(ENTRIES)
        assert not any("。" in value for row in RESULTS for value in row.values())

    def test_each_is_published(self, catalog):
        """Each figure is among the results, or among the expected counts and recomputed figures of its plan."""
        known = {(row["organisation"], fiscal_year(row["fiscal_year"]).year, value_of(row)) for row in PUBLISHED}
        beside = beside_results(catalog)
        missing = {
            (row["organisation"], row["plan"], row["value"])
            for row in RESULTS
            if (row["organisation"], int(row["fiscal_year"]), scaled(row)) not in known
            and scaled(row) not in beside[row["plan"], row["organisation"]]
        }
        assert missing == set(NOT_AMONG_THE_DATA)

    def test_each_month_is_published(self):
        """A figure of a month is published for that month."""
        known = {(row["organisation"], month_of(row), value_of(row)) for row in PUBLISHED}
        months = [row for row in RESULTS if row["period"] != "year"]
        assert len(months) >= 60
        assert {
            (row["organisation"], row["period"], row["value"])
            for row in months
            if (row["organisation"], row["period"], scaled(row)) not in known
        } == set()

    def test_each_date_is_published(self):
        """A date that stands with a figure is the date of the published one; the end of a year needs none."""
        known = {(row["organisation"], row["as_of"], value_of(row)) for row in PUBLISHED}
        known |= {
            (row["organisation"], f"{fiscal_year(row['fiscal_year']).end}", value_of(row))
            for row in PUBLISHED
            if not row["as_of"]
        }
        recomputed = {one.published * one.unit.per for one in load_figures()}
        assert {
            (row["organisation"], row["as_of"], row["value"])
            for row in RESULTS
            if row["as_of"]
            and (row["organisation"], row["as_of"], scaled(row)) not in known
            and scaled(row) not in recomputed
        } == {("national", "2021-06-30", "45.7")}  # told by an erratum

    def test_each_published_figure_is_transcribed(self):
        """Nothing is published that the second transcription does not have."""
        known = {(row["organisation"], int(row["fiscal_year"]), scaled(row)) for row in RESULTS}
        extra = {
            (row["organisation"], fiscal_year(row["fiscal_year"]).year, value_of(row))
            for row in PUBLISHED
            if (row["organisation"], fiscal_year(row["fiscal_year"]).year, value_of(row)) not in known
        }
        assert extra == NOT_TRANSCRIBED

    def test_decimals(self):
        """Rates have the decimals that are printed."""
        known = {(row["organisation"], fiscal_year(row["fiscal_year"]).year, row["value"]) for row in PUBLISHED}
        numbers = {(*place, number(value)) for *place, value in known if value != "実施"}
        assert {
            place
            for row in RESULTS
            if row["unit"] == "%"
            and (place := (row["organisation"], int(row["fiscal_year"]), row["value"])) not in known
            and (*place[:2], number(row["value"])) in numbers
        } == set()


def value_of(row):
    """A published number as a plain one; a text stays."""
    return number(row["value"]) if any(map(str.isdigit, row["value"])) else row["value"]


def month_of(row):
    """The month of a published figure, that of its period or of its date."""
    return row["as_of"][:7] if row["period"] == "year" else row["period"]


def beside_results(catalog):
    """What a plan prints that is no result: targets, expected counts, and figures recomputed from others."""
    found = defaultdict(set)
    for key, plan in catalog.plans.items():
        own = found[key, plan.organisation.key]
        for entry in plan:
            own |= {entry.expected.numerator, entry.expected.denominator} if entry.expected else set()
            own |= {number(entry.target)} if entry.target else set()
    for one in load_figures():
        organisations = {"iwate-r3": ["iwate-national"], "national-r3": ["national"]}
        for organisation in organisations.get(one.plan, [catalog.plans[one.plan].organisation.key]):
            found[one.plan, organisation].add(one.published * one.unit.per)
            found[one.plan, organisation] |= {node.value for node in walk(one.expression) if isinstance(node, Number)}
    return found


def test_expected_counts_give_the_targets(catalog):
    """An expected count is printed in the second transcription for the same plan."""
    known = defaultdict(set)
    for row in RESULTS:
        known[row["plan"]].add(scaled(row))
    expected = [(key, entry.expected) for key, plan in catalog.plans.items() for entry in plan if entry.expected]
    assert len(expected) >= 25
    assert all({one.numerator, one.denominator} <= known[key] for key, one in expected)
    assert all(round_to(Fraction(one.numerator, one.denominator), 0) in {0, 1} for _, one in expected)
