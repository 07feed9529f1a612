"""KPIs and plans as HTML, for notebooks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kpi.markup import Content, element, facts_table, html, row, table
from kpi.problems import Language

if TYPE_CHECKING:
    from kpi.plans.plan import Entry, Kpi, Plan

_WORDS: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "formula": "formula",
        "unit": "unit",
        "direction": "better",
        "higher": "higher",
        "lower": "lower",
        "other": "in Japanese",
        "labels": "also printed as",
        "rule": "target",
        "baseline": "baseline",
        "source": "source",
        "number": "plain number",
        "list": ", ",
    },
    "ja": {
        "formula": "計算式",
        "unit": "単位",
        "direction": "よい方",
        "higher": "高い方",
        "lower": "低い方",
        "other": "英語名",
        "labels": "別の表記",
        "rule": "目標",
        "baseline": "基準値",
        "source": "出典",
        "number": "単位のない数",
        "list": "、",
    },
}


def kpi_html(kpi: Kpi, language: Language) -> str:
    """The KPI with its formula as a fraction."""
    words = _WORDS[language]
    other: Language = "en" if language == "ja" else "ja"
    facts: dict[str, tuple[Content, ...]] = {
        "formula": (kpi.formula.fraction(language),),
        "unit": ((kpi.formula.unit.ja if language == "ja" else kpi.formula.unit.en) or words["number"],),
        "direction": (words.get(kpi.direction or "", ""),),
        "other": (kpi.name(other),),
        "labels": (words["list"].join(kpi.labels),),
    }
    rows = ((words[name], content) for name, content in facts.items() if content != ("",))
    return html(facts_table((element("strong", kpi.name(language)), " ", element("code", kpi.key)), rows, language))


def plan_html(plan: Plan, language: Language) -> str:
    """The plan with the target, the baseline and the place of each entry."""
    words = _WORDS[language]
    name = plan.ja if language == "ja" else plan.en
    caption = (element("strong", name), " ", element("code", plan.key))
    headings = ("KPI", words["rule"], words["baseline"], words["source"])
    rows = (row(*_cells(entry, language)) for entry in plan)
    return html(table(caption, headings, rows, language))


def _cells(entry: Entry, language: Language) -> Iterator[tuple[Content, ...]]:
    yield entry.kpi.name(language), element("br"), element("code", entry.kpi.key)
    yield (entry.formula.rule_text(language),)
    yield (entry.baseline or "",)
    yield (entry.where,)
