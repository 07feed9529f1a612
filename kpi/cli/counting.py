"""From records to verdicts: `kpi records`, `kpi sql` and `kpi calendar`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpi.catalogue import load_catalog
from kpi.cli import output
from kpi.cli.options import CATALOG, FORMAT, LANGUAGE, answering
from kpi.errors import RecordsError
from kpi.evaluation.decision import Verdict
from kpi.problems import Language
from kpi.records.dialects import DIALECTS
from kpi.records.periods import GRAINS, grain

if TYPE_CHECKING:
    from kpi.records.branches import BranchResult, CountedPlan

_BY = click.option("--by", type=click.Choice(GRAINS), default="fiscal_year", help="How records are grouped in time.")


@click.command()
@click.argument("plan", metavar="PLAN")
@click.option(
    "--records",
    "given",
    multiple=True,
    required=True,
    metavar="TABLE=FILES",
    help="Parquet or CSV files of a table: a file, a folder, or a pattern such as 'claims/**/*.parquet'.",
)
@click.option("--kpi", "kpis", multiple=True, metavar="KPI", help="Only this KPI; can be given several times.")
@_BY
@click.option(
    "--all-years", is_flag=True, help="Not only the fiscal year of the plan, but every year that has records."
)
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", help="What counts the records.")
@click.option(
    "--fail-on",
    "fail_on",
    type=click.Choice([verdict.value for verdict in Verdict]),
    multiple=True,
    help="Exit 1 where a KPI has this outcome somewhere; can be given several times.",
)
@CATALOG
@FORMAT
@LANGUAGE
@answering
def records(  # noqa: PLR0913, PLR0917  # each is an option
    plan: str,
    given: tuple[str, ...],
    kpis: tuple[str, ...],
    by: str,
    all_years: bool,  # noqa: FBT001  # an option
    engine: str,
    fail_on: tuple[str, ...],
    catalog: Path | None,
    form: str,
    language: Language,
) -> None:
    """Count records, and apply the rules of a plan to every organisation that has any."""
    from kpi.records.branches import CountedPlan, in_order
    from kpi.records.files import ENGINES

    loaded = load_catalog(catalog)
    counted = CountedPlan.of(loaded.plan(plan), kpis)
    files = _files(given, counted)
    found = counted.results(ENGINES[engine](counted.own, files, grain(by)), grain(by))
    year = counted.plan.fiscal_year.year
    results = in_order(_of_year([*found], None if all_years else year), loaded.organisations)
    if form == "json":
        output.json([result.to_dict() for result in results])
    else:
        from kpi.cli import branch_tables

        branch_tables.branches(counted, results, loaded.organisations, by, language)
    failed = any(one.result.outcome.value in fail_on for one in results)
    raise click.exceptions.Exit(1 if failed else 0)


@click.command()
@click.argument("kpis", metavar="KPI...", nargs=-1, required=True)
@click.option("--plan", metavar="PLAN", help="The plan whose rules are applied; needed for --verdicts.")
@click.option("--dialect", type=click.Choice(DIALECTS), default="duckdb", help="The engine that the query is for.")
@click.option("--verdicts", is_flag=True, help="Add outcome, value, target and margin of each KPI.")
@click.option(
    "--counts", default="counts", metavar="TABLE", help="The table of counts, where KPIs are not counted from records."
)
@_BY
@CATALOG
@FORMAT
@answering
def sql(
    kpis: tuple[str, ...],
    plan: str | None,
    dialect: str,
    verdicts: bool,  # noqa: FBT001  # an option
    counts: str,
    by: str,
    catalog: Path | None,
    form: str,
) -> None:
    """Print the query that counts KPIs out of records, or out of a table of counts."""
    from kpi.records.query import plan_sql, records_sql

    if verdicts and plan is None:
        raise RecordsError("--verdicts needs --plan: a KPI has its target in a plan")
    loaded = load_catalog(catalog)
    if plan:
        text = plan_sql(loaded.plan(plan), kpis, dialect, by=by, verdicts=verdicts, counts=counts)
    else:
        text = records_sql([loaded.kpi(key) for key in kpis], dialect, by=by, verdicts=verdicts, counts=counts)
    if form == "json":
        output.json({"dialect": dialect, "sql": text})
    else:
        click.echo(text, nl=False)


@click.command()
@click.option("--from", "first", type=int, default=None, metavar="YEAR", help="The first year; 1989 by default.")
@click.option("--to", "last", type=int, default=None, metavar="YEAR", help="The last year; 2050 by default.")
@FORMAT
@answering
def calendar(first: int | None, last: int | None, form: str) -> None:
    """Print Japan's calendar of business days, which queries join: a day, and how many business days there were up to it."""
    from kpi.periods.calendar import FIRST_YEAR, LAST_YEAR, Calendar

    rows = Calendar.of_japan(FIRST_YEAR if first is None else first, LAST_YEAR if last is None else last).rows()
    if form == "json":
        output.json([{"day": day.isoformat(), "business_days": number} for day, number in rows])
    else:
        click.echo("day,business_days")
        for day, number in rows:
            click.echo(f"{day.isoformat()},{number}")


def _of_year(found: Sequence[BranchResult], year: int | None) -> Sequence[BranchResult]:
    """The results of one fiscal year, or of all.

    Raises:
        RecordsError: there is none, so that a gate does not pass for want of records.
    """
    results = [one for one in found if year in (None, one.fiscal_year)]
    if not found:
        raise RecordsError("--records: the files hold no records")
    if not results:
        years = sorted({one.fiscal_year for one in found if one.fiscal_year is not None})
        others = f"those there are of {', '.join(map(str, years))}" if years else "none has a date"
        raise RecordsError(f"no records of fiscal year {year}; {others}: --all-years shows them")
    return results


def _files(given: tuple[str, ...], counted: CountedPlan) -> dict[str, Path]:
    """The files of each table.

    Raises:
        RecordsError: a table has none, or something else is named.
    """
    pairs = [text.partition("=") for text in given]
    unclear = [text for text, (_, _, path) in zip(given, pairs, strict=True) if not path]
    if unclear:
        raise RecordsError(f"--records: found {unclear[0]!r}, expected TABLE=FILES, such as claims=claims/")
    by_name: dict[str, Path] = {}
    for name, _, path in pairs:
        if name in by_name:
            raise RecordsError(f"--records: {name!r} is given twice; name all its files by one folder or pattern")
        by_name[name] = Path(path)
    found = {}
    for name, table in counted.own.tables.items():
        key = next((key for key in (name, table.ja, *table.labels) if key in by_name), None)
        if key is None:
            raise RecordsError(f"--records: no files of table {name!r}; add --records {name}=FILES")
        found[name] = by_name.pop(key)
    if by_name:
        raise RecordsError(f"--records: no KPI counts {', '.join(map(repr, by_name))}; counted are {', '.join(found)}")
    return found
