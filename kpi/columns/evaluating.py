"""The one call for all engines: it reads the request, and hands it to the engine that the frame belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Final, TypeVar

from kpi.columns.asked import Kpis
from kpi.columns.request import PARTS, Given, Tidy, request
from kpi.errors import ColumnsError

_Frame = TypeVar("_Frame")

_ENGINES: Final = {"duckdb": "kpi.columns.duckdb", "pyspark": "kpi.columns.spark"}
"""The engine for the frames of a library; it has `evaluate(request, frame, prior)`. narwhals knows all others."""


def evaluate_frame(  # noqa: PLR0913  # each is a keyword with a default
    frame: _Frame,
    kpis: Kpis,
    *,
    organisation: str = "organisation",
    fiscal_year: str = "fiscal_year",
    period: str | None = None,
    columns: Mapping[str, str] | None = None,
    prior: _Frame | None = None,
    baseline: Given = None,
    branch_target: Given = None,
    names: str | Mapping[str, str] = "{kpi}_{part}",
    only: str | Iterable[str] = PARTS,
    long: bool | tuple[str, str] = False,
) -> _Frame:
    """Adds the verdicts on KPIs to a frame of counts, one row for each organisation and fiscal year.

    Takes frames of polars (eager or lazy), pandas, pyarrow, DuckDB and PySpark, and gives back the same kind;
    what is lazy stays lazy. Rows stay in order, all other columns stay. For each KPI these are added:
    `outcome` (text: `achieved`, `missed`, `not_applicable`, `not_evaluable`, `no_target`), never null, and
    `value`, `target` and `margin` (float64, in the KPI's unit: 59.6 for 59.6 %), null where there are none.
    Outcomes are decided in exact whole numbers, as `Formula.evaluate` decides them, never from these floats.

    Args:
        frame: the rows. A variable stands under its identifier or its Japanese label, the KPI's own published value,
            which counts where its variables are missing, under the KPI's key.
        kpis: a formula, a KPI, an entry of a plan, a plan, or several: a sequence, or a mapping by name; or a catalogue,
            which stands for all its plans. A plan decides the rows of its organisation and fiscal year; any other row has `no_target`.
            Entries and formulas decide every row: `plan.entries` applies the rules of one plan to all of them.
        organisation: the column that names the organisation.
        fiscal_year: the column of the fiscal year: a whole number, or text such as `R3` or `FY2021`.
        period: the column of the period, where a year has several rows; last year is then the row of the same period.
        columns: the column under which a variable or KPI stands, where that is not its name.
        prior: rows of last year (and of other years that rules name). Without it they are looked for in *frame*.
        baseline: last year's value as the plan states it: a number in the KPI's unit or the name of a column,
            for all KPIs, or a mapping by KPI. Where a row has one, it decides, whatever the data say.
        branch_target: the same for the target set for the branch.
        names: how added columns are called, by default `{kpi}_{part}`, and `outcome`, `value`, `target` and `margin`
            for a formula without a name; or a mapping from part to such a name.
        only: the parts to add.
        long: whether *frame* is tidy, one value a row in columns `quantity` and `value`, or the names of these two.
            The result has one row for each organisation and fiscal year, with a column for each variable.

    Raises:
        ColumnsError: columns are missing or of a kind that holds no exact numbers, added ones exist already,
            or two rows would both be last year's row of another. A lazy frame tells of such rows when it is collected.
        MissingExtraError: the library that the frame needs here is not installed.
    """
    tidy = Tidy(*(long if isinstance(long, tuple) else ("quantity", "value"))) if long else None
    asked = request(
        kpis,
        organisation=organisation,
        fiscal_year=fiscal_year,
        period=period,
        columns=columns,
        baseline=baseline,
        branch_target=branch_target,
        names=names,
        only=only,
        tidy=tidy,
    )
    if prior is not None and not (isinstance(prior, type(frame)) or isinstance(frame, type(prior))):
        raise ColumnsError(f"prior is {_kind(prior)}, but the rows are {_kind(frame)}; expected frames of one kind")
    engine = import_module(_ENGINES.get(_library(frame), "kpi.columns.arrays.frame"))
    found: _Frame = engine.evaluate(asked, frame, prior)
    return found


def _library(frame: object) -> str:
    return type(frame).__module__.partition(".")[0].removeprefix("_")


def _kind(frame: object) -> str:
    return f"a {type(frame).__name__} of {_library(frame)}"
