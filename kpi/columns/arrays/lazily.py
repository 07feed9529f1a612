"""Frames of polars, lazy: nothing is collected here; rows are decided when the user collects them, all at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from kpi.columns.arrays.native import in_polars
from kpi.columns.arrays.seeing import added
from kpi.columns.door import narwhals

if TYPE_CHECKING:
    import polars as pl

    from kpi.columns.questions import Question
    from kpi.columns.request import Request


def evaluate_lazily(
    request: Request, asked: tuple[Question, ...], frame: pl.LazyFrame, prior: pl.LazyFrame | None
) -> pl.LazyFrame:
    """*frame* with the columns that were asked for.

    Rows of a frame of other years stand behind the rows themselves until all are decided.

    Raises:
        ColumnsError: naming every column that holds no exact numbers.
    """
    import polars as pl

    schema = frame.collect_schema()
    mark = _mark(schema.names())
    here, there = (f"{mark}{name}" for name in ("here", "there"))
    needed = _needed(request, asked, schema, in_prior=False)
    work = frame.with_columns((pl.struct(needed) if needed else pl.struct(row=None)).alias(here))
    sides = [here]
    needed = [] if prior is None else _needed(request, asked, prior.collect_schema(), in_prior=True)
    if prior is not None and needed:
        others = prior.select(pl.struct(needed).alias(there))
        work, sides = pl.concat([work, others], how="diagonal"), [here, there]

    def decided(batches: Sequence[pl.Series]) -> pl.Series:
        rows, *others = (batch.drop_nulls().struct.unnest() for batch in batches)
        found = in_polars(added(request, asked, *(narwhals().from_native(one) for one in (rows, *others))))
        return pl.concat([found, found.clear(len(batches[0]) - len(rows))]).to_struct()

    empty = decided([*pl.DataFrame(schema=work.select(sides).collect_schema())])
    together = pl.map_batches([pl.col(side) for side in sides], decided, return_dtype=empty.dtype).alias(mark)
    parts = (pl.col(mark).struct.field(name) for name in empty.struct.fields)
    decided_rows = work.with_columns(together)
    if there in sides:
        decided_rows = decided_rows.filter(pl.col(here).is_not_null())
    return decided_rows.select(*schema.names(), *parts)


def _mark(taken: Collection[str]) -> str:
    """What the names of columns begin with that are dropped again."""
    mark = "kpi "
    while any(name.startswith(mark) for name in taken):
        mark += " "
    return mark


def _needed(request: Request, asked: Iterable[Question], present: Collection[str], *, in_prior: bool) -> list[str]:
    """The columns that are looked at, each once."""
    cells = [cell for question in asked for cell in question.cells.values() if cell.in_prior == in_prior]
    needs_keys = any(question.needs_keys for question in asked)
    keys = [key for key in request.keys if needs_keys and key in present]
    return [*dict.fromkeys((*keys, *(cell.column for cell in cells)))]
