"""Files of any kind, told apart by how they begin, and the sheets in them."""

from __future__ import annotations

import polars as pl
import pytest
from spreadsheets import workbook

import kpi
from kpi.sheets.opening import open_sheets

TABLE = [["organisation", "fiscal_year", "quantity", "value"], ["iwate", "R3", "a", 1]]
BOOK = workbook(TABLE, [["メモ"]], TABLE[:1], titles=("岩手", "※メモ", "#notes"))


def titles(data, wanted=()):
    """The titles of the sheets that are read."""
    sheets, problems = open_sheets(data, "data.xlsx", wanted)
    assert problems == []
    return [sheet.title for sheet in sheets]


def test_remarks():
    """Sheets whose titles begin with ※ or # are for people alone."""
    assert titles(BOOK) == ["岩手"]


def test_wanted():
    """A sheet that is named is read, remark or not, and no other."""
    assert titles(BOOK, ["※メモ"]) == ["※メモ"]


def test_unknown_sheet():
    """A sheet that is not there is told with the nearest."""
    with pytest.raises(kpi.UnknownNameError, match=r"unknown sheet '岩手1' in '?data\.xlsx'?; did you mean '岩手'"):
        open_sheets(BOOK, "data.xlsx", ["岩手1"])


def test_wanted_of_a_broken_workbook():
    """Of a file that cannot be read nothing else is said."""
    assert len(open_sheets(b"PK\x03\x04", "data.xlsx", ["岩手"])[1]) == 1


class TestLoading:
    @pytest.mark.parametrize("name", ["data.xlsx[岩手]", "data.xlsx"])
    def test_bracket(self, tmp_path, name):
        """One sheet of a workbook is named behind its path."""
        (tmp_path / "data.xlsx").write_bytes(BOOK)
        assert [row.quantity for row in kpi.load_observations(tmp_path / name)] == ["a"]

    def test_keyword(self, tmp_path):
        """Or by a keyword, one or several."""
        path = tmp_path / "data.xlsx"
        path.write_bytes(workbook(TABLE, [TABLE[0], ["iwate", "R3", "b", 2]], [["x"]], titles=("一", "二", "三")))
        assert [row.quantity for row in kpi.load_observations(path, sheets="二")] == ["b"]
        assert [row.quantity for row in kpi.load_observations(path, sheets=["二", "一"])] == ["a", "b"]

    def test_a_file_of_that_name(self, tmp_path):
        """A file that is really called so is read as it is."""
        (tmp_path / "data.csv[1]").write_text("organisation,fiscal_year,quantity,value\niwate,R3,c,1\n", "utf-8")
        assert [row.quantity for row in kpi.load_observations(tmp_path / "data.csv[1]")] == ["c"]

    def test_missing(self, tmp_path):
        """A file that is not there is told as such."""
        with pytest.raises(FileNotFoundError):
            kpi.load_observations(tmp_path / "data.xlsx[岩手]")


class TestParquet:
    def test_read(self, tmp_path):
        """Parquet is told by how it begins, whatever its name."""
        path = tmp_path / "data.bin"
        pl.DataFrame(TABLE[1:], schema=TABLE[0], orient="row").write_parquet(path)
        (row,) = kpi.load_observations(path)
        assert (row.fiscal_year, row.value) == (kpi.FiscalYear(2021), "1")

    @pytest.mark.parametrize("data", [b"PAR1", b"PAR1" + bytes(100) + b"PAR1"])
    def test_broken(self, data):
        """A damaged one is a problem of the file."""
        sheets, (problem,) = open_sheets(data, "data.parquet")
        assert (sheets, problem.code, problem.file, problem.line) == ([], "broken-parquet", "data.parquet", 1)
