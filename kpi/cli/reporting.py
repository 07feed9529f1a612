"""The command `kpi report`: the results of a plan as a page, as Markdown, as a workbook or as data."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from kpi.catalogue import load_catalog
from kpi.cli import output
from kpi.cli.options import CATALOG, DATA, LANGUAGE, answering, is_quiet
from kpi.errors import KpiError
from kpi.observations.published import load_published
from kpi.observations.reading import load_observations
from kpi.problems import Language
from kpi.reports.edition import Edition
from kpi.reports.forms import Form, form_of, written
from kpi.reports.report import Report


@click.command()
@click.argument("plan", metavar="PLAN")
@DATA
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a file: .html, .md, .xlsx or .json; without it the report is printed.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(get_args(Form)),
    help="Another form than the file's ending says. Text, which is Markdown, where nothing says.",
)
@CATALOG
@LANGUAGE
@answering
def report(
    plan: str, data: Path | None, file: Path | None, form: Form | None, catalog: Path | None, language: Language
) -> None:
    """Write the results of a plan by area, with the reasons, the errata that touch them, and the sources.

    A page (.html) stands alone, in Japanese and English, and prints on A4; a workbook (.xlsx) calculates the results
    again in live formulas.
    """
    chosen: Form = form or (form_of(file) if file else "text")
    if chosen == "xlsx" and file is None:
        raise click.UsageError("a workbook needs a file: -o FILE.xlsx")
    loaded = load_catalog(catalog)
    observations = load_published() if data is None else load_observations(data, loaded.known)
    found = Report.of(loaded.plan(plan), observations, loaded)
    if file is None and chosen == "json":
        output.json(found.to_dict())
    elif file is None:
        click.echo(written(found, chosen, language).decode(), nl=False)
    else:
        _save(written(found, chosen, language), file)
        if not is_quiet():
            click.echo(f"{file}: {Edition(found, language).summary}")


def _save(content: bytes, file: Path) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise KpiError(f"cannot write {file}: {error.strerror}") from error
