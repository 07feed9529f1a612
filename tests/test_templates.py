"""Workbooks to fill in: what they ask, how they look, and that they read back."""

from __future__ import annotations

import builtins
import sys
from functools import cache
from io import BytesIO

import pytest
from click.testing import CliRunner
from entries import SOUND
from filled import fill
from openpyxl import load_workbook

import kpi
from kpi.cli.commands import kpi as command
from kpi.observations.headings import When, read_heading
from kpi.observations.reading import read_observations
from kpi.periods import FiscalYear
from kpi.sheets.sheet import Cell
from kpi.templates.form_sheet import HEADING_ROW
from kpi.templates.questions import forms
from kpi.templates.workbook import workbook_of

CATALOG = kpi.load_catalog()
PUBLISHED = kpi.load_published()
NATION = "  national: {ja: 全国, en: the nation, kind: nation, branches: 47}\n"
YELLOW = "00FFF4C2"


def form_of(plan, **options):
    """What the plan asks of its own organisation."""
    return forms(CATALOG, CATALOG.plans[plan], **options)[0]


def questions_of(plan):
    """Every question of a plan by its quantity."""
    return {question.quantity: question for group in form_of(plan).groups for question in group.questions}


@cache
def written(plan, language="ja", *, monthly=False):
    """The workbook of a plan, as bytes."""
    return workbook_of(forms(CATALOG, CATALOG.plans[plan], monthly=monthly), CATALOG.known, language)


def sheet_of(data):
    """The first sheet of a workbook."""
    return load_workbook(BytesIO(data)).worksheets[0]


def catalog_with(tmp_path, old, new):
    """A small catalogue with the nation, and another rule."""
    assert old in SOUND
    text = SOUND.replace("organisations:\n", f"organisations:\n{NATION}", 1).replace(old, new)
    path = tmp_path / "catalog.yaml"
    path.write_text(text, "utf-8")
    return kpi.load_catalog(path)


class TestQuestions:
    @pytest.mark.parametrize("plan", CATALOG.plans)
    def test_every_variable_once(self, plan):
        """Every variable that a plan looks at is asked for, once; KPIs that are no variable are, too."""
        asked = [question.quantity for group in form_of(plan).groups for question in group.questions]
        assert len(asked) == len({*asked})
        for entry in CATALOG.plans[plan]:
            wanted = (entry.kpi.key,) if entry.formula.is_for_branches else entry.formula.names
            assert {*wanted} <= {*asked}

    def test_last_year(self):
        """Last year is needed where a rule looks at it and the plan does not state it."""
        gunma, iwate = questions_of("gunma-r3"), questions_of("iwate-r3")
        assert FiscalYear(2020) in gunma["recovered_cards"].years
        assert not iwate["recovered_cards"].years

    def test_weights(self):
        """This year's counts are needed; what only tells more is not, and months are asked of flows alone."""
        form = form_of("toyama-r7")
        questions = questions_of("toyama-r7")
        posts, members = questions["posts"], questions["insured_40_and_over"]
        to_date, same_point, last, *months = form.columns
        assert [form.weight(posts, column) for column in (to_date, same_point, last)] == ["optional"] * 3
        assert {form.weight(posts, month) for month in months} == {"needed"}
        assert form.weight(members, to_date) == "needed"
        assert {form.weight(members, month) for month in months} == {"none"}

    def test_months(self):
        """Months are columns where a rule is for each of them, or where they are wanted."""
        assert len(form_of("iwate-r3").columns) == 3
        assert len(form_of("iwate-r3", monthly=True).columns) == 15
        assert [str(column.month) for column in form_of("toyama-r7").columns[3:5]] == ["2025-04", "2025-05"]

    def test_branches(self):
        """Of a rule for every branch the number of branches is asked."""
        question = questions_of("national-r3")["opinion_submission"]
        assert (question.unit.ja, question.kind, question.is_needed) == ("支部", None, True)

    def test_done(self):
        """What is done or not is chosen."""
        assert questions_of("iwate-r3")["opinions_submitted"].is_done

    @pytest.mark.parametrize(
        ("rule", "years", "at_same_point"),
        [
            ("<= mean of 3 years", {2018, 2019, 2020}, False),
            ("<= fiscal year 2015", {2015}, False),
            ("<= same period last year", set(), True),
            ("<= 20%", set(), False),
        ],
    )
    def test_other_years(self, tmp_path, rule, years, at_same_point):
        """Every year that a rule names is a column."""
        catalog = catalog_with(tmp_path, *rule_of(rule))
        (form,) = forms(catalog, catalog.plans["iwate-r3"])
        question = form.groups[0].questions[0]
        assert {year.year for year in question.years} == years
        assert question.at_same_point is at_same_point
        assert years <= {column.year.year for column in form.columns if not column.to_date}

    def test_nation(self, tmp_path):
        """Where a rule looks at the nation its figures are asked on a sheet of their own."""
        catalog = catalog_with(tmp_path, *rule_of("<= national"))
        branch, nation = forms(catalog, catalog.plans["iwate-r3"])
        assert (branch.organisation.key, nation.organisation.key) == ("iwate", "national")
        assert len(nation.groups) == 1
        data = workbook_of((branch, nation), catalog.known, "ja")
        assert load_workbook(BytesIO(data)).sheetnames == ["岩手支部", "全国", "※記入要領"]


def rule_of(rule):
    """The rule in the small catalogue, and another with what it was printed as."""
    start = SOUND.index("        rule:")
    old = SOUND[start : SOUND.index("        section:", start)]
    return old, f'        rule: "{rule}"\n        published: "{rule}"\n        baseline: 記載なし\n'


class TestSheet:
    @pytest.mark.parametrize("language", ["ja", "en"])
    @pytest.mark.parametrize("plan", CATALOG.plans)
    def test_reads_back(self, plan, language):
        """An empty template has no problem and no observation, for every plan and in both languages."""
        observations, problems = read_observations(written(plan, language, monthly=True), "data.xlsx", CATALOG.known)
        assert ([*observations], problems) == ([], [])

    @pytest.mark.parametrize("plan", CATALOG.plans)
    def test_asks_for_everything(self, plan):
        """Each question is a row whose name means its quantity and nothing else, with both names, unit and kind."""
        rows = [[cell.value for cell in row[:4]] for row in sheet_of(written(plan)).iter_rows(min_row=HEADING_ROW + 1)]
        asked = [question for group in form_of(plan).groups for question in group.questions]
        named = [row for row in rows if not row[0].startswith("※")]
        assert [CATALOG.known.called(row[0]) for row in named] == [(question.quantity,) for question in asked]
        assert [row[1:3] for row in named] == [[question.en, question.unit.ja] for question in asked]
        assert {row[3] for row in named} <= {"期間の合計", "時点の値", "公表値"}

    def test_headings(self):
        """The headings are those of the periods, with the day beside the year to date."""
        sheet = sheet_of(written("iwate-r3"))
        assert [cell.value for cell in sheet[HEADING_ROW]] == [
            "項目", "※英語名", "単位", "※種別", "令和3年度 時点まで", "時点", "令和2年度 時点まで", "令和2年度", "出典", "備考",
        ]  # fmt: skip
        english = sheet_of(written("iwate-r3", "en"))
        assert [cell.value for cell in english[HEADING_ROW]][4:8] == [
            "FY2021 to date",
            "As of",
            "FY2020 to date",
            "FY2020",
        ]

    def test_groups(self):
        """The KPIs stand above their rows with target and stated baseline, and name what was asked before."""
        texts = [row[0].value for row in sheet_of(written("iwate-r3")).iter_rows(min_row=HEADING_ROW + 1)]
        assert (
            "※ Ⅰ（4）② 協会けんぽの再審査レセプト1件当たりの査定額　目標: 対前年度以上（計画の基準 7,445円）" in texts
        )
        assert any(text.endswith("40歳以上の被保険者数 は上の欄に記入") for text in texts)

    def test_what_may_be_filled_in(self):
        """Only answers are open; needed ones are yellow; headings stay in sight."""
        sheet = sheet_of(written("toyama-r7"))
        assert sheet.protection.sheet
        assert sheet.freeze_panes == f"B{HEADING_ROW + 1}"
        row = next(row for row in sheet.iter_rows(min_row=HEADING_ROW + 1) if row[0].value == "40歳以上の被保険者数")
        assert [cell.protection.locked for cell in row] == [True] * 4 + [False] * 4 + [True] * 12 + [False] * 2
        assert [cell.fill.fgColor.rgb == YELLOW for cell in row[4:8]] == [True, True, False, False]

    def test_validations(self):
        """A spreadsheet program warns of what is no number, share, day or choice, and takes it all the same."""
        sheet = sheet_of(written("iwate-r3"))
        rules = sheet.data_validations.dataValidation
        assert {(rule.type, rule.errorStyle) for rule in rules} == {
            ("decimal", "warning"),
            ("list", "warning"),
            ("date", "warning"),
        }
        assert "DATE(2021,4,1)" in {rule.formula1 for rule in rules}

    def test_number_formats(self):
        """Shares are typed as percentages, counts with separators."""
        sheet = sheet_of(written("iwate-r3"))
        formats = {row[0].value: row[4].number_format for row in sheet.iter_rows(min_row=HEADING_ROW + 1)}
        assert formats["申請書受付総件数"] == "#,##0"
        assert formats["サービススタンダードの達成状況"] == "0.00%"


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("plan", ["iwate-r3", "national-r3", "miyagi-r2"])
def test_round_trip(plan, language):
    """Filled in with the published figures, a template gives the verdicts that they give."""
    found = CATALOG.plans[plan]
    data = fill(written(plan, language, monthly=True), PUBLISHED, found, CATALOG.known)
    observations, problems = read_observations(data, "data.xlsx", CATALOG.known)
    assert problems == []
    assert results(found.evaluate(observations)) == results(found.evaluate(PUBLISHED))


def results(card):
    """The results of a scorecard, but for the nation beside them, which a branch is not asked for."""
    return [{**result, "national": None} for result in card.to_dict()["results"]]


class TestWriting:
    def test_file(self, tmp_path):
        """The file is written, and read by what reads tables."""
        path = kpi.write_template(CATALOG, "iwate-r3", tmp_path / "iwate.xlsx")
        assert len(kpi.load_observations(path, CATALOG.known)) == 0

    def test_no_file_is_overwritten(self, tmp_path):
        """What may be filled in already stays."""
        path = tmp_path / "iwate.xlsx"
        path.write_text("figures", "utf-8")
        with pytest.raises(kpi.KpiError, match="exists already"):
            kpi.write_template(CATALOG, "iwate-r3", path)
        assert path.read_text("utf-8") == "figures"

    def test_nowhere(self, tmp_path):
        """A place where nothing can be written is told."""
        with pytest.raises(kpi.KpiError, match="cannot write"):
            kpi.write_template(CATALOG, "iwate-r3", tmp_path / "none" / "iwate.xlsx")

    def test_unknown_plan(self, tmp_path):
        """A plan that is not there is told with the nearest."""
        with pytest.raises(kpi.UnknownNameError, match="did you mean 'iwate-r3'"):
            kpi.write_template(CATALOG, "iwate-r4", tmp_path / "iwate.xlsx")

    @pytest.mark.parametrize(
        ("library", "error"), [("openpyxl", kpi.MissingExtraError), ("attrs", ModuleNotFoundError)]
    )
    def test_not_installed(self, tmp_path, monkeypatch, library, error):
        """Without openpyxl the error says how to install it; another that is missing is no matter of it."""
        for name in [name for name in sys.modules if name.startswith(("openpyxl", "kpi.templates."))]:
            if name != "kpi.templates.questions":
                monkeypatch.delitem(sys.modules, name)
        real = builtins.__import__

        def absent(name, globals_=None, *rest, **known):
            if name.partition(".")[0] == library and (globals_ or {}).get("__name__", "").startswith("kpi.templates."):
                raise ModuleNotFoundError(name, name=name)
            return real(name, globals_, *rest, **known)

        monkeypatch.setattr(builtins, "__import__", absent)
        with pytest.raises(error):
            kpi.write_template(CATALOG, "iwate-r3", tmp_path / "iwate.xlsx")


class TestCommand:
    def run(self, *arguments):
        found = CliRunner(env={"LANG": "C.UTF-8"}).invoke(command, [*map(str, arguments)])
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        return found.exit_code, found.stdout, found.stderr

    def test_writes(self, tmp_path):
        """The command names the file that it wrote; what it wrote evaluates."""
        path = tmp_path / "iwate.xlsx"
        assert self.run("template", "iwate-r3", "-o", path) == (0, f"{path}\n", "")
        assert self.run("evaluate", "iwate-r3", "--data", path)[0] == 0
        assert self.run("template", "iwate-r3", "-o", path) == (2, "", f"kpi: {path} exists already: nothing written\n")

    def test_options(self, tmp_path):
        """Months and the language are options, and so is silence."""
        path = tmp_path / "iwate.xlsx"
        assert self.run("template", "iwate-r3", "-o", path, "--monthly", "--lang", "ja", "--quiet") == (0, "", "")
        headings = [cell.value for cell in sheet_of(path.read_bytes())[HEADING_ROW]]
        found = [read_heading(Cell(heading, 1, 1), CATALOG.known) for heading in headings]
        assert sum(isinstance(heading, When) for heading in found) == 15

    def test_other_files(self, tmp_path):
        """Only workbooks are written."""
        code, _, errors = self.run("template", "iwate-r3", "-o", tmp_path / "iwate.csv")
        assert code == 2
        assert "expected a name such as iwate.xlsx" in errors
