"""Spreadsheets as branches keep them: a column a variable, Japanese headings, and cells of every form."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import count

from openpyxl import Workbook

from kpi.observations.observation import YEAR
from kpi.periods import FiscalYear, read_period

FULL_WIDTH = str.maketrans("0123456789.,-%", "０１２３４５６７８９．，－％")
KEYS = ("支部", "年度", "期間", "時点")
Formed = tuple[object, str]
"""The value of a cell, and its number format."""


def workbook(*sheets, titles=()) -> bytes:
    """A workbook of *sheets*, each of rows of values, or of pairs of a value and its number format."""
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(titles[number] if titles else f"Sheet{number + 1}")
        for row, cells in enumerate(rows, start=1):
            for column, given in enumerate(cells, start=1):
                cell = sheet.cell(row, column)
                cell.value = value_of(given)
                if isinstance(given, tuple):
                    cell.number_format = given[1]
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def csv_text(rows) -> str:
    """The rows as CSV, each value as it is written."""
    target = io.StringIO()
    csv.writer(target, lineterminator="\r\n").writerows(
        [["" if value is None else value for value in map(value_of, row)] for row in rows]
    )
    return target.getvalue()


def value_of(cell):
    """The value of a cell with or without a number format."""
    return cell[0] if isinstance(cell, tuple) else cell


def label_of(known, quantity):
    """The Japanese name of a quantity that means nothing else, or its identifier."""
    names = (label for label, meant in known.labels.items() if meant == (quantity,) and not label.isascii())
    return next(names, quantity)


def place_of(known, organisation):
    """The Japanese name of an organisation."""
    return next(name for name, meant in known.places.items() if meant == (organisation,))


def year_as(number, year: FiscalYear):
    """A fiscal year as people write it, in one of several forms."""
    return (year.ja, f"R{year.year - 2018}", year.year, f"{year.year}年度")[number % 4]


def period_as(number, text, year: FiscalYear):
    """A period in one of several forms: blank or 年度 for the year, a month in an era, or a real date."""
    if text == YEAR:
        return ("", year.ja, None)[number % 3]
    month = read_period(text, year)
    return (month.ja, f"{month.start.month}月", (month.start, "yyyy/m"), text)[number % 4]


def day_as(number, day: date):
    """A day as text in an era, or as a real date."""
    in_era = f"令和{day.year - 2018}年{day.month}月{day.day}日" if day.year > 2019 else f"{day}"
    return (in_era, (day, "yyyy/m/d"), f"{day:%Y/%m/%d}")[number % 3]


def forms_of(value: str, unit: str, *, typed=True) -> Iterator[Formed]:
    """A value in every form that a cell may have; without *typed* ones only texts."""
    number = value.removeprefix("-")
    sign = "-" if value.startswith("-") else ""
    if not number.replace(".", "", 1).isdigit():
        yield f"{value}{unit}", "General"  # 256万枚, 実施
        return
    exact = Decimal(value)
    grouped = f"{Decimal(number):,f}"
    for mark in "▲△" if sign else ("",):
        yield f"{mark}{grouped}{unit}", "General"
        yield f"{mark}{grouped}{unit}".translate(FULL_WIDTH), "General"
    yield f" {sign}{number} {unit} ", "General"
    if not typed:
        return
    plain = float(value) if "." in value else int(value)
    if unit != "支部":  # most KPIs are measured in something else
        yield plain, "#,##0.###"
    yield plain, f'#,##0.###"{unit}";"▲"#,##0.###"{unit}"'
    if unit == "%":
        yield float(exact / 100), "0.00%"


def wide(observations, known, sheets=1, *, typed=True) -> list[list[list[object]]]:
    """Sheets with the *observations*: a row for each organisation, year, period and date, a column for each quantity.

    Cells take one form after the other. Several *sheets* divide the columns among them.
    """
    forms = count()
    quantities = list(dict.fromkeys(row.quantity for row in observations))
    return [_wide(observations, known, quantities[part::sheets], forms, typed) for part in range(sheets)]


def _wide(observations, known, quantities, forms, typed):
    branches = {row.quantity for row in observations if row.unit == "支部"}  # of some KPIs only these are printed
    headings: list[object] = [*KEYS]
    for quantity in quantities:
        unit = known.quantities[quantity].ja if next(forms) % 2 and quantity not in branches else ""
        headings.append(f"{label_of(known, quantity)}（{unit}）" if unit else label_of(known, quantity))
    found: list[list[object]] = [["事業実績（様式）"], [], headings]
    values = {(_place(row), row.quantity): row for row in observations}
    for place in dict.fromkeys(map(_place, observations)):
        organisation, year, period, as_of = place
        number = next(forms)
        name = place_of(known, organisation) if number % 2 else organisation
        cells = [name, year_as(number, year), period_as(number, period, year), day_as(number, as_of)]
        for quantity in quantities:
            row = values.get((place, quantity))
            if row is None:
                cells.append((None, "-", "―", " ")[next(forms) % 4])
            else:
                choices = [*forms_of(row.value, row.unit, typed=typed)]
                cells.append(choices[next(forms) % len(choices)])
        found.append(cells if typed else [*map(value_of, cells)])
    return found


def _place(row):
    return row.organisation, row.fiscal_year, row.period, row.as_of
