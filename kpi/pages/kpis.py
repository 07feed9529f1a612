"""The page of KPIs: each with its formula, its rule in every plan, and its results."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kpi.catalogue.catalog import Catalog
from kpi.evaluation.wording import WORDS
from kpi.formulas.nodes import Name
from kpi.pages.cells import Cards, legend, place, result_cells
from kpi.pages.markdown import blocks, code, heading, link, plain, table
from kpi.plans.plan import Kpi
from kpi.problems import Language
from kpi.units import Unit

_INTRODUCTION: Final[dict[Language, str]] = {
    "en": "The {count} KPIs of the catalogue. Formulas use the identifiers that `kpi show` and rules know; "
    "rules and results are in Japanese, as the plans print them.",
    "ja": "カタログにある{count}のKPIです。計算式は、`kpi show` や目標で使う識別子で示します。",
}
_COLUMNS: Final[dict[Language, dict[str, tuple[str, ...]]]] = {
    "en": {
        "contents": ("KPI", "in English", "plans"),
        "variables": ("variable", "Japanese", "English", "unit", "kind"),
        "rules": ("plan", "rule", "as printed", "baseline", "section and page"),
        "results": ("plan", "value", "target", "margin", "verdict", "as of"),
    },
    "ja": {
        "contents": ("KPI", "英語名", "計画の数"),
        "variables": ("変数", "日本語名", "英語名", "単位", "種類"),
        "rules": ("計画", "目標", "文書の文言", "基準値", "章節とページ"),
        "results": ("計画", "実績", "目標", "差", "判定", "時点"),
    },
}
_SHOWN: Final[dict[Language, str]] = {
    "en": "Unit {unit}; {direction} is better; shown with {decimals}, {rounding}; rules compare the {compared} value.",
    "ja": "単位は{unit}。{direction}ほどよい。表示は{decimals}、{rounding}。目標は{compared}を比べる。",
}
_WORDS: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "higher": "higher",
        "lower": "lower",
        "exact": "exact",
        "shown": "shown",
        "flow": "flow",
        "stock": "stock",
        "as data": "as many decimals as the data have",
        "0": "no decimals",
        "1": "1 decimal",
        "several": "{count} decimals",
        "unpublished": "No results were published.",
    },
    "ja": {
        "higher": "高い",
        "lower": "低い",
        "exact": "丸める前の値",
        "shown": "表示する値",
        "flow": "フロー",
        "stock": "ストック",
        "as data": "データと同じ小数の桁数",
        "0": "整数",
        "1": "小数1桁",
        "several": "小数{count}桁",
        "unpublished": "公表された実績はありません。",
    },
}


def kpis_page(catalog: Catalog, cards: Cards, language: Language) -> str:
    """A section for each KPI, in the order of the catalogue."""
    sections = (_section(catalog, kpi, cards, language) for kpi in catalog.kpis.values())
    title = {"en": "# KPIs", "ja": "# KPI"}[language]
    return blocks((title, _introduction(catalog, cards, language), *sections)) + "\n"


def _introduction(catalog: Catalog, cards: Cards, language: Language) -> str:
    plans = {kpi: sum(kpi in plan.entries for plan in catalog.plans.values()) for kpi in catalog.kpis}
    rows = ((link(kpi.ja, f"#{kpi.key}"), plain(kpi.en), str(plans[kpi.key])) for kpi in catalog.kpis.values())
    text = _INTRODUCTION[language].format(count=len(catalog.kpis))
    return blocks((text, legend(cards, language), table(_COLUMNS[language]["contents"], rows, frozenset({2}))))


def _section(catalog: Catalog, kpi: Kpi, cards: Cards, language: Language) -> str:
    return blocks(
        (
            heading(2, kpi.key, kpi.ja),
            f"{plain(kpi.en)}, {code(kpi.key)}",
            _formula(kpi),
            _shown(kpi, language),
            _variables(kpi, language),
            _rules(catalog, kpi, language),
            _results(catalog, kpi, cards, language),
        )
    )


def _formula(kpi: Kpi) -> str:
    """The fraction with Japanese labels, and the text; a formula that is one variable needs no drawing."""
    drawn = "" if isinstance(kpi.formula.expression, Name) else f"```math\n{kpi.formula.latex('ja')}\n```"
    return blocks((drawn, code(kpi.formula.text())))


def _shown(kpi: Kpi, language: Language) -> str:
    style, words = kpi.formula.style, _WORDS[language]
    return _SHOWN[language].format(
        unit=_unit(kpi.formula.unit, language),
        direction=words[str(kpi.direction)],
        decimals=_decimals(style.decimals, language),
        rounding=WORDS[language][style.rounding],
        compared=words[style.compared],
    )


def _decimals(count: int | None, language: Language) -> str:
    words = _WORDS[language]
    return words["as data"] if count is None else words.get(str(count)) or words["several"].format(count=count)


def _unit(unit: Unit, language: Language) -> str:
    return plain(unit.ja) if language == "ja" or unit.ja == unit.name else f"{plain(unit.ja)} ({plain(unit.name)})"


def _variables(kpi: Kpi, language: Language) -> str:
    vocabulary = kpi.formula.vocabulary
    variables = (vocabulary.variables[name] for name in kpi.formula.names) if vocabulary else ()
    rows = (
        (
            code(variable.name),
            plain(variable.ja),
            plain(variable.en),
            _unit(variable.unit, language),
            _WORDS[language][variable.kind],
        )
        for variable in variables
    )
    return table(_COLUMNS[language]["variables"], rows)


def _rules(catalog: Catalog, kpi: Kpi, language: Language) -> str:
    rows = (
        (
            link(plan.key, f"plans.md#{plan.key}"),
            plain(entry.formula.rule_text("ja")),
            plain(entry.published),
            plain(entry.baseline or ""),
            place(entry.section, entry.page),
        )
        for plan in catalog.plans.values()
        if (entry := plan.entries.get(kpi.key))
    )
    return table(_COLUMNS[language]["rules"], rows)


def _results(catalog: Catalog, kpi: Kpi, cards: Cards, language: Language) -> str:
    rows = [*_result_rows(catalog, kpi, cards)]
    if not rows:
        return _WORDS[language]["unpublished"]
    return table(_COLUMNS[language]["results"], rows, frozenset({1, 2, 3}))


def _result_rows(catalog: Catalog, kpi: Kpi, cards: Cards) -> Iterator[tuple[str, ...]]:
    for key, card in cards.items():
        if kpi.key in catalog.plans[key].entries:
            result = card[kpi.key]
            value, target, margin, verdict = result_cells(result)
            as_of = "" if result.as_of is None else result.as_of.isoformat()
            yield link(key, f"plans.md#{key}"), value, target, margin, verdict, as_of
