"""A catalogue as HTML, for notebooks: its plans, and its KPIs with their formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpi.markup import element, html, row, table
from kpi.problems import Language

if TYPE_CHECKING:
    from kpi.catalogue.catalog import Catalog

_WORDS: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "plans": "Plans: {count}",
        "plan": "plan",
        "name": "name",
        "year": "fiscal year",
        "kpis": "KPIs: {count}",
        "formula": "formula",
    },
    "ja": {
        "plans": "計画 {count}件",
        "plan": "計画",
        "name": "名称",
        "year": "年度",
        "kpis": "KPI {count}件",
        "formula": "計算式",
    },
}


def catalog_html(catalog: Catalog, language: Language) -> str:
    """The plans as a table; the KPIs behind a disclosure."""
    words = _WORDS[language]
    plans = (
        row(
            (element("code", plan.key),),
            (plan.ja if language == "ja" else plan.en,),
            (plan.fiscal_year.ja if language == "ja" else str(plan.fiscal_year),),
            (str(len(plan)),),
        )
        for plan in catalog.plans.values()
    )
    kpis = (
        row((element("code", kpi.key),), (kpi.name(language),), (kpi.formula.fraction(language),))
        for kpi in catalog.kpis.values()
    )
    of_plans = (words["plans"].format(count=len(catalog.plans)),)
    of_kpis = words["kpis"].format(count=len(catalog.kpis))
    shown = table(of_plans, (words["plan"], words["name"], words["year"], "KPI"), plans, language)
    hidden = table((), ("KPI", words["name"], words["formula"]), kpis, language)
    return html(element("div", shown, element("details", element("summary", of_kpis), hidden)))
