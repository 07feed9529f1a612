"""Lazy frames of polars: nothing is collected here; rows are decided when the user collects them, all at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kpi.columns.deciding import decide
from kpi.columns.door import narwhals
from kpi.columns.keys import NO_YEAR, ORGANISATION, PERIOD, YEAR, years
from kpi.columns.questions import HERE, Elsewhere, by_place, names_of
from kpi.observations.observation import NATION

if TYPE_CHECKING:
    import polars as pl

    from kpi.columns.questions import Question
    from kpi.columns.request import Keys, Request


def evaluate_lazily(
    request: Request, asked: tuple[Question, ...], frame: pl.LazyFrame, prior: pl.LazyFrame | None
) -> pl.LazyFrame:
    """*frame* with the columns that were asked for.

    Raises:
        ColumnsError: naming every column that holds no exact numbers.
    """
    import polars as pl

    schema = frame.collect_schema()
    mark = _mark(schema.names())
    names = names_of(asked)
    keys: dict[str, str] = {}
    work = frame
    if any(question.needs_keys for question in asked):
        keys, work = _keyed(frame, request.keys, mark)
    for (where, in_prior), cells in by_place(names).items():
        there, source = _keyed(prior if in_prior and prior is not None else frame, request.keys, mark)
        columns = {f"{mark}{name}": column for column, name in cells.items()}
        work = _joined(work, keys, source, there, where, columns)
    gathered = {ORGANISATION: keys[ORGANISATION], YEAR: keys[YEAR]} if keys else {}
    gathered |= {name: cell.column if cell.where == HERE else f"{mark}{name}" for cell, name in names.items()}
    row = [pl.col(column).alias(name) for name, column in gathered.items()] or [pl.lit(None).alias("row")]

    def decided(batch: pl.Series) -> pl.Series:
        rows = batch.struct.unnest()
        rows = rows.with_columns(pl.col(YEAR).fill_null(NO_YEAR)) if YEAR in gathered else rows
        return decide(narwhals().from_native(rows, eager_only=True), names, asked, request).to_polars().to_struct()

    added = decided(pl.DataFrame(schema=work.select(row).collect_schema()).to_struct())
    together = pl.struct(row).map_batches(decided, return_dtype=added.dtype).alias(mark)
    parts = (pl.col(mark).struct.field(name) for name in added.struct.fields)
    return work.with_columns(together).select(*schema.names(), *parts)


def _mark(taken: list[str]) -> str:
    """What the names of columns begin with that are dropped again."""
    mark = "kpi "
    while any(name.startswith(mark) for name in taken):
        mark += " "
    return mark


def _keyed(frame: pl.LazyFrame, keys: Keys, mark: str) -> tuple[dict[str, str], pl.LazyFrame]:
    """Under which columns the keys stand that *frame* has, and the frame, in which they are in one form."""
    import polars as pl

    def read(batch: pl.Series) -> pl.Series:
        found: pl.Series = years(narwhals().from_native(batch, series_only=True)).to_native()
        return found.replace(NO_YEAR, None)

    schema = frame.collect_schema()
    given = {ORGANISATION: keys.organisation, YEAR: keys.fiscal_year, PERIOD: keys.period}
    found = {key: column for key, column in given.items() if column is not None and column in schema}
    made: dict[str, pl.Expr] = {}
    if ORGANISATION in found and schema[found[ORGANISATION]] != pl.String:
        made[ORGANISATION] = pl.col(found[ORGANISATION]).cast(pl.String)
    if YEAR in found and schema[found[YEAR]] != pl.Int64:
        made[YEAR] = pl.col(found[YEAR]).map_batches(read, return_dtype=pl.Int64, is_elementwise=True)
    columns = {key: f"{mark}{key}" for key in made}
    return found | columns, frame.with_columns(**{columns[key]: column for key, column in made.items()})


def _joined(
    work: pl.LazyFrame,
    keys: Mapping[str, str],
    source: pl.LazyFrame,
    there: Mapping[str, str],
    where: Elsewhere,
    columns: Mapping[str, str],
) -> pl.LazyFrame:
    """*work* with *columns* of the row *where* each of its rows looks; collecting fails where there are several."""
    import polars as pl

    on = [key for key in keys if key in there]
    if where.is_national:
        on.remove(ORGANISATION)
        source = source.filter(pl.col(there[ORGANISATION]) == NATION)
    if where.year is not None:
        on.remove(YEAR)
        source = source.filter(pl.col(there[YEAR]) == where.year)
    marked = {key: f"{next(iter(columns))} {key}" for key in on}
    shifted = {marked[key]: pl.col(there[key]) + where.back if key == YEAR else pl.col(there[key]) for key in on}
    others = source.select(**shifted, **{name: pl.col(column) for name, column in columns.items()})
    if len(on) == 1:  # one key that is missing counts as a value when rows are counted, though it equals nothing
        others = others.drop_nulls(marked.values())
    left = [keys[key] for key in on]
    return work.join(
        others, left_on=left, right_on=[*marked.values()], how="left", validate="m:1", maintain_order="left"
    )
