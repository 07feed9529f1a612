"""DuckDB relations: lazy, in order, and nothing is left behind."""

from __future__ import annotations

import re

import duckdb
import pyarrow as pa
import pytest
from sql_engines import relation

import kpi
from kpi.columns import evaluate_frame
from kpi.errors import ColumnsError

PRIOR = kpi.parse("a / b >= prior year")


@pytest.fixture
def connection():
    with duckdb.connect() as made:
        yield made


def test_lazy(connection):
    """Nothing is executed before somebody asks for rows."""
    found = evaluate_frame(connection.sql("SELECT CAST(error('looked at') AS BIGINT) AS a"), kpi.parse("a >= 1"))
    assert isinstance(found, duckdb.DuckDBPyRelation)
    assert found.columns == ["a", "outcome", "value", "target", "margin"]
    with pytest.raises(duckdb.Error, match="looked at"):
        found.fetchall()


def test_nothing_left_behind(connection):
    """No view, table or setting stays on the connection of the relation, and the default one is not used."""
    connection.execute("CREATE TABLE counts AS SELECT 'x' AS organisation, 2021 AS fiscal_year, 1 AS a, 2 AS b")
    settings = connection.sql("FROM duckdb_settings()").fetchall()
    found = evaluate_frame(connection.table("counts"), PRIOR)
    assert connection.sql("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall() == []
    assert connection.sql("SELECT table_name FROM duckdb_tables()").fetchall() == [("counts",)]
    assert connection.sql("FROM duckdb_settings()").fetchall() == settings
    assert found.fetchall() == [("x", 2021, 1, 2, "not_evaluable", 50.0, None, None)]


def test_versions_before_2_are_told(connection, monkeypatch):
    monkeypatch.setattr(duckdb, "__version__", "1.5.6")
    told = re.escape("DuckDB 1.5.6 is installed, expected 2.0 or later: pip install 'kpi[duckdb]'")
    with pytest.raises(kpi.MissingExtraError, match=told):
        evaluate_frame(connection.sql("SELECT 1 AS a"), kpi.parse("a > 3"))


def test_tables_and_views_of_the_user_stay(connection):
    """What the user has is neither read instead of the relation, nor dropped, however it is called."""
    for name in ("kpi_frame_of_rows", "kpi_rows", "kpi_counts", "there"):
        connection.execute(f"CREATE TABLE {name} AS SELECT 100 AS a")
    for name in ("kpi_view_of_rows", "kpi_view_of_records"):
        connection.execute(f"CREATE VIEW {name} AS SELECT 100 AS a")
    assert evaluate_frame(connection.sql("SELECT 1 AS a"), kpi.parse("a > 3")).fetchall() == [
        (1, "missed", 1.0, 3.0, -2.0)
    ]
    assert connection.sql("FROM kpi_view_of_rows").fetchall() == [(100,)]


def test_relations_of_any_source(connection):
    """Arrow tables, queries and other relations are evaluated, and the result is one to go on with."""
    table = pa.table({"a": [1, 3], "b": [10, 10]})
    rows = connection.from_arrow(table).filter("a > 2")
    assert evaluate_frame(rows, kpi.parse("a / b <= 20%")).filter("outcome = 'missed'").fetchall() == [
        (3, 10, "missed", 30.0, 20.0, -10.0)
    ]


def test_prior_on_the_same_connection(connection):
    """Rows of last year may be a relation of their own."""
    now = connection.sql("SELECT 'x' AS organisation, 2021 AS fiscal_year, 1 AS a, 2 AS b")
    before = connection.sql("SELECT 'x' AS organisation, 3 AS a, 5 AS b")
    assert evaluate_frame(now, PRIOR, prior=before).fetchall()[0][4:] == ("missed", 50.0, 60.0, -10.0)
    with pytest.raises(
        ColumnsError, match="prior is a Table of pyarrow, but the rows are a DuckDBPyRelation of duckdb"
    ):
        evaluate_frame(now, PRIOR, prior=pa.table({"organisation": ["x"], "a": [3], "b": [5]}))


@pytest.mark.parametrize("name", ["counts", '"other"."odd ""name"', "temporary"])
def test_tables(connection, name):
    """A table is read by its own name, wherever it stands, and rows are numbered by several threads."""
    connection.execute("ATTACH ':memory:' AS other")
    made = "SELECT * FROM (VALUES ('x', 2020, 1, 2), ('x', 2021, 2, 3)) v(organisation, fiscal_year, a, b)"
    connection.execute(f"CREATE {'TEMP ' if name == 'temporary' else ''}TABLE {name} AS {made}")
    rows = connection.table(name)
    found = evaluate_frame(rows, PRIOR, only="outcome")
    assert [row[-1] for row in found.fetchall()] == ["not_evaluable", "achieved"]
    assert "kpi_rows_c27e9f41" not in found.sql_query()
    assert "Streaming Window" not in found.explain()
    assert evaluate_frame(rows.filter("a > 1"), PRIOR, prior=rows, only="outcome").fetchall()[0][-1] == "achieved"


def test_rows_stay_in_order(connection):
    """A join by several threads shuffles rows; here they come out as they went in."""
    connection.execute(
        "CREATE TABLE counts AS SELECT hash(i) % 50_000 AS organisation, 2020 + i // 50_000 AS fiscal_year,"
        " i AS a, 7 AS b FROM range(400_000) AS numbers(i)"
        " QUALIFY row_number() OVER (PARTITION BY organisation, fiscal_year ORDER BY i) = 1 ORDER BY i"
    )
    found = evaluate_frame(connection.table("counts"), PRIOR).fetchnumpy()["a"]
    assert found.tolist() == [row[0] for row in connection.sql("SELECT a FROM counts").fetchall()]
    assert len(found) > 200_000


def test_several_rows_of_last_year(connection):
    """Two rows that could be last year's make the query fail, also where the connection would pick any of them."""
    rows = connection.sql("FROM (VALUES ('x', 2020, 1, 2), ('x', 2020, 3, 4), ('x', 2021, 3, 4)) v(organisation, fiscal_year, a, b)")  # fmt: skip
    found = evaluate_frame(rows, PRIOR)
    with pytest.raises(duckdb.Error, match="More than one row returned"):
        found.fetchall()
    connection.execute("SET scalar_subquery_error_on_multiple_rows = false")
    with pytest.raises(duckdb.Error, match="one of several rows would be picked"):
        found.fetchall()


def test_own_columns_called_as_the_text_calls_its_own():
    """Columns whose names begin as those of the text are kept apart from them."""
    columns = {"organisation": ["x", "x"], "fiscal_year": [2021, 2020], "kpi_row": [3, 2], "KPI_n1": [10, 10]}
    found = evaluate_frame(relation(columns), kpi.parse("kpi_row / KPI_n1 >= prior year"), only="outcome")
    assert found.fetchall() == [("x", 2021, 3, 10, "achieved"), ("x", 2020, 2, 10, "not_evaluable")]
