"""The keys of rows in one form: organisations and periods as they are, fiscal years as the number in which they begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kpi.columns.door import narwhals
from kpi.errors import ColumnsError, ValueReadingError
from kpi.periods import fiscal_year

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpi.columns.asked import Place
    from kpi.columns.door import Column, Integers

NO_YEAR: Final = -1
"""What stands for a fiscal year that is missing, so that years can be compared without nulls."""


def years(series: Column) -> Integers:
    """Fiscal years as whole numbers, `R3` and `FY2021` as 2021.

    Raises:
        ColumnsError: one is no fiscal year.
    """
    nw = narwhals()
    if series.dtype.is_integer() or (series.dtype.is_float() and _is_whole(series)):
        filled = series.fill_nan(None) if series.dtype.is_float() else series
        filled = filled.fill_null(NO_YEAR) if filled.null_count() else filled
        return filled.to_numpy().astype(np.int64, copy=False)
    if series.null_count() == len(series):
        return np.full(len(series), NO_YEAR)
    if series.dtype not in (nw.String, nw.Categorical, nw.Enum):
        raise ColumnsError(f"column {series.name!r} holds {series.dtype}, no fiscal years such as 2021, R3 or FY2021")
    texts = series.cast(nw.String).fill_null("")
    named = {text: _year(series.name, text) for text in texts.unique().to_list()}
    return texts.replace_strict(named, return_dtype=nw.Int64).to_numpy()


def rows_at(places: Iterable[Place], organisations: Column, fiscal_years: Integers) -> Integers:
    """The places of the rows that plans speak of."""
    texts, found = as_text(organisations), np.zeros(len(fiscal_years), np.bool_)
    for place in places:
        is_named = texts.is_in(place.names).fill_null(False).to_numpy()  # noqa: FBT003  # its only argument
        found |= is_named & (fiscal_years == place.fiscal_year.year)
    return np.flatnonzero(found)


def as_text(series: Column) -> Column:
    """A column of keys as text."""
    text = narwhals().String
    return series if series.dtype == text else series.cast(text)


def _is_whole(series: Column) -> bool:
    known = series.fill_nan(None).drop_nulls()
    return bool((known.round() == known).all()) and bool((known.abs() < 10_000).all())  # noqa: PLR2004  # years have four digits


def _year(column: str, text: str) -> int:
    try:
        return fiscal_year(text).year if text else NO_YEAR
    except ValueReadingError as error:
        raise ColumnsError(f"column {column!r}: {error}") from None
