"""Reading tables of observations from CSV."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kpi
from kpi.observations.headings import KEYS
from kpi.observations.known import Known
from kpi.observations.observation import YEAR
from kpi.observations.reading import load_observations, read_observations
from kpi.periods import FiscalYear
from kpi.units import UNITS

DATA = Path(__file__).parent / "data" / "observations" / "iwate.csv"
HEADER = "organisation,fiscal_year,period,as_of,quantity,value,unit,note\n"
KNOWN = Known(("iwate", "miyagi"), {"open_tenders": UNITS["case"], "single_bid_share": UNITS["%"]})


def read(text, known=None):
    """The observations of a text and its problems as `line:column: message`."""
    observations, problems = read_observations(text.encode(), "data.csv", known)
    assert all(problem.render("ja") for problem in problems)
    return observations, [problem.line_in("en").removeprefix("data.csv:") for problem in problems]


class TestReads:
    def test_all_columns(self):
        """A row keeps every cell, with its year and date read."""
        (row,) = read(HEADER + "iwate,令和3年度,2021-04,,open_tenders,３,件,四月\n")[0]
        assert (row.organisation, row.fiscal_year, row.period) == ("iwate", FiscalYear(2021), "2021-04")
        assert (row.quantity, row.value, row.unit, row.note) == ("open_tenders", "３", "件", "四月")
        assert row.as_of == date(2021, 4, 30)

    def test_required_columns_alone(self):
        """Without period a value is the year's, and without a date it counts up to the end."""
        (row,) = read("value,quantity,fiscal_year,organisation\n3,open_tenders,R3,iwate\n")[0]
        assert (row.period, row.as_of, row.unit) == (YEAR, date(2022, 3, 31), "")

    @pytest.mark.parametrize("line_end", ["\n", "\r\n"])
    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    def test_as_spreadsheets_write_it(self, line_end, mark):
        """Byte order mark, Windows line ends, quotes, commas in quotes and blank lines are all read."""
        text = DATA.read_text("utf-8").replace("\n", line_end)
        found, problems = read(mark + line_end + text + line_end + ",,,,,,," + line_end)
        assert problems == []
        assert list(found) == list(load_observations(DATA))
        assert [row.note for row in found][-2:] == ["年度末までに1,500の見込み", "８月末"]

    def test_blanks_around_cells(self):
        """Blanks around names and cells are none of them."""
        (row,) = read(HEADER.replace(",", " , ") + " iwate , R3 , year , 2021-09-30 , open_tenders , 3 , 件 , x \n")[0]
        assert (row.organisation, row.as_of, row.written, row.note) == ("iwate", date(2021, 9, 30), "3件", "x")

    def test_quoted_line_ends(self):
        """A cell may go over several lines, and lines are counted on."""
        rows, problems = read(HEADER + 'iwate,R3,,,open_tenders,3,,"one\ntwo"\niwate,R3,,,single_bid_tenders,x,,\n')
        assert [row.note for row in rows] == ["one\ntwo"]
        assert problems == ["4:31: 'x' is no number"]


class TestPeriods:
    @pytest.mark.parametrize(
        ("cell", "period", "end"),
        [
            ("", YEAR, date(2022, 3, 31)),
            ("year", YEAR, date(2022, 3, 31)),
            ("令和3年度", YEAR, date(2022, 3, 31)),
            ("R3", YEAR, date(2022, 3, 31)),
            ("2021-04", "2021-04", date(2021, 4, 30)),
            ("令和４年２月", "2022-02", date(2022, 2, 28)),
            ("4月", "2021-04", date(2021, 4, 30)),
            ("3月", "2022-03", date(2022, 3, 31)),
            ("令和3年6月診療分", "2021-06", date(2021, 6, 30)),
            ("2021-Q1", "2021-Q1", date(2021, 6, 30)),
            ("第4四半期", "2021-Q4", date(2022, 3, 31)),
            ("H1", "2021-H1", date(2021, 9, 30)),
            ("R3下半期", "2021-H2", date(2022, 3, 31)),
        ],
    )
    def test_canonical(self, cell, period, end):
        """A period is kept as its canonical text, and without a date its value counts to its last day."""
        (row,) = read(HEADER + f"iwate,R3,{cell},,open_tenders,3,,\n")[0]
        assert (row.period, row.as_of) == (period, end)

    @pytest.mark.parametrize("cell", ["令和4年5月31日", "R4.5.31", "2022/5/31"])
    def test_settled_later(self, cell):
        """Final figures may be settled up to two years after the end of the year, and dates may be in eras."""
        (row,) = read(HEADER + f"iwate,R3,4月,{cell},open_tenders,3,,\n")[0]
        assert (row.period, row.as_of) == ("2021-04", date(2022, 5, 31))
        assert len(read(HEADER + "iwate,R3,,2024-03-31,open_tenders,3,,\n")[0]) == 1


class TestHeader:
    @pytest.mark.parametrize("text", ["", "\n\n", " \n"])
    def test_empty(self, text):
        """A table without a header is one problem that names the columns."""
        assert read(text)[1] == [
            "1:1: missing column organisation, fiscal_year, quantity, value; expected a line with the names of the columns"
        ]

    def test_missing_columns(self):
        """All missing columns are named at once."""
        assert read("organisation,quantity\n")[1] == [
            "1:1: missing column fiscal_year, value; expected a line with the names of the columns"
        ]

    def test_misspelt_column(self):
        """A misspelt column is reported where it stands, once, with the nearest name, and the rows are left alone."""
        found, problems = read("\norganization,fiscal_year,quantity,value\nx,x,x,x\n")
        assert problems == ["2:1: unknown column 'organization'; did you mean 'organisation'?"]
        assert len(found) == 0

    def test_duplicate_column(self):
        """A column that stands twice is reported at its second place."""
        assert read("organisation,fiscal_year,quantity,value,value\n")[1] == [
            "1:41: found the column 'value' again; expected it once"
        ]

    def test_unnamed_column(self):
        """A column without a name may be empty, as spreadsheets write it; what stands in it is of nobody knows what."""
        rows = "organisation,fiscal_year,quantity,value,\niwate,R3,a,1,\n"
        assert (len(read(rows)[0]), read(rows)[1]) == (1, [])
        assert read(rows + "iwate,R3,b,2,x\n")[1] == ["3:14: found 'x' in a column without a heading"]


class TestRows:
    @pytest.mark.parametrize(
        ("row", "problem"),
        [
            ("iwate,R3,,,open_tenders,3,,,", "2:1: found 9 cells in the row, expected 8"),
            ("iwate,R3", "2:1: found 2 cells in the row, expected 8"),
            (",R3,,,open_tenders,3,,", "2:1: found an empty cell in column 'organisation', which every row fills"),
            ("iwate,R3,,,,3,,", "2:12: found an empty cell in column 'quantity', which every row fills"),
            ("iwate,,,,open_tenders,3,,", "2:7: '' is no fiscal year; expected one such as R3, 令和3年度, FY2021 or 2021年度"),
            ("iwate,R3-5,,,open_tenders,3,,", "2:7: 'R3-5' is no fiscal year; expected one such as R3, 令和3年度, FY2021 or 2021年度"),
            ("iwate,S70,,,open_tenders,3,,", "2:7: 'S70' is no fiscal year: 昭和 has no year 70; expected 平成7年度"),
            ("iwate,R3,2021-03,,open_tenders,3,,", "2:10: found the period '2021-03', expected 'year', or a month, quarter or half of FY2021, from 2021-04 to 2022-03"),
            ("iwate,R3,April,,open_tenders,3,,", "2:10: 'April' is no period; expected one such as 2021-04, 令和3年4月, 2021-Q1, 令和3年度第1四半期, 2021-H1, 令和3年度上期 or FY2021"),
            ("iwate,R3,,30.9.2021,open_tenders,3,,", "2:11: '30.9.2021' is no date; expected one such as 2021-09-30 or 令和3年9月30日"),
            ("iwate,R3,,2021-09-31,open_tenders,3,,", "2:11: '2021-09-31' is no date; expected one such as 2021-09-30 or 令和3年9月30日"),
            ("iwate,R3,R2上期,,open_tenders,3,,", "2:10: found the period 'R2上期', expected 'year', or a month, quarter or half of FY2021, from 2021-04 to 2022-03"),
            ("iwate,R3,FY2020,,open_tenders,3,,", "2:10: found the period 'FY2020', expected 'year', or a month, quarter or half of FY2021, from 2021-04 to 2022-03"),
            ("iwate,R1,平成31年5月,,open_tenders,3,,", "2:10: '平成31年5月' is no period: 平成 ended on 2019-04-30; expected 令和元年5月"),
            ("iwate,R1,,平成31年5月31日,open_tenders,3,,", "2:11: '平成31年5月31日' is no date: 平成 ended on 2019-04-30; expected 令和元年5月31日"),
            ("iwate,R3,2021-05,2021-04-30,open_tenders,3,,", "2:18: the as-of date 2021-04-30 lies before 2021-05, which begins on 2021-05-01"),
            ("iwate,R3,下期,2021-09-30,open_tenders,3,,", "2:13: the as-of date 2021-09-30 lies before 2021-H2, which begins on 2021-10-01"),
            ("iwate,R3,,2024-04-01,open_tenders,3,,", "2:11: the as-of date 2024-04-01 lies more than two years after FY2021; expected 2024-03-31 or earlier"),
            ("iwate,R3,4月,2121-04-30,open_tenders,3,,", "2:13: the as-of date 2121-04-30 lies more than two years after FY2021; expected 2024-03-31 or earlier"),
            ("iwate,R3,,2020-09-30,open_tenders,3,,", "2:11: the as-of date 2020-09-30 lies before FY2021, which begins on 2021-04-01"),
            ("iwate,R3,,,open_tenders,3,0件,", "2:27: '0件' is no unit: it would read on from the value"),
            ("iwate,R3,,,open_tenders,three,,", "2:25: 'three' is no number"),
            ('iwate,R3,,,"open_tenders","1,23",,', "2:27: '1,23' is no number"),
            ('"iw""ate",R3,,,x,1e3,,', "2:18: '1e3': unknown unit 'e3'"),
        ],
    )  # fmt: skip
    def test_problem(self, row, problem):
        """A cell that cannot be read is reported at its line and column."""
        found, problems = read(HEADER + row + "\n")
        assert problems == [problem]
        assert len(found) == 0

    @pytest.mark.parametrize("value", ["", "-", "nan", "該当なし", "実施", "未実施", "▲3", "3.5", "1万", "1,234,567"])
    def test_values(self, value):
        """Blanks, dashes and words that stand for values are read."""
        found, problems = read(HEADER + f'iwate,R3,,,open_tenders,"{value}",件,\n')
        assert problems == []
        assert [row.value for row in found] == [value]

    def test_all_at_once(self):
        """Every problem of a table is found in one go, and the rows without any are read."""
        found, problems = read(HEADER + "iwate,x,,,a,1,,\niwate,R3,,,a,1,,\niwate,R3,x,x,a,x,,\n,R3,,,,1,,\n")
        assert [problem.split(" ")[0] for problem in problems] == ["2:7:", "4:10:", "4:12:", "4:16:", "5:1:", "5:7:"]
        assert len(found) == 1

    def test_unclosed_quote(self):
        """A quote that is never closed is a problem of the row it stands in."""
        _, problems = read(HEADER + 'iwate,R3,,,a,1,,"x\niwate,R3,,,b,1,,\n')
        assert len(problems) == 1
        assert problems[0].startswith("2:1: the row cannot be read as CSV: ")


class TestDuplicates:
    def test_totals(self):
        """The same total twice for one date is a problem that names the first line; another date is another value."""
        rows = "iwate,R3,year,2021-08-31,a,1,,\niwate,R3,,2021-09-30,a,2,,\niwate,R3,,2021-08-31,a,3,,\n"
        assert read(HEADER + rows)[1] == [
            "4:24: found '3', but line 2 says '1' of the same quantity, organisation and period"
        ]

    def test_the_same_value(self):
        """The same value twice is a problem as well: one of the two may have been meant for another place."""
        rows = "iwate,R3,,,a,1,,\niwate,R3,,,a,1,,\n"
        assert read(HEADER + rows)[1] == [
            "3:14: line 2 has this value of the same quantity, organisation and period already"
        ]

    def test_months(self):
        """A month has one value, whenever it was settled and however the month is written."""
        rows = "iwate,R3,2021-04,2021-04-30,a,1,,\niwate,R3,4月,2021-05-31,a,2,,\n"
        assert len(read(HEADER + rows)[1]) == 1

    def test_unfinished_month(self):
        """A value of some days of a month is another than the month's."""
        rows = "iwate,R3,2021-04,2021-04-20,a,1,,\niwate,R3,2021-04,2021-04-30,a,2,,\n"
        assert read(HEADER + rows)[1] == []

    def test_others(self):
        """Another organisation, year, quantity or period is no repetition."""
        rows = "iwate,R3,2021-04,,a,1,,\nmiyagi,R3,2021-04,,a,1,,\niwate,R2,2020-04,,a,1,,\niwate,R3,2021-05,,a,1,,\n"
        assert read(HEADER + rows + "iwate,R3,2021-04,,b,1,,\niwate,R3,,2021-04-30,a,1,,\n")[1] == []


class TestKnown:
    def test_names(self):
        """Names that the catalogue does not know are problems that name the nearest."""
        rows = "iwata,R3,,,open_tenders,1,,\niwate,R3,,,opentenders,1,,\niwate,R3,,,single_bid_share,1,%,\n"
        found, problems = read(HEADER + rows, KNOWN)
        assert problems == [
            "2:1: unknown organisation 'iwata'; did you mean 'iwate'?",
            "3:12: 'opentenders' is no variable and no KPI of the catalogue; did you mean 'open_tenders'?",
        ]
        assert len(found) == 1

    @pytest.mark.parametrize(
        ("cells", "problem"),
        [
            ("3,円", "2:27: open_tenders is measured in cases; found '3円'"),
            ("3円,", "2:25: open_tenders is measured in cases; found '3円'"),
            ("3,個", "2:25: open_tenders: '3個': unknown unit '個'"),
            ("3件,枚", "2:25: found '件' in a place for '枚'"),
        ],
    )
    def test_units(self, cells, problem):
        """A value in another unit than its quantity has is a problem of the table, not of a later evaluation."""
        assert read(HEADER + f"iwate,R3,,,open_tenders,{cells},\n", KNOWN)[1] == [problem]

    def test_numbers_of_branches(self):
        """Of a KPI it may be told how many branches met its rule; of a variable that is no value."""
        rows = "iwate,R3,,,single_bid_share,47,支部,\niwate,R3,,,open_tenders,47,支部,\n"
        known = Known(KNOWN.organisations, KNOWN.quantities, kpi.Vocabulary.of([kpi.Variable("open_tenders", "case")]))
        assert read(HEADER + rows, known)[1] == ["3:28: open_tenders is measured in cases; found '47支部'"]

    def test_labels(self):
        """A quantity may be called by its Japanese name; it is stored under its identifier, and once."""
        known = Known(KNOWN.organisations, KNOWN.quantities, labels={"一般競争入札件数": ("open_tenders",)})
        rows = "iwate,R3,,,一般競争入札件数,3,件,\n"
        found, problems = read(HEADER + rows, known)
        assert (problems, [row.quantity for row in found]) == ([], ["open_tenders"])
        assert read(HEADER + rows + "iwate,R3,,,open_tenders,3,件,\n", known)[1] == [
            "3:25: line 2 has this value of the same quantity, organisation and period already"
        ]
        assert [row.quantity for row in read(HEADER + rows)[0]] == ["一般競争入札件数"]

    def test_labels_that_are_not_clear(self):
        """A misspelt Japanese name suggests the nearest, and one of two quantities is told with both."""
        labels = {"一般競争入札件数": ("open_tenders",), "割合": ("single_bid_share", "other_share")}
        known = Known(KNOWN.organisations, KNOWN.quantities, labels=labels)
        rows = "iwate,R3,,,一般競争入札数,3,,\niwate,R3,,,割合,3,,\n"
        assert read(HEADER + rows, known)[1] == [
            "2:12: '一般競争入札数' is no variable and no KPI of the catalogue; did you mean '一般競争入札件数'?",
            "3:12: '割合' may mean any of single_bid_share, other_share; expected one of them",
        ]

    def test_units_of_the_catalogue(self, tmp_path):
        """Units that the catalogue defines are known."""
        catalog = kpi.load_catalog()
        path = tmp_path / "data.csv"
        path.write_text(HEADER + "iwate,R3,,,generic_quantity,3,規格単位,\n", encoding="utf-8")
        assert len(load_observations(path, catalog.known)) == 1


class TestLoad:
    def test_raises_all(self, tmp_path):
        """Loading a table with problems raises one error that carries and prints all of them."""
        path = tmp_path / "data.csv"
        path.write_text(HEADER + "iwate,x,,,a,1,,\niwate,R3,,,a,x,,\n", encoding="utf-8")
        with pytest.raises(kpi.DataError) as caught:
            kpi.load_observations(path)
        assert [problem.line for problem in caught.value.problems] == [2, 3]
        assert f"{path}:2:7: 'x' is no fiscal year" in str(caught.value)

    def test_missing_file(self, tmp_path):
        """A file that cannot be opened is an error of the file system."""
        with pytest.raises(FileNotFoundError):
            kpi.load_observations(tmp_path / "none.csv")


CELLS = st.sampled_from(
    [
        "iwate",
        "R3",
        "year",
        "2021-04",
        "上期",
        "令和3年",
        "2021-09-30",
        "a",
        "1",
        '"',
        "件",
        "",
        "%",
        "\n",
        ",",
        "\r",
        "\x00",
    ]
)


@settings(max_examples=150)
@given(st.lists(CELLS | st.text(max_size=5), max_size=40).map(",".join), st.booleans())
def test_any_text_is_read(text, headed):
    """No table makes reading fail, and every problem stands in it."""
    text = (",".join(KEYS) + "\n" if headed else "") + text
    found, problems = read_observations(text.encode("utf-8", "surrogatepass"), "data.csv", KNOWN)
    lines = text.split("\n")
    assert all(1 <= problem.line <= len(lines) for problem in problems)
    assert all(problem.render() and problem.render("ja") for problem in problems)
    assert all(row.quantity in KNOWN.quantities for row in found)


@given(st.binary(max_size=100))
def test_any_bytes_are_read(data):
    """No bytes make reading fail."""
    found, problems = read_observations(data, "data.csv")
    assert problems
    assert len(found) == 0
