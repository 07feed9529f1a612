"""The one call for all engines: it finds out what has to be counted, and hands it to the engine that has the records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from kpi.columns.asked import Kpis
from kpi.columns.request import PARTS, Given, request
from kpi.errors import RecordsError
from kpi.formulas.tables import Table
from kpi.periods.calendar import Calendar
from kpi.problems import nearest
from kpi.records.counting import Counting, counting
from kpi.records.periods import grain, period_column

_ENGINES: Final = {
    "duckdb": "kpi.records.duckdb",
    "pyspark": "kpi.records.spark",
    "polars": "kpi.records.frames",
    "pandas": "kpi.records.frames",
    "pyarrow": "kpi.records.frames",
    "narwhals": "kpi.records.frames",
}
"""The engine for the tables of a library; it has `count(counting, records, by, calendar)` and
`decide(counted, request)`. Lists are walked through."""


def evaluate_records(  # noqa: PLR0913  # each is a keyword with a default
    records: Mapping[str, Any],
    kpis: Kpis,
    *,
    by: str = "fiscal_year",
    tables: Iterable[Table] = (),
    calendar: Calendar | None = None,
    baseline: Given = None,
    branch_target: Given = None,
    names: str | Mapping[str, str] = "{kpi}_{part}",
    only: str | Iterable[str] = PARTS,
) -> Any:  # noqa: ANN401  # the same kind as the records
    """Counts records and decides KPIs, one row for each organisation and fiscal year.

    Whose record it is and when it counts is said by the table; a record that lacks either counts in a row of its own
    without organisation or year, so that none is lost. Columns are `organisation`, `fiscal_year`, the half-year, quarter
    or month if *by* asks for it, one column for everything that was counted, and outcome, value, target and margin of
    each KPI as `kpi.evaluate_frame` adds them. Last year is the row of the same period a year before.

    Args:
        records: by the name of the table: a list of mappings, a frame of polars (eager or lazy), pandas or pyarrow,
            a DuckDB relation, a PySpark frame, or the path of Parquet or CSV files (`claims/**/*.parquet`), which DuckDB
            reads. All of one kind, which is the kind of the result; for paths it is a DuckDB relation.
        kpis: formulas, KPIs, entries of a plan or plans. Variables count if they say how: `records:` in the catalogue.
        by: `fiscal_year`, `half_year`, `quarter` or `month`.
        tables: what the tables hold, where no catalogue says it.
        calendar: the business days; without one those of Japan, from 1989 to 2050.
        baseline: last year's value as the plan states it, for all KPIs or by KPI.
        branch_target: the same for the target set for the branch.
        names: how added columns are called, `{kpi}_{part}` by default.
        only: the parts to add.

    Raises:
        RecordsError: a table or column is missing or of another type than declared, or a KPI cannot be counted.
        ColumnsError: as `kpi.evaluate_frame`.
        MissingExtraError: a library that the records need here is not installed.
    """
    asked, grouped = counting(kpis, {table.name: table for table in tables}), grain(by)
    verdicts = request(
        asked.asked,
        period=period_column(grouped),
        baseline=baseline,
        branch_target=branch_target,
        names=names,
        only=only,
    )
    found = _given(records, asked)
    engine = import_module(_engine(found))
    return engine.decide(engine.count(asked, found, grouped, calendar), verdicts)


def _given(records: Mapping[str, Any], asked: Counting) -> dict[str, Any]:
    """The records of each table that is asked for, by its identifier; they may be given under a label.

    Raises:
        RecordsError: naming each table of which there are none.
    """
    found = {}
    missing = []
    for name, table in asked.tables.items():
        key = next((key for key in (name, table.ja, *table.labels) if key and key in records), None)
        if key is None:
            hint = nearest(name, records)
            missing.append(f"no records of table {name!r}{f'; did you mean {hint[0]!r}?' if hint else ''}")
        else:
            found[name] = records[key]
    if missing:
        raise RecordsError("\n".join(missing))
    return found


def _engine(records: Mapping[str, Any]) -> str:
    """The module that counts these records.

    Raises:
        RecordsError: the tables are not all of one kind.
    """
    engines = {_kind(one) for one in records.values()}
    frames = {type(one) for one in records.values() if _kind(one) == "kpi.records.frames"}
    if len(engines) > 1 or len(frames) > 1:
        told = ", ".join(f"{name} is {_library(one)}{type(one).__name__}" for name, one in records.items())
        raise RecordsError(f"records have to be of one kind: {told}")
    return engines.pop()


def _kind(records: object) -> str:
    if isinstance(records, str | Path):
        return "kpi.records.duckdb"
    return _ENGINES.get(_library(records).rstrip("."), "kpi.records.rows")


def _library(records: object) -> str:
    """The library that a type comes from, as it stands before its name; nothing for those of Python itself."""
    found = type(records).__module__.partition(".")[0]
    return "" if found == "builtins" else f"{found.lstrip('_')}."
