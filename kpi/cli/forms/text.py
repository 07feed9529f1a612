"""Text for people: each problem with its line of the file, and how many there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kpi.catalogue.catalog import Catalog
from kpi.cli.forms.report import Report
from kpi.problems import Language, Problem

_HELD: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("plans", "entries", "KPIs", "variables"),
    "ja": ("計画", "項目", "KPI", "変数"),
}


def written(report: Report) -> str:
    """The problems in the order of the files, then the catalogues that have none."""
    return "\n".join(_lines(report))


def problem_lines(problems: Sequence[Problem], language: Language) -> Iterator[str]:
    """Each problem with its line of the file, and how many there are."""
    yield from (problem.render(language) for problem in problems)
    yield _count(problems, language)


def _count(problems: Sequence[Problem], language: Language) -> str:
    """How many problems there are; where there are warnings, these and the errors are counted apart."""
    count = len(problems)
    warnings = sum(problem.severity == "warning" for problem in problems)
    if language == "ja":
        apart = f"（エラー {count - warnings} 件、警告 {warnings} 件）" if warnings else ""
        return f"{count} 件の問題{apart}"
    apart = f": {_counted(count - warnings, 'error')}, {_counted(warnings, 'warning')}" if warnings else ""
    return f"{_counted(count, 'problem')}{apart}"


def _lines(report: Report) -> Iterator[str]:
    language = report.language
    if report.problems:
        yield from problem_lines(report.problems, language)
    for name, catalog in report.catalogs.items():
        if not report.of(name):
            yield _clean(catalog, name, language)
    if report.left_out:
        left_out = report.left_out
        told = f"--select と --ignore により {left_out} 件を省略"
        yield told if language == "ja" else f"{_counted(left_out, 'problem')} left out by --select or --ignore"


def _clean(catalog: Catalog, name: str, language: Language) -> str:
    """A catalogue without problems, and what it holds."""
    entries = sum(map(len, catalog.plans.values()))
    counts = (len(catalog.plans), entries, len(catalog.kpis), len(catalog.vocabulary.variables))
    held = ", ".join(f"{what}: {count}" for what, count in zip(_HELD[language], counts, strict=True))
    return f"{name}: {'問題なし' if language == 'ja' else 'no problems'}; {held}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
