"""Added columns have the types of the frame that they are added to."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from frames_of import KINDS

import kpi
from kpi.columns import evaluate_frame
from kpi.errors import ColumnsError

KPIS = {"share": kpi.parse("a / b >= prior year"), "fixed": kpi.parse("a >= 3")}
COLUMNS = {"organisation": ["x", "x"], "fiscal_year": [2020, 2021], "a": [1, 3], "b": [4, 0]}


@pytest.mark.parametrize(
    ("kind", "text", "number"),
    [
        ("pandas", "str", "float64"),
        ("pandas-nullable", "string", "Float64"),
        ("pandas-pyarrow", "string[pyarrow]", "double[pyarrow]"),
    ],
)
def test_pandas(kind, text, number):
    """pandas has three families of types, and all added columns are of that of the frame's numbers."""
    frame = KINDS[kind].make(COLUMNS)
    found = evaluate_frame(frame, KPIS)
    assert [str(dtype) for dtype in found.dtypes[4:]] == [text, number, number, number] * 2
    assert (found.dtypes[:4] == frame.dtypes).all()
    assert found["share_value"].isna().tolist() == [False, True]
    assert found["fixed_margin"].tolist() == [-2, 0]


def test_columns_of_one_name():
    """pandas allows two columns of one name, of which nobody can tell which is meant."""
    frame = pd.DataFrame([[1, 2, 3]], columns=["a", "b", "a"])
    with pytest.raises(ColumnsError, match="'a' 2 times"):
        evaluate_frame(frame, KPIS["fixed"])


def test_arrow_and_polars():
    """Missing numbers are nulls, not NaN."""
    table = evaluate_frame(pa.table(COLUMNS), KPIS)
    assert [table.schema.field(name).type for name in ("share_outcome", "share_value")] == [pa.string(), pa.float64()]
    assert table["share_value"].to_pylist() == [25.0, None]
    frame = evaluate_frame(pl.DataFrame(COLUMNS), KPIS)
    assert frame.schema["share_outcome"] == pl.String
    assert frame["share_value"].to_list() == [25.0, None]
    assert evaluate_frame(pl.LazyFrame(COLUMNS), KPIS).collect_schema() == frame.schema


def test_nothing_is_shared():
    """Changing the result changes neither the frame nor another column."""
    frame = pd.DataFrame(COLUMNS)
    found = evaluate_frame(frame, {"one": KPIS["fixed"], "other": KPIS["fixed"]})
    found.loc[0, ["one_value", "a"]] = 99
    assert (frame.loc[0, "a"], found.loc[0, "other_value"]) == (1, 1)


def test_any_columns():
    """A frame of pandas may have columns and rows named by anything."""
    frame = pd.DataFrame(
        {("a",): [1, 2], 7: ["x", "y"], "a": [2, 3]}, index=pd.MultiIndex.from_tuples([(1, "p"), (1, "p")])
    )
    found = evaluate_frame(frame, kpi.parse("a >= 3"), only="outcome")
    assert found["outcome"].tolist() == ["missed", "achieved"]
    assert [*found.columns] == [("a",), 7, "a", "outcome"]
    assert found.index.equals(frame.index)
