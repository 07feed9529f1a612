"""Tidy tables, one value a row, made into one row for each organisation and fiscal year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from kpi.columns.door import narwhals
from kpi.columns.lookups import without_rounding
from kpi.columns.request import missing_columns
from kpi.errors import ColumnsError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

    from kpi.columns.door import Lazy, Table
    from kpi.columns.request import Request, Tidy

_ROW = "kpi row"


def pivoted(frame: Table, request: Request, tidy: Tidy) -> Table:
    """One row for each organisation and fiscal year, in the order in which they first appear.

    Raises:
        ColumnsError: columns are missing, or a quantity has two values.
    """
    nw = narwhals()
    check_columns(request, tidy, frame.columns)
    keys, value = [*request.keys], nw.col(tidy.value)
    cells = {name: nw.col(tidy.quantity).is_in(known) for name, known in request.quantities().items()}
    rows = without_rounding(frame.with_row_index(_ROW)).select(
        _ROW,
        *keys,
        **{name: nw.when(is_here).then(value) for name, is_here in cells.items()},
        **{f"{_ROW} {name}": is_here.cast(nw.Int64) for name, is_here in cells.items()},
    )
    counted = {f"{_ROW} {name}": name for name in cells}
    grouped = rows.group_by(keys, drop_null_keys=False).agg(
        nw.col(_ROW).min(), *(nw.col(name).max() for name in cells), *(nw.col(name).sum() for name in counted)
    )
    twice = [name for count, name in counted.items() if (grouped[count] > 1).any()]
    if twice:
        raise ColumnsError(several(twice, keys))
    return grouped.sort(_ROW).select(*keys, *cells)


def pivoted_lazily(frame: Lazy, request: Request, tidy: Tidy) -> Lazy:
    """The same for a lazy frame; collecting fails where a quantity has two values.

    Raises:
        ColumnsError: columns are missing.
    """
    import polars as pl

    native: pl.LazyFrame = frame.to_native()
    schema = native.collect_schema()
    check_columns(request, tidy, schema.names())
    keys = [*request.keys]
    value, quantity = pl.col(tidy.value), pl.col(tidy.quantity)
    cells = {name: value.filter(quantity.is_in(known)) for name, known in request.quantities().items()}

    def the_only(values: pl.Series) -> pl.Series:
        if (values.list.len() > 1).any():
            raise ColumnsError(several([values.name], keys))
        return values.list.first()

    found = native.group_by(keys, maintain_order=True).agg(**cells)
    checked = pl.col(*cells).map_batches(the_only, return_dtype=schema[tidy.value], is_elementwise=True)
    return narwhals().from_native(found.with_columns(checked))  # type: ignore[no-any-return]  # narwhals is imported late


def wide(request: Request) -> Request:
    """The same request of the pivoted table, in which every quantity stands under its own name."""
    return evolve(request, columns={}, tidy=None)


def check_columns(request: Request, tidy: Tidy, present: Iterable[str]) -> None:
    """Raises where keys or the two columns of a tidy table are missing."""
    known = [*present]
    needed = (*request.keys, tidy.quantity, tidy.value)
    missing: dict[str, tuple[str, ...]] = {name: () for name in needed if name not in known}
    if missing:
        raise ColumnsError(missing_columns(missing, known))


def several(names: Iterable[str], keys: Iterable[str]) -> str:
    """The message about quantities with two values."""
    return f"{', '.join(map(repr, names))}: several values; expected one for each {', '.join(keys)}"
