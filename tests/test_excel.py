"""Workbooks: cells of every form, sheets, formulas, and files that are none."""

from __future__ import annotations

import builtins
import io
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart
from openpyxl.worksheet.formula import ArrayFormula
from spreadsheets import FULL_WIDTH, workbook

import kpi
from kpi.observations.known import Known
from kpi.observations.reading import read_observations
from kpi.quantities import read_value
from kpi.sheets import excel
from kpi.sheets.excel import BrokenWorkbookError, read_workbook
from kpi.units import UNITS

KNOWN = Known(("iwate",), {"open_tenders": UNITS["case"], "cost": UNITS["yen"], "share": UNITS["%"]})
HEADINGS = ["organisation", "fiscal_year", "quantity", "value"]


def texts(*rows):
    """The texts of a sheet with these rows."""
    (sheet,) = read_workbook(workbook(rows), "data.xlsx")
    return [cells for _, cells in sheet.rows()]


def text(cell):
    """The text of one cell."""
    return texts([cell])[0][0]


def changed(data, part, change):
    """A workbook in whose *part* something was changed."""
    source, target = zipfile.ZipFile(BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, change(source.read(name)) if name == part else source.read(name))
    return target.getvalue()


class TestCells:
    @pytest.mark.parametrize(
        ("value", "code", "expected"),
        [
            (1380, "#,##0", "1380"),
            (95.7, "General", "95.7"),
            (0.957, "0.0%", "95.7%"),
            (0.1 + 0.2, "General", "0.3"),
            (-604, '#,##0"件";"▲"#,##0"件"', "-604件"),
            (True, "General", "done"),
            ("９５．７％", "General", "９５．７％"),
            (" 1,380事業所\n", "General", "1,380事業所"),
            ("#REF!", "General", "#REF!"),
            (date(2021, 8, 31), "yyyy/m/d", "2021-08-31"),
            (datetime(2021, 8, 31), '[$-411]ggge"年"m"月"d"日"', "2021-08-31"),  # noqa: DTZ001  # spreadsheets have no zones
            (date(2021, 4, 1), "yyyy/m", "2021-04"),
            (datetime(2021, 8, 31, 12, 30), "yyyy/m/d h:mm", "2021-08-31 12:30:00"),  # noqa: DTZ001
            (time(12, 30), "h:mm", "12:30:00"),
            (timedelta(hours=30), "[h]:mm", "1 day, 6:00:00"),
        ],
    )
    def test_text(self, value, code, expected):
        """A cell is the text that its reader sees, but with all digits that a spreadsheet program shows and compares."""
        assert text((value, code)) == expected

    def test_places(self):
        """Blank rows and columns count; a problem has the address of its cell."""
        data = workbook([[], [None, *HEADINGS], [None, "iwate", "R3", "open_tenders", "twelve"]])
        _, (problem,) = read_observations(data, "data.xlsx", KNOWN)
        assert problem.render() == (
            "data.xlsx[Sheet1]:3:5: open_tenders: 'twelve' is no number\n   E3 | twelve\n      | ^^^^^^"
        )
        assert (problem.line, problem.column, problem.end.column) == (3, 5, 6)

    def test_digits_beyond_what_floats_hold(self):
        """Digits that are in the file are read, also where a float would lose them."""
        data = changed(
            workbook([[1]]),
            "xl/worksheets/sheet1.xml",
            lambda part: part.replace(b"<v>1<", b"<v>12345678901234567890<"),
        )
        (sheet,) = read_workbook(data, "data.xlsx")
        assert [*sheet.rows()] == [(1, ["12345678901234567890"])]

    def test_date_out_of_range(self):
        """A number that is shown as a date but is none is an error of the spreadsheet."""
        assert text((99_999_999, "yyyy/m/d")) == "#VALUE!"

    def test_a_wide_claim(self):
        """A sheet that claims to be as wide as can be is read as wide as it is."""
        data = changed(
            workbook([HEADINGS]),
            "xl/worksheets/sheet1.xml",
            lambda part: part.replace(b'ref="A1:D1"', b'ref="A1:XFD1048576"'),
        )
        (sheet,) = read_workbook(data, "data.xlsx")
        assert [*sheet.rows()] == [(1, HEADINGS)]


class TestFormulas:
    def computed(self, cells):
        """A workbook with formulas, as a program writes it that does not compute them."""
        return workbook([HEADINGS, ["iwate", "R3", "open_tenders", cells]])

    def test_uncomputed(self):
        """A formula without its value is a problem, and never a blank."""
        _, (problem,) = read_observations(self.computed("=SUM(A1:A3)"), "data.xlsx", KNOWN)
        assert (problem.code, problem.line, problem.column) == ("uncomputed-formula", 2, 4)
        assert "found the formula =SUM(A1:A3) without its value" in str(problem)

    def test_array(self):
        """So is a formula of a whole range."""
        _, (problem,) = read_observations(self.computed(ArrayFormula("D2", "=SUM(A1:A3*2)")), "data.xlsx", KNOWN)
        assert problem.facts["found"] == "=SUM(A1:A3*2)"

    @pytest.mark.parametrize(
        ("written", "value"),
        [(b"<f>1+11</f><v>12</v>", "12"), (b"<f>A1</f><v>95.7\xef\xbc\x85</v>", "95.7％"), (b"<f>A1</f><v></v>", None)],
    )
    def test_computed(self, written, value):
        """A formula that was computed is its value; a computed blank is a blank."""
        kind = b'<c r="D2" t="str">' if value != "12" else b'<c r="D2">'
        data = changed(
            self.computed("=X"),
            "xl/worksheets/sheet1.xml",
            lambda part: part.replace(b'<c r="D2"><f>X</f><v></v></c>', kind + written + b"</c>").replace(
                b'<c r="D2"><f>X</f><v /></c>', kind + written + b"</c>"
            ),
        )
        assert b"<f>X</f>" not in zipfile.ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml")
        (sheet,) = read_workbook(data, "data.xlsx")
        assert [cells for _, cells in sheet.rows()][1][3] == (value or "")


class TestSheets:
    def test_hidden(self):
        """Sheets that nobody sees, and charts, are no tables."""
        book = load_workbook(BytesIO(workbook(["a"], ["b"], titles=("実績", "隠し"))))
        book["隠し"].sheet_state = "hidden"
        book.create_chartsheet("図").add_chart(BarChart())
        target = BytesIO()
        book.save(target)
        assert [(sheet.name, sheet.title) for sheet in read_workbook(target.getvalue(), "a.xlsx")] == [
            ("a.xlsx[実績]", "実績")
        ]


class TestBroken:
    @pytest.mark.parametrize(
        "data",
        [
            b"PK\x03\x04",
            b"PK\x03\x04 no zip",
            changed(workbook([HEADINGS]), "xl/workbook.xml", lambda _: b""),
            changed(workbook([HEADINGS]), "xl/worksheets/sheet1.xml", lambda part: part[:-20]),
            changed(workbook([HEADINGS]), "xl/worksheets/sheet1.xml", lambda part: part.replace(b'r="A1"', b'r="?"')),
            changed(
                workbook([["x"]]),
                "xl/worksheets/sheet1.xml",
                lambda part: part.replace(b't="inlineStr"><is><t>x</t></is>', b't="s"><v>9</v>'),
            ),
        ],
    )
    def test_problem(self, data):
        """A damaged workbook is one problem of the file."""
        _, (problem,) = read_observations(data, "data.xlsx", KNOWN)
        assert problem.code == "broken-workbook"
        assert problem.line_in("ja").startswith("data.xlsx:1:1: ブックを読めません: ")

    def test_too_large(self, monkeypatch):
        """What would fill the memory is refused before it is unpacked."""
        monkeypatch.setattr(excel, "LARGEST", 100)
        with pytest.raises(BrokenWorkbookError, match="larger than 0 MiB"):
            read_workbook(workbook([HEADINGS]), "data.xlsx")

    def test_old(self):
        """A workbook of the old kind, or with a password, is told as such."""
        _, (problem,) = read_observations(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(100), "data.xls")
        assert problem.code == "old-workbook"
        assert str(problem).startswith("data.xls:1:1: found a workbook of the old kind")

    def test_not_installed(self, monkeypatch):
        """Without openpyxl the error says how to install it."""
        for name in [name for name in sys.modules if name.partition(".")[0] == "openpyxl"]:
            monkeypatch.delitem(sys.modules, name)
        real = builtins.__import__

        def absent(name, *rest, **known):
            if name.partition(".")[0] == "openpyxl":
                raise ImportError(name)
            return real(name, *rest, **known)

        monkeypatch.setattr(builtins, "__import__", absent)
        with pytest.raises(kpi.MissingExtraError, match=r"kpi\[sheets\]"):
            read_workbook(b"", "data.xlsx")


NUMBERS = st.decimals(-(10**9), 10**9, places=2, allow_nan=False, allow_infinity=False)
UNIT = st.sampled_from(["件", "円", "%", "事業所"])


def written(number, unit, form):
    """A number in a unit as a cell of one *form*: its value, and its number format."""
    amount, sign = f"{abs(number):f}", "-" if number < 0 else ""
    forms = {
        "text": (f"{sign}{amount}{unit}", "General"),
        "grouped": (f"{'▲' if sign else ''}{Decimal(amount):,f}{unit}", "General"),
        "full-width": (f"{'△' if sign else ''}{Decimal(amount):,f}{unit}".translate(FULL_WIDTH), "General"),
        "spaced": (f"  {sign}{amount} {unit} ", "General"),
        "formatted": (float(number), f'#,##0.00"{unit}";"▲"#,##0.00"{unit}"'),
        "thousands": (float(number), f'#,##0.00,"千{unit}"'),
        "percent": (float(number / 100) if unit == "%" else float(number), "0.00%" if unit == "%" else f'0.00"{unit}"'),
    }
    return forms[form]


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            NUMBERS,
            UNIT,
            st.sampled_from(["text", "grouped", "full-width", "spaced", "formatted", "thousands", "percent"]),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_every_form_is_the_exact_number(cells):
    """Whatever form a cell has, exactly its number is read."""
    found = texts(*([written(*cell)] for cell in cells))
    for (number, unit, form), (shown,) in zip(cells, found, strict=True):
        reading = read_value(shown)
        # 千% is no unit that anybody writes, but a number all the same
        assert reading.number == Fraction(number), (form, shown)
        assert reading.unit is UNITS[unit]


SOUND = workbook(
    [
        HEADINGS,
        ["iwate", "R3", "open_tenders", 12],
        ["iwate", "R3", "share", (0.5, "0%")],
        ["iwate", 2021, "cost", "=1"],
    ]
)
PARTS = [name for name in zipfile.ZipFile(BytesIO(SOUND)).namelist() if name.endswith(("xml", "rels"))]


@settings(max_examples=150)
@given(st.sampled_from(PARTS), st.data())
def test_any_workbook(part, data):
    """However its parts are damaged, a workbook gives observations or problems, and no foreign error."""
    content = zipfile.ZipFile(BytesIO(SOUND)).read(part)
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 30)))
    put = data.draw(
        st.binary(max_size=6) | st.sampled_from([b"<", b'"', b"999999999999999999999", b"-1", b"A", b"</c>", b"1E999"])
    )
    _, problems = read_observations(
        changed(SOUND, part, lambda _: content[:start] + put + content[end:]), "data.xlsx", KNOWN
    )
    assert all(problem.render() and problem.render("ja") for problem in problems)


@settings(max_examples=60)
@given(st.binary(max_size=60), st.integers(0, len(SOUND)), st.booleans())
def test_any_bytes_that_begin_like_a_workbook(noise, cut, keep):
    """Nor do bytes that only begin like one."""
    data = (SOUND[:cut] + noise + SOUND[cut + len(noise) :]) if keep else b"PK\x03\x04" + noise
    _, problems = read_observations(data, "data.xlsx", KNOWN)
    assert all(problem.render() for problem in problems)


def test_workbook_without_sheets_to_read():
    """A workbook of remarks alone has nothing to read, and that is no problem of any cell."""
    book = Workbook()
    book.active.title = "※メモ"
    target = BytesIO()
    book.save(target)
    assert read_observations(target.getvalue(), "data.xlsx", KNOWN)[1] == []
