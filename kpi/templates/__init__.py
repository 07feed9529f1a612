"""Workbooks to fill in: what a plan needs to be evaluated, asked for in a form that reads back."""

from __future__ import annotations

from pathlib import Path

from kpi.catalogue.catalog import Catalog
from kpi.errors import KpiError, MissingExtraError
from kpi.problems import Language
from kpi.templates.questions import forms

__all__ = ["write_template"]


def write_template(
    catalog: Catalog, plan: str, path: str | Path, language: Language = "ja", *, monthly: bool = False
) -> Path:
    """Writes a workbook in which the figures that a plan needs can be filled in, and gives its path.

    It has a row for each variable, with its unit and whether it adds up, and a column for each period: this year up to
    a date, last year up to the same day and as a whole, and each month where a rule is for every month or where
    *monthly* asks for it. Cells that a verdict needs are coloured. `kpi.load_observations` reads it back.

    Raises:
        UnknownNameError: the catalogue has no such plan; the message names the nearest.
        KpiError: the file exists already, which may be filled in, or cannot be written.
        MissingExtraError: openpyxl is not installed.
    """
    asked = forms(catalog, catalog.plan(plan), monthly=monthly)
    try:
        from kpi.templates.workbook import workbook_of
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "openpyxl":
            raise
        raise MissingExtraError("writing workbooks needs openpyxl: pip install 'kpi[sheets]'") from error
    target = Path(path)
    data = workbook_of(asked, catalog.known, language)
    try:
        with target.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise KpiError(f"{target} exists already: nothing written") from None
    except OSError as error:
        raise KpiError(f"cannot write {target}: {error.strerror}") from error
    return target
