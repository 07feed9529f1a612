"""Published figures recomputed: `kpi audit`."""

from __future__ import annotations

from pathlib import Path

import click

from kpi.audit.audit import audit as audit_figures
from kpi.audit.audit import unaccounted
from kpi.audit.figures import load_figures
from kpi.audit.rates import rates
from kpi.catalogue import load_catalog
from kpi.cli import output
from kpi.cli.options import CATALOG, FORMAT, LANGUAGE, answering
from kpi.observations.published import load_published
from kpi.problems import Language


@click.command()
@click.option("--plan", metavar="PLAN", help="Only the figures of this plan.")
@CATALOG
@FORMAT
@LANGUAGE
@answering
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
