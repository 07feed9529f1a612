"""The command `kpi template`: a workbook to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from kpi.catalogue import load_catalog
from kpi.cli.options import CATALOG, LANGUAGE, answering, is_quiet
from kpi.problems import Language
from kpi.progress import stage


@click.command()
@click.argument("plan", metavar="PLAN")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The workbook to write, .xlsx.",
)
@click.option("--monthly", is_flag=True, help="Ask for each month as well.")
@CATALOG
@LANGUAGE
@answering
def template(plan: str, output: Path, catalog: Path | None, language: Language, *, monthly: bool) -> None:
    """Write a workbook in which the figures of a plan can be filled in; no file is ever overwritten.

    What was filled in is read by --data: kpi evaluate PLAN --data FILE.
    """
    from kpi.templates import write_template

    if output.suffix.lower() != ".xlsx":
        raise click.UsageError(f"{output} is no workbook; expected a name such as {output.stem or 'figures'}.xlsx")
    with stage("writing", of=str(output)):
        write_template(load_catalog(catalog), plan, output, language, monthly=monthly)
    if not is_quiet():
        click.echo(str(output))
