"""`kpi.records.paths`: files, folders and patterns."""

from __future__ import annotations

import pytest
from claims import CLAIMS

from kpi.errors import RecordsError
from kpi.records.paths import csv_files_at, is_csv, parquet_files, parquet_pattern


@pytest.fixture
def folder(tmp_path):
    """Files of one name, one folder further down each."""

    def fill(*names):
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        return tmp_path

    return fill


def names(folder, paths):
    """Paths as they stand in a folder."""
    return [path.removeprefix(f"{folder}/") for path in paths]


@pytest.mark.parametrize("path", ["claims.csv", "CLAIMS.CSV", "claims/*.csv.gz", "claims/**/*.csv"])
def test_the_end_of_a_path_says_that_it_is_one_of_csv_files(path):
    assert is_csv(path)
    assert not is_csv(path.replace(".csv", "").replace(".CSV", ""))


def test_a_folder_holds_parquet_files_unless_all_are_csv(folder):
    assert not is_csv(folder())
    assert is_csv(folder("a.csv"))
    assert not is_csv(folder("2021/a.parquet"))


def test_a_folder_is_all_that_lies_in_it(folder):
    where = folder("b.csv", "2021/04/a.csv", "2021/c.csv.gz", "note.txt", "2021/a.parquet", "2021/04/a.parquet")
    assert names(where, csv_files_at(CLAIMS, where)) == ["2021/04/a.csv", "2021/c.csv.gz", "b.csv"]
    assert parquet_pattern(where) == f"{where}/**/*.parquet"
    base, found = parquet_files(CLAIMS, where)
    assert (base, names(where, found)) == (str(where), ["2021/04/a.parquet", "2021/a.parquet"])


def test_a_deep_pattern_is_written_out_for_spark(folder):
    """Spark would take `**` for one folder."""
    where = folder("a.parquet", "2021/a.parquet", "2021/04/a.parquet", "2021/04/a.csv")
    base, found = parquet_files(CLAIMS, f"{where}/**/*.parquet")
    assert (base, names(where, found)) == (f"{where}/", ["2021/04/a.parquet", "2021/a.parquet", "a.parquet"])


@pytest.mark.parametrize("path", ["hdfs:/claims", "claims-*.parquet"])
def test_other_paths_are_the_engine_s_to_read(path):
    assert parquet_files(CLAIMS, path) == ("", [path])
    assert parquet_pattern(path) == path


@pytest.mark.parametrize("path", ["", "none.csv", "*.csv", "**/*.csv"])
def test_where_nothing_lies_is_told(folder, path):
    with pytest.raises(RecordsError, match="table 'claims': no files found at '"):
        csv_files_at(CLAIMS, folder() / path)
