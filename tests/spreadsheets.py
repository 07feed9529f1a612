"""Spreadsheets as branches keep them: a column a variable, Japanese headings, and cells of every form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import count

from openpyxl import Workbook

from kpi.observations.observation import YEAR
from kpi.periods import FiscalYear, read_period

FULL_WIDTH = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
KEYS = ("支部", "年度", "期間", "時点")


def label_of(known, quantity):
    """The Japanese name of a quantity that means nothing else, or its identifier."""
    names = (label for label, meant in known.labels.items() if meant == (quantity,) and not label.isascii())
    return next(names, quantity)


def year_as(number, year: FiscalYear):
    """A fiscal year as people write it, in one of several forms."""
    return (year.ja, f"R{year.year - 2018}" if year.year > 2018 else year.ja, year.year, f"{year.year}年度")[number % 4]


def period_as(number, text, year: FiscalYear):
    """A period in one of several forms: blank or 年度 for the year, a month in an era, or a real date."""
    if text == YEAR:
        return ("", year.ja, None)[number % 3]
    month = read_period(text, year)
    return (month.ja, f"{month.start.month}月", month.start, text)[number % 4]


def day_as(number, day: date):
    """A day as text in an era, or as a real date."""
    year = day.year - 2018
    return (f"令和{year}年{day.month}月{day.day}日" if year > 1 else f"{day}", day, f"{day:%Y/%m/%d}")[number % 3]


def cells_of(value: str, unit: str) -> Iterator[tuple[object, str]]:
    """A value in every form that a cell may have, each with its number format."""
    number = value.removeprefix("-")
    sign = "-" if value.startswith("-") else ""
    if not number.replace(".", "", 1).isdigit():
        yield f"{value}{unit}", "General"  # 256万枚, 実施
        return
    exact = Decimal(value)
    grouped = f"{Decimal(number):,f}"
    for mark in "▲△" if sign else ("",):
        yield f"{mark}{grouped}{unit}", "General"
        yield f"{mark}{grouped}{unit}".translate(FULL_WIDTH).replace("%", "％"), "General"
    yield f" {sign}{number} {unit} ", "General"
    if unit != "支部":  # most KPIs are measured in something else
        yield (int(exact) if "." not in value else float(value)), "#,##0.###"
    yield (int(exact) if "." not in value else float(value)), f'#,##0.###"{unit}";"▲"#,##0.###"{unit}"'
    if unit == "%":
        yield float(exact / 100), "0.00%"


def wide(observations, known, sheets=1, forms=None) -> bytes:
    """A workbook with the *observations*: a row for each organisation, year, period and date.

    Cells take one form after the other. With several *sheets* the columns are divided among them.
    """
    forms = forms or count()
    quantities = list(dict.fromkeys(row.quantity for row in observations))
    book = Workbook()
    book.remove(book.active)
    for part in range(sheets):
        sheet = book.create_sheet(f"実績{part + 1}")
        mine = quantities[part::sheets]
        sheet.append(["事業実績（様式）"])
        sheet.append([])
        sheet.append([*KEYS, *(label_of(known, quantity) for quantity in mine), "備考"])
        branches = {row.quantity for row in observations if row.unit == "支部"}  # of some KPIs only these are printed
        for cell, quantity in zip(sheet[3][4:], mine, strict=False):
            unit = known.quantities[quantity].ja
            if unit and quantity not in branches and next(forms) % 2:
                cell.value = f"{cell.value}（{unit}）"
        places = dict.fromkeys((row.organisation, row.fiscal_year, row.period, row.as_of) for row in observations)
        for organisation, year, period, as_of in places:
            rows = {
                row.quantity: row
                for row in observations
                if (row.organisation, row.fiscal_year, row.period, row.as_of) == (organisation, year, period, as_of)
            }
            number = next(forms)
            place = label_of_place(known, organisation) if number % 2 else organisation
            sheet.append([place, year_as(number, year), period_as(number, period, year), day_as(number, as_of)])
            for column, quantity in enumerate(mine, start=5):
                cell = sheet.cell(sheet.max_row, column)
                row = rows.get(quantity)
                if row is None:
                    cell.value = (None, "-", "―", " ")[next(forms) % 4]
                    continue
                choices = list(cells_of(row.value, row.unit))
                cell.value, cell.number_format = choices[next(forms) % len(choices)]
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def label_of_place(known, organisation):
    """The Japanese name of an organisation."""
    return next(name for name, meant in known.places.items() if meant == (organisation,))
