"""Columns of any kind of number as whole numbers: integers, truths, decimals, and floats at their shortest decimal."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
from attrs import frozen

from kpi.columns.door import narwhals
from kpi.columns.questions import Cell
from kpi.compilation.bounds import INT64
from kpi.errors import ColumnsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpi.columns.arrays.arithmetic import Truth
    from kpi.columns.door import Column, Floats, Integers, Truths

_MOST_DECIMALS: Final = 6
"""Decimals of a float column that are looked for."""
_LARGEST_WHOLE_FLOAT: Final = 2.0**53
"""Below it every whole number is a float, and its own shortest decimal."""
_LARGEST_DECIMAL: Final = 1e15
"""Up to 15 digits, no two decimals are the same float, so that one that gives the float back is the shortest."""
_LARGEST_SCALED: Final = 1e14
"""A decimal of up to 14 digits comes back from a float, whichever way the engine made it one."""


@frozen(eq=False, slots=False)
class Reading:
    """A column in units of 10 to the power of minus *decimals*.

    *whole* has the numbers of 64 bits, 0 where there is none; *present* tells where there is one.
    *unfit* tells where the number is no such whole number, or none that 64 bits hold; *series* has it as it is.
    """

    series: Column
    whole: Integers
    present: Truth
    unfit: Truth = False
    decimals: int = 0

    @cached_property
    def ends(self) -> tuple[int, int]:
        """The smallest and the largest number; 0 where there are no rows."""
        return (int(self.whole.min()), int(self.whole.max())) if len(self.whole) else (0, 0)


def read(columns: Mapping[Cell, Column]) -> dict[Cell, Reading]:
    """Each column as it is read.

    Raises:
        ColumnsError: naming every column that holds no exact numbers.
    """
    found = {cell: _reading(series) for cell, series in columns.items()}
    refused = {cell.column: columns[cell].dtype for cell, reading in found.items() if reading is None}
    if refused:
        told = ", ".join(f"column {name!r} holds {kind}" for name, kind in refused.items())
        hint = "; DataFrame.convert_dtypes of pandas finds the type of objects"
        is_object = narwhals().Object in refused.values()
        expected = "expected integers, decimals, 64-bit floats or booleans"
        raise ColumnsError(f"{told}; {expected}{hint if is_object else ''}")
    return {cell: reading for cell, reading in found.items() if reading is not None}


def _reading(series: Column) -> Reading | None:
    nw = narwhals()
    nulls, dtype = series.null_count(), series.dtype
    if len(series) == nulls and (nulls or dtype in (nw.Unknown, nw.Object)):
        return Reading(series, np.zeros(len(series), np.int64), present=False)
    present: Truth = True if nulls == 0 else ~series.is_null().to_numpy()
    if dtype == nw.Boolean:
        filled = series.fill_null(False) if nulls else series  # noqa: FBT003  # its only argument
        return Reading(series, filled.to_numpy().astype(np.int64), present)
    if dtype == nw.Float64:
        return _floats(series)
    if isinstance(dtype, nw.Decimal):
        return _decimals(series, present, dtype.scale)
    return _integers(series, present) if dtype.is_integer() else None


def _integers(series: Column, present: Truth) -> Reading:
    nw = narwhals()
    filled = series if present is True else series.fill_null(0)
    if series.dtype not in (nw.UInt64, nw.Int128, nw.UInt128):
        return Reading(series, filled.to_numpy().astype(np.int64, copy=False), present)
    column, zero = nw.col(series.name), nw.lit(0, dtype=series.dtype)
    fits = column <= nw.lit(INT64, dtype=series.dtype)
    if series.dtype == nw.Int128:
        fits &= column >= nw.lit(-INT64, dtype=series.dtype)
    table = filled.to_frame().select(whole=nw.when(fits).then(column).otherwise(zero).cast(nw.Int64), fits=fits)
    return Reading(series, table["whole"].to_numpy(), present, ~table["fits"].to_numpy())


def _decimals(series: Column, present: Truth, scale: int) -> Reading:
    scaled = np.round(np.nan_to_num(series.cast(narwhals().Float64).to_numpy()) * 10.0**scale)
    fits = np.abs(scaled) < _LARGEST_SCALED
    return Reading(series, np.where(fits, scaled, 0.0).astype(np.int64), present, _anywhere(~fits), scale)


def _floats(series: Column) -> Reading:
    """With the least number of decimals that leaves the fewest numbers unfit."""
    given: Floats = series.to_numpy()
    is_finite: Truths = np.isfinite(given)
    is_there: Truth = True if is_finite.all() else is_finite
    numbers = given if is_there is True else np.where(is_finite, given, 0.0)
    unfit: dict[int, Truth] = {}
    for decimals in range(_MOST_DECIMALS + 1):
        unfit[decimals] = _anywhere(~_is_exact(numbers, decimals))
        if unfit[decimals] is False:
            break
    decimals = min(unfit, key=lambda tried: np.count_nonzero(unfit[tried]))
    scaled = np.round(numbers * 10.0**decimals) if decimals else numbers
    if unfit[decimals] is not False:
        scaled = np.where(unfit[decimals], 0.0, scaled)
    return Reading(series, scaled.astype(np.int64), is_there, unfit[decimals], decimals)


def _is_exact(numbers: Floats, decimals: int) -> Truths:
    """Whether a float has no more decimals: in units of the last one it is a whole number that gives it back."""
    if decimals == 0:
        found: Truths = (np.round(numbers) == numbers) & (np.abs(numbers) < _LARGEST_WHOLE_FLOAT)
        return found
    with np.errstate(over="ignore"):  # what gets too large is not exact
        scaled = np.round(numbers * 10.0**decimals)
    exact: Truths = (scaled / 10.0**decimals == numbers) & (np.abs(scaled) < _LARGEST_DECIMAL)
    return exact


def _anywhere(truths: Truths) -> Truth:
    """The same; False where it holds nowhere."""
    return truths if truths.any() else False
