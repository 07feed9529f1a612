"""Long SELECTs on Spark are split, so that Java compiles them; short ones, and those of DuckDB, are not."""

from __future__ import annotations

import pytest

import kpi
from kpi.columns.request import request
from kpi.columns.sql.dialects import DUCKDB, SPARK
from kpi.columns.sql.keys import Table
from kpi.columns.sql.naming import Naming
from kpi.columns.sql.statement import statement

SHORT = {"a": "n + 1", "b": "n"}
LONG = {"a": "n", "b": " + ".join(["n"] * 1_000), "c": " + ".join(["n"] * 1_000)}


@pytest.mark.parametrize("dialect", [DUCKDB, SPARK], ids=lambda one: one.name)
def test_short_ones_stand_as_they_are(dialect):
    assert [*Naming(dialect).named(SHORT)] == ["n + 1 AS a", "n AS b"]
    assert [*Naming(dialect).named({})] == []


def test_long_ones_are_split_at_the_longest():
    first, second, third = Naming(SPARK).named(LONG)
    assert (first, third) == ("n AS a", f"{LONG['c']} AS c")
    assert second == f"zip_with(array({LONG['b']}), array(NULL), (found, nothing) -> found)[0] AS b"
    assert [*Naming(DUCKDB).named(LONG)] == [f"{expression} AS {name}" for name, expression in LONG.items()]


def test_what_stands_before_counts_until_the_next_split():
    """Spark makes one method of successive SELECTs."""
    naming = Naming(SPARK)
    half = {"a": LONG["b"]}
    assert ["zip_with" in text for _ in range(4) for text in naming.named(half)] == [False, True, False, True]
    assert naming.together == 0
    assert [*naming.named({})] == []


def test_many_kpis():
    """One KPI is compiled as a whole; of many, the last SELECT is split."""
    table = Table("rows", {"n": "BIGINT", "d": "BIGINT"})
    few, many = (
        statement(request({f"kpi{at}": kpi.parse(f"n / d >= {at}%") for at in range(1, count)}), table, None, SPARK)
        for count in (2, 10)
    )
    assert "zip_with" not in few
    assert many.rpartition("SELECT")[2].count("zip_with") == 1
