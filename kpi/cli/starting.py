"""The command `kpi init`: a catalogue to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from kpi.cli.options import LANGUAGE, answering, is_quiet
from kpi.errors import KpiError
from kpi.problems import Language
from kpi.starter import write_starter

_NEXT: Final[dict[Language, str]] = {
    "en": "next: kpi check {catalog}, then kpi evaluate office-r7 --catalog {catalog} --data {data}",
    "ja": "次に: kpi check {catalog}、続いて kpi evaluate office-r7 --catalog {catalog} --data {data}",
}


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@LANGUAGE
@answering
def init(folder: Path, language: Language) -> None:
    """Write a catalogue to start from, with a table of observations; no file is ever overwritten."""
    try:
        catalog, data = write_starter(folder, language)
    except OSError as error:
        raise KpiError(f"cannot write {error.filename}: {error.strerror}") from error
    if is_quiet():
        return
    for path in (catalog, data):
        click.echo(str(path))
    click.echo(_NEXT[language].format(catalog=catalog, data=data))
