"""The one door to data-frame libraries; each is imported only where somebody asks for its frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kpi.errors import MissingExtraError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl


def polars_frame(columns: dict[str, list[Any]]) -> pl.DataFrame:
    """A polars frame of *columns*.

    Raises:
        MissingExtraError: polars is not installed.
    """
    try:
        import polars as pl
    except ImportError:
        raise MissingExtraError("polars is not installed: pip install 'kpi[polars]'") from None
    return pl.DataFrame(columns)


def pandas_frame(columns: dict[str, list[Any]]) -> pd.DataFrame:
    """A pandas frame of *columns*.

    Raises:
        MissingExtraError: pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError:
        raise MissingExtraError("pandas is not installed: pip install 'kpi[pandas]'") from None
    return pd.DataFrame(columns)
