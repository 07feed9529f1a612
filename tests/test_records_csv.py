"""`kpi.records.csv`: what stands in CSV files is read as the table declares it, by DuckDB and Spark alike."""

from __future__ import annotations

import gzip
from datetime import date

import duckdb
import pytest
from claims import CLAIMS
from sql_engines import needs_java, session

from kpi.errors import RecordsError
from kpi.records import duckdb as in_duckdb
from kpi.records import spark as in_spark
from kpi.records.csv import header, typed

COLUMNS = "branch,received,amount,lost"


def with_duckdb(path):
    """What DuckDB reads at a path."""
    with duckdb.connect() as connection:
        relation = in_duckdb.read(CLAIMS, path, connection)
        try:
            return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]
        except duckdb.Error as error:
            raise RecordsError(in_duckdb.told(error)) from None


def with_spark(path):
    """What Spark reads at a path."""
    try:
        return [row.asDict() for row in in_spark.read(session(), CLAIMS, path).collect()]
    except in_spark.failures() as error:
        raise RecordsError(in_spark.told(error)) from None


both = pytest.mark.parametrize("read", [with_duckdb, pytest.param(with_spark, marks=needs_java)])


@pytest.fixture
def write(tmp_path):
    """Writes a file, and gives its path."""

    def write(text, name="claims.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


@both
def test_values_are_what_the_table_declares(read, write):
    path = write(f'{COLUMNS},note\n"a ""b"", c",2021-4-5,1,true,#\n岩手, 2021/04/05 , 02 ,0,\n,,,,\n')
    first, second = (
        {"received": date(2021, 4, 5), "branch": 'a "b", c', "amount": 1, "lost": True, "note": "#"},
        {"received": date(2021, 4, 5), "branch": "岩手", "amount": 2, "lost": False, "note": None},
    )
    assert read(path) == [first, second, dict.fromkeys(first)]


@both
@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("a,2021-02-30,1,true", "column 'received' holds 2021-02-30, expected dates"),
        ("a,20210405,1,true", "column 'received' holds 20210405, expected dates"),
        ("a,2021-04-05,1.5,true", "column 'amount' holds 1.5, expected whole numbers of at most 64 bits"),
        ("a,2021-04-05,9223372036854775808,true", "column 'amount' holds 9223372036854775808, expected whole numbers"),
        ("a,2021-04-05,1,maybe", "column 'lost' holds maybe, expected true and false"),
    ],
)
def test_what_is_no_such_value_is_told(read, write, line, told):
    with pytest.raises(RecordsError) as raised:
        read(write(f"{COLUMNS}\n{line}\n"))
    assert f"table 'claims': {told}" in str(raised.value)


@both
@pytest.mark.parametrize("line", ["a,2021-04-05", "a,2021-04-05,1,true,5"])
def test_a_line_that_is_too_short_or_too_long_is_told(read, write, line):
    """It is neither filled up nor taken for the first line of the file."""
    with pytest.raises(RecordsError, match=rf"claims\.csv.*{line}"):
        read(write(f"{COLUMNS}\n{line}\n"))


@both
def test_files_of_one_folder_have_their_columns_in_one_order(read, write, tmp_path):
    """Engines would take the columns of the second file by their place."""
    write("branch,received,member\niwate,2021-04-05,a\n", "a.csv")
    write("branch,received,member\niwate,2021-04-05,b\n", "b.csv")
    assert [row["member"] for row in read(tmp_path)] == ["a", "b"]
    write("member,received,branch\na,2021-04-05,iwate\n", "c.csv")
    with pytest.raises(
        RecordsError, match=r"c\.csv has the columns member, received, branch, expected those of .*a\.csv"
    ):
        read(tmp_path)


@both
@pytest.mark.parametrize("encoding", ["cp932", "utf-16"])
@pytest.mark.parametrize("before", [0, 5000], ids=["soon", "late"])
def test_other_encodings_are_told(read, write, encoding, before):
    line = ",2021-04-05,1,true\n"
    with pytest.raises(RecordsError, match="not in UTF-8; convert it first, from Shift_JIS with 'iconv"):
        read(write(f"{COLUMNS}\n{f'a{line}' * before}岩手支部{line}", encoding=encoding))


@both
def test_compressed_files_and_those_of_spreadsheet_programs_are_read(read, tmp_path):
    """Such programs begin UTF-8 with a mark, and end lines in two characters."""
    path = tmp_path / "claims.csv.gz"
    path.write_bytes(gzip.compress(f"\ufeff{COLUMNS}\r\n岩手,2021-04-05,1,true\r\n".encode()))
    expected = {"branch": "岩手", "received": date(2021, 4, 5), "amount": 1, "lost": True}
    assert read(path) == [expected]


def test_without_records_there_are_columns(write):
    assert header(CLAIMS, [str(write(COLUMNS))]) == tuple(COLUMNS.split(","))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty; expected the names of its columns in the first line"),
        ("\na,b\n", "is empty; expected the names of its columns in the first line"),
        ("a,b,a\n", "has 'a' twice among its columns"),
    ],
)
def test_a_first_line_that_names_no_columns_is_told(write, text, told):
    path = str(write(text))
    with pytest.raises(RecordsError) as raised:
        header(CLAIMS, [path])
    assert str(raised.value) == f"table 'claims': {path} {told}"


def test_texts_and_unknown_columns_stay_as_they_are():
    assert [name for name, _ in typed(CLAIMS, ("branch", "received", "note", "amount"))] == ["received", "amount"]
