"""What the commands print that is no table: JSON, problems, one KPI."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any, Final

import click

from kpi.catalogue.catalog import Catalog
from kpi.formulas.nodes import aggregates
from kpi.plans.plan import Kpi
from kpi.problems import Language, Problem

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


def json(value: object) -> None:
    """Prints JSON, with Japanese as it is wherever the output can hold it."""
    from json import dumps

    is_unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    click.echo(dumps(value, ensure_ascii=not is_unicode, indent=2))


def problems(found: Iterable[Problem], language: Language, *, err: bool = False) -> None:
    """Prints each problem with its line of the file, and how many there are; as errors where they keep an answer away."""
    from kpi.cli.forms.text import problem_lines

    click.echo("\n".join(problem_lines([*found], language)), err=err)


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
            {
                "name": name,
                "ja": variable.ja,
                "en": variable.en,
                "unit": variable.unit.name,
                "kind": variable.kind,
                "records": variable.records.name if variable.records else None,
            }
            for name in kpi.formula.names
            if (variable := catalog.vocabulary.variables.get(name))
        ],
        "aggregates": [*_aggregates(kpi)],
        "conditions": [*_conditions(catalog, kpi)],
        "plans": [plan[kpi.key].to_dict(plan.key) for plan in catalog.plans.values() if kpi.key in plan.entries],
    }


def _aggregates(kpi: Kpi) -> Iterator[dict[str, Any]]:
    """What the formula itself counts in records."""
    for found in aggregates(kpi.formula.expression):
        variable = kpi.formula.vocabulary.find(found.name) if kpi.formula.vocabulary else None
        if variable is not None:
            yield {"name": found.name, "ja": variable.ja, "unit": variable.unit.name, "table": found.table}


def _conditions(catalog: Catalog, kpi: Kpi) -> Iterator[dict[str, Any]]:
    """The named conditions on which the formula and its variables rest, each with what it means."""
    variables = (catalog.vocabulary.variables.get(name) for name in kpi.formula.names)
    counted = (*aggregates(kpi.formula.expression), *(one.records for one in variables if one and one.records))
    if not counted:
        return
    from kpi.formulas.aggregate_printer import condition_text
    from kpi.formulas.aggregates import named_conditions

    for table, name in dict.fromkeys((each.table, name) for each in counted for name in named_conditions(each)):
        named = catalog.tables[table].conditions[name]
        told = condition_text(named.condition)
        yield {"table": table, "name": name, "ja": named.ja, "en": named.en, "condition": told}


def kpi_text(record: dict[str, Any], language: Language) -> None:
    """Prints a KPI."""
    from kpi.evaluation.wording import WORDS

    words = _KPI_WORDS[language]
    click.echo(f"{record['kpi']}: {record['ja']} / {record['en']}")
    click.echo(f"  {record['formula_ja'] if language == 'ja' else record['formula']}")
    shown = (record["unit"] or words["number"], words[record["direction"]], WORDS[language][record["rounding"]])
    click.echo(f"  {words['unit']} {', '.join(shown)}")
    for variable in record["variables"]:
        measured = f"({variable['unit']}, {words[variable['kind']]})"
        click.echo(f"  {variable['name']}: {variable['ja']} / {variable['en']} {measured}")
        if variable["records"]:
            click.echo(f"    = {variable['records']}")
    for aggregate in record["aggregates"]:
        click.echo(f"  {aggregate['name']}: {aggregate['ja']} ({aggregate['unit']})")
    for named in record["conditions"]:
        click.echo(f"  {named['name']}: {named['ja']} / {named['en']} = {named['condition']}")
    for entry in record["plans"]:
        baseline = f", {words['baseline']} {entry['baseline']}" if entry["baseline"] else ""
        click.echo(f"  {entry['plan']}: {entry['rule']}{baseline} — {entry['source']}")
