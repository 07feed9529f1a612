"""The page of KPIs: each with its formula, its rule in every plan, and its results."""

from __future__ import annotations

from collections.abc import Iterator

from kpi.catalogue.catalog import Catalog
from kpi.evaluation.wording import WORDS
from kpi.formulas.nodes import Name
from kpi.pages.cells import Cards, legend, place, result_cells
from kpi.pages.markdown import blocks, code, heading, link, plain, table
from kpi.plans.plan import Kpi
from kpi.units import Unit


def kpis_page(catalog: Catalog, cards: Cards) -> str:
    """A section for each KPI, in the order of the catalogue."""
    sections = (_section(catalog, kpi, cards) for kpi in catalog.kpis.values())
    return blocks(("# KPIs", _introduction(catalog, cards), *sections)) + "\n"


def _introduction(catalog: Catalog, cards: Cards) -> str:
    plans = {kpi: sum(kpi in plan.entries for plan in catalog.plans.values()) for kpi in catalog.kpis}
    rows = ((link(kpi.ja, f"#{kpi.key}"), plain(kpi.en), str(plans[kpi.key])) for kpi in catalog.kpis.values())
    text = (
        f"The {len(catalog.kpis)} KPIs of the catalogue. Formulas use the identifiers that `kpi show` and rules know; "
        "rules and results are in Japanese, as the plans print them."
    )
    return blocks((text, legend(cards), table(("KPI", "in English", "plans"), rows, frozenset({2}))))


def _section(catalog: Catalog, kpi: Kpi, cards: Cards) -> str:
    return blocks(
        (
            heading(2, kpi.key, kpi.ja),
            f"{plain(kpi.en)}, {code(kpi.key)}",
            _formula(kpi),
            _shown(kpi),
            _variables(kpi),
            _rules(catalog, kpi),
            _results(catalog, kpi, cards),
        )
    )


def _formula(kpi: Kpi) -> str:
    """The fraction with Japanese labels, and the text; a formula that is one variable needs no drawing."""
    drawn = "" if isinstance(kpi.formula.expression, Name) else f"```math\n{kpi.formula.latex('ja')}\n```"
    return blocks((drawn, code(kpi.formula.text())))


def _shown(kpi: Kpi) -> str:
    style, words = kpi.formula.style, WORDS["en"]
    decimals = "as many decimals as the data have" if style.decimals is None else _decimals(style.decimals)
    return (
        f"Unit {_unit(kpi.formula.unit)}; {kpi.direction} is better; "
        f"shown with {decimals}, {words[style.rounding]}; rules compare the {style.compared} value."
    )


def _decimals(count: int) -> str:
    return {0: "no decimals", 1: "1 decimal"}.get(count, f"{count} decimals")


def _unit(unit: Unit) -> str:
    return plain(unit.ja) if unit.ja == unit.name else f"{plain(unit.ja)} ({plain(unit.name)})"


def _variables(kpi: Kpi) -> str:
    vocabulary = kpi.formula.vocabulary
    variables = (vocabulary.variables[name] for name in kpi.formula.names) if vocabulary else ()
    rows = (
        (code(variable.name), plain(variable.ja), plain(variable.en), _unit(variable.unit), variable.kind)
        for variable in variables
    )
    return table(("variable", "Japanese", "English", "unit", "kind"), rows)


def _rules(catalog: Catalog, kpi: Kpi) -> str:
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
    return table(("plan", "rule", "as printed", "baseline", "section and page"), rows)


def _results(catalog: Catalog, kpi: Kpi, cards: Cards) -> str:
    rows = [*_result_rows(catalog, kpi, cards)]
    if not rows:
        return "No results were published."
    return table(("plan", "value", "target", "margin", "verdict", "as of"), rows, frozenset({1, 2, 3}))


def _result_rows(catalog: Catalog, kpi: Kpi, cards: Cards) -> Iterator[tuple[str, ...]]:
    for key, card in cards.items():
        if kpi.key in catalog.plans[key].entries:
            result = card[kpi.key]
            value, target, margin, verdict = result_cells(result)
            as_of = "" if result.as_of is None else result.as_of.isoformat()
            yield link(key, f"plans.md#{key}"), value, target, margin, verdict, as_of
