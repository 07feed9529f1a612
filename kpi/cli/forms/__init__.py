"""The forms in which `kpi check` writes what it found: for people, programs and the tools of a CI.

A form is a function from a report to a text without a line end behind it; each is loaded when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final

from kpi.cli.forms.report import Report

_HOMES: Final = {
    "text": "kpi.cli.forms.text",
    "json": "kpi.cli.forms.records",
    "sarif": "kpi.cli.forms.sarif",
    "github": "kpi.cli.forms.annotations",
    "junit": "kpi.cli.forms.junit",
}

FORMS: Final = (*_HOMES,)
"""The names of the forms."""


def written(report: Report, form: str) -> str:
    """The *report* in one of the `FORMS`; nothing where the form has nothing to say of a clean check."""
    text: str = import_module(_HOMES[form]).written(report)
    return text
