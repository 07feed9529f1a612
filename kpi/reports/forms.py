"""The forms in which a report is written, and which of them a file's ending asks for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, Literal, assert_never

from kpi.errors import KpiError
from kpi.problems import Language
from kpi.reports.report import Report

Form = Literal["text", "markdown", "html", "xlsx", "json"]
"""`text` is the Markdown, which reads as text; `json` is for programs."""

ENDINGS: Final[dict[str, Form]] = {
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".xlsx": "xlsx",
    ".json": "json",
}


def form_of(file: Path) -> Form:
    """The form that the ending of *file* asks for.

    Raises:
        KpiError: no form has that ending; the message names those that there are.
    """
    ending = file.suffix.lower()
    if ending not in ENDINGS:
        raise KpiError(f"{file}: the ending tells no form; expected {', '.join(ENDINGS)}, or --format")
    return ENDINGS[ending]


def written(report: Report, form: Form, language: Language) -> bytes:
    """The *report* in one form; text is in UTF-8.

    Raises:
        MissingExtraError: what the form needs is not installed.
    """
    match form:
        case "text" | "markdown":
            from kpi.reports.markdown import as_markdown

            return as_markdown(report, language).encode()
        case "html":
            from kpi.reports.page import as_page

            return as_page(report, language).encode()
        case "xlsx":
            from kpi.reports.workbook import as_workbook

            return as_workbook(report, language)
        case "json":
            return f"{json.dumps(report.to_dict(), ensure_ascii=False, indent=2)}\n".encode()
        case _:
            assert_never(form)
