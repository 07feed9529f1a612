"""The one door to data-frame libraries; each is imported only where somebody asks for its frames."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO
from types import UnionType
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from kpi.errors import ColumnsError, MissingExtraError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

ColumnType = type | UnionType
"""The type of a column's values; one of truth values with missing ones among them is `bool | None`."""

_PANDAS: Final[dict[ColumnType, str]] = {str: "string", date: "datetime64[s]", bool | None: "boolean"}
"""What pandas calls types that keep missing values."""
_PANDAS_TYPES: Final = {"text": "string", "integer": "Int64", "date": "datetime64[us]", "boolean": "boolean"}
_PANDAS_OBJECTS: Final = {
    "text": {"string"},
    "integer": {"integer", "floating", "mixed-integer-float", "decimal"},
    "date": {"date", "datetime", "datetime64"},
    "boolean": {"boolean"},
}
"""What pandas finds in a column of Python objects that can be taken as one of a type."""
_ARROW_DATE: Final = re.compile(r"(date32\[day\]|date64\[ms\]|timestamp\[[a-z]+\])\[pyarrow\]")
_EXACT_FLOATS: Final = 2**53
"""Up to here every whole number is a float."""


def polars_frame(columns: Mapping[str, Sequence[Any]], types: Mapping[str, ColumnType]) -> pl.DataFrame:
    """A polars frame of *columns*, each of its type even where every value is missing.

    Raises:
        MissingExtraError: polars is not installed.
    """
    try:
        import polars as pl
    except ImportError:
        raise MissingExtraError("polars is not installed: pip install 'kpi[polars]'") from None
    schema: dict[str, Any] = {name: bool if kind == bool | None else kind for name, kind in types.items()}
    return pl.DataFrame(columns, schema=schema)


def pandas_frame(columns: Mapping[str, Sequence[Any]], types: Mapping[str, ColumnType]) -> pd.DataFrame:
    """A pandas frame of *columns*, each of its type even where every value is missing; dates are at midnight.

    Raises:
        MissingExtraError: pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError:
        raise MissingExtraError("pandas is not installed: pip install 'kpi[pandas]'") from None
    dtypes: dict[str, Any] = {name: _PANDAS.get(kind, kind) for name, kind in types.items()}
    return pd.DataFrame(columns, columns=list(types)).astype(dtypes)


def pandas_typed(frame: Any, types: Mapping[str, str]) -> Any:  # noqa: ANN401  # a frame of any library
    """A pandas *frame* whose columns hold what their *types* say (text, integer, date, boolean) and can be missing.

    A column of Python objects that are all of its type, or of floats that are whole, becomes one of its type; one that is
    not stays as it is. A frame of another library is given back.
    """
    if type(frame).__module__.partition(".")[0] != "pandas" or not frame.columns.is_unique:
        return frame
    found = frame.copy(deep=False)
    for name, kind in types.items():
        if name in found.columns:
            found[name] = _pandas_column(found[name], kind)
    return found


def _pandas_column(column: Any, kind: str) -> Any:  # noqa: ANN401  # a column of pandas
    import pandas as pd

    dtype = _PANDAS_TYPES[kind]
    if column.isna().all():
        return pd.Series(None, index=column.index, dtype=dtype)
    is_safe = {
        "object": lambda: pd.api.types.infer_dtype(column, skipna=True) in _PANDAS_OBJECTS[kind],
        "bool": lambda: kind == "boolean",
        "float64": lambda: kind == "integer" and bool(column.abs().max() <= _EXACT_FLOATS),
    }
    name = str(column.dtype)
    if name == "category" and pd.api.types.infer_dtype(column.cat.categories) != "string":
        return column.astype(object)  # a column of texts holds no others
    is_whole = kind == "integer" and name.startswith(("int", "uint")) and name != "uint64"
    # what is made of Arrow's dates in pandas goes through floats, which do not reach to the year 9999
    is_date = kind == "date" and bool(_ARROW_DATE.fullmatch(name))
    if is_whole or is_date or (name in is_safe and is_safe[name]()):
        try:
            return column.astype(dtype)
        except (TypeError, ValueError, OverflowError):
            return column  # it is told as a column of the wrong type
    return column


def pandas_whole(frame: Any, names: Sequence[str]) -> Any:  # noqa: ANN401  # a frame of any library
    """A pandas *frame* whose columns *names* are whole numbers that can be missing; one of another library is given back."""
    if type(frame).__module__.partition(".")[0] != "pandas":
        return frame
    return frame.astype(dict.fromkeys(names, "Int64"))


@frozen
class Rows:
    """A frame as Python values: the names of its columns, how many rows it has, and each of them."""

    columns: tuple[str, ...]
    total: int
    values: Iterator[tuple[Any, ...]]


def rows_of(frame: object) -> Rows:
    """The rows of a frame that narwhals knows: polars, pandas, pyarrow, and what is collected from lazy ones.

    Raises:
        ColumnsError: it is no frame, two of its columns have one name, or one has floats of 32 bits, whose decimals
            are lost.
        MissingExtraError: narwhals is not installed.
    """
    try:
        import narwhals.stable.v2 as nw
        from narwhals.exceptions import DuplicateError
    except ImportError:
        raise MissingExtraError("reading frames needs narwhals: pip install 'kpi[frames]'") from None
    try:
        found = nw.from_native(frame, pass_through=True)
    except DuplicateError as error:
        raise ColumnsError(str(error)) from None
    if isinstance(found, nw.LazyFrame):
        found = found.collect()
    if not isinstance(found, nw.DataFrame):
        known = "a path, or a frame of polars, pandas or pyarrow"
        raise ColumnsError(f"expected {known}; found {type(frame).__module__}.{type(frame).__name__}")
    inexact = [str(name) for name, kind in found.schema.items() if kind == nw.Float32]
    if inexact:
        told = ", ".join(f"column {name!r} holds Float32" for name in inexact)
        raise ColumnsError(f"{told}; expected integers, decimals, 64-bit floats, text or dates")
    return Rows(tuple(map(str, found.columns)), len(found), found.iter_rows())


def parquet_frame(data: bytes) -> object:
    """The frame in a Parquet file, by whichever library is installed that reads it.

    Raises:
        ColumnsError: it is no Parquet file, or a damaged one.
        MissingExtraError: neither pyarrow nor polars is installed.
    """
    try:
        from pyarrow import ArrowException, parquet  # type: ignore[import-untyped]
    except ImportError:
        return _polars_parquet(data)
    try:
        return parquet.read_table(BytesIO(data))
    except (ArrowException, OSError) as error:
        raise ColumnsError(str(error)) from None


def _polars_parquet(data: bytes) -> object:
    try:
        import polars as pl
    except ImportError:
        raise MissingExtraError("reading Parquet needs pyarrow or polars: pip install pyarrow") from None
    try:
        return pl.read_parquet(BytesIO(data))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise ColumnsError(str(error)) from None
