"""Templates filled in with observations, as a clerk would: in every cell that asks for what was observed."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from kpi.formulas.nodes import Name
from kpi.observations.days import day_in
from kpi.observations.headings import Key, When, read_heading
from kpi.observations.observation import YEAR
from kpi.quantities import read_value
from kpi.sheets.sheet import Cell
from kpi.templates.form_sheet import HEADING_ROW


def fill(data, observations, plan, known) -> bytes:
    """The template *data* with the latest *observations* of the plan's year, and those of other years beside them."""
    book = load_workbook(BytesIO(data))
    sheet = book.worksheets[0]
    headings = [read_heading(Cell(cell.value or "", HEADING_ROW, cell.column), known) for cell in sheet[HEADING_ROW]]
    columns = {heading.key: heading.cell.column for heading in headings if isinstance(heading, Key)}
    for row in sheet.iter_rows(min_row=HEADING_ROW + 1):
        name = row[columns["quantity"] - 1].value
        meant = known.called(name)
        if name.startswith(("※", "#")) or not meant:
            continue
        quantity = printed_as(meant[0], observations, plan)
        latest = latest_of(observations, plan, quantity)
        for heading in headings:
            if isinstance(heading, When) and not row[heading.cell.column - 1].protection.locked:
                day = latest and latest.as_of
                found = value_for(heading, observations, plan, quantity, day)
                if found is not None:
                    row[heading.cell.column - 1].value = as_typed(found)
        if latest is not None:
            row[columns["as_of"] - 1].value = latest.as_of
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def printed_as(quantity, observations, plan):
    """The quantity, or the KPI that is nothing else, where its values are printed under that name."""
    keys = (entry.kpi.key for entry in plan if entry.formula.expression == Name(quantity))
    return next((key for key in keys if observations.of(plan.organisation.key, plan.fiscal_year, key)), quantity)


def latest_of(observations, plan, quantity):
    """What was observed last of the year so far."""
    rows = observations.of(plan.organisation.key, plan.fiscal_year, quantity)
    return max((row for row in rows if row.period == YEAR), key=lambda row: row.as_of, default=None)


def value_for(heading, observations, plan, quantity, day):
    """The observation that a cell asks for, if there is one."""
    rows = observations.of(plan.organisation.key, heading.year, quantity)
    if heading.is_to_date:
        day = day and day_in(heading.year, day, plan.fiscal_year)
        return next((row for row in rows if row.period == YEAR and row.as_of == day), None)
    if heading.period != str(heading.year):
        return next((row for row in rows if row.period == heading.period), None)
    return next((row for row in rows if row.period == YEAR and row.as_of >= heading.year.end), None)


def as_typed(row):
    """The value as somebody types it: a share into a cell in percent, another number as such, or text."""
    number = read_value(row.value).number
    if number is None or any(sign in row.value for sign in "百千万億兆") or row.unit == "支部" or row.value == "実施":
        return f"{row.value}{row.unit}" if number is not None and row.value != "実施" else row.value
    if row.unit == "%":
        return float(number / 100)
    return int(number) if number.denominator == 1 else float(number)
