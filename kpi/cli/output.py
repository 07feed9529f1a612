"""What the commands print that is no table: JSON, problems, one KPI."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any, Final

import click

from kpi.catalogue.catalog import Catalog
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
            {"name": name, "ja": variable.ja, "en": variable.en, "unit": variable.unit.name, "kind": variable.kind}
            for name in kpi.formula.names
            if (variable := catalog.vocabulary.variables.get(name))
        ],
        "plans": [plan[kpi.key].to_dict(plan.key) for plan in catalog.plans.values() if kpi.key in plan.entries],
    }


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
    for entry in record["plans"]:
        baseline = f", {words['baseline']} {entry['baseline']}" if entry["baseline"] else ""
        click.echo(f"  {entry['plan']}: {entry['rule']}{baseline} — {entry['source']}")
