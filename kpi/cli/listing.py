"""What a catalogue holds: `kpi list` and `kpi show`."""

from __future__ import annotations

from pathlib import Path

import click

from kpi.catalogue import load_catalog
from kpi.cli import output
from kpi.cli.options import CATALOG, FORMAT, LANGUAGE, answering
from kpi.problems import Language


@click.command("list")
@click.option("--plan", metavar="PLAN", help="Only the KPIs of this plan.")
@CATALOG
@FORMAT
@LANGUAGE
@answering
def list_entries(plan: str | None, catalog: Path | None, form: str, language: Language) -> None:
    """List the KPIs of the catalogue's plans, in the order of the documents."""
    loaded = load_catalog(catalog)
    plans = [loaded.plan(plan)] if plan else [*loaded.plans.values()]
    if form == "json":
        output.json([entry.to_dict(found.key) for found in plans for entry in found])
    else:
        from kpi.cli import tables

        tables.plans(plans, language)


@click.command()
@click.argument("kpi_key", metavar="KPI")
@CATALOG
@FORMAT
@LANGUAGE
@answering
def show(kpi_key: str, catalog: Path | None, form: str, language: Language) -> None:
    """Show one KPI: its formula, and its rule in each plan."""
    loaded = load_catalog(catalog)
    found = loaded.kpi(kpi_key)
    record = output.kpi_record(loaded, found)
    if form == "json":
        output.json(record)
    else:
        output.kpi_text(record, language)
