"""Frames as sheets."""

from __future__ import annotations

import builtins
import sys
from datetime import date, datetime
from decimal import Decimal

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import kpi
from kpi.frames import parquet_frame
from kpi.observations.known import Known
from kpi.sheets.frame import read_frame
from kpi.units import UNITS

COLUMNS = {
    "organisation": ["iwate", "iwate"],
    "fiscal_year": ["R3", "R2"],
    "quantity": ["a", "a"],
    "value": [1.5, None],
}
KNOWN = Known(("iwate",), {"open_tenders": UNITS["case"]})


@pytest.mark.parametrize(
    "frame",
    [
        pl.DataFrame(COLUMNS),
        pl.LazyFrame(COLUMNS),
        pd.DataFrame(COLUMNS),
        pd.DataFrame(COLUMNS).convert_dtypes(),
        pa.table(COLUMNS),
        pl.DataFrame(COLUMNS).with_columns(
            pl.col("quantity").cast(pl.Categorical), pl.col("value").cast(pl.Decimal(9, 1))
        ),
    ],
    ids=["polars", "polars-lazy", "pandas", "pandas-nullable", "pyarrow", "polars-types"],
)
def test_values(frame):
    """Nulls and NaN are blanks, floats their shortest decimals."""
    first, second = kpi.load_observations(frame)
    assert (first.value, second.value, first.quantity) == ("1.5", "", "a")


def test_duckdb():
    """A relation is collected."""
    relation = duckdb.sql("select 'iwate' organisation, 2021 fiscal_year, 'a' quantity, 12 value")
    assert [row.value for row in kpi.load_observations(relation)] == ["12"]


def test_days():
    """Days and times at midnight are days; a first of a month in the place of a period is that month."""
    frame = pl.DataFrame(
        {
            "支部": ["iwate"] * 2,
            "年月": [date(2021, 4, 1), date(2021, 5, 1)],
            "時点": [datetime(2021, 5, 31), None],  # noqa: DTZ001  # frames of figures have no zones
            "open_tenders": [Decimal(3), Decimal(4)],
        }
    )
    rows = kpi.load_observations(frame, KNOWN)
    assert [(row.period, row.as_of, row.value) for row in rows] == [
        ("2021-04", date(2021, 5, 31), "3"),
        ("2021-05", date(2021, 5, 31), "4"),
    ]


def test_places():
    """A problem is told by row and column, the names of the columns being the first row, and by how Python finds it."""
    frame = pd.DataFrame({**COLUMNS, "value": ["1", "x"]})
    with pytest.raises(kpi.DataError) as caught:
        kpi.load_observations(frame)
    assert str(caught.value) == "<frame>:3:4: 'x' is no number\nvalue[1] | x\n         | ^"


def test_place_of_a_heading():
    """A wrong name of a column stands in the first row."""
    with pytest.raises(kpi.DataError) as caught:
        kpi.load_observations(pd.DataFrame({**COLUMNS, 2021: [1, 2]}))
    assert "<frame>:1:5: the column '2021' has no meaning in a table with a row a value\n 2021 | 2021" in str(
        caught.value
    )


class TestRefused:
    @pytest.mark.parametrize(
        "frame", [pd.DataFrame([[1, 2]], columns=["a", "a"]), pa.table([[1], [2]], names=["a", "a"])]
    )
    def test_columns_of_one_name(self, frame):
        """Columns that cannot be told apart."""
        with pytest.raises(kpi.ColumnsError, match="unique column names"):
            kpi.load_observations(frame)

    def test_floats_of_32_bits(self):
        """Floats whose decimals are lost."""
        frame = pl.DataFrame(COLUMNS).with_columns(pl.col("value").cast(pl.Float32))
        with pytest.raises(kpi.ColumnsError, match="column 'value' holds Float32; expected"):
            kpi.load_observations(frame)

    @pytest.mark.parametrize("table", [{"organisation": []}, None, 3, pl.Series([1])])
    def test_no_frame(self, table):
        """What is neither a path nor a frame."""
        with pytest.raises(kpi.ColumnsError, match="expected a path, or a frame of polars, pandas or pyarrow; found "):
            kpi.load_observations(table)


def without(monkeypatch, *libraries):
    """Makes *libraries* impossible to import."""
    for name in [name for name in sys.modules if name.partition(".")[0] in libraries]:
        monkeypatch.delitem(sys.modules, name)
    real = builtins.__import__

    def absent(name, *rest, **known):
        if name.partition(".")[0] in libraries:
            raise ImportError(name)
        return real(name, *rest, **known)

    monkeypatch.setattr(builtins, "__import__", absent)


def test_without_narwhals(monkeypatch):
    """Without narwhals the error says how to install it."""
    without(monkeypatch, "narwhals")
    with pytest.raises(kpi.MissingExtraError, match=r"kpi\[frames\]"):
        read_frame(pl.DataFrame())


class TestParquetReaders:
    def data(self, tmp_path):
        """A Parquet file."""
        path = tmp_path / "data.parquet"
        pl.DataFrame(COLUMNS).write_parquet(path)
        return path.read_bytes()

    def test_polars(self, tmp_path, monkeypatch):
        """Where pyarrow is missing polars reads it."""
        data = self.data(tmp_path)
        without(monkeypatch, "pyarrow")
        assert isinstance(parquet_frame(data), pl.DataFrame)
        with pytest.raises(kpi.ColumnsError):
            parquet_frame(data[:-50])

    def test_none(self, tmp_path, monkeypatch):
        """Where both are missing the error says what to install."""
        data = self.data(tmp_path)
        without(monkeypatch, "pyarrow", "polars")
        with pytest.raises(kpi.MissingExtraError, match="pip install pyarrow"):
            parquet_frame(data)
