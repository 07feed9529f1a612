"""The page of plans: each with its KPIs in the order of the document, and its results where they were published."""

from __future__ import annotations

from kpi.catalogue.catalog import Catalog
from kpi.pages.cells import Cards, legend, result_cells
from kpi.pages.markdown import blocks, code, heading, link, plain, table
from kpi.plans.plan import Entry, Plan
from kpi.plans.scorecard import Scorecard


def plans_page(catalog: Catalog, cards: Cards) -> str:
    """A section for each plan, in the order of the catalogue."""
    sections = (_section(catalog, plan, cards.get(plan.key)) for plan in catalog.plans.values())
    return blocks(("# Plans", _introduction(catalog, cards), *sections)) + "\n"


def _introduction(catalog: Catalog, cards: Cards) -> str:
    rows = (
        (link(plan.ja, f"#{plan.key}"), plain(plan.en), str(len(plan)), _outcomes(cards.get(key)))
        for key, plan in catalog.plans.items()
    )
    headings = ("plan", "in English", "KPIs", "results")
    return blocks((legend(cards), table(headings, rows, frozenset({2}))))


def _outcomes(card: Scorecard | None) -> str:
    return "none published" if card is None else str(card).partition(": ")[2]


def _section(catalog: Catalog, plan: Plan, card: Scorecard | None) -> str:
    return blocks(
        (
            heading(2, plan.key, plan.ja),
            f"{plain(plan.en)}, {code(plan.key)}",
            _facts(catalog, plan),
            _targets(plan) if card is None else _scorecard(plan, card),
        )
    )


def _facts(catalog: Catalog, plan: Plan) -> str:
    slips = sum(erratum.document == plan.document for erratum in catalog.errata.values())
    facts = (
        ("organisation", f"{plain(plan.organisation.ja)} ({plain(plan.organisation.en)})"),
        ("fiscal year", f"{plan.fiscal_year.ja} ({plan.fiscal_year})"),
        ("document", f"{plain(plan.document.ja)}, {plain(plan.document.publisher)}"),
        ("errata of the document", link(str(slips), f"errata.md#{plan.document.key}") if slips else "none"),
    )
    return "\n".join(f"- {name}: {text}" for name, text in facts)


def _targets(plan: Plan) -> str:
    rows = ((_kpi(entry), plain(entry.formula.rule_text("ja")), plain(entry.baseline or "")) for entry in plan)
    return blocks(("No results were published; these are the targets.", table(("KPI", "target", "baseline"), rows)))


def _scorecard(plan: Plan, card: Scorecard) -> str:
    rows = ((_kpi(entry), *result_cells(card[entry.kpi.key])) for entry in plan)
    return table(("KPI", "value", "target", "margin", "verdict"), rows, frozenset({1, 2, 3}))


def _kpi(entry: Entry) -> str:
    return link(entry.kpi.ja, f"kpis.md#{entry.kpi.key}")
