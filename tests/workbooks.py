"""Workbooks for tests: plans put together of any rules, and sheets as LibreOffice calculates them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import attrs
from installed import converted
from openpyxl import load_workbook

import kpi
from kpi.evaluation.result import Title
from kpi.plans.area import Area
from kpi.plans.plan import Kpi
from kpi.plans.scorecard import Scorecard
from kpi.reports.report import Line, Part, Report
from kpi.reports.sources import Place, Sources

RESULTS = {
    "unit": "C", "value": "D", "comparison": "E", "target": "F", "margin": "G", "verdict": "H",
    "computed value": "I", "computed target": "J", "computed margin": "K", "computed verdict": "L", "agrees": "M", "note": "O",
}  # fmt: skip


def report_of(results):
    """A report of *results*, each with its formula: a plan that no catalogue holds."""
    plan = kpi.load_catalog().plans["iwate-r3"]
    template = next(iter(plan))
    place = Place(plan.document.key, "1", "1")
    lines, entries, found = [], {}, {}
    for number, (formula, result) in enumerate(results, 1):
        key = f"kpi_{number}"
        known = Kpi(key, f"指標{number}", f"KPI {number}", formula, "higher")
        entry = attrs.evolve(template, kpi=known, formula=formula)
        titled = attrs.evolve(result, title=Title(key, known.ja, known.en))
        entries[key], found[key] = entry, titled
        lines.append(Line(entry, titled, (), Sources(place, (place,), (), ())))
    changed = attrs.evolve(plan, entries=entries)
    card = Scorecard(plan.key, plan.ja, plan.en, found)
    return Report(changed, card, (Part(Area(), tuple(lines)),), {plan.document.key: plan.document})


def sheets_of(data):
    """The sheets of a workbook with their formulas."""
    return load_workbook(BytesIO(data))


def without_values(data, file, inputs=None):
    """Saves a workbook without what its formulas came to, so that whoever opens it has to calculate.

    *inputs* are numbers to enter, by cell of the sheet of inputs.
    """
    book = sheets_of(data)
    for cell, number in (inputs or {}).items():
        book.worksheets[1][cell] = number
    book.save(file)
    return file


def calculated(files, folder):
    """Workbooks as LibreOffice calculates and saves them, by the name of the file."""
    found = converted([*files], "xlsx", Path(folder))
    return {file.stem: load_workbook(found[file.stem], data_only=True) for file in files}


def rows_of(book):
    """The rows of the sheet of results, by the name of the KPI."""
    sheet = book.worksheets[0]
    found = {}
    for row in range(6, sheet.max_row + 1):
        if sheet[f"M{row}"].value in ("○", "×", "–"):
            found[sheet[f"A{row}"].value] = {key: sheet[f"{column}{row}"].value for key, column in RESULTS.items()}
    return found


def inputs_of(book):
    """The cells of the inputs: by KPI, each label with its cell."""
    sheet = book.worksheets[1]
    found, name = {}, None
    for row in range(4, sheet.max_row + 1):
        name = sheet[f"A{row}"].value or name
        found.setdefault(name, {})[sheet[f"B{row}"].value] = f"C{row}"
    return found
