"""An edition: a report in one language, as texts to be set."""

from __future__ import annotations

import attrs
import pytest

import kpi
from kpi.observations.observation import Observations
from kpi.plans.area import Area
from kpi.reports.edition import Edition, sign_of
from kpi.reports.report import Report
from kpi.reports.wording import WORDS


@pytest.fixture(scope="module")
def catalog():
    return kpi.load_catalog()


@pytest.fixture(scope="module")
def reports(catalog):
    published = kpi.load_published()
    return {key: Report.of(catalog.plans[key], published, catalog) for key in ("iwate-r3", "national-r3", "miyagi-r2")}


def test_words():
    """Both languages have the same words."""
    assert set(WORDS["en"]) == set(WORDS["ja"])


class TestSummary:
    def test_japanese(self, reports):
        """Title, days and the one sentence that says how the year stands."""
        edition = Edition(reports["iwate-r3"], "ja")
        assert edition.title == "岩手支部 令和3年度事業計画の達成状況"
        assert edition.days == "令和3年5月31日から令和3年9月30日までの各時点の値"
        assert edition.summary == "17件のKPIのうち、達成10件、未達成7件。すべて年度途中の暫定の結果です。"
        assert [(count.sign, count.word, count.number) for count in edition.counts] == [
            ("○", "達成", 10),
            ("×", "未達成", 7),
            ("?", "判定不能", 0),
        ]

    def test_english(self, reports):
        """The same in English; some results may be final."""
        edition = Edition(reports["miyagi-r2"], "en")
        assert edition.title == "Miyagi branch, business plan for FY2020: results"
        assert edition.days == "Values as of 2020-09-30 to 2021-03-31"
        assert edition.summary == (
            "Of 21 KPIs: achieved 9, missed 12. Provisional, before the end of the fiscal year: 1 of 21 results."
        )

    def test_without_results(self, catalog):
        """Without figures there are no days, and the missing rows are told of."""
        edition = Edition(Report.of(catalog.plans["toyama-r7"], Observations(()), catalog), "en")
        assert edition.days == "No values"
        assert edition.provisional == ""
        assert edition.notes == ("the table has no row of toyama",)
        assert "not evaluable 19" in edition.sentence
        assert any(line.startswith("Not evaluable") for line in edition.reading)

    def test_outcomes_that_are_rare(self, catalog):
        """No target and not applicable are counted where they occur."""
        plan = catalog.plans["iwate-r3"]
        entry = plan["mail_in_rate"]
        lone = attrs.evolve(entry, formula=attrs.evolve(entry.formula, rule=None))
        changed = attrs.evolve(plan, entries={"mail_in_rate": lone})
        edition = Edition(Report.of(changed, kpi.load_published(), catalog), "en")
        assert [count.word for count in edition.counts] == ["achieved", "missed", "not evaluable", "no target"]


class TestRows:
    def test_row(self, reports):
        """A row shows what `kpi evaluate` shows, with the day as people write it."""
        rows = {row.key: row for area in Edition(reports["iwate-r3"], "ja").areas for row in area.rows}
        row = rows["card_recovery_rate"]
        assert (row.value, row.target, row.margin, row.verdict) == ("93.99%", "95.7%以上", "-1.71ポイント", "× 未達成*")
        assert (row.as_of, row.context) == ("令和3年8月31日現在", "全国 84.93%（+9.06ポイント）")
        assert "29,390枚 / 31,269枚 = 93.990853…%" in row.summary
        assert row.reasons[0] == ("計算式", "「日本年金機構と協会けんぽの回収枚数」 / 「資格喪失者の保険証枚数」")
        assert row.reasons[-1] == ("出典", "令和3年度上期 岩手支部事業計画実施状況, Ⅰ（6）ⅰ, p. 9")
        assert rows["reassessed_yen_per_claim"].errata == (3, 4)

    def test_signs(self, reports):
        """In English a target has one sign, as print has it."""
        rows = {row.key: row for area in Edition(reports["iwate-r3"], "en").areas for row in area.rows}
        assert rows["mail_in_rate"].target == "≥ 95.0%"
        assert rows["frequent_judo_share"].target == "≤ 0.48%"
        assert rows["service_standard"].target == "= 100%"
        assert rows["opinion_submission"].target == "is done"
        assert [sign_of(comparator) for comparator in kpi.formulas.nodes.Comparator] == ["≥", "≤", ">", "<", "="]

    def test_areas(self, reports):
        """Areas are called by mark and name, and count their verdicts."""
        areas = Edition(reports["national-r3"], "ja").areas
        assert [(area.anchor, area.name, area.counts) for area in areas] == [
            ("area-1", "1 基盤的保険者機能関係", (5, 3, 1)),
            ("area-2", "2 戦略的保険者機能関係", (2, 8, 0)),
            ("area-3", "3 組織・運営体制関係", (1, 0, 0)),
        ]

    @pytest.mark.parametrize(("marks", "names"), [((), ["KPIs"]), (("Ⅰ",), ["Ⅰ", "Other"])])
    def test_nameless_areas(self, reports, marks, names):
        """KPIs that belong to no area are told of as the others, and as the KPIs where there are no areas at all."""
        report = reports["iwate-r3"]
        parts = [attrs.evolve(report.parts[0], area=Area(mark)) for mark in (*marks, "")]
        assert [area.name for area in Edition(attrs.evolve(report, parts=tuple(parts)), "en").areas] == names


class TestSources:
    def test_one_document(self, reports):
        """Where there is one document, places are called by section and page alone."""
        edition = Edition(reports["iwate-r3"], "ja")
        assert [(source.letter, source.name) for source in edition.sources] == [
            ("", "令和3年度上期 岩手支部事業計画実施状況")
        ]
        origins = {origin.name: origin for origin in edition.origins}
        origin = origins["現金給付等の申請に係る郵送化率"]
        assert (origin.rule, origin.figures, origin.as_of) == ("Ⅰ（2）ⅱ p.\N{NO-BREAK SPACE}5",) * 2 + (
            "令和3年9月30日",
        )

    def test_several_documents(self, reports):
        """Where there are several, each has a letter; the nation is told of where its figures stand elsewhere."""
        edition = Edition(reports["miyagi-r2"], "en")
        assert [source.letter for source in edition.sources] == ["A", "B", "C"]
        origins = {origin.name: origin for origin in edition.origins}
        assert origins["service standard kept"].figures == "A （1）① KPI① p.\N{NO-BREAK SPACE}2, Nation B 1（2）①"

    def test_errata(self, reports):
        """An erratum has its number, place, what is printed and what that gives, and the KPIs that it concerns."""
        slip = Edition(reports["iwate-r3"], "en").errata[2]
        assert (slip.number, slip.printed, slip.gives) == (3, "7月査定分", "8月末時点")
        assert len(slip.kpis) == 2


class TestReading:
    def test_tells_only_of_what_occurs(self, reports):
        """Pace is explained where there is one, the nation where it stands beside a result."""
        told = {key: " ".join(Edition(reports[key], "en").reading) for key in reports}
        assert "pace" not in told["iwate-r3"]
        assert "pace" in told["national-r3"]
        assert "“nation”" in told["iwate-r3"]
        assert "“nation”" not in told["national-r3"]
        assert "Not evaluable" in told["national-r3"]
        assert "as it is shown" not in told["national-r3"]

    def test_rules_that_compare_what_is_shown(self, reports):
        """Where a rule compares the value as shown, that is said."""
        report = reports["iwate-r3"]
        line = report.parts[0].lines[1]
        judge = line.result.judge.compared("shown")
        result = attrs.evolve(line.result, judge=judge)
        card = attrs.evolve(report.card, results={**report.card.results, "mail_in_rate": result})
        assert "as it is shown" in " ".join(Edition(attrs.evolve(report, card=card), "en").reading)
