"""The commands by which a GitHub workflow shows each problem beside its line of a pull request.

Source: "Workflow commands for GitHub Actions", setting an error or warning message.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kpi.cli.forms.paths import in_repository
from kpi.cli.forms.report import Report
from kpi.problems import Language, Problem

_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY: Final = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def written(report: Report) -> str:
    """One command a problem; nothing where there is none."""
    return "\n".join(_command(problem, report.language) for problem in report.problems)


def _command(problem: Problem, language: Language) -> str:
    properties = ",".join(f"{name}={str(value).translate(_PROPERTY)}" for name, value in _properties(problem))
    return f"::{problem.severity} {properties}::{problem.message_in(language).translate(_DATA)}"


def _properties(problem: Problem) -> Iterator[tuple[str, object]]:
    """What the command says of the place; GitHub takes columns only for what stands on one line."""
    yield "file", in_repository(problem.file)
    yield "line", problem.line
    yield "col", problem.column
    if problem.end.line == problem.line:
        yield "endLine", problem.line
        yield "endColumn", problem.end.column
    yield "title", problem.code
