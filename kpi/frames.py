"""The one door to data-frame libraries; each is imported only where somebody asks for its frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import UnionType
from typing import TYPE_CHECKING, Any, Final

from kpi.errors import MissingExtraError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl


ColumnType = type | UnionType
"""The type of a column's values; one of truth values with missing ones among them is `bool | None`."""

_PANDAS: Final[dict[ColumnType, str]] = {str: "string", date: "datetime64[s]", bool | None: "boolean"}
"""What pandas calls types that keep missing values."""


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
