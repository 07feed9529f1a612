"""Frames of polars, pandas and pyarrow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kpi.columns.deciding import decide
from kpi.columns.door import narwhals
from kpi.columns.fitting import inputs_of
from kpi.columns.keys import keyed
from kpi.columns.lazily import evaluate_lazily
from kpi.columns.lookups import look_up
from kpi.columns.questions import HERE, Cell, by_place, names_of, questions
from kpi.columns.tidy import pivoted, pivoted_lazily, wide
from kpi.errors import ColumnsError

if TYPE_CHECKING:
    from kpi.columns.door import Lazy, Table
    from kpi.columns.request import Request


def evaluate(request: Request, frame: object, prior: object = None) -> object:
    """The native *frame* with the columns that were asked for.

    Raises:
        ColumnsError: as `kpi.evaluate_frame`.
        MissingExtraError: narwhals is not installed.
    """
    rows: Any = _known(frame)
    others: Any = None if prior is None else _known(prior)
    if others is not None and type(others) is not type(rows):
        raise ColumnsError(f"prior is {type(prior).__name__}, but the rows are {type(frame).__name__}")
    is_lazy = isinstance(rows, narwhals().LazyFrame)
    if request.tidy is not None:
        pivot = pivoted_lazily if is_lazy else pivoted
        rows, others = (None if one is None else pivot(one, request, request.tidy) for one in (rows, others))
        request = wide(request)
    present = rows.collect_schema().names()
    in_prior = None if others is None else others.collect_schema().names()
    asked = questions(request, {one: inputs_of(one) for one in request.kpis}, present, in_prior)
    if is_lazy:
        return evaluate_lazily(request, asked, rows.to_native(), None if others is None else others.to_native())
    names = names_of(asked)
    work = _gathered(request, rows, others, names, needs_keys=any(question.needs_keys for question in asked))
    columns = decide(work, names, asked, request)
    return rows.with_columns(*columns.iter_columns()).to_native()


def _known(frame: object) -> Table | Lazy:
    """A frame of narwhals.

    Raises:
        ColumnsError: narwhals does not know it, or it is lazy and not one of polars.
    """
    nw = narwhals()
    found = nw.from_native(frame, pass_through=True)
    if isinstance(found, nw.DataFrame) or (isinstance(found, nw.LazyFrame) and found.implementation.is_polars()):
        return found  # type: ignore[no-any-return]  # narwhals is imported late
    known = "polars, pandas, pyarrow, DuckDB or PySpark"
    raise ColumnsError(f"expected a frame of {known}; found {type(frame).__module__}.{type(frame).__name__}")


def _gathered(
    request: Request, frame: Table, prior: Table | None, names: Mapping[Cell, str], *, needs_keys: bool
) -> Table:
    """Every cell beside the row that looks at it, and the keys."""
    nw = narwhals()
    keys = keyed(frame, request.keys) if needs_keys else {}
    here = {name: nw.col(cell.column) for cell, name in names.items() if cell.where == HERE}
    rows = frame.select(**keys, **here) if keys or here else frame.select(nw.col(frame.columns[0]).alias("row"))
    parts = [rows]
    for (where, in_prior), columns in by_place(names).items():
        source = prior if in_prior and prior is not None else frame
        source_keys = keyed(source, request.keys) if source is prior else {key: rows[key] for key in keys}
        cells = {f"cell {name}": nw.col(column) for column, name in columns.items()}
        others = source.select(**source_keys, **cells)
        parts.append(look_up(rows, others, where, {f"cell {name}": name for name in columns.values()}))
    return nw.concat(parts, how="horizontal") if len(parts) > 1 else rows
