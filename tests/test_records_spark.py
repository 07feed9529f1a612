"""`kpi.records.spark`: data frames of Spark, lazy, with nothing left behind in the session."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from claims import CLAIMS, KPIS, formula
from records_engines import polars_frame, spark_frame
from sql_engines import needs_java, session

from kpi.errors import RecordsError
from kpi.periods.calendar import Calendar
from kpi.records import evaluate_records
from kpi.records.counting import counting
from kpi.records.spark import count, failures, read, told

pytestmark = needs_java

CLAIM = {"branch": "iwate", "received": date(2021, 5, 6), "paid": date(2021, 5, 10), "amount": 100, "lost": False}
TOTAL = counting(formula("sum(amount of claims)"))


def claims(amount, kind, received="DATE '2021-05-06'"):
    """One claim as a frame, with an amount of a type."""
    return session().sql(f"SELECT 'iwate' AS branch, {received} AS received, CAST({amount} AS {kind}) AS amount")


def test_nothing_is_executed_and_nothing_left_behind():
    before = session().sql("SHOW VIEWS").collect(), session().conf.getAll
    failing = spark_frame(CLAIMS, [CLAIM]).selectExpr("raise_error('looked at') AS branch", "* EXCEPT (branch)")
    found = evaluate_records({"claims": failing}, KPIS)
    assert (session().sql("SHOW VIEWS").collect(), session().conf.getAll) == before
    with pytest.raises(failures(), match="looked at"):
        found.collect()


@pytest.mark.parametrize("kind", ["tinyint", "bigint", "decimal(3,0)", "decimal(38,0)"])
def test_whole_numbers_of_every_type_are_counted(kind):
    assert count(TOTAL, {"claims": claims(100, kind)}, "fiscal_year").collect()[0][-1] == 100


@pytest.mark.parametrize("kind", ["double", "decimal(10,2)", "string", "boolean"])
def test_another_type_is_told(kind):
    with pytest.raises(RecordsError) as raised:
        count(TOTAL, {"claims": claims(1, kind)}, "fiscal_year")
    assert (
        str(raised.value) == f"table 'claims': column 'amount' holds {kind}, expected whole numbers of at most 64 bits"
    )


@pytest.mark.parametrize("ansi", ["true", "false"])
def test_a_decimal_that_64_bits_do_not_hold_fails_in_every_mode(ansi):
    before = session().conf.get("spark.sql.ansi.enabled")
    session().conf.set("spark.sql.ansi.enabled", ansi)
    try:
        found = count(TOTAL, {"claims": claims(2**63, "decimal(38,0)")}, "fiscal_year")
        with pytest.raises(failures()) as raised:
            found.collect()
    finally:
        session().conf.set("spark.sql.ansi.enabled", before)
    assert told(raised.value).endswith(
        "table 'claims': column 'amount' holds 9223372036854775808, expected whole numbers of at most 64 bits"
    )


def test_sums_are_as_wide_as_they_need():
    frame = claims(2**63 - 1, "bigint")
    (row,) = count(TOTAL, {"claims": frame.union(frame)}, "fiscal_year").collect()
    assert row[-1] == Decimal(2 * (2**63 - 1))


def test_names_that_spark_cannot_tell_apart_are_told():
    frame = claims(1, "bigint").selectExpr("*", "2 AS AMOUNT")
    with pytest.raises(
        RecordsError, match="two columns would have one name, 'amount' and 'AMOUNT'; rename one of them"
    ):
        count(TOTAL, {"claims": frame}, "fiscal_year")
    other = claims(1, "bigint").selectExpr("*", "2 AS note", "3 AS NOTE")
    assert count(TOTAL, {"claims": other}, "fiscal_year").collect()[0][-1] == 1


def test_business_days_are_those_of_the_calendar():
    """They are looked up in an array; a date outside of it makes the number missing."""
    asked = counting(formula("max(business_days(received, paid) of claims)"))
    frame = spark_frame(CLAIMS, [CLAIM])
    calendars = None, Calendar.of_japan(2021, 2021, closed=[date(2021, 5, 7)]), Calendar.of_japan(2020, 2020)
    found = [count(asked, {"claims": frame}, "fiscal_year", calendar).collect()[0][-1] for calendar in calendars]
    assert found == [2, 1, None]


def test_every_file_of_a_folder_is_read(tmp_path):
    """Spark by itself reads those of the folder alone; names of folders such as `year=2021` are columns."""
    for folder in ("", "2021", "2021/04"):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        polars_frame(CLAIMS, [CLAIM]).write_parquet(tmp_path / folder / "claims.parquet")
    for path in (tmp_path, tmp_path / "**" / "*.parquet"):
        assert read(session(), CLAIMS, path).count() == 3
    by_year = tmp_path / "by_year"
    (by_year / "year=2021").mkdir(parents=True)
    pl.DataFrame({"branch": ["iwate"]}).write_parquet(by_year / "year=2021" / "claims.parquet")
    assert read(session(), CLAIMS, by_year).columns == ["branch", "year"]


@pytest.mark.parametrize(
    ("name", "said"), [("none.parquet", "Path does not exist"), ("broken.parquet", "is not a Parquet file")]
)
def test_files_that_cannot_be_read_are_told(tmp_path, name, said):
    (tmp_path / "broken.parquet").write_bytes(b"this is no Parquet")
    with pytest.raises(RecordsError) as raised:
        read(session(), CLAIMS, tmp_path / name)
    assert str(raised.value).startswith("table 'claims': ")
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)
