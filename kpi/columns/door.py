"""The one door to narwhals, which knows the frames of polars, pandas and pyarrow."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING, Any

from kpi.errors import MissingExtraError

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

    Table = nw.DataFrame[Any]
    Lazy = nw.LazyFrame[Any]
    Column = nw.Series[Any]
    Expr = nw.Expr
    Kind = nw.dtypes.DType
    Width = type[nw.Int64 | nw.Int128]


def narwhals() -> ModuleType:
    """The library, imported where somebody hands in a frame.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        import narwhals.stable.v2 as found
    except ImportError:
        raise MissingExtraError("narwhals is not installed: pip install 'kpi[frames]'") from None
    return found
