"""`kpi.records.dialects`: one query in the words of every engine."""

from __future__ import annotations

import builtins

import pytest
import sqlglot

from kpi.errors import MissingExtraError, RecordsError
from kpi.records.dialects import DIALECTS, dialect_name, translated

MONTHS = "SELECT EXTRACT(YEAR FROM (paid + INTERVAL 1 DAY)) AS y FROM claims WHERE paid >= DATE '2021-04-01'"


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        ("duckdb", "SELECT EXTRACT(YEAR FROM (paid + INTERVAL '1' DAY)) AS y FROM claims WHERE paid >= CAST('2021-04-01' AS DATE)"),
        ("sqlite", "CAST(STRFTIME('%Y', (DATE(paid, '-400 years', '+1 day'))) AS INTEGER) AS y FROM claims WHERE paid >= '2021-04-01'"),
        ("postgres", "SELECT CAST(EXTRACT(YEAR FROM (paid + INTERVAL '1 DAY')) AS INT) AS y"),
        ("bigquery", "EXTRACT(YEAR FROM (DATE_ADD(paid, INTERVAL 1 DAY))) AS y"),
    ],
)  # fmt: skip
def test_dates_are_taken_apart_as_the_engine_does(dialect, text):
    """SQLite knows no day after 31 December 9999, so it looks at the same day 400 years before."""
    assert text in translated(MONTHS, dialect)


def test_spark_adds_in_decimals():
    """In 64 bits it would fail or be silently wrong, depending on its settings."""
    assert translated("SELECT SUM(amount) FROM t", "spark") == "SELECT SUM(CAST(amount AS DECIMAL(20, 0))) FROM t"


@pytest.mark.parametrize("text", ["it's", "a\\b", "$1"])
def test_texts_that_settings_of_spark_would_change_are_given_as_bytes(text):
    literal = text.replace("'", "''")
    assert translated(f"SELECT '{literal}'", "spark") == f"SELECT CAST(X'{text.encode().hex()}' AS STRING)"


def test_what_spark_would_replace_is_refused():
    with pytest.raises(RecordsError, match=r"holds '\$\{', which Spark would replace"):
        translated('SELECT "${x}" FROM t', "spark")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_names_have_quotes_where_an_engine_needs_them(dialect):
    text = translated('SELECT "plain", "order", "Mixed", "支部" FROM "claims"', dialect)
    assert text.startswith("SELECT plain, ")
    names = [column.name for column in sqlglot.parse_one(text, dialect=dialect).selects]
    assert names == ["plain", "order", "Mixed", "支部"]
    assert all(column.this.quoted for column in sqlglot.parse_one(text, dialect=dialect).selects[1:])


@pytest.mark.parametrize("dialect", DIALECTS)
def test_known_is_said_in_these_words(dialect):
    assert "paid IS NOT NULL" in translated('SELECT * FROM t WHERE "paid" IS NOT NULL', dialect)


def test_whole_quotients_are_exact():
    """SQLite divides whole numbers as such; Snowflake keeps some decimals of a quotient, and one that comes out even is exact."""
    assert translated("SELECT a // b FROM t", "sqlite") == "SELECT a / b FROM t"
    assert translated("SELECT a // b FROM t", "snowflake") == "SELECT (a - a % b) / b FROM t"


def test_dialects_are_known_by_name():
    assert [dialect_name(name.upper()) for name in DIALECTS] == [*DIALECTS]
    with pytest.raises(RecordsError) as raised:
        dialect_name("postgre")
    assert str(raised.value) == f"dialect: found 'postgre', expected {', '.join(DIALECTS)}; did you mean 'postgres'?"


def test_without_the_library_its_extra_is_named(monkeypatch):
    load = builtins.__import__

    def refuse(name, *rest):
        if name == "sqlglot":
            raise ImportError
        return load(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MissingExtraError, match=r"pip install 'kpi\[sql\]'"):
        translated("SELECT 1", "duckdb")
