"""Tidy tables, one value a row, made into one row for each organisation and fiscal year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpi.columns.door import narwhals
from kpi.columns.tidy import check_columns, several
from kpi.errors import ColumnsError

if TYPE_CHECKING:
    import polars as pl

    from kpi.columns.door import Column, Lazy, Table
    from kpi.columns.request import Request, Tidy

_ROW: Final = "kpi row"
_EXACT_FLOATS: Final = 2**53
_NULLABLE: Final = {"int64": "Int64", "uint64": "UInt64"}
"""The types of pandas that have missing values beside whole numbers."""


def pivoted(frame: Table, request: Request, tidy: Tidy) -> Table:
    """One row for each organisation and fiscal year, in the order in which they first appear.

    Raises:
        ColumnsError: columns are missing, or a quantity has two values.
    """
    nw = narwhals()
    check_columns(request, tidy, frame.columns)
    keys, value = [*request.keys], nw.col(tidy.value)
    cells = {name: nw.col(tidy.quantity).is_in(known) for name, known in request.quantities().items()}
    rows = _without_rounding(frame.with_row_index(_ROW)).select(
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


def _without_rounding(frame: Table) -> Table:
    """*frame* in types that keep their values beside missing ones: numpy would make floats of whole numbers."""
    nw = narwhals()
    if not frame.implementation.is_pandas():
        return frame
    truths = [name for name, dtype in frame.schema.items() if dtype == nw.Boolean]
    frame = frame.with_columns(nw.col(*truths).cast(nw.Int64)) if truths else frame
    native = frame.to_native()
    types = {name: _NULLABLE[str(kind)] for name, kind in native.dtypes.items() if str(kind) in _NULLABLE}
    large = {name: kind for name, kind in types.items() if _is_large(frame[name])}
    return nw.from_native(native.astype(large), eager_only=True) if large else frame


def _is_large(numbers: Column) -> bool:
    """Whether a float would round one of them."""
    return len(numbers) > 0 and max(-int(numbers.min()), int(numbers.max())) > _EXACT_FLOATS
