"""Columns of any kind of number as whole numbers: integers, truths, decimals, and floats at their shortest decimal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from kpi.columns.door import narwhals
from kpi.errors import ColumnsError

if TYPE_CHECKING:
    from kpi.columns.door import Column, Expr, Kind, Table
    from kpi.columns.translation import Truth

_MOST_DECIMALS: Final = 6
"""Decimals of a float column that are looked for."""
_LARGEST: Final = 2**63 - 1
_LARGEST_WHOLE_FLOAT: Final = 2.0**53
"""Below it every whole number is a float, and its own shortest decimal."""
_LARGEST_DECIMAL: Final = 1e15
"""Up to 15 digits, no two decimals are the same float, so that one that gives the float back is the shortest."""
_LARGEST_SCALED: Final = 1e14
"""A decimal of up to 14 digits comes back from a float, whichever way the engine made it one."""


@frozen
class Reading:
    """A column in units of 10 to the power of minus *decimals*.

    *whole* has the numbers, 0 where there is none; *present* tells where there is one.
    *unfit* tells where the number is no such whole number, or none that 64 bits hold.
    """

    whole: Expr
    present: Truth
    unfit: Truth = False
    decimals: int = 0


def read_columns(frame: Table, names: dict[str, str]) -> dict[str, Reading]:
    """How each column of *names* is read; its other name is the one to tell the user.

    Raises:
        ColumnsError: naming every column that holds no exact numbers.
    """
    readings = {name: _reading(frame[name]) for name in names}
    refused = {names[name]: frame.schema[name] for name, found in readings.items() if found is None}
    if refused:
        told = ", ".join(f"column {name!r} holds {kind}" for name, kind in refused.items())
        hint = (
            "; DataFrame.convert_dtypes of pandas finds the type of objects"
            if narwhals().Object in refused.values()
            else ""
        )
        raise ColumnsError(f"{told}; expected integers, decimals, 64-bit floats or booleans{hint}")
    return {name: found for name, found in readings.items() if found is not None}


def _reading(series: Column) -> Reading | None:
    nw = narwhals()
    nulls, dtype = series.null_count(), series.dtype
    column: Expr = nw.col(series.name)
    if len(series) == nulls and (nulls or dtype in (nw.Unknown, nw.Object)):
        return Reading(nw.lit(0, dtype=nw.Int64), present=False)
    present: Truth = True if nulls == 0 else ~column.is_null()
    if dtype == nw.Boolean:
        return Reading(_one_where(column.fill_null(False) if nulls else column), present)  # noqa: FBT003  # its only argument
    if dtype == nw.Float64:
        return _floats(series)
    if isinstance(dtype, nw.Decimal):
        return _decimals(column, present, dtype.scale)
    return _integers(column, present, dtype) if dtype.is_integer() else None


def _one_where(condition: Expr) -> Expr:
    nw = narwhals()
    return nw.when(condition).then(nw.lit(1, dtype=nw.Int64)).otherwise(nw.lit(0, dtype=nw.Int64))  # type: ignore[no-any-return]


def _integers(column: Expr, present: Truth, dtype: Kind) -> Reading:
    nw = narwhals()
    if dtype in (nw.UInt64, nw.Int128, nw.UInt128):
        fits = column <= nw.lit(_LARGEST, dtype=dtype)
        if dtype == nw.Int128:
            fits &= column >= nw.lit(-_LARGEST, dtype=dtype)
        whole = nw.when(fits).then(column).otherwise(nw.lit(0, dtype=dtype)).fill_null(0).cast(nw.Int64)
        return Reading(whole, present, ~fits.fill_null(True))  # noqa: FBT003
    filled = column if present is True else column.fill_null(0)
    return Reading(filled if dtype == nw.Int64 else filled.cast(nw.Int64), present)


def _decimals(column: Expr, present: Truth, scale: int) -> Reading:
    nw = narwhals()
    scaled = (column.cast(nw.Float64) * 10.0**scale).round().fill_null(0.0)
    fits = scaled.abs() < _LARGEST_SCALED
    return Reading(nw.when(fits).then(scaled).otherwise(nw.lit(0.0)).cast(nw.Int64), present, ~fits, scale)


def _floats(series: Column) -> Reading:
    """With the least number of decimals that leaves the fewest numbers unfit."""
    nw = narwhals()
    column: Expr = nw.col(series.name)
    is_finite = column.is_finite().fill_null(False)  # noqa: FBT003  # its only argument
    number = nw.when(is_finite).then(column).otherwise(nw.lit(0.0)).fill_null(0.0)
    table = series.to_frame().select(number.alias("number"))
    counts: dict[int, int] = {}
    for decimals in range(_MOST_DECIMALS + 1):
        _, fits = _scaled(nw.col("number"), decimals)
        counts[decimals] = int(table.select(_one_where(~fits).sum()).item())
        if not counts[decimals]:
            break
    decimals = min(counts, key=lambda tried: counts[tried])
    scaled, fits = _scaled(number, decimals)
    if not counts[decimals]:
        return Reading(scaled.cast(nw.Int64), is_finite, decimals=decimals)
    return Reading(nw.when(fits).then(scaled).otherwise(nw.lit(0.0)).cast(nw.Int64), is_finite, ~fits, decimals)


def _scaled(number: Expr, decimals: int) -> tuple[Expr, Expr]:
    """A float in units of its last decimal, and whether that is what it stands for: dividing gives it back."""
    if decimals == 0:
        return number, (number.round() == number) & (number.abs() < _LARGEST_WHOLE_FLOAT)
    scaled = (number * 10.0**decimals).round()
    divisor = number * 0.0 + 10.0**decimals  # a column: polars would multiply by the reciprocal of a constant
    return scaled, (scaled / divisor == number) & (scaled.abs() < _LARGEST_DECIMAL)
