"""Tables as text: encodings, separators, places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.observations.reading import read_observations
from kpi.sheets.sheet import Cell
from kpi.sheets.text import read_text

JAPANESE = "支部,年度,項目,値,単位\n岩手,R3,一般競争入札件数,１２,件\n"


def texts(data, name="data.csv"):
    """The rows of a table."""
    (sheet,), problems = read_text(data, name)
    assert problems == []
    return [cells for _, cells in sheet.rows()]


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "shift_jis", "utf-16"])
    def test_read(self, encoding):
        """UTF-8 with or without its mark, UTF-16 with one, and Shift_JIS."""
        assert texts(JAPANESE.encode(encoding)) == [row.split(",") for row in JAPANESE.splitlines()]

    def test_half_width(self):
        """Half-width katakana and the signs that Windows added to Shift_JIS."""
        assert texts("ｼﾞｪﾈﾘｯｸ,Ⅰ①ⅰ,髙﨑\n".encode("cp932")) == [["ｼﾞｪﾈﾘｯｸ", "Ⅰ①ⅰ", "髙﨑"]]

    @pytest.mark.parametrize(
        ("data", "byte"),
        [
            (b"a,\xff\n", "0xFF"),
            (b"a,\x80\n", "0x80"),
            ("支部,".encode("cp932") + b"\xfd\n", "0xFD"),
            (b"a,b\n\x85", "0x85"),
            ("支部".encode("utf-16")[:-1], "0xE8"),
        ],
    )
    def test_neither(self, data, byte):
        """A byte that is in none of them is a problem where it stands."""
        sheets, (problem,) = read_text(data, "data.csv")
        assert (sheets, problem.code, problem.facts) == ([], "unknown-encoding", {"byte": byte})

    def test_place(self):
        """The place of that byte is told in characters."""
        _, (problem,) = read_text("支部,年度\n岩手,".encode("cp932") + b"\xff", "data.csv")
        assert (problem.line, problem.column) == (2, 4)

    def test_slip_in_utf8(self):
        """UTF-8 with one wrong byte is refused, and not taken for Shift_JIS, in which it would be other text."""
        data = JAPANESE.encode()
        _, (problem,) = read_text(data[:-5] + b"\x83" + data[-5:], "data.csv")
        assert (problem.code, problem.line) == ("not-utf8", 2)


class TestSeparators:
    @pytest.mark.parametrize("name", ["data.tsv", "DATA.TXT", "data.tab"])
    def test_tabs(self, name):
        """Files of these names have tabs, as Excel writes Unicode text."""
        assert texts(b"a\tb,c\td\n", name) == [["a", "b,c", "d"]]

    def test_place(self):
        """A problem is behind as many tabs as there are cells before it."""
        data = b"organisation\tfiscal_year\tquantity\tvalue\niwate\tR3\ta,b\tx\n"
        _, (problem,) = read_observations(data, "data.tsv")
        assert (problem.line, problem.column) == (2, 14)


class TestPlaces:
    def test_cells(self):
        """A cell stands behind the separators before it; those in quotes are none."""
        (sheet,), _ = read_text(b'a,b\n"x,y",z\n', "data.csv")
        source, span = sheet.at(Cell("z", 2, 2))
        assert source.text[span.start : span.end] == "z"
        assert (sheet.name, sheet.title) == ("data.csv", "")

    def test_address(self):
        """Readers of a text know its lines."""
        (sheet,), _ = read_text(b"a\n", "data.csv")
        assert [sheet.address(Cell("", 3, 1), language) for language in ("en", "ja")] == ["line 3", "3 行目"]


@given(st.binary(max_size=60))
def test_any_bytes(data):
    """Any bytes are a table, or have a problem at a place in them."""
    sheets, problems = read_text(data, "data.csv")
    assert len(sheets) + len(problems) == 1
    assert all(problem.render() for problem in problems)
    assert all(isinstance(cells, list) for sheet in sheets for _, cells in sheet.rows())


READ_BACK = st.characters(codec="cp932", exclude_categories=("Cc", "Co"), exclude_characters="¢£¬‖−〜")
"""What Shift_JIS can write; the excluded are read back as other forms of the same sign."""


@given(st.text(READ_BACK, max_size=30))
def test_shift_jis(text):
    """What Shift_JIS can write is read back from it, or refused; never as other text."""
    data = f"支部,{text}".encode("cp932")
    sheets, problems = read_text(data, "data.csv")
    assert problems or "".join(sheets[0].source.text) == f"支部,{text}"
