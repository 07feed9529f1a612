"""The command `kpi diff`: what a change of the catalogue means."""

from __future__ import annotations

from pathlib import Path

import click

from kpi.catalogue import load_bytes
from kpi.cli import output
from kpi.cli.options import DATA, LANGUAGE, answering
from kpi.observations.published import load_published
from kpi.observations.reading import load_observations
from kpi.problems import Language, decode


@click.command()
@click.argument("old")
@click.argument("new")
@DATA
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    help="Text for people, Markdown for a pull request comment, JSON for programs.",
)
@click.option("--exit-code", is_flag=True, help="Exit 1 where anything but text differs.")
@LANGUAGE
@answering
def diff(old: str, new: str, data: Path | None, form: str, language: Language, *, exit_code: bool) -> None:
    """Tell how two catalogues differ in meaning, and which verdicts change.

    OLD and NEW are files or git revisions: catalog.yaml, HEAD~1, main:catalog.yaml.
    """
    from kpi.differences import compare
    from kpi.differences.revisions import read_revision
    from kpi.differences.verdicts import known_to
    from kpi.differences.writing import as_markdown, as_text
    from kpi.differences.written import Written

    read = [read_revision(old, new), read_revision(new, old)]
    one, other = (load_bytes(*each) for each in read)
    first, second = (Written.of(decode(*each)[0].text) for each in read)
    observations = load_published() if data is None else load_observations(data, known_to(one, other))
    found = compare(one, other, observations, first, second)
    if form == "json":
        output.json({"old": read[0][1], "new": read[1][1], **found.to_dict()})
    else:
        write = as_markdown if form == "markdown" else as_text
        click.echo(write(found, read[0][1], read[1][1], language).rstrip("\n"))
    raise click.exceptions.Exit(1 if exit_code and found.in_meaning else 0)
