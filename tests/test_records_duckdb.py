"""`kpi.records.duckdb`: relations and files; nothing is executed early, and nothing is left behind."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from claims import CLAIMS, KPIS, formula
from records_engines import polars_frame

from kpi.errors import RecordsError
from kpi.records import evaluate_records
from kpi.records.counting import counting
from kpi.records.duckdb import count, read, told

CLAIM = {"branch": "iwate", "received": date(2021, 5, 6), "paid": date(2021, 5, 10), "amount": 100, "lost": False}
TOTAL = counting(formula("sum(amount of claims)"))


@pytest.fixture
def connection():
    with duckdb.connect() as made:
        yield made


def summed(connection, amounts):
    """The sum of what a query gives as amounts."""
    claims = connection.sql(f"SELECT 'iwate' AS branch, DATE '2021-05-06' AS received, amount FROM ({amounts})")
    return count(TOTAL, {"claims": claims}, "fiscal_year").fetchall()[0][-1]


def test_nothing_is_executed_before_somebody_asks_for_rows(connection):
    claims = connection.sql("SELECT error('looked at') AS branch, DATE '2021-05-06' AS received, 1 AS amount")
    found = count(TOTAL, {"claims": claims}, "fiscal_year")
    with pytest.raises(duckdb.Error, match="looked at"):
        found.fetchall()


def test_nothing_is_left_behind(connection):
    """No view, table or setting."""
    connection.register("arrow", polars_frame(CLAIMS, [CLAIM]).to_arrow())
    connection.execute("CREATE TABLE claims AS FROM arrow")
    connection.unregister("arrow")
    questions = (
        "SELECT view_name FROM duckdb_views() WHERE NOT internal",
        "SELECT table_name FROM duckdb_tables()",
        "FROM duckdb_settings()",
    )
    before = [connection.sql(question).fetchall() for question in questions]
    found = evaluate_records({"claims": connection.table("claims")}, KPIS, only="outcome")
    assert [connection.sql(question).fetchall() for question in questions] == before
    assert found.fetchall()[0][:2] == ("iwate", 2021)


def test_views_of_the_user_stay(connection):
    """What the user has is neither read instead of what was counted, nor dropped."""
    connection.execute("CREATE VIEW kpi_view_of_records AS SELECT 7 AS seven")
    connection.execute("CREATE TABLE kpi_counts AS SELECT 7 AS seven")
    assert summed(connection, "SELECT 5 AS amount") == 5
    assert connection.sql("FROM kpi_view_of_records, kpi_counts").fetchall() == [(7, 7)]


@pytest.mark.parametrize("kind", ["TINYINT", "UBIGINT", "DECIMAL(20, 0)", "DECIMAL(3,0)"])
def test_whole_numbers_of_every_type_are_counted(connection, kind):
    assert summed(connection, f"SELECT CAST(100 AS {kind}) AS amount") == 100


@pytest.mark.parametrize("kind", ["DOUBLE", "DECIMAL(20,2)", "HUGEINT", "VARCHAR", "BOOLEAN"])
def test_another_type_is_told(connection, kind):
    with pytest.raises(RecordsError) as raised:
        summed(connection, f"SELECT CAST(1 AS {kind}) AS amount")
    assert (
        str(raised.value) == f"table 'claims': column 'amount' holds {kind}, expected whole numbers of at most 64 bits"
    )


def test_a_decimal_that_64_bits_do_not_hold_fails(connection):
    with pytest.raises(duckdb.Error, match="9223372036854775808"):
        summed(connection, "SELECT CAST(9223372036854775808 AS DECIMAL(20, 0)) AS amount")


def test_sums_are_as_wide_as_they_need(connection):
    assert summed(connection, "SELECT 9223372036854775807 AS amount FROM range(4)") == 4 * (2**63 - 1)


def test_moments_count_as_their_day(connection):
    claims = connection.sql("SELECT 'iwate' AS branch, TIMESTAMP '2022-03-31 23:59:59' AS received, 1 AS amount")
    assert count(TOTAL, {"claims": claims}, "fiscal_year").fetchall() == [("iwate", 2021, 1)]


def test_folders_of_parquet_files_are_read_whole(tmp_path, connection):
    for folder in ("", "2021", "2021/04"):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        polars_frame(CLAIMS, [CLAIM]).write_parquet(tmp_path / folder / "claims.parquet")
    assert len(read(CLAIMS, tmp_path, connection).fetchall()) == 3


@pytest.mark.parametrize(
    ("name", "said"),
    [("none.parquet", "No files found that match the pattern"), ("broken.parquet", "too small to be a Parquet file")],
)
def test_files_that_cannot_be_read_are_told(tmp_path, connection, name, said):
    (tmp_path / "broken.parquet").write_bytes(b"no Parquet")
    with pytest.raises(RecordsError, match=f"table 'claims': .*{said}"):
        read(CLAIMS, tmp_path / name, connection)


def test_what_duckdb_says_is_told_in_one_line():
    error = duckdb.InvalidInputException(
        "Invalid Input Error: CSV Error on Line: 2\nOriginal Line: a\nPossible fixes:\n* none\n\n  file = claims.csv\n"
    )
    assert told(error) == "claims.csv: CSV Error on Line: 2; Original Line: a"


def test_records_of_several_connections_are_told(connection):
    both = counting(formula("count(tenders) / count(claims)"))
    claims = connection.sql("SELECT 'iwate' AS branch, DATE '2021-05-06' AS received")
    tenders = duckdb.sql("SELECT 'iwate' AS branch, DATE '2021-05-06' AS opened")
    with pytest.raises(
        RecordsError, match=r"are on another connection of DuckDB; a path is read on the default connection"
    ):
        count(both, {"claims": claims, "tenders": tenders}, "fiscal_year")
