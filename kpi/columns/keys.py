"""The keys of rows in one form: organisations as text, fiscal years as the whole number in which they begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpi.columns.door import narwhals
from kpi.errors import ColumnsError, ValueReadingError
from kpi.periods import fiscal_year

if TYPE_CHECKING:
    from kpi.columns.door import Column, Expr, Table
    from kpi.columns.request import Keys

ORGANISATION: Final = "organisation"
YEAR: Final = "fiscal_year"
PERIOD: Final = "period"
NO_YEAR: Final = -1
"""What stands for a fiscal year that is missing, so that years can be compared without nulls."""


def keyed(frame: Table, keys: Keys) -> dict[str, Expr | Column]:
    """The key columns that *frame* has, in one form, under the names above.

    Raises:
        ColumnsError: a column of fiscal years holds something else.
    """
    col = narwhals().col
    found: dict[str, Expr | Column] = {}
    if keys.organisation in frame.columns:
        is_text = frame.schema[keys.organisation] == narwhals().String
        found[ORGANISATION] = col(keys.organisation) if is_text else col(keys.organisation).cast(narwhals().String)
    if keys.fiscal_year in frame.columns:
        found[YEAR] = years(frame[keys.fiscal_year])
    if keys.period and keys.period in frame.columns:
        found[PERIOD] = col(keys.period)
    return found


def years(series: Column) -> Column:
    """Fiscal years as whole numbers, `R3` and `FY2021` as 2021.

    Raises:
        ColumnsError: one is no fiscal year.
    """
    nw = narwhals()
    if series.dtype.is_integer() or (series.dtype.is_float() and _is_whole(series)):
        filled: Column = series.fill_nan(None) if series.dtype.is_float() else series
        filled = filled.fill_null(NO_YEAR) if filled.null_count() else filled
        return filled if filled.dtype == nw.Int64 else filled.cast(nw.Int64)
    if series.null_count() == len(series):
        missing = [NO_YEAR] * len(series)
        return nw.new_series(series.name, missing, nw.Int64, backend=series.implementation)  # type: ignore[no-any-return]  # narwhals is imported late
    if series.dtype not in (nw.String, nw.Categorical, nw.Enum):
        raise ColumnsError(f"column {series.name!r} holds {series.dtype}, no fiscal years such as 2021, R3 or FY2021")
    texts = series.cast(nw.String).fill_null("")
    named = {text: _year(series.name, text) for text in texts.unique().to_list()}
    return texts.replace_strict(named, return_dtype=nw.Int64)


def _is_whole(series: Column) -> bool:
    known = series.fill_nan(None).drop_nulls()
    return bool((known.round() == known).all()) and bool((known.abs() < 10_000).all())  # noqa: PLR2004  # years have four digits


def _year(column: str, text: str) -> int:
    try:
        return fiscal_year(text).year if text else NO_YEAR
    except ValueReadingError as error:
        raise ColumnsError(f"column {column!r}: {error}") from None
