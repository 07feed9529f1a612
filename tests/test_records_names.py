"""`kpi.records.names`: names as they stand in SQL."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sql_texts import DATABASES, in_duckdb, needs_postgres, postgres, quick_dialects

from kpi.errors import RecordsError
from kpi.records.dialects import translated
from kpi.records.names import Names, check_different, identifier, is_plain, literal, qualified

ODD = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(
    lambda name: "\0" not in name
)


def test_a_name_needs_no_quotes_where_every_engine_takes_it():
    assert is_plain("claims_paid")
    assert not any(map(is_plain, ("Claims", "受付日", "2021", "a b", "select", "order", "qualify", "")))


@quick_dialects
@given(name=ODD, text=ODD)
def test_any_name_and_text_stands_for_itself(dialect, name, text):
    (row,) = DATABASES[dialect].rows(translated(f"SELECT {literal(text)} AS {identifier(name[:12])}", dialect))
    assert [*row.values()] == [text]
    assert [*row] == [name] or dialect == "postgres"  # which cuts off names of many bytes


def words_of_duckdb():
    """What DuckDB reads as its own."""
    text = "SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category IN ('reserved', 'type_function')"
    return [word for (word,) in in_duckdb().execute(text).fetchall()]


def words_of_postgres():
    """The same for PostgreSQL."""
    return [word for (word,) in postgres().execute("SELECT word FROM pg_get_keywords() WHERE catcode IN ('R', 'T')")]


@pytest.mark.parametrize("words", [words_of_duckdb, pytest.param(words_of_postgres, marks=needs_postgres)])
def test_a_word_of_an_engine_stands_in_quotes(words):
    assert [word for word in words() if is_plain(word)] == []


@quick_dialects
def test_words_of_other_engines_are_columns_like_any_other(dialect):
    """What is plain for one engine is plain for all."""
    others = {"interval", "map", "index", "minus", "rlike", "struct", "rows", "key", "date", "day"}
    words = sorted({*words_of_duckdb()} - {"true", "false"} | others)  # SQLite finds no column of these two names
    columns = ", ".join(f"{number} AS {identifier(word)}" for number, word in enumerate(words))
    summed = " + ".join(f"t.{identifier(word)}" for word in words)
    (row,) = DATABASES[dialect].rows(translated(f"SELECT {summed} AS total FROM (SELECT {columns}) AS t", dialect))
    assert row == {"total": sum(range(len(words)))}


def test_a_table_may_lie_in_a_schema():
    assert qualified("mart.Counts") == '"mart"."Counts"'


def test_a_name_is_given_out_once_whatever_its_case():
    names = Names.without(["Paid"])
    assert [names.new(name) for name in ("paid", "days", "DAYS", "days")] == ["paid_", "days", "DAYS_", "days__"]


def test_engines_look_neither_at_case_nor_at_the_end_of_a_long_name():
    check_different(["a", "b"], "duckdb")
    with pytest.raises(RecordsError, match="two columns would have one name, 'a' and 'A'; rename one of them"):
        check_different(["a", "A"], "duckdb")
    long = ["件" * 21 + end for end in ("数", "数率")]
    check_different(long, "spark")
    with pytest.raises(RecordsError, match="two columns would have one name"):
        check_different(long, "postgres")
