"""The command `kpi examples`: boundary cases of a KPI's rules, to look at and to paste into the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click
from attrs import frozen

from kpi.catalogue import load_catalog
from kpi.catalogue.catalog import Catalog
from kpi.cli import output
from kpi.cli.options import CATALOG, LANGUAGE, answering
from kpi.definitions import Formula
from kpi.examples.proposals import Proposal, propose
from kpi.examples.writing import to_dict, to_yaml
from kpi.problems import Language

_NONE: Final[dict[Language, str]] = {
    "en": "# nothing to propose: no counts put this rule at its target",
    "ja": "# 提案できる例がない: この規則の目標ちょうどになる件数が見つからない",
}


@frozen
class Proposed:
    """What is proposed for one rule, and the *plans* that set it; none for a KPI that no plan sets."""

    plans: tuple[str, ...]
    formula: Formula
    baseline: str | None
    proposals: tuple[Proposal, ...]


@click.command()
@click.argument("kpi_key", metavar="KPI")
@click.option("--plan", metavar="PLAN", help="Only the rule of this plan.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "yaml", "json"]),
    default="text",
    help="Text for people, YAML to paste into the catalogue, JSON for programs.",
)
@CATALOG
@LANGUAGE
@answering
def examples(kpi_key: str, plan: str | None, form: str, catalog: Path | None, language: Language) -> None:
    """Propose examples for the rules of a KPI: at each target, a step to either side, and with nothing counted."""
    found = [*_proposed(load_catalog(catalog), kpi_key, plan)]
    if form == "json":
        output.json([_record(each, kpi_key, language) for each in found])
    elif form == "yaml":
        for each in found:
            indent = 8 if each.plans else 4
            click.echo(f"{' ' * indent}# {', '.join(each.plans) or kpi_key}")
            text = to_yaml(each.proposals, indent, language) if each.proposals else f"{' ' * indent}{_NONE[language]}\n"
            click.echo(text, nl=False)
    else:
        from kpi.cli import tables

        for each in found:
            title = "  ".join((", ".join(each.plans) or kpi_key, each.formula.rule_text(language))).rstrip()
            tables.proposals(title, each.proposals, language)


def _proposed(catalog: Catalog, key: str, plan: str | None) -> Iterator[Proposed]:
    """What is proposed for each rule of a KPI, the same rule with the same baseline once."""
    kpi = catalog.kpi(key)
    plans = [catalog.plan(plan)] if plan else [found for found in catalog.plans.values() if key in found.entries]
    alike: dict[tuple[str, str | None], list[str]] = {}
    for found in plans:
        alike.setdefault((found[key].formula.rule_text(), found[key].baseline), []).append(found.key)
    for (_, baseline), keys in alike.items():
        formula = catalog.plan(keys[0])[key].formula
        yield Proposed(tuple(keys), formula, baseline, propose(formula, baseline))
    if not plans:
        yield Proposed((), kpi.formula, None, propose(kpi.formula))


def _record(proposed: Proposed, key: str, language: Language) -> dict[str, object]:
    return {
        "plans": [*proposed.plans],
        "kpi": key,
        "rule": proposed.formula.rule_text() or None,
        "baseline": proposed.baseline,
        "examples": [to_dict(proposal, language) for proposal in proposed.proposals],
    }
