"""The page of plans: each with its KPIs in the order of the document, and its results where they were published."""

from __future__ import annotations

from typing import Final

from kpi.catalogue.catalog import Catalog
from kpi.evaluation.decision import Verdict
from kpi.evaluation.wording import WORDS
from kpi.pages.cells import Cards, legend, result_cells
from kpi.pages.markdown import blocks, code, heading, link, plain, table
from kpi.plans.plan import Entry, Plan
from kpi.plans.scorecard import HEADINGS, Scorecard
from kpi.problems import Language

_WORDS: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "title": "# Plans",
        "none": "none published",
        "targets": "No results were published; these are the targets.",
        "comma": ", ",
        "no errata": "none",
        "beside": "{name} ({other})",
    },
    "ja": {
        "title": "# 計画と実績",
        "none": "公表なし",
        "targets": "実績は公表されていません。目標だけを示します。",
        "comma": "、",
        "no errata": "なし",
        "beside": "{name}（{other}）",
    },
}
_FACTS: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("organisation", "fiscal year", "document", "errata of the document"),
    "ja": ("組織", "年度", "文書", "文書の正誤"),
}
_COLUMNS: Final[dict[Language, dict[str, tuple[str, ...]]]] = {
    "en": {"contents": ("plan", "in English", "KPIs", "results"), "targets": ("KPI", "target", "baseline")},
    "ja": {"contents": ("計画", "英語名", "KPIの数", "結果"), "targets": ("KPI", "目標", "基準値")},
}


def plans_page(catalog: Catalog, cards: Cards, language: Language) -> str:
    """A section for each plan, in the order of the catalogue."""
    sections = (_section(catalog, plan, cards.get(plan.key), language) for plan in catalog.plans.values())
    return blocks((_WORDS[language]["title"], _introduction(catalog, cards, language), *sections)) + "\n"


def _introduction(catalog: Catalog, cards: Cards, language: Language) -> str:
    rows = (
        (link(plan.ja, f"#{plan.key}"), plain(plan.en), str(len(plan)), _outcomes(cards.get(key), language))
        for key, plan in catalog.plans.items()
    )
    return blocks((legend(cards, language), table(_COLUMNS[language]["contents"], rows, frozenset({2}))))


def _outcomes(card: Scorecard | None, language: Language) -> str:
    if card is None:
        return _WORDS[language]["none"]
    counted = ((verdict, card.count(verdict)) for verdict in Verdict)
    return _WORDS[language]["comma"].join(f"{WORDS[language][verdict]} {count}" for verdict, count in counted if count)


def _section(catalog: Catalog, plan: Plan, card: Scorecard | None, language: Language) -> str:
    return blocks(
        (
            heading(2, plan.key, plan.ja),
            f"{plain(plan.en)}, {code(plan.key)}",
            _facts(catalog, plan, language),
            _targets(plan, language) if card is None else _scorecard(plan, card, language),
        )
    )


def _facts(catalog: Catalog, plan: Plan, language: Language) -> str:
    words = _WORDS[language]
    slips = sum(erratum.document == plan.document for erratum in catalog.errata.values())
    facts = (
        words["beside"].format(name=plain(plan.organisation.ja), other=plain(plan.organisation.en)),
        words["beside"].format(name=plan.fiscal_year.ja, other=plan.fiscal_year),
        f"{plain(plan.document.ja)}{words['comma']}{plain(plan.document.publisher)}",
        link(str(slips), f"errata.md#{plan.document.key}") if slips else words["no errata"],
    )
    return "\n".join(f"- {name}: {text}" for name, text in zip(_FACTS[language], facts, strict=True))


def _targets(plan: Plan, language: Language) -> str:
    rows = ((_kpi(entry), plain(entry.formula.rule_text("ja")), plain(entry.baseline or "")) for entry in plan)
    return blocks((_WORDS[language]["targets"], table(_COLUMNS[language]["targets"], rows)))


def _scorecard(plan: Plan, card: Scorecard, language: Language) -> str:
    rows = ((_kpi(entry), *result_cells(card[entry.kpi.key])) for entry in plan)
    return table(HEADINGS[language], rows, frozenset({1, 2, 3}))


def _kpi(entry: Entry) -> str:
    return link(entry.kpi.ja, f"kpis.md#{entry.kpi.key}")
