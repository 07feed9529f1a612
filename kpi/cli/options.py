"""The options that commands share, and what all of them do where a user has something to mend."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

import click

from kpi.cli import output
from kpi.errors import KpiError, ProblemsError
from kpi.problems import Language

_P = ParamSpec("_P")
_T = TypeVar("_T")

USAGE: Final = 2
"""Exit code for what the caller has to mend: names, options, files."""

FORMAT = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Text for people, JSON for programs."
)
CATALOG = click.option(
    "--catalog", type=click.Path(path_type=Path), metavar="PATH", help="Another catalogue than the one shipped."
)
LANGUAGE = click.option(
    "--lang",
    "language",
    type=click.Choice(["en", "ja"]),
    default=lambda: "ja" if os.environ.get("LANG", "").startswith("ja") else "en",
    help="English or Japanese; without it, what LANG says.",
)
DATA = click.option(
    "--data",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Your own figures instead of the published results: CSV, Excel or Parquet; FILE.xlsx[SHEET] is one sheet.",
)
_QUIET: Final = "kpi.quiet"
QUIET = click.option(
    "-q",
    "--quiet",
    is_flag=True,
    expose_value=False,
    callback=lambda context, _, value: context.meta.update({_QUIET: value}),
    help="No progress bar, and no word where all is well: the answer and problems alone.",
)


def is_quiet() -> bool:
    """Whether the command that runs was asked to say nothing but its answer."""
    return bool(click.get_current_context().meta.get(_QUIET))


def _watching(language: Language) -> AbstractContextManager[None]:
    """Shows the progress of all work that is done within, unless nobody wants it or the errors go to no terminal."""
    if is_quiet() or not sys.stderr.isatty():
        return nullcontext()
    from kpi.cli.progress_bar import watching

    return watching(language)


def answering(command: Callable[_P, _T]) -> Callable[_P, _T]:
    """Turns what a user can mend into one clear message and exit code 2, and shows how far long work has come."""

    @QUIET
    @wraps(command)
    def answered(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        language: Language = "ja" if kwargs.get("language") == "ja" else "en"
        try:
            with _watching(language):
                return command(*args, **kwargs)
        except ProblemsError as error:
            output.problems(error.problems, language, err=True)
        except KpiError as error:
            click.echo(f"kpi: {error}", err=True)
        except BrokenPipeError:
            raise
        except OSError as error:
            click.echo(f"kpi: cannot read {error.filename}: {error.strerror}", err=True)
        raise click.exceptions.Exit(USAGE)

    return answered
