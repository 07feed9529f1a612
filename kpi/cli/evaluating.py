"""The results of a plan: `kpi evaluate` and `kpi explain`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kpi.catalogue import load_catalog
from kpi.catalogue.catalog import Catalog
from kpi.cli import output
from kpi.cli.options import CATALOG, DATA, FORMAT, LANGUAGE, answering
from kpi.evaluation.decision import Verdict
from kpi.observations.observation import Observations
from kpi.observations.published import load_published
from kpi.observations.reading import load_observations
from kpi.problems import Language


@click.command()
@click.argument("plan", metavar="PLAN")
@DATA
@click.option(
    "--fail-on",
    "fail_on",
    type=click.Choice([verdict.value for verdict in Verdict]),
    multiple=True,
    help="Exit 1 where a KPI has this outcome; can be given several times.",
)
@CATALOG
@FORMAT
@LANGUAGE
@answering
def evaluate(
    plan: str, data: Path | None, fail_on: tuple[str, ...], catalog: Path | None, form: str, language: Language
) -> None:
    """Print the scorecard of a plan, from the published results or from data of your own."""
    loaded = load_catalog(catalog)
    found = loaded.plan(plan)
    card = found.evaluate(_observations(loaded, data))
    if form == "json":
        output.json(card.to_dict())
    else:
        from kpi.cli import tables

        tables.scorecard(found, card, language)
    failed = any(result.outcome.value in fail_on for result in card)
    raise click.exceptions.Exit(1 if failed else 0)


@click.command()
@click.argument("plan", metavar="PLAN")
@click.argument("kpi_key", metavar="KPI")
@DATA
@CATALOG
@FORMAT
@LANGUAGE
@answering
def explain(plan: str, kpi_key: str, data: Path | None, catalog: Path | None, form: str, language: Language) -> None:
    """Tell why one KPI of a plan came out as it did."""
    loaded = load_catalog(catalog)
    found = loaded.plan(plan)
    result = found[kpi_key].evaluate(_observations(loaded, data), found.organisation, found.fiscal_year)
    if form == "json":
        record: dict[str, Any] = {**result.to_dict(), **result.why.to_dict()}
        output.json(record)
    else:
        click.echo(result.explain(language))


def _observations(catalog: Catalog, data: Path | None) -> Observations:
    return load_published() if data is None else load_observations(data, catalog.known)
