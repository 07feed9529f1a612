"""The commands: each reads, asks the library, and hands the answer to `output`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kpi.audit.audit import audit as audit_figures
from kpi.audit.audit import unaccounted
from kpi.audit.figures import load_figures
from kpi.audit.rates import rates
from kpi.catalogue import load_catalog
from kpi.catalogue.catalog import Catalog
from kpi.cli import authoring, changing, checking, examples, output, starting
from kpi.cli.options import CATALOG as _CATALOG
from kpi.cli.options import DATA as _DATA
from kpi.cli.options import FORMAT as _FORMAT
from kpi.cli.options import LANGUAGE as _LANGUAGE
from kpi.cli.options import answering as _answering
from kpi.evaluation.decision import Verdict
from kpi.observations.observation import Observations
from kpi.observations.reading import load_observations, load_published
from kpi.problems import Language


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="kpi", message="%(prog)s %(version)s")
def kpi() -> None:
    """Exact, explained verdicts on the KPIs of health insurers."""


kpi.add_command(authoring.fmt)
kpi.add_command(authoring.lsp)
kpi.add_command(authoring.schema)
kpi.add_command(checking.check)
kpi.add_command(changing.diff)
kpi.add_command(examples.examples)
kpi.add_command(starting.init)


@kpi.command("list")
@click.option("--plan", metavar="PLAN", help="Only the KPIs of this plan.")
@_CATALOG
@_FORMAT
@_LANGUAGE
@_answering
def list_entries(plan: str | None, catalog: Path | None, form: str, language: Language) -> None:
    """List the KPIs of the catalogue's plans, in the order of the documents."""
    loaded = load_catalog(catalog)
    plans = [loaded.plan(plan)] if plan else [*loaded.plans.values()]
    if form == "json":
        output.json([entry.to_dict(found.key) for found in plans for entry in found])
    else:
        from kpi.cli import tables

        tables.plans(plans, language)


@kpi.command()
@click.argument("kpi_key", metavar="KPI")
@_CATALOG
@_FORMAT
@_LANGUAGE
@_answering
def show(kpi_key: str, catalog: Path | None, form: str, language: Language) -> None:
    """Show one KPI: its formula, and its rule in each plan."""
    loaded = load_catalog(catalog)
    found = loaded.kpi(kpi_key)
    record = output.kpi_record(loaded, found)
    if form == "json":
        output.json(record)
    else:
        output.kpi_text(record, language)


@kpi.command()
@click.argument("plan", metavar="PLAN")
@_DATA
@click.option(
    "--fail-on",
    "fail_on",
    type=click.Choice([verdict.value for verdict in Verdict]),
    multiple=True,
    help="Exit 1 where a KPI has this outcome; can be given several times.",
)
@_CATALOG
@_FORMAT
@_LANGUAGE
@_answering
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


@kpi.command()
@click.argument("plan", metavar="PLAN")
@click.argument("kpi_key", metavar="KPI")
@_DATA
@_CATALOG
@_FORMAT
@_LANGUAGE
@_answering
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


@kpi.command()
@click.option("--plan", metavar="PLAN", help="Only the figures of this plan.")
@_CATALOG
@_FORMAT
@_LANGUAGE
@_answering
def audit(plan: str | None, catalog: Path | None, form: str, language: Language) -> None:
    """Recompute every published figure: exit 1 if one neither reproduces nor is an erratum."""
    loaded = load_catalog(catalog)
    only = loaded.plan(plan).key if plan else None
    listed = load_figures()
    figures = (*listed, *rates(loaded, load_published(), listed))
    rows = [row for row in audit_figures(figures) if only in (None, row.figure.plan)]
    loose = unaccounted(loaded.errata, figures)
    if form == "json":
        output.json([row.to_dict() for row in rows])
    else:
        from kpi.cli import tables

        tables.audit(rows, loaded.errata, loose, language)
    failed = any(row.finding in ("unexplained", "settled") for row in rows)
    raise click.exceptions.Exit(1 if failed or loose else 0)


def _observations(catalog: Catalog, data: Path | None) -> Observations:
    return load_published() if data is None else load_observations(data, catalog.known)
