"""The workbook: results with live formulas, so that a reader can check the arithmetic."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from kpi.errors import MissingExtraError
from kpi.problems import Language
from kpi.reports.edition import Edition
from kpi.reports.report import Report
from kpi.reports.workbook.inputs import Inputs
from kpi.reports.workbook.notes import DOCUMENTS, READING, Notes, write_documents, write_reading
from kpi.reports.workbook.results import Results
from kpi.reports.workbook.styles import Styles
from kpi.reports.workbook.wording import WORDS

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


def as_workbook(report: Report, language: Language) -> bytes:
    """The report as a file of Excel: results, their inputs, errata and sources, and how to read it.

    Raises:
        MissingExtraError: XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise MissingExtraError("XlsxWriter is not installed: pip install 'kpi[report]'") from None
    file, words, edition = BytesIO(), WORDS[language], Edition(report, language)
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": edition.title})
        styles = Styles(book)
        sheets = {key: book.add_worksheet(words[key]) for key in ("results", "inputs", "documents", "reading")}
        for sheet in sheets.values():
            _set_page(sheet)
        inputs = Inputs(sheets["inputs"], edition, styles)
        inputs.begin()
        results = Results(sheets["results"], inputs, edition, styles)
        results.begin()
        for area in edition.areas:
            results.write(area.name, area.part)
        results.finish()
        write_documents(Notes(sheets["documents"], styles, DOCUMENTS), edition)
        write_reading(Notes(sheets["reading"], styles, READING), edition)
    return file.getvalue()


def _set_page(sheet: Worksheet) -> None:
    """A4, as wide as the page, numbered."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.set_footer("&R&P / &N")
    sheet.hide_gridlines(2)
