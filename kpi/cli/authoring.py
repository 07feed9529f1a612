"""The commands for those who write a catalogue."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Final

import click

from kpi.catalogue import shipped_catalog
from kpi.cli import output
from kpi.cli.options import CATALOG, FORMAT, LANGUAGE, answering, is_quiet
from kpi.errors import MissingExtraError
from kpi.problems import Language

_CHANGED: Final[dict[Language, str]] = {
    "en": "formulas and rules changed: {count}",
    "ja": "書き換えた式と規則: {count} 件",
}
_WOULD_CHANGE: Final[dict[Language, str]] = {
    "en": "formulas and rules to change: {count}",
    "ja": "書き換えが必要な式と規則: {count} 件",
}


@click.command()
@click.argument("files", metavar="[CATALOG]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 if something would change.")
@CATALOG
@FORMAT
@LANGUAGE
@answering
def fmt(files: tuple[Path, ...], catalog: Path | None, form: str, language: Language, *, only_check: bool) -> None:
    """Write the formulas and rules of catalogues in their canonical form, and touch nothing else."""
    from kpi.catalogue.files import format_files

    if files and catalog:
        raise click.UsageError("the catalogue is named twice: as CATALOG and by --catalog")
    found = format_files(files or (catalog or shipped_catalog(),), write=not only_check)
    if form == "json":
        output.json([change.to_dict() for change in found])
    else:
        for change in found:
            click.echo(str(change))
        word = _WOULD_CHANGE if only_check else _CHANGED
        if not is_quiet():
            click.echo(word[language].format(count=len(found)))
    raise click.exceptions.Exit(1 if only_check and found else 0)


@click.command()
@answering
def schema() -> None:
    """Print the JSON Schema of a catalogue, for editors and validators."""
    from kpi.catalogue.schema import schema_text

    click.echo(schema_text(), nl=False)


@click.command()
@LANGUAGE
@answering
def lsp(language: Language) -> None:
    """Answer an editor as a language server, over standard input and output."""
    try:
        from kpi.editor.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise MissingExtraError("the language server needs pygls: pip install 'kpi[editor]'") from error
    gc.enable()  # unlike any other command it runs for hours
    serve(language)
