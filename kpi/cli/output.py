"""What the commands print: tables that fit the terminal, problems, JSON."""

from __future__ import annotations

import json as json_library
import os
from collections.abc import Iterable, Sequence
from typing import Any, Final

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kpi.catalogue.catalog import Catalog
from kpi.evaluation.decision import Verdict
from kpi.evaluation.wording import WORDS
from kpi.plans.plan import Kpi, Plan
from kpi.plans.scorecard import HEADINGS, Scorecard
from kpi.problems import Language, Problem

_STYLES: Final = {Verdict.ACHIEVED: "green", Verdict.MISSED: "red", Verdict.NOT_EVALUABLE: "yellow"}
_PIPED_WIDTH: Final = 120
"""Columns of a table that is not printed on a terminal."""

_LIST_HEADINGS: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("KPI", "name", "rule", "baseline", "source"),
    "ja": ("KPI", "名称", "目標", "基準", "出典"),
}
_PROVISIONAL: Final[dict[Language, str]] = {
    "en": "* provisional: the fiscal year was not over on the as-of date",
    "ja": "* 暫定: 年度途中の実績",
}


def json(value: object) -> None:
    """Prints JSON."""
    click.echo(json_library.dumps(value, ensure_ascii=False, indent=2))


def problems(found: Iterable[Problem], language: Language) -> None:
    """Prints each problem with its line of the file, and how many there are."""
    listed = list(found)
    for problem in listed:
        click.echo(problem.render(language))
    count = len(listed)
    click.echo(f"{count} 件の問題" if language == "ja" else f"{count} problem{'s' if count > 1 else ''}")


def problem_record(problem: Problem) -> dict[str, Any]:
    """A problem for programs."""
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "message": problem.message,
        "message_ja": problem.message_in("ja"),
        "suggestions": list(problem.suggestions),
    }


def clean(catalog: Catalog, name: str) -> None:
    """Says that a catalogue has no problems, and what it holds."""
    entries = sum(map(len, catalog.plans.values()))
    counts = {"plans": len(catalog.plans), "entries": entries, "KPIs": len(catalog.kpis)}
    counts["variables"] = len(catalog.vocabulary.variables)
    click.echo(f"{name}: no problems; {', '.join(f'{what}: {count}' for what, count in counts.items())}")


def plans(listed: Sequence[Plan], language: Language) -> None:
    """Prints the entries of plans, a table a plan."""
    for plan in listed:
        table = _table(f"{plan.key}  {plan.ja if language == 'ja' else plan.en}", _LIST_HEADINGS[language])
        for entry in plan:
            where = " ".join(part for part in (entry.section, f"p. {entry.page}" if entry.page else "") if part)
            rule = entry.formula.rule_text(language)
            table.add_row(entry.kpi.key, entry.kpi.name(language), rule, entry.baseline or "", where)
        _console().print(table)


def kpi_record(catalog: Catalog, kpi: Kpi) -> dict[str, Any]:
    """A KPI for programs: its definition, and its entry in each plan."""
    return {
        "kpi": kpi.key,
        "ja": kpi.ja,
        "en": kpi.en,
        "formula": kpi.formula.text("en"),
        "formula_ja": kpi.formula.text("ja"),
        "latex": kpi.formula.latex(),
        "unit": kpi.formula.unit.name,
        "direction": kpi.direction,
        "decimals": kpi.formula.style.decimals,
        "rounding": kpi.formula.style.rounding,
        "compared": kpi.formula.style.compared,
        "variables": [
            {"name": name, "ja": variable.ja, "en": variable.en, "unit": variable.unit.name, "kind": variable.kind}
            for name in kpi.formula.names
            if (variable := catalog.vocabulary.variables.get(name))
        ],
        "plans": [plan[kpi.key].to_dict(plan.key) for plan in catalog.plans.values() if kpi.key in plan.entries],
    }


def kpi_text(record: dict[str, Any], language: Language) -> None:
    """Prints a KPI."""
    click.echo(f"{record['kpi']}: {record['ja']} / {record['en']}")
    click.echo(f"  {record['formula_ja'] if language == 'ja' else record['formula']}")
    click.echo(f"  unit {record['unit'] or 'number'}, {record['direction']} is better, {record['rounding']} rounding")
    for variable in record["variables"]:
        click.echo(
            f"  {variable['name']}: {variable['ja']} / {variable['en']} ({variable['unit']}, {variable['kind']})"
        )
    for entry in record["plans"]:
        baseline = f", baseline {entry['baseline']}" if entry["baseline"] else ""
        click.echo(f"  {entry['plan']}: {entry['rule']}{baseline} — {entry['source']}")


def scorecard(plan: Plan, card: Scorecard, language: Language) -> None:
    """Prints a scorecard: a row a KPI with value, target, margin and verdict, and the reason below its name."""
    table = _table(f"{plan.key}  {plan.ja if language == 'ja' else plan.en}", HEADINGS[language], lines=True)
    for column in table.columns[1:]:
        column.justify = "right"
        column.no_wrap = True
    table.columns[-1].justify = "left"
    for result, (name, *numbers, verdict) in zip(card, card.rows(language), strict=True):
        told = Text(name, style="bold").append(
            f"\n{result.title.key}: {result.why.summary(language)}", style="not bold"
        )
        as_of = f"\n{result.as_of}" if result.as_of else ""
        table.add_row(
            told, *numbers, Text(verdict, style=_STYLES.get(result.outcome, "")).append(as_of, style="default")
        )
    console = _console()
    console.print(table)
    words = WORDS[language]
    counts = [f"{words[verdict]} {card.count(verdict)}" for verdict in Verdict if card.count(verdict)]
    console.print(("、" if language == "ja" else ", ").join(counts))
    if any(result.provisional for result in card):
        console.print(_PROVISIONAL[language], style="dim")


def _console() -> Console:
    console = Console(highlight=False, markup=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = _PIPED_WIDTH
    return console


def _table(title: str, headings: tuple[str, ...], *, lines: bool = False) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SQUARE, show_lines=lines)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table
