"""Columns of every type of number, exact or refused."""

from __future__ import annotations

import builtins
from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from attrs import evolve

import kpi
from kpi.columns import evaluate_frame
from kpi.errors import ColumnsError, MissingExtraError
from kpi.periods import FiscalYear

SHARE = kpi.parse("a / b >= 59.6%")
GAIN = kpi.parse("a / b >= prior year")


def outcomes(frame, formula=SHARE, **known):
    return [*evaluate_frame(frame, formula, **known)["outcome"]]


@pytest.mark.parametrize(
    "dtype", [pl.Int8, pl.UInt8, pl.Int16, pl.UInt32, pl.Int64, pl.UInt64, pl.Int128, pl.Decimal(9, 2)]
)
def test_types(dtype):
    """The width of a column changes no verdict: nothing is computed in it."""
    frame = pl.DataFrame({"a": [75, 74, None], "b": [125, 125, 0]}, schema={"a": dtype, "b": dtype})
    assert outcomes(frame) == outcomes(frame.lazy().collect()) == ["achieved", "missed", "not_evaluable"]


@pytest.mark.parametrize("dtype", [pl.UInt64, pl.Int128, pl.Decimal(38, 0)])
def test_more_than_64_bits(dtype):
    """Numbers that 64 bits do not hold are decided as well."""
    whole = 10**19
    frame = pl.DataFrame({"a": [whole, whole - 1], "b": [whole, whole]}, schema={"a": dtype, "b": dtype})
    assert outcomes(frame, kpi.parse("a / b = 100%")) == ["achieved", "missed"]


@pytest.mark.parametrize("make", [pl.DataFrame, pd.DataFrame, pa.table])
def test_products_of_more_than_64_bits(make):
    """Amounts of a nation differ by one yen in a product of 27 digits."""
    amount = 10**13
    columns = {
        "organisation": ["x", "x"],
        "fiscal_year": [2020, 2021],
        "a": [amount, amount - 1],
        "b": [amount + 1, amount],
    }
    found = evaluate_frame(make(columns), GAIN)
    assert [str(one) for one in found["outcome"]] == ["not_evaluable", "missed"]


@pytest.mark.parametrize(
    ("numbers", "share"),
    [
        ([0.1, 0.2], "= 50%"),
        ([1.8, 100.0], "= 1.8%"),
        ([59.6, 100.0], ">= 59.6%"),
        ([1e-9, 1e-9], "= 100%"),
        ([2.0**70, 2.0**71], "<= 50%"),
    ],
)
def test_floats(numbers, share):
    """A float counts as its shortest decimal."""
    expected = str(kpi.parse(f"a / b {share}").evaluate(dict(zip("ab", numbers, strict=True))).outcome)
    for make in (pl.DataFrame, pd.DataFrame):
        assert outcomes(make({"a": [numbers[0]], "b": [numbers[1]]}), kpi.parse(f"a / b {share}")) == [expected]


def test_refused_types():
    """What holds no exact numbers is refused, every column of it by name; a lazy frame at once."""
    frame = pl.DataFrame({"a": ["1"], "b": [1.5]}, schema={"a": pl.String, "b": pl.Float32})
    message = (
        "column 'a' holds String, column 'b' holds Float32; expected integers, decimals, 64-bit floats or booleans"
    )
    for rows in (frame, frame.lazy()):
        with pytest.raises(ColumnsError, match=f"^{message}$"):
            evaluate_frame(rows, SHARE)
    with pytest.raises(ColumnsError, match="convert_dtypes of pandas"):
        evaluate_frame(pd.DataFrame({"a": [Decimal(1)], "b": [2]}), SHARE)


def test_pandas_index_stays():
    """A frame of pandas keeps its index, and the types of its columns."""
    frame = pd.DataFrame({"a": np.array([3, 4], "int16"), "b": [5, 5]}, index=["x", "x"])
    found = evaluate_frame(frame, SHARE)
    assert [*found.index] == ["x", "x"]
    assert found["a"].dtype == np.int16
    assert [*found["outcome"]] == ["achieved", "achieved"]


def test_large_numbers_beside_missing_rows():
    """pandas would make a float of a large number that stands beside a missing row of last year."""
    large = 2**53 + 1
    frame = pd.DataFrame(
        {"organisation": ["x", "x", "y"], "fiscal_year": [2020, 2021, 2021], "a": [large, large - 1, 1]}
    )
    assert outcomes(frame, kpi.parse("a >= prior year")) == ["not_evaluable", "missed", "not_evaluable"]


def test_nothing_is_collected():
    """A lazy frame stays lazy: none of its rows is looked at before it is collected."""
    seen = []
    frame = pl.LazyFrame({"a": [3], "b": [5]}).with_columns(
        pl.col("a").map_batches(lambda batch: (seen.append(1), batch)[1], return_dtype=pl.Int64)
    )
    found = evaluate_frame(frame, SHARE)
    assert seen == []
    assert found.select("outcome").collect().item() == "achieved"
    assert seen != []


def test_streaming():
    """A lazy frame may be collected by the streaming engine as well."""
    frame = pl.LazyFrame({"organisation": ["x"] * 9, "fiscal_year": range(2012, 2021), "a": range(9), "b": [9.5] * 9})
    found = evaluate_frame(frame, GAIN)
    assert found.collect(engine="streaming").equals(found.collect())


def test_redefined():
    """Where a KPI was defined otherwise before a year, no row is compared with an earlier one."""
    catalog = kpi.load_catalog()
    entry = evolve(catalog.plans["toyama-r7"]["generic_share"], comparable_from=FiscalYear(2021))
    columns = {
        "organisation": ["x"] * 3,
        "fiscal_year": [2020, 2021, 2022],
        "generic_quantity": [1, 2, -3],
        "substitutable_quantity": [2, 3, -4],
    }
    found = evaluate_frame(pl.DataFrame(columns), entry)
    assert [*found["generic_share_outcome"]] == ["not_evaluable", "not_evaluable", "achieved"]


def test_unknown_frames():
    """What is no frame is refused, and so is a frame of another kind for other years."""
    with pytest.raises(ColumnsError, match=r"expected a frame of polars, pandas, .*; found builtins\.dict"):
        evaluate_frame({"a": [1]}, SHARE)
    rows = pl.DataFrame({"organisation": ["x"], "fiscal_year": [2021], "a": [1], "b": [2]})
    with pytest.raises(ColumnsError, match="prior is a LazyFrame of polars, but the rows are a DataFrame of polars"):
        evaluate_frame(rows, GAIN, prior=rows.lazy())


def test_not_installed(monkeypatch):
    """Without narwhals the error says how to install it."""
    real = builtins.__import__

    def absent(name, *rest, **known):
        if name.partition(".")[0] == "narwhals":
            raise ImportError(name)
        return real(name, *rest, **known)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(MissingExtraError, match=r"^narwhals is not installed: pip install 'kpi\[frames\]'$"):
        evaluate_frame(pl.DataFrame({"a": [1], "b": [2]}), SHARE)
