"""Lazy frames of polars: what is asked of a result afterwards sees the same rows as if it were collected first."""

from __future__ import annotations

import polars as pl
import pytest

import kpi
from kpi.columns import evaluate_frame
from kpi.errors import ColumnsError

KPI = kpi.parse("a / b >= prior year")
YEARS = range(2016, 2022)
FRAME = pl.DataFrame(
    [
        {"organisation": name, "fiscal_year": year, "a": (year * 7 + place) % 5, "b": (year + place) % 4, "note": f"{place} {year}"}
        for place, name in enumerate("abcdef")
        for year in YEARS
    ]
)  # fmt: skip
PRIOR = FRAME.with_columns(pl.col("fiscal_year") + 1).sort("a", "note").head(30)
AFTERWARDS = {
    "filter": lambda rows: rows.filter(pl.col("fiscal_year") == 2019),
    "filter by outcome": lambda rows: rows.filter(pl.col("outcome") == "missed").select("note"),
    "head": lambda rows: rows.head(5),
    "tail": lambda rows: rows.tail(3),
    "slice": lambda rows: rows.slice(4, 9),
    "select": lambda rows: rows.select("margin"),
    "sort": lambda rows: rows.sort("note").head(7),
    "count": lambda rows: rows.select(pl.len()),
    "group": lambda rows: rows.group_by("outcome").len().sort("outcome"),
}


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
@pytest.mark.parametrize("afterwards", AFTERWARDS.values(), ids=AFTERWARDS)
@pytest.mark.parametrize("prior", [None, PRIOR, PRIOR.head(2), pl.concat([PRIOR, FRAME.with_columns(organisation=pl.lit("z") + "note")])])  # fmt: skip
def test_asked_afterwards(prior, afterwards, engine):
    """Nothing that polars moves about in a query changes which rows are decided, and by which others."""
    collected = evaluate_frame(FRAME, KPI, prior=prior)
    found = evaluate_frame(FRAME.lazy(), KPI, prior=None if prior is None else prior.lazy())
    assert afterwards(found).collect(engine=engine).equals(afterwards(collected.lazy()).collect())


def test_prior_nobody_looks_at():
    """A frame of other years is left alone where no KPI looks at other years."""
    found = evaluate_frame(
        FRAME.lazy(), kpi.parse("a >= 3"), prior=PRIOR.lazy().select(pl.col("note").str.to_integer())
    )
    assert found.collect().height == FRAME.height


def test_no_columns_needed():
    """A KPI that looks at nothing is decided for every row all the same."""
    assert evaluate_frame(FRAME.lazy(), kpi.parse("3 / 4 >= 50%"), only="outcome").collect()["outcome"].to_list() == ["achieved"] * 36  # fmt: skip


def test_columns_called_as_ours():
    """Whatever the columns of the frame are called."""
    frame = FRAME.rename({"note": "kpi here", "a": "kpi there"})
    found = evaluate_frame(
        frame.lazy(), kpi.parse("x / b >= prior year"), columns={"x": "kpi there"}, prior=frame.lazy()
    )
    assert found.collect().columns == [*frame.columns, "outcome", "value", "target", "margin"]


def test_several_rows_of_last_year():
    """That there are two rows for last year is told when rows are collected."""
    twice = pl.concat([FRAME, FRAME.filter(pl.col("organisation") == "c", pl.col("fiscal_year") == 2020)])
    found = evaluate_frame(twice.lazy(), KPI)
    with pytest.raises(ColumnsError, match="look at the row of c 2020, and there are several"):
        found.collect()
