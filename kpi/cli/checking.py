"""The command `kpi check`: every problem of some catalogues, in the form that its reader asks for."""

from __future__ import annotations

from pathlib import Path

import click

from kpi.catalogue import checked_catalog, shipped_catalog
from kpi.cli.forms import FORMS, written
from kpi.cli.forms.report import Report
from kpi.cli.options import CATALOG, LANGUAGE, answering, is_quiet
from kpi.cli.selection import chosen
from kpi.errors import KpiError
from kpi.problems import Language


@click.command()
@click.argument("files", metavar="[CATALOG]...", nargs=-1, type=click.Path(path_type=Path))
@CATALOG
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default="text",
    help="Text for people, JSON for programs; SARIF, GitHub annotations and JUnit XML for the tools of a CI.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write that form to a file, and text to the terminal.",
)
@click.option("--select", multiple=True, metavar="CODES", help="Only these problems: codes, or words they begin with.")
@click.option("--ignore", multiple=True, metavar="CODES", help="All but these problems.")
@click.option("--strict", is_flag=True, help="Fail for warnings as well.")
@LANGUAGE
@answering
def check(
    files: tuple[Path, ...],
    catalog: Path | None,
    form: str,
    output: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    language: Language,
    *,
    strict: bool,
) -> None:
    """Report every problem of catalogues: exit 0 with no errors, 1 with some."""
    if files and catalog:
        raise click.UsageError("the catalogue is named twice: as CATALOG and by --catalog")
    paths = files or (catalog,)
    checked = {str(path or shipped_catalog().name): checked_catalog(path) for path in dict.fromkeys(paths)}
    found = [problem for _, problems in checked.values() for problem in problems]
    kept = tuple(chosen(found, select, ignore))
    catalogs = {name: loaded for name, (loaded, _) in checked.items()}
    report = Report(catalogs, kept, language, strict=strict, left_out=len(found) - len(kept))
    if output:
        _save(written(report, form), output)
    shown = "text" if output else form
    text = written(report, shown)
    if text and not (shown == "text" and is_quiet() and not kept):
        click.echo(text)
    raise click.exceptions.Exit(1 if report.fails else 0)


def _save(text: str, file: Path) -> None:
    try:
        file.write_text(f"{text}\n" if text else "", encoding="utf-8", newline="\n")
    except OSError as error:
        raise KpiError(f"cannot write {file}: {error.strerror}") from error
