"""What the commands print: tables that fit the terminal, problems, JSON."""

from __future__ import annotations

import json as json_library
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kpi.audit.audit import Audited
from kpi.catalogue.catalog import Catalog
from kpi.evaluation.decision import Verdict
from kpi.evaluation.wording import WORDS
from kpi.formulas.printer import canonical
from kpi.plans.erratum import Erratum
from kpi.plans.plan import Kpi, Plan, page_text
from kpi.plans.scorecard import HEADINGS, Scorecard
from kpi.problems import Language, Problem
from kpi.quantities import Quantity

_STYLES: Final = {Verdict.ACHIEVED: "green", Verdict.MISSED: "red", Verdict.NOT_EVALUABLE: "yellow"}
_PIPED_WIDTH: Final = 120
"""Columns of a table that is not printed on a terminal."""
_WIDE: Final = 110
"""Columns from which value, target and margin have a column each; below, they stand under each other."""

_LIST_HEADINGS: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("KPI", "rule", "baseline", "section and page"),
    "ja": ("KPI", "目標", "基準", "章・頁"),
}
_KPI_WORDS: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "number": "number",
        "unit": "unit",
        "higher": "higher is better",
        "lower": "lower is better",
        "flow": "flow",
        "stock": "stock",
        "baseline": "baseline",
    },
    "ja": {
        "number": "数",
        "unit": "単位",
        "higher": "高いほどよい",
        "lower": "低いほどよい",
        "flow": "期間の合計",
        "stock": "時点の値",
        "baseline": "基準",
    },
}
_HELD: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("plans", "entries", "KPIs", "variables"),
    "ja": ("計画", "項目", "KPI", "変数"),
}
_PROVISIONAL: Final[dict[Language, str]] = {
    "en": "* provisional: the fiscal year was not over on the as-of date",
    "ja": "* 暫定: 年度途中の実績",
}


_AUDIT: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "title": "figures that are not what their operands give, rounded half up",
        "figure": "figure",
        "published": "published",
        "recomputed": "recomputed",
        "finding": "finding",
        "erratum": "erratum",
        "unexplained": "unexplained: neither reproduced nor an erratum",
        "settled": "settled: the erratum no longer applies",
        "half_up": "half up",
        "floor": "rounded down",
        "ceil": "rounded up",
        "joined": ", ",
        "count": "{count} of {all} figures reproduced",
        "loose": "erratum {key}: no figure and erratum go together",
    },
    "ja": {
        "title": "四捨五入で再現しない公表値",
        "figure": "公表値",
        "published": "公表",
        "recomputed": "再計算",
        "finding": "判定",
        "erratum": "正誤",
        "unexplained": "説明なし: 再現せず、正誤にもない",
        "settled": "解消: 正誤は当てはまらない",
        "half_up": "四捨五入",
        "floor": "切り捨て",
        "ceil": "切り上げ",
        "joined": "、",
        "count": "{all} 件のうち {count} 件が再現",
        "loose": "正誤 {key}: 対応する公表値または正誤がない",
    },
}


def json(value: object) -> None:
    """Prints JSON, with Japanese as it is wherever the output can hold it."""
    is_unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    click.echo(json_library.dumps(value, ensure_ascii=not is_unicode, indent=2))


def problems(found: Iterable[Problem], language: Language, *, err: bool = False) -> None:
    """Prints each problem with its line of the file, and how many there are; as errors where they keep an answer away."""
    listed = list(found)
    for problem in listed:
        click.echo(problem.render(language), err=err)
    count = len(listed)
    click.echo(f"{count} 件の問題" if language == "ja" else f"{count} problem{'s' if count > 1 else ''}", err=err)


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


def clean(catalog: Catalog, name: str, language: Language) -> None:
    """Says that a catalogue has no problems, and what it holds."""
    entries = sum(map(len, catalog.plans.values()))
    counts = (len(catalog.plans), entries, len(catalog.kpis), len(catalog.vocabulary.variables))
    held = ", ".join(f"{what}: {count}" for what, count in zip(_HELD[language], counts, strict=True))
    click.echo(f"{name}: {'問題なし' if language == 'ja' else 'no problems'}; {held}")


def plans(listed: Sequence[Plan], language: Language) -> None:
    """Prints the entries of plans, a table a plan."""
    for plan in listed:
        table = _table(f"{plan.key}  {plan.ja if language == 'ja' else plan.en}", _LIST_HEADINGS[language], lines=True)
        for entry in plan:
            where = " ".join(part for part in (entry.section, page_text(entry.page)) if part)
            name = Text(entry.kpi.name(language), style="bold").append(f"\n{entry.kpi.key}", style="not bold")
            table.add_row(name, entry.formula.rule_text(language), entry.baseline or "", where)
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
    words = _KPI_WORDS[language]
    click.echo(f"{record['kpi']}: {record['ja']} / {record['en']}")
    click.echo(f"  {record['formula_ja'] if language == 'ja' else record['formula']}")
    shown = (record["unit"] or words["number"], words[record["direction"]], WORDS[language][record["rounding"]])
    click.echo(f"  {words['unit']} {', '.join(shown)}")
    for variable in record["variables"]:
        measured = f"({variable['unit']}, {words[variable['kind']]})"
        click.echo(f"  {variable['name']}: {variable['ja']} / {variable['en']} {measured}")
    for entry in record["plans"]:
        baseline = f", {words['baseline']} {entry['baseline']}" if entry["baseline"] else ""
        click.echo(f"  {entry['plan']}: {entry['rule']}{baseline} — {entry['source']}")


def scorecard(plan: Plan, card: Scorecard, language: Language) -> None:
    """Prints a scorecard: value, target, margin and verdict of each KPI, and the reason below its name."""
    console = _console()
    name_heading, *number_headings, verdict_heading = HEADINGS[language]
    stacked = console.width < _WIDE
    headings = ["\n".join(number_headings)] if stacked else number_headings
    title = f"{plan.key}  {plan.ja if language == 'ja' else plan.en}"
    table = _table(title, (name_heading, *headings, verdict_heading), lines=True)
    for column in table.columns[1:-1]:
        column.justify, column.no_wrap = "right", True
    table.columns[-1].no_wrap = True
    for result, (name, *numbers, verdict) in zip(card, card.rows(language), strict=True):
        told = Text(name, style="bold").append(
            f"\n{result.title.key}: {result.why.summary(language)}", style="not bold"
        )
        as_of = f"\n{result.as_of}" if result.as_of else ""
        decided = Text(verdict, style=_STYLES.get(result.outcome, "")).append(as_of, style="default")
        table.add_row(told, *(["\n".join(numbers)] if stacked else numbers), decided)
    console.print(table)
    words = WORDS[language]
    counts = [f"{words[verdict]} {card.count(verdict)}" for verdict in Verdict if card.count(verdict)]
    console.print(("、" if language == "ja" else ", ").join(counts))
    if any(result.provisional for result in card):
        console.print(_PROVISIONAL[language], style="dim")


def audit(rows: Sequence[Audited], errata: Mapping[str, Erratum], loose: Sequence[str], language: Language) -> None:
    """Prints what does not reproduce, each with its evidence, and how many figures do."""
    words = _AUDIT[language]
    told = [row for row in rows if row.finding != "reproduced"]
    if told:
        table = _table(
            words["title"], (words["figure"], words["published"], words["recomputed"], words["finding"]), lines=True
        )
        for column in table.columns[1:3]:
            column.justify, column.no_wrap = "right", True
        for row in told:
            table.add_row(*_audited(row, errata, language))
        _console().print(table)
    count = sum(row.finding == "reproduced" for row in rows)
    click.echo(words["count"].format(count=count, all=len(rows)))
    for key in loose:
        click.echo(words["loose"].format(key=key))


def _audited(row: Audited, errata: Mapping[str, Erratum], language: Language) -> tuple[Text, str, str, str]:
    figure, words = row.figure, _AUDIT[language]
    expression = canonical(figure.expression)
    told = Text(figure.what, style="bold").append(f"\n{figure.plan} {figure.source}\n{expression}", style="not bold")
    shown = "–"
    if row.recomputed is not None:
        shown = Quantity(row.recomputed * figure.unit.per, figure.unit, figure.decimals + 2).text(language)
    erratum = errata.get(figure.erratum or "")
    finding = words[row.finding] if erratum is None else f"{words[row.finding]}: {erratum.evidence(language)}"
    by = words["joined"].join(words[rounding] for rounding in row.reproduced_by)
    return told, f"{figure.written}{figure.unit.ja}", f"{shown}\n{by}" if by else shown, finding


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
