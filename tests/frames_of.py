"""The kinds of frames that verdicts are computed over, each with how to make one and how to read its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from attrs import frozen
from sql_engines import needs_java, relation, relation_rows, spark_frame, spark_rows

Columns = Mapping[str, Sequence[Any]]
Row = dict[str, Any]


@frozen
class Kind:
    """One kind of frame.

    *make* makes a frame of columns whose values are all of one type, or None: text, int (64 bits), float, bool
    or Decimal. *rows* reads the rows of one, with None for what is missing.
    Where it is not *is_ordered*, the rows of a result may stand in any order.
    """

    make: Callable[[Columns], Any]
    rows: Callable[[Any], list[Row]]
    is_ordered: bool = True
    name: str = ""


def _type(values: Sequence[Any]) -> type:
    return next((type(value) for value in values if value is not None), int)


# ── polars and pyarrow ───────────────────────────────────────────────────────────────────────────────────────────────

_POLARS: Final = {str: pl.String, int: pl.Int64, float: pl.Float64, bool: pl.Boolean, Decimal: pl.Decimal(38, 4)}
_ARROW: Final = {
    str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), Decimal: pa.decimal128(38, 4),
}  # fmt: skip


def _polars(columns: Columns) -> pl.DataFrame:
    return pl.DataFrame({name: pl.Series(values, dtype=_POLARS[_type(values)]) for name, values in columns.items()})


def _pyarrow(columns: Columns) -> pa.Table:
    return pa.table({name: pa.array(values, _ARROW[_type(values)]) for name, values in columns.items()})


# ── pandas ───────────────────────────────────────────────────────────────────────────────────────────────────────────

_NULLABLE: Final = {
    str: "string", int: "Int64", float: "Float64", bool: "boolean", Decimal: pd.ArrowDtype(_ARROW[Decimal]),
}  # fmt: skip


_NO_NUMPY: Final = {bool: "boolean", Decimal: pd.ArrowDtype(_ARROW[Decimal])}


def _numpy(values: Sequence[Any]) -> Any:
    """What pandas makes of values by default: whole numbers with gaps become floats."""
    kind = _type(values)
    if kind is Decimal or (kind is bool and None in values):
        return pd.array(values, dtype=_NO_NUMPY[kind])
    return [np.nan if value is None else value for value in values] if kind is int else list(values)


def _pandas(columns: Columns) -> pd.DataFrame:
    frame = pd.DataFrame({name: _numpy(values) for name, values in columns.items()})
    return frame.set_index(frame.index + 7)  # an index that is no count of rows


def _pandas_nullable(columns: Columns) -> pd.DataFrame:
    return pd.DataFrame({name: pd.array(values, dtype=_NULLABLE[_type(values)]) for name, values in columns.items()})


def _pandas_arrow(columns: Columns) -> pd.DataFrame:
    types = {name: pd.ArrowDtype(_ARROW[_type(values)]) for name, values in columns.items()}
    return pd.DataFrame({name: pd.array(values, dtype=types[name]) for name, values in columns.items()})


def _pandas_rows(frame: pd.DataFrame) -> list[Row]:
    return [{name: _value(value) for name, value in row.items()} for row in frame.to_dict("records")]


def _value(value: Any) -> Any:
    return None if pd.isna(value) else value.item() if isinstance(value, np.generic) else value


KINDS: Final = {
    "polars": Kind(_polars, pl.DataFrame.to_dicts),
    "polars-lazy": Kind(lambda columns: _polars(columns).lazy(), lambda frame: frame.collect().to_dicts()),
    "pandas": Kind(_pandas, _pandas_rows),
    "pandas-nullable": Kind(_pandas_nullable, _pandas_rows),
    "pandas-pyarrow": Kind(_pandas_arrow, _pandas_rows),
    "pyarrow": Kind(_pyarrow, pa.Table.to_pylist),
}
"""Each kind by its name."""

SQL_KINDS: Final = {
    "duckdb": Kind(relation, relation_rows, name="duckdb"),
    "spark": Kind(spark_frame, spark_rows, is_ordered=False, name="spark"),
}
"""The kinds whose engines read SQL: numbers that are too large for them are refused."""


def _params(kinds: Mapping[str, Kind]) -> list[Any]:
    return [pytest.param(kind, id=name, marks=[needs_java] if name == "spark" else []) for name, kind in kinds.items()]


each_kind = pytest.mark.parametrize("kind", _params({**KINDS, **SQL_KINDS}))
"""Runs a test for every kind of frame."""
each_frame = pytest.mark.parametrize("kind", _params(KINDS))
"""Runs a test for every kind of frame that decides rows of any size."""
each_sql = pytest.mark.parametrize("kind", _params(SQL_KINDS))
"""Runs a test for every kind whose engine reads SQL."""
