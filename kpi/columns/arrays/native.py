"""Added columns in the types of the frame that they are added to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from kpi.columns.arrays.arithmetic import VERDICTS

if TYPE_CHECKING:
    import polars as pl

    from kpi.columns.door import Array, Table

_WORDS = [str(one) for one in VERDICTS]


def with_added(frame: Table, added: Mapping[str, Array], read: Iterable[str]) -> object:
    """The native *frame* of pandas or pyarrow with columns: places of verdicts in words, floats with nulls for NaN.

    pandas has three families of types; the added ones are of that of the columns of numbers that were *read*.
    """
    native = frame.to_native()
    if frame.implementation.is_pyarrow():
        for name, values in added.items():
            native = native.append_column(name, _in_arrow(values))
        return native
    import pandas as pd

    family = _family(native[name].dtype for name in read)
    return native.assign(
        **{name: pd.Series(family(values), native.index, copy=False) for name, values in added.items()}
    )


def in_polars(added: Mapping[str, Array]) -> pl.DataFrame:
    """The added columns of a frame of polars."""
    import polars as pl

    words = pl.Series(_WORDS)
    return pl.DataFrame(
        [
            words.gather(pl.Series(values)).alias(name) if values.dtype == np.int8 else pl.Series(name, values, nan_to_null=True)
            for name, values in added.items()
        ]
    )  # fmt: skip


def _in_arrow(values: Array) -> Any:  # noqa: ANN401  # an array of arrow, which tells no types
    import pyarrow as pa  # type: ignore[import-untyped]

    if values.dtype == np.int8:
        return pa.array(_WORDS).take(pa.array(values))
    return pa.array(values, mask=np.isnan(values))


def _family(dtypes: Iterable[Any]) -> Callable[[Array], Any]:
    """How arrays of a family of types are made in pandas."""
    import pandas as pd

    known = [*dtypes]
    if any(isinstance(dtype, pd.ArrowDtype) for dtype in known):
        return lambda values: pd.arrays.ArrowExtensionArray(_in_arrow(values))
    if any(isinstance(dtype, pd.api.extensions.ExtensionDtype) for dtype in known):
        strings = pd.array(_WORDS, dtype="string")
        return lambda values: strings.take(values) if values.dtype == np.int8 else pd.arrays.FloatingArray(values, np.isnan(values))  # fmt: skip
    words = pd.Series(_WORDS).array
    return lambda values: words.take(values) if values.dtype == np.int8 else values
