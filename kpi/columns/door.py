"""The one door to narwhals, which knows the frames of polars, pandas and pyarrow."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING, Any

from kpi.errors import MissingExtraError

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw
    import numpy as np
    import numpy.typing as npt

    Table = nw.DataFrame[Any]
    Lazy = nw.LazyFrame[Any]
    Column = nw.Series[Any]
    Expr = nw.Expr

    Array = npt.NDArray[Any]
    Integers = npt.NDArray[np.int64]
    Truths = npt.NDArray[np.bool_]
    Floats = npt.NDArray[np.float64]


def narwhals() -> ModuleType:
    """The library, imported where somebody hands in a frame.

    Raises:
        MissingExtraError: it, or NumPy, is not installed.
    """
    try:
        import narwhals.stable.v2 as found
        import numpy  # noqa: F401, ICN001  # its users import it themselves
    except ImportError as error:
        raise MissingExtraError(f"{error.name or 'narwhals'} is not installed: pip install 'kpi[frames]'") from None
    return found
