"""Checks of a whole catalogue against itself and against what was observed."""

from __future__ import annotations

from pathlib import Path

import pytest

import kpi

SOUND = (Path(__file__).parent / "data" / "catalogues" / "sound.yaml").read_text("utf-8")
UNUSED = """variables:
  postcards:
    ja: はがき枚数
    en: postcards
    unit: card
    kind: flow
"""
CATALOGUE = """
documents:
  report: {ja: 報告, en: Report}
organisations:
  iwate: {ja: 岩手支部, en: Iwate branch, kind: branch}
variables:
  returned: {ja: 回収枚数, en: cards returned, unit: card, kind: flow}
  invalid: {ja: 無効枚数, en: cards to return, unit: card, kind: flow}
kpis:
  card_recovery: {ja: 回収率, en: cards returned, formula: returned / invalid, unit: "%", direction: higher, decimals: 1}
plans:
  iwate-r3:
    ja: 計画
    en: Plan
    organisation: iwate
    fiscal_year: R3
    document: report
    entries:
      - {kpi: card_recovery, rule: ">= prior year (95.7%)", published: 対前年度（95.7％）以上, section: Ⅰ, page: "1"}
"""


@pytest.fixture
def checked(tmp_path):
    """The problems of a catalogue beside a table of observations, each as code, line and message."""

    def check(text, table=""):
        catalogue, data = tmp_path / "catalog.yaml", tmp_path / "data.csv"
        catalogue.write_text(text, "utf-8")
        data.write_text("organisation,fiscal_year,quantity,value,unit\n" + table, "utf-8")
        problems = kpi.check(catalogue, kpi.load_observations(data))
        return [(problem.code, problem.line, problem.message) for problem in problems]

    return check


def test_unused_variable(checked):
    """A variable that no formula, rule or observation uses is named where it stands."""
    text = SOUND.replace("variables:\n", UNUSED)
    ((code, line, message),) = checked(text)
    assert (code, message) == ("unused-variable", "no formula, rule or observation uses the variable 'postcards'")
    assert text.splitlines()[line - 1].strip() == "postcards:"


def test_variable_that_was_meant(checked):
    """A variable that a misspelt one was probably meant to be is not called unused as well."""
    text = SOUND.replace("variables:\n", UNUSED).replace("cost / open_tenders", "postcard / open_tenders")
    codes = [code for code, *_ in checked(text)]
    assert "unknown-variable" in codes
    assert "unused-variable" not in codes
    label = text.replace("postcard / ", "葉書数 / ").replace("はがき枚数", "葉書枚数")
    assert "unused-variable" not in [code for code, *_ in checked(label)]


def test_variable_that_is_only_observed(checked):
    """A variable that was observed is used, even where no formula looks at it."""
    text = CATALOGUE.replace("variables:\n", UNUSED)
    assert [code for code, *_ in checked(text)] == ["unused-variable"]
    assert checked(text, "iwate,R3,postcards,12,枚\n") == []


@pytest.mark.parametrize(
    "table",
    ["iwate,R2,card_recovery,95.2,%\n", "iwate,R2,returned,952,枚\niwate,R2,invalid,1000,枚\n"],
    ids=["published rate", "counts"],
)
def test_contradicted_baseline(checked, table):
    """A baseline is not another number than last year's final result."""
    ((code, line, message),) = checked(CATALOGUE, table)
    assert (code, CATALOGUE.splitlines()[line - 1].strip()[:8]) == ("baseline-contradicts", "- {kpi: ")
    assert message == "the baseline is 95.7%, but last year's published result is 95.2%"


def test_place_of_a_contradicted_baseline(tmp_path):
    """The baseline is told where it stands: in brackets, or under its own key."""
    data = tmp_path / "data.csv"
    data.write_text("organisation,fiscal_year,quantity,value,unit\niwate,R2,card_recovery,95.2,%\n", "utf-8")
    own = CATALOGUE.replace(">= prior year (95.7%)", ">= prior year").replace("対前年度（95.7％）以上", "対前年度以上")
    for text in (CATALOGUE, own.replace("section: Ⅰ", "baseline: 95.7%, section: Ⅰ")):
        path = tmp_path / "catalog.yaml"
        path.write_text(text, "utf-8")
        (problem,) = kpi.check(path, kpi.load_observations(data))
        assert text.splitlines()[problem.line - 1][problem.column - 1 :].startswith("95.7%")


def test_value_of_the_same_period_is_no_baseline(checked):
    """A value in brackets behind the same period last year is not compared with last year's final result."""
    rule = ">= min(same period last year (94.0%), prior year (95.7%))"
    text = CATALOGUE.replace(">= prior year (95.7%)", rule).replace("対前年度（95.7％）以上", f'"{rule}"')
    assert checked(text, "iwate,R2,card_recovery,95.7,%\n") == []
    assert [code for code, *_ in checked(text, "iwate,R2,card_recovery,95.2,%\n")] == ["baseline-contradicts"]


UPSIDE_DOWN = (
    CATALOGUE.replace("returned / invalid", "invalid / returned")
    .replace(" (95.7%)", "")
    .replace("（95.7％）以上, section", "以上, baseline: 記載なし, section")
)


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("iwate,R3,returned,90,枚\niwate,R3,invalid,100,枚\n", ["impossible-value"]),
        ("iwate,R3,returned,90,枚\niwate,R3,invalid,100,枚\niwate,R2,returned,5,枚\niwate,R2,invalid,4,枚\n", []),
        ("iwate,R3,returned,90,枚\niwate,R2,invalid,100,枚\n", []),
        ("iwate,R3,returned,0,枚\niwate,R3,invalid,100,枚\n", []),
        ("iwate,R3,returned,90,枚\niwate,R3,invalid,100,円\n", []),
        ("", []),
    ],
    ids=["more than all", "once less", "at other times", "of nothing", "unreadable", "nothing observed"],
)
def test_formula_upside_down(checked, table, found):
    """A share that is more than the whole wherever its parts were observed is told at the KPI."""
    problems = checked(UPSIDE_DOWN, table)
    assert [code for code, *_ in problems] == found
    assert all(UPSIDE_DOWN.splitlines()[line - 1].startswith("  card_recovery:") for _, line, _ in problems)


@pytest.mark.parametrize(
    "table",
    ["", "iwate,R2,card_recovery,95.7,%\n", "iwate,R2,returned,9574,枚\niwate,R2,invalid,10000,枚\n"],
    ids=["nothing observed", "the same", "the same as shown"],
)
def test_baseline_that_agrees(checked, table):
    """A baseline that last year's result shows, or that nothing is known against, is no problem."""
    assert checked(CATALOGUE, table) == []


def test_two_kpis_under_one_name(checked):
    """Two KPIs of one name are one too many."""
    double = CATALOGUE.replace("plans:\n", """  card_return: {ja: 回収率, en: cards, formula: returned / 2 cards, unit: "%", direction: higher}
plans:
""")  # fmt: skip
    assert [(code, message) for code, _, message in checked(double)] == [
        ("name-of-another", "the KPI has the same name as 'card_recovery'")
    ]


class TestBesideOtherProblems:
    """What a whole catalogue shows is told beside the mistakes of its entries, and never follows from one of them."""

    OBSERVED = "iwate,R2,card_recovery,95.2,%\n"

    def test_contradicted_baseline(self, checked):
        """A mistake elsewhere hides no baseline that is contradicted."""
        text = CATALOGUE.replace("decimals: 1", "decimals: one")
        assert [code for code, *_ in checked(text, self.OBSERVED)] == ["wrong-kind", "baseline-contradicts"]

    @pytest.mark.parametrize(
        ("right", "wrong", "told"),
        [
            ("ja: 計画", "ja: 令和2年度の計画", ["year-of-another"]),
            ("(95.7%)", "(957%)", ["impossible-baseline"]),
            ("unit: card, kind: flow}\n  invalid", "unit: crad, kind: flow}\n  invalid", ["unknown-unit"]),
            ("formula: returned / invalid", "formula: returned / invalidd", ["unknown-variable"]),
            ("formula: returned / invalid", "formla: returned / invalid", ["unknown-key"]),
            ("kpis:", "kpi:", ["unknown-key"]),
        ],
    )
    def test_what_follows(self, checked, right, wrong, told):
        """Nothing is told twice: a baseline of a year or unit that is wrong, a variable of a formula that cannot be read."""
        table = self.OBSERVED + "iwate,R2,returned,952,枚\niwate,R2,invalid,1000,枚\n"
        text = CATALOGUE.replace(right, wrong)
        assert text != CATALOGUE
        assert [code for code, *_ in checked(text, table)] == told

    def test_unused_variable(self, checked):
        """A variable that nobody uses is told even where another's formula cannot be read."""
        text = CATALOGUE.replace("variables:\n", UNUSED).replace("/ invalid", "/ invalidd")
        assert [code for code, *_ in checked(text)] == ["unused-variable", "unknown-variable"]
