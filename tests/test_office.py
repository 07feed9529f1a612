"""What a real spreadsheet program saves: templates and wide tables read back from LibreOffice."""

from __future__ import annotations

import pytest
from filled import fill
from office import needs_office, saved
from openpyxl import load_workbook
from spreadsheets import wide, workbook

import kpi
from kpi.observations.reading import read_observations
from kpi.templates.questions import forms
from kpi.templates.workbook import workbook_of

pytestmark = needs_office

CATALOG = kpi.load_catalog()
KNOWN = CATALOG.known
PUBLISHED = kpi.load_published()
PLANS = ("iwate-r3", "national-r3", "miyagi-r2")
FORMULAS = [
    ["支部", "年度", "一者応札件数", "一般競争入札件数"],
    ["岩手支部", "R3", "=1+0", "=SUM(C2,2)"],
    ["岩手支部", "R2", "=NA()", '=""'],
]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Every workbook as LibreOffice saves it, by name."""
    folder = tmp_path_factory.mktemp("office")
    books = {f"{plan}.xlsx": filled(plan) for plan in PLANS}
    books |= {"wide.xlsx": workbook(*wide(PUBLISHED, KNOWN, 2)), "formulas.xlsx": workbook(FORMULAS)}
    paths = [folder / name for name in books]
    for path, data in zip(paths, books.values(), strict=True):
        path.write_bytes(data)
    return dict(zip(books, saved(paths, folder), strict=True))


def filled(plan):
    """The template of a plan, filled in with the published figures."""
    found = CATALOG.plans[plan]
    return fill(workbook_of(forms(CATALOG, found, monthly=True), KNOWN, "ja"), PUBLISHED, found, KNOWN)


def results(observations, plan, **left_out):
    """The results of a plan."""
    return [{**result, **left_out} for result in CATALOG.plans[plan].evaluate(observations).to_dict()["results"]]


@pytest.mark.parametrize("plan", PLANS)
def test_template(files, plan):
    """A template that was filled in and saved there gives the verdicts of the published figures."""
    observations, problems = read_observations(files[f"{plan}.xlsx"], f"{plan}.xlsx", KNOWN)
    assert problems == []
    # a branch is not asked for the nation's figures
    assert results(observations, plan, national=None) == results(PUBLISHED, plan, national=None)


def test_template_keeps_its_rules(files, tmp_path):
    """What may be entered, and what is protected, is still so."""
    path = tmp_path / "saved.xlsx"
    path.write_bytes(files["iwate-r3.xlsx"])
    sheet = load_workbook(path).worksheets[0]
    assert sheet.protection.sheet
    assert len(sheet.data_validations.dataValidation) >= 3


@pytest.mark.parametrize("plan", PLANS)
def test_wide(files, plan):
    """A wide table with cells of every form gives the scorecard of the tidy one."""
    observations, problems = read_observations(files["wide.xlsx"], "wide.xlsx", KNOWN)
    assert (len(observations), problems) == (len(PUBLISHED), [])
    assert results(observations, plan) == results(PUBLISHED, plan)


def test_formulas(files):
    """Formulas that it computed are their values; an error is an error, and a computed blank a blank."""
    observations, (problem,) = read_observations(files["formulas.xlsx"], "formulas.xlsx", KNOWN)
    assert [row.value for row in observations] == ["1", "3"]
    assert (problem.code, problem.line, problem.column) == ("error-cell", 3, 3)
