"""The tables that the commands print for people; they fit the terminal, whatever its width."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Final

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kpi.audit.audit import Audited
from kpi.evaluation.decision import Verdict
from kpi.evaluation.labels import verdict_text
from kpi.evaluation.wording import WORDS
from kpi.examples.proposals import Proposal
from kpi.formulas.printer import canonical
from kpi.plans.erratum import Erratum
from kpi.plans.plan import Plan
from kpi.plans.scorecard import HEADINGS, Scorecard
from kpi.problems import Language
from kpi.quantities import Quantity

STYLES: Final = {Verdict.ACHIEVED: "green", Verdict.MISSED: "red", Verdict.NOT_EVALUABLE: "yellow"}
_PIPED_WIDTH: Final = 120
"""Columns of a table that is not printed on a terminal."""
_WIDE: Final = 110
"""Columns from which value, target and margin have a column each; below, they stand under each other."""

_LIST_HEADINGS: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("KPI", "rule", "baseline", "section and page"),
    "ja": ("KPI", "目標", "基準", "章・頁"),
}
_EXAMPLE_HEADINGS: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("inputs", "value", "verdict", "why it is worth having"),
    "ja": ("入力", "実績", "判定", "例の意味"),
}
_PROVISIONAL: Final[dict[Language, str]] = {
    "en": "* provisional: the fiscal year was not over on the as-of date",
    "ja": "* 暫定: 年度途中の実績",
}
_PACE: Final[dict[Language, str]] = {
    "en": "pace: ○ met, × not met, △ within the range of what this point of the year called for, by earlier years",
    "ja": "進捗: ○ 到達、× 未到達、△ 範囲内（過去の同時点と最終値から見たこの時点の目安）",
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


def plans(listed: Sequence[Plan], language: Language) -> None:
    """Prints the entries of plans, a table a plan."""
    for plan in listed:
        table = headed_table(
            f"{plan.key}  {plan.ja if language == 'ja' else plan.en}", _LIST_HEADINGS[language], lines=True
        )
        for entry in plan:
            name = Text(entry.kpi.name(language), style="bold").append(f"\n{entry.kpi.key}", style="not bold")
            table.add_row(name, entry.formula.rule_text(language), entry.baseline or "", entry.where)
        terminal().print(table)


def scorecard(plan: Plan, card: Scorecard, language: Language) -> None:
    """Prints a scorecard: value, target, margin and verdict of each KPI, and the reason below its name."""
    console = terminal()
    name_heading, *number_headings, verdict_heading = HEADINGS[language]
    stacked = console.width < _WIDE
    headings = ["\n".join(number_headings)] if stacked else number_headings
    title = f"{plan.key}  {plan.ja if language == 'ja' else plan.en}"
    table = headed_table(title, (name_heading, *headings, verdict_heading), lines=True)
    for column in table.columns[1:-1]:
        column.justify, column.no_wrap = "right", True
    table.columns[-1].no_wrap = True
    for result, (name, *numbers, verdict) in zip(card, card.rows(language), strict=True):
        context = result.why.context(language)
        reasons = f"\n{result.title.key}: {result.why.summary(language)}" + (f"\n{context}" if context else "")
        told = Text(name, style="bold").append(reasons, style="not bold")
        as_of = f"\n{result.as_of}" if result.as_of else ""
        decided = Text(verdict, style=STYLES.get(result.outcome, "")).append(as_of, style="default")
        table.add_row(told, *(["\n".join(numbers)] if stacked else numbers), decided)
    console.print(table)
    words = WORDS[language]
    counts = [f"{words[verdict]} {card.count(verdict)}" for verdict in Verdict if card.count(verdict)]
    console.print(("、" if language == "ja" else ", ").join(counts))
    if any(result.provisional for result in card):
        console.print(_PROVISIONAL[language], style="dim")
    if any(result.pace.low is not None for result in card):
        console.print(_PACE[language], style="dim")


def proposals(title: str, proposed: Sequence[Proposal], language: Language) -> None:
    """Prints proposed examples: their inputs, what comes out of them, and what they stand for."""
    table = headed_table(title, _EXAMPLE_HEADINGS[language])
    for proposal in proposed:
        example, result = proposal.example, proposal.result
        given = {**example.inputs, **({"baseline": example.baseline} if example.baseline else {}), **example.references}
        shown = ", ".join(
            f"{name} {' '.join(map(str, value)) if isinstance(value, list) else value}" for name, value in given.items()
        )
        value = "" if result.value is None else result.value.text(language)
        decided = Text(verdict_text(result, language), style=STYLES.get(result.outcome, ""))
        table.add_row(shown, value, decided, proposal.note(language))
    terminal().print(table)


def audit(rows: Sequence[Audited], errata: Mapping[str, Erratum], loose: Sequence[str], language: Language) -> None:
    """Prints what does not reproduce, each with its evidence, and how many figures do."""
    words = _AUDIT[language]
    told = [row for row in rows if row.finding != "reproduced"]
    if told:
        table = headed_table(
            words["title"], (words["figure"], words["published"], words["recomputed"], words["finding"]), lines=True
        )
        for column in table.columns[1:3]:
            column.justify, column.no_wrap = "right", True
        for row in told:
            table.add_row(*_audited(row, errata, language))
        terminal().print(table)
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


def terminal() -> Console:
    """Where tables are printed: wide enough for them where that is no terminal."""
    console = Console(highlight=False, markup=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = _PIPED_WIDTH
    return console


def headed_table(title: str, headings: tuple[str, ...], *, lines: bool = False) -> Table:
    """A table without rows."""
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SQUARE, show_lines=lines)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table
