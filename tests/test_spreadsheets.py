"""A wide spreadsheet with Japanese headings gives the scorecards that the tidy results give."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from spreadsheets import csv_text, value_of, wide, workbook

import kpi
from kpi.observations.reading import read_observations

PLANS = ("iwate-r3", "national-r3", "miyagi-r2")
CATALOG = kpi.load_catalog()
KNOWN = CATALOG.known
TIDY = kpi.load_published()


def told(observations, plan):
    """Everything that the scorecard of a plan says, its reasons included."""
    card = CATALOG.plans[plan].evaluate(observations)
    return card.to_dict(), [result.explain(language) for result in card for language in ("en", "ja")]


@pytest.fixture(scope="module")
def expected():
    """What the tidy table gives."""
    return {plan: told(TIDY, plan) for plan in PLANS}


def same(observations, expected):
    """The wide table says what the tidy one does, of every plan."""
    assert len(observations) == len(TIDY)
    assert {plan: told(observations, plan) for plan in PLANS} == expected


@pytest.mark.parametrize("sheets", [1, 3])
def test_workbook(tmp_path, expected, sheets):
    """Numbers, percentages, dates and texts of every form, on one sheet or on several."""
    path = tmp_path / "実績.xlsx"
    path.write_bytes(workbook(*wide(TIDY, KNOWN, sheets)))
    same(kpi.load_observations(path, KNOWN), expected)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_csv(tmp_path, expected, encoding):
    """CSV as Excel writes it on a Japanese Windows, and everywhere else."""
    (rows,) = wide(TIDY, KNOWN, typed=False)
    path = tmp_path / "実績.csv"
    path.write_bytes(csv_text(rows).encode(encoding))
    same(kpi.load_observations(path, KNOWN), expected)


FRAMES = {
    "polars": lambda columns: pl.DataFrame(columns, strict=False),
    "polars-lazy": lambda columns: pl.LazyFrame(columns, strict=False),
    "pandas": pd.DataFrame,
    "pyarrow": pa.table,
}


def frame_columns():
    """The wide table as columns of text, as a spreadsheet would be read into a frame."""
    (rows,) = wide(TIDY, KNOWN, typed=False)
    _, _, headings, *lines = rows
    return {
        heading: [None if value_of(row[number]) in (None, "") else f"{value_of(row[number])}" for row in lines]
        for number, heading in enumerate(headings)
    }


@pytest.mark.parametrize("make", FRAMES.values(), ids=FRAMES)
def test_frames(expected, make):
    """Frames of polars, pandas and pyarrow."""
    same(kpi.load_observations(make(frame_columns()), KNOWN), expected)


def test_parquet(tmp_path, expected):
    """A Parquet file."""
    path = tmp_path / "実績.parquet"
    pl.DataFrame(frame_columns()).write_parquet(path)
    same(kpi.load_observations(path, KNOWN), expected)


def test_numbers_in_frames(expected):
    """Columns of numbers and dates, with nulls and NaN for what is missing."""
    quantities = list(dict.fromkeys(row.quantity for row in TIDY))
    places = list(dict.fromkeys((row.organisation, row.fiscal_year, row.period, row.as_of) for row in TIDY))
    values = {(row.organisation, row.fiscal_year, row.period, row.as_of, row.quantity): row for row in TIDY}
    columns = {
        name: [place[number] for place in places] for number, name in enumerate(("支部", "年度", "期間", "時点"))
    }
    columns["年度"] = [year.year for year in columns["年度"]]
    for quantity in quantities:
        rows = [values.get((*place, quantity)) for place in places]
        texts = [row and row.written for row in rows]
        is_number = all(row is None or (row.value.replace(".", "").isdigit() and row.unit != "支部") for row in rows)
        columns[quantity] = [row and float(row.value) for row in rows] if is_number else texts
    for make in (pl.DataFrame, pd.DataFrame):
        same(kpi.load_observations(make(columns), KNOWN), expected)


def test_tidy_workbook(expected):
    """A tidy table in a workbook, under Japanese headings."""
    headings = ["支部", "年度", "期間", "時点", "項目", "値", "単位", "出典", "備考"]
    rows = [
        [
            row.organisation,
            str(row.fiscal_year),
            row.period,
            row.as_of,
            row.quantity,
            row.value,
            row.unit,
            row.source,
            row.note,
        ]
        for row in TIDY
    ]
    observations, problems = read_observations(workbook([headings, *rows]), "tidy.xlsx", KNOWN)
    assert problems == []
    same(observations, expected)
