"""The forms as a workbook, with a sheet that tells how to fill them in."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.styles import PatternFill

from kpi.characters import columns as width_of
from kpi.observations.known import Known
from kpi.problems import Language
from kpi.templates import styles
from kpi.templates.form_sheet import FormSheet
from kpi.templates.questions import Form
from kpi.templates.wording import NOTES, WORDS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_TITLE_SIGNS = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE: Final = 31
_WIDTHS: Final = (24.0, 90.0)


def workbook_of(forms: tuple[Form, ...], known: Known, language: Language) -> bytes:
    """A workbook with a sheet for each form, and one that tells how to fill them in."""
    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    for form in forms:
        organisation = form.organisation
        name = (organisation.ja if language == "ja" else organisation.en) or organisation.key
        FormSheet(book.create_sheet(_TITLE_SIGNS.sub("_", name)[:_LONGEST_TITLE]), form, known, language).write()
    _write_notes(book.create_sheet(WORDS[language]["notes"]), forms[0], language)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _write_notes(sheet: Worksheet, form: Form, language: Language) -> None:
    words, year = WORDS[language], form.plan.fiscal_year
    to_date = words["to_date"].format(year=year.ja if language == "ja" else year)
    sheet["A1"] = words["notes"].lstrip("※# ")
    sheet["A1"].font = styles.TITLE
    for row, (word, meaning) in enumerate(NOTES[language], start=3):
        text = meaning.format(to_date=to_date)
        for column, (told, font) in enumerate(((word, styles.STRONG), (text, styles.TEXT)), start=1):
            cell = sheet.cell(row, column, told)
            cell.font, cell.alignment, cell.border = font, styles.LEFT, styles.BOX
        sheet.cell(row, 1).fill = styles.NEEDED_FILL if word == NOTES[language][0][0] else PatternFill()
        sheet.row_dimensions[row].height = styles.height(width_of(text), _WIDTHS[1])
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = _WIDTHS
    styles.finish(sheet, sheet.PAPERSIZE_A4)
