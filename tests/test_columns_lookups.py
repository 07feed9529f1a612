"""At which place the row stands that another looks at, in frames of pandas, pyarrow and polars."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.columns.arrays import lookups
from kpi.columns.arrays.lookups import Keyed, Lookups
from kpi.columns.questions import Elsewhere
from kpi.columns.request import Keys
from kpi.errors import ColumnsError

KEYS = Keys("organisation", "fiscal_year", "period")
MAKERS = {
    "polars": pl.DataFrame,
    "pandas": pd.DataFrame,
    "pandas-nullable": lambda columns: pd.DataFrame(columns).convert_dtypes(),
    "pyarrow": pa.table,
}
each_library = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
LAST_YEAR = Elsewhere(back=1)


def keyed(make, rows, keys=KEYS):
    """The keys of rows of organisation, fiscal year and period."""
    columns = {name: [row[index] for row in rows] for index, name in enumerate(KEYS)}
    return Keyed.of(nw.from_native(make(columns), eager_only=True), keys)


def places(here, there, where=LAST_YEAR):
    return Lookups(here, there).places(where).tolist()


def expected(here, there, where):
    """The place of the only row where each looks, -1 where there is none, None where there are several."""
    for organisation, year, period in here:
        wanted = ("national" if where.is_national else organisation, where.year or year - where.back, period)
        found = [place for place, row in enumerate(there) if row == wanted]
        yield None if len(found) > 1 else found[0] if found else -1


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "national"]),
        st.sampled_from([2019, 2020, 2021, 9999]),
        st.sampled_from(["Q1", "Q2"]),
    ),
    min_size=1,
    max_size=8,
)
WHERE = st.sampled_from([LAST_YEAR, Elsewhere(back=2), Elsewhere(year=2020), Elsewhere(is_national=True)])


@each_library
@pytest.mark.parametrize("worth_a_table", [0, 2, 10**6])
@settings(max_examples=30)
@given(here=ROWS, there=ROWS, where=WHERE, is_same=st.booleans())
def test_as_one_would_look(make, worth_a_table, here, there, where, is_same):
    """Whether a table holds all keys or they are put in order, each row finds the one that it looks at."""
    usual, lookups._WORTH_A_TABLE = lookups._WORTH_A_TABLE, worth_a_table
    there = here if is_same else there
    wanted = [*expected(here, there, where)]
    rows = keyed(make, here)
    try:
        if None in wanted:
            with pytest.raises(ColumnsError, match="and there are several; expected one for each organisation"):
                places(rows, rows if is_same else keyed(make, there), where)
        else:
            assert places(rows, rows if is_same else keyed(make, there), where) == wanted
    finally:
        lookups._WORTH_A_TABLE = usual


@each_library
def test_missing_keys(make):
    """What has no organisation, year or period is nobody's last year, and has none."""
    rows = [("a", 2020, None), (None, 2020, "Q1"), ("a", None, "Q1"), ("a", 2021, "Q1"), (None, 2021, "Q1"), ("a", 2021, None)]  # fmt: skip
    assert places(keyed(make, rows), keyed(make, rows)) == [-1] * 6
    found = keyed(make, rows)
    assert places(found, found) == [-1] * 6


@each_library
def test_organisations_of_other_types(make):
    """Organisations may be numbers, in one frame or in both."""
    here = keyed(make, [(7, 2021, "x"), (3, 2021, "x"), (10**15, 2021, "x")])
    assert places(here, keyed(make, [(10**15, 2020, "x"), (7, 2020, "x")])) == [1, -1, 0]
    assert places(here, keyed(make, [("3", 2020, "x"), ("7", 2020, "x")])) == [1, 0, -1]
    assert places(here, here, Elsewhere(is_national=True)) == [-1, -1, -1]


@each_library
def test_rows_without_year(make):
    """Rows of other years without a year are all last year's."""
    there = evolve(keyed(make, [("b", 1, "x"), ("a", 1, "x")]), fiscal_year=None)
    assert places(keyed(make, [("a", 2021, "x"), ("b", 2016, "x")]), there) == [1, 0]


@each_library
def test_no_rows(make):
    rows = keyed(make, [("a", 2021, "x")])
    none = evolve(rows, organisation=rows.organisation.head(0), fiscal_year=rows.fiscal_year[:0], period=rows.period.head(0), length=0)  # fmt: skip
    assert places(rows, none) == [-1]
    assert places(none, rows) == []


@each_library
def test_years_far_apart(make):
    """Whatever stands in the column of years."""
    rows = keyed(make, [("a", 20210401, "x"), ("a", 20210400, "x"), ("a", 1, "x"), ("a", 2**40, "x")])
    assert places(rows, rows) == [1, -1, -1, -1]


@each_library
def test_many_keys(make, monkeypatch):
    """Where keys together are too many for one number, those that are there get numbers of their own."""
    monkeypatch.setattr(lookups, "_MOST_KEYS", 2)
    rows = keyed(make, [("a", 2020, "x"), ("b", 2020, "x"), ("b", 2021, "y"), ("b", 2021, "x")])
    assert places(rows, rows) == [-1, -1, -1, 1]


@each_library
def test_message(make):
    """An error names the first rows of which there are several, and how many more."""
    rows = [(name, year, "x") for name in "abcd" for year in (2020, 2020, 2021)]
    message = "other rows look at the row of a 2020 x, b 2020 x, c 2020 x and 1 more, and there are several; expected one for each organisation, fiscal_year, period"  # fmt: skip
    with pytest.raises(ColumnsError, match=f"^{message}$"):
        places(keyed(make, rows), keyed(make, rows))
    with pytest.raises(ColumnsError, match="look at the row of national 2021 x, and"):
        places(keyed(make, [("a", 2021, "x")]), keyed(make, [("national", 2021, "x")] * 2), Elsewhere(is_national=True))
    with pytest.raises(ColumnsError, match="look at the row of a 2015 x, and"):
        places(keyed(make, [("a", 2021, "x")]), keyed(make, [("a", 2015, "x")] * 2), Elsewhere(year=2015))


def test_several_nobody_looks_at():
    """Two rows for one year are no matter where no row looks at them."""
    rows = keyed(pl.DataFrame, [("a", 2021, "x"), ("a", 2021, "x"), ("b", 2021, "x")])
    assert places(rows, rows) == [-1, -1, -1]
