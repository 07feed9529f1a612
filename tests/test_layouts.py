"""Tables of every layout: headings, statements above them, and everything that is wrong with a table."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spreadsheets import csv_text, workbook

import kpi
from kpi.observations.headings import KEYS
from kpi.observations.known import Known
from kpi.observations.layouts import Lie
from kpi.observations.reading import read_observations
from kpi.units import UNITS

KNOWN = Known(
    ("iwate", "miyagi"),
    {"open_tenders": UNITS["case"], "cost": UNITS["yen"], "share": UNITS["%"], "rate": UNITS["%"]},
    kpi.Vocabulary.of([kpi.Variable("open_tenders", "case"), kpi.Variable("cost", "yen")]),
    {"一般競争入札件数": ("open_tenders",), "経費": ("cost",), "割合": ("share", "rate")},
    {"岩手支部": ("iwate",), "岩手": ("iwate",), "宮城支部": ("miyagi",), "東北": ("iwate", "miyagi")},
)


def of_text(text, known=KNOWN):
    """The observations of CSV, and its problems as `line:column: message`."""
    observations, problems = read_observations(text.encode(), "data.csv", known)
    assert all(problem.render("ja") for problem in problems)
    return observations, [problem.line_in("en").removeprefix("data.csv:") for problem in problems]


def of_book(*sheets, titles=(), known=KNOWN):
    """The observations of a workbook, and its problems as `[sheet]:row:column: message`."""
    observations, problems = read_observations(workbook(*sheets, titles=titles), "data.xlsx", known)
    assert all(problem.render("ja") for problem in problems)
    return observations, [problem.line_in("en").removeprefix("data.xlsx") for problem in problems]


def told(observations):
    """What observations say, without what they do not."""
    return [
        (row.organisation, str(row.fiscal_year), row.period, str(row.as_of), row.quantity, row.written)
        for row in observations
    ]


class TestTidy:
    def test_japanese(self):
        """A row a value, under Japanese headings."""
        text = "支部,年度,期間,時点,項目,値,単位,出典,備考\n岩手,令和3年度,4月,,一般競争入札件数,１２,件,台帳,速報\n"
        (row,), problems = of_text(text)
        assert problems == []
        assert told([row]) == [("iwate", "FY2021", "2021-04", "2021-04-30", "open_tenders", "１２件")]
        assert (row.source, row.note) == ("台帳", "速報")

    def test_year_of_the_period(self):
        """Without a column of fiscal years the period names the year."""
        text = (
            "支部,年月,項目,値\niwate,令和4年3月,cost,1\niwate,2021-Q1,cost,2\niwate,R2,cost,3\niwate,2021/5/1,cost,4\n"
        )
        assert [(str(row.fiscal_year), row.period) for row in of_text(text)[0]] == [
            ("FY2021", "2022-03"),
            ("FY2021", "2021-Q1"),
            ("FY2020", "year"),
            ("FY2021", "2021-05"),
        ]

    def test_bare_months(self):
        """Under 月 a bare number is a month of the fiscal year."""
        rows = of_text("支部,年度,月,項目,値\niwate,R3,4,cost,1\niwate,R3,３,cost,2\niwate,R3,13,cost,3\n")
        assert [row.period for row in rows[0]] == ["2021-04", "2022-03"]
        assert rows[1] == ["4:10: '13月' is no period: a year has no month 13; expected 1 to 12"]

    def test_year_missing(self):
        """A period that names none is a problem."""
        text = "支部,年月,項目,値\niwate,4月,cost,1\niwate,,cost,2\niwate,2021/5/2,cost,4\n"
        assert [problem.split(":")[:2] for problem in of_text(text)[1]] == [["2", "7"], ["3", "7"], ["4", "7"]]


class TestWide:
    def test_columns(self):
        """A column a variable: each cell that has a value is an observation; blanks and dashes are none."""
        text = "支部,年度,時点,一般競争入札件数,経費（千円）,備考\n岩手支部,R3,令和3年9月30日,12件,1.5,x\niwate,R2,,-,―,\nmiyagi,R3,,,3,\n"
        observations, problems = of_text(text)
        assert problems == []
        assert told(observations) == [
            ("iwate", "FY2021", "year", "2021-09-30", "open_tenders", "12件"),
            ("iwate", "FY2021", "year", "2021-09-30", "cost", "1.5千円"),
            ("miyagi", "FY2021", "year", "2022-03-31", "cost", "3千円"),
        ]
        assert [row.note for row in observations] == ["x", "x", ""]

    def test_without_names(self):
        """Without a catalogue's names nobody knows which columns are variables."""
        assert of_text("organisation,fiscal_year,open_tenders\niwate,R3,1\n", None)[1] == [
            "1:1: missing column quantity, value; expected a line with the names of the columns",
            "1:26: unknown column 'open_tenders'; begin it with ※ where it is for people alone",
        ]

    def test_several_quantities(self):
        """A heading that several quantities have is a problem, and no value of it is read."""
        assert of_text("支部,年度,経費,割合\niwate,R3,1,2\n")[1] == [
            "1:10: '割合' may mean any of share, rate; expected one of them"
        ]

    def test_twice(self):
        """Two columns of one quantity, however they are called."""
        assert of_text("支部,年度,経費,cost\niwate,R3,1,2\n")[1] == [
            "1:10: found the column 'cost' again; expected it once"
        ]

    def test_problem_of_a_row(self):
        """What is wrong with a row is told once, however many values it has."""
        assert of_text("支部,年度,経費,一般競争入札件数\n東北,R3,1,2\n宮木支部,S70,1,x\n")[1] == [
            "2:1: '東北' may mean any of iwate, miyagi; expected one of them",
            "3:1: unknown organisation '宮木支部'; did you mean '宮城支部'?",
            "3:6: 'S70' is no fiscal year: 昭和 has no year 70; expected 平成7年度",
            "3:12: open_tenders: 'x' is no number",
        ]


class TestPeriods:
    def test_columns(self):
        """A column a period: months, quarters, years, and years up to a day."""
        text = "支部,項目,単位,令和3年4月,令和3年度第2四半期,R2,令和3年8月末現在\n岩手,経費,円,1,2,3,4\n岩手,一般競争入札件数,,5,,-,\n"
        observations, problems = of_text(text)
        assert problems == []
        assert told(observations) == [
            ("iwate", "FY2021", "2021-04", "2021-04-30", "cost", "1円"),
            ("iwate", "FY2021", "2021-Q2", "2021-09-30", "cost", "2円"),
            ("iwate", "FY2020", "year", "2021-03-31", "cost", "3円"),
            ("iwate", "FY2021", "year", "2021-08-31", "cost", "4円"),
            ("iwate", "FY2021", "2021-04", "2021-04-30", "open_tenders", "5"),
        ]

    def test_year_of_the_row(self):
        """Parts of a year are of the year that the row names."""
        text = "支部,年度,項目,4月,下期\niwate,R3,cost,1,2\niwate,R2,cost,3,4\n"
        assert [(str(row.fiscal_year), row.period) for row in of_text(text)[0]] == [
            ("FY2021", "2021-04"),
            ("FY2021", "2021-H2"),
            ("FY2020", "2020-04"),
            ("FY2020", "2020-H2"),
        ]

    def test_to_date(self):
        """A year to date counts up to the day of the row, and an earlier one up to the same day of its own."""
        text = "支部,項目,時点,令和3年度 時点まで,令和2年度 時点まで,令和2年度\niwate,cost,2021-08-31,1,2,3\n"
        assert [(str(row.fiscal_year), row.as_of) for row in of_text(text)[0]] == [
            ("FY2021", date(2021, 8, 31)),
            ("FY2020", date(2020, 8, 31)),
            ("FY2020", date(2021, 3, 31)),
        ]

    def test_to_the_end(self):
        """When the year is over, to date and as a whole are the same; saying it twice is no contradiction, unless it is one."""
        text = "支部,項目,時点,R3 時点まで,R2 時点まで,R2\niwate,cost,2022-03-31,1,2,2\niwate,share,2022-03-31,1,2,3\n"
        observations, problems = of_text(text)
        assert len(observations) == 4
        assert problems == ["3:28: found '3', but line 3 says '2' of the same quantity, organisation and period"]

    @pytest.mark.parametrize(
        ("cell", "problem"),
        [
            ("", "2:12: found no date, up to which the value under 'R3 時点まで' counts"),
            ("夏", "2:12: '夏' is no date; expected one such as 2021-09-30 or 令和3年9月30日"),
            ("2020-08-31", "2:12: the as-of date 2020-08-31 lies before FY2021, which begins on 2021-04-01"),
        ],
    )
    def test_date_of_the_row(self, cell, problem):
        """Without a date that can be read nobody knows up to when it counts."""
        assert of_text(f"支部,項目,時点,R3 時点まで\niwate,cost,{cell},1\n")[1] == [problem]

    def test_missing(self):
        """Columns without which nobody knows what is counted."""
        assert of_text("項目,4月\ncost,1\n")[1] == [
            "1:1: missing column organisation, fiscal_year; expected a line with the names of the columns"
        ]
        assert of_text("支部,項目,R3 時点まで\niwate,cost,1\n")[1] == [
            "1:1: missing column as_of; expected a line with the names of the columns"
        ]

    @pytest.mark.parametrize(
        ("headings", "name"),
        [
            ("支部,項目,期間,R3", "期間"),
            ("支部,項目,年度,R3", "年度"),
            ("支部,項目,R3,経費", "経費"),
            ("支部,項目,R3,時点", "時点"),
        ],
    )
    def test_misplaced(self, headings, name):
        """Columns that say nothing where every column of values is a period."""
        (problem,) = of_text(headings + "\n")[1]
        assert problem.endswith(f": the column '{name}' has no meaning in a table with a column a period")


class TestMisplaced:
    def test_in_tidy(self):
        """A column of a variable or a period beside a column of values."""
        assert [problem.partition(": ")[2] for problem in of_text("支部,年度,項目,値,経費,R3\n")[1]] == [
            "the column '経費' has no meaning in a table with a row a value",
            "the column 'R3' has no meaning in a table with a row a value",
        ]

    def test_in_wide(self):
        """A period, or one unit for all, among columns of variables."""
        assert [problem.partition(": ")[2] for problem in of_text("支部,年度,経費,単位,令和3年4月\n")[1]] == [
            "the column '単位' has no meaning in a table with a column a variable",
            "the column '令和3年4月' has no meaning in a table with a column a variable",
        ]

    def test_words(self):
        """The layouts have names in both languages."""
        assert {lie.ja for lie in Lie} == {"1 行に 1 つの値", "1 列に 1 つの項目", "1 列に 1 つの期間"}


class TestAbove:
    def test_statements(self):
        """What stands above the headings is of all values: a key, and behind it what it is."""
        rows = [
            ["令和3年度 実績"],
            ["支部", "岩手支部", None, "年度", "R3"],
            ["出典：台帳（速報）"],
            [],
            ["項目", "値"],
            ["cost", 3],
        ]
        (row,), problems = of_book(rows)
        assert (told([row]), row.source, problems) == (
            [("iwate", "FY2021", "year", "2022-03-31", "cost", "3")],
            "台帳（速報）",
            [],
        )

    def test_column_first(self):
        """A column says it for its row; where its cell is blank, what stands above counts."""
        rows = [["支部：岩手支部"], ["支部", "年度", "経費"], ["宮城支部", "R3", 1], [None, "R3", 2]]
        assert [row.organisation for row in of_book(rows)[0]] == ["miyagi", "iwate"]

    def test_problem(self):
        """A wrong statement is told once, where it stands."""
        rows = [["支部", "岩手県"], ["年度", "経費", "一般競争入札件数"], ["R3", 1, 2], ["R2", 1, 2]]
        assert of_book(rows)[1] == ["[Sheet1]:1:2: unknown organisation '岩手県'; did you mean '岩手'?"]

    def test_unit(self):
        """A unit above a wide table is that of every column which names none of its own."""
        rows = [["（様式）", "単位：千円"], ["支部", "年度", "経費"], ["iwate", "R3", 1]]
        assert [row.written for row in of_book(rows)[0]] == ["1千円"]
        assert of_book([*rows[:1], ["支部", "年度", "一般競争入札件数"], *rows[2:]])[1] == [
            "[Sheet1]:1:2: open_tenders is measured in cases; found '1千円'"
        ]

    def test_misplaced(self):
        """A day above columns of whole years would be lost."""
        assert of_book([["時点", "2021-09-30"], ["支部", "項目", "R3"], ["iwate", "cost", 1]])[1] == [
            "[Sheet1]:1:2: the column 'as_of' has no meaning in a table with a column a period"
        ]

    def test_title(self):
        """A sheet without such a column may be called after its organisation or its fiscal year."""
        rows = [["年度", "経費"], ["R3", 1]], [["支部", "経費", "一般競争入札件数"], ["miyagi", 1, 2]]
        observations, problems = of_book(*rows, titles=("岩手支部", "令和2年度"))
        assert problems == []
        assert [(row.organisation, str(row.fiscal_year)) for row in observations] == [
            ("iwate", "FY2021"),
            ("miyagi", "FY2020"),
            ("miyagi", "FY2020"),
        ]

    def test_deep(self):
        """Headings stand among the first fifty rows; behind, nobody looks for them."""
        table = [["支部", "年度", "経費"], ["iwate", "R3", 1]]
        assert len(of_book([["x"]] * 50 + table)[0]) == 1
        assert len(of_book([["x"]] * 51 + table)[0]) == 0


class TestHeadings:
    def test_none(self):
        """Where no row is one of headings, the one that looks most like it is told."""
        assert of_book([["メモ"], ["支部", "年度", "一般競争入札数"], ["iwate", "R3", 1]])[1] == [
            "[Sheet1]:2:1: missing column quantity, value; expected a line with the names of the columns",
            "[Sheet1]:2:3: unknown column '一般競争入札数'; did you mean '一般競争入札件数'?",
        ]

    def test_remarks(self):
        """Columns and rows that begin with ※ or # are for people alone."""
        rows = [
            ["支部", "※担当", "年度", "経費", "# checked"],
            ["※ 上半期"],
            ["iwate", "山田", "R3", 1, "yes"],
            ["# （注）速報値"],
        ]
        observations, problems = of_book(rows)
        assert (len(observations), problems) == (1, [])

    def test_wrong_ones_hide_nothing(self):
        """A column that is unknown, or one too many, is left aside, and the rows are read all the same."""
        observations, problems = of_text("支部,年度,経費,担当,cost\niwate,R3,1,山田,2\niwate,R2,x,,\n")
        assert problems == [
            "1:10: unknown column '担当'; begin it with ※ where it is for people alone",
            "1:13: found the column 'cost' again; expected it once",
            "3:10: cost: 'x' is no number",
        ]
        assert [row.value for row in observations] == ["1"]

    def test_rows_with_more_are_none(self):
        """A row with values is read, whatever its first cell begins with."""
        assert of_book([["支部", "年度", "経費"], ["※iwate", "R3", 1]])[1] == [
            "[Sheet1]:2:1: unknown organisation '※iwate'; did you mean 'iwate'?"
        ]

    def test_unnamed_columns(self):
        """What stands under no heading is a problem where it stands, beyond the last heading, too."""
        rows = [
            ["支部", None, "年度", "経費"],
            ["iwate", "x", "R3", 1],
            ["iwate", None, "R2", 1, "y"],
            ["miyagi", None, "R2", 1],
        ]
        observations, problems = of_book(rows)
        assert problems == [
            "[Sheet1]:2:2: found 'x' in a column without a heading",
            "[Sheet1]:3:5: found 'y' in a column without a heading",
        ]
        assert len(observations) == 1


class TestCells:
    @pytest.mark.parametrize("cell", ["#REF!", "#N/A", "#div/0!", "#VALUE!"])
    def test_errors(self, cell):
        """Errors of a spreadsheet are no values."""
        (problem,) = of_book([["支部", "年度", "経費"], ["iwate", "R3", cell]])[1]
        assert problem == f"[Sheet1]:2:3: found {cell}, an error of the spreadsheet; expected a value"

    def test_errors_in_keys(self):
        """Nor are they names, years or dates."""
        problems = of_book([["支部", "年度", "時点", "経費"], ["#N/A", "R3", "#REF!", 1]])[1]
        assert "[Sheet1]:2:1: found #N/A, an error of the spreadsheet; expected a value" in problems
        assert "[Sheet1]:2:3: found #REF!, an error of the spreadsheet; expected a value" in problems

    @pytest.mark.parametrize(
        ("value", "heading", "written"),
        [
            ("3", "経費（千円）", "3千円"),
            ("3千円", "経費（千円）", "3千円"),
            ("▲3.5", "経費（百万円）", "▲3.5百万円"),
            ("256万", "経費（円）", "256万円"),
            ("256万円", "経費（円）", "256万円"),
            ("3 円", "経費(円)", "3 円"),
            ("３円", "経費（yen）", "３円"),
            ("実施", "経費（千円）", "実施"),
        ],
    )
    def test_units(self, value, heading, written):
        """A unit and its scale stand in the heading, in the cell, or in both alike."""
        (row,), problems = of_text(f"支部,年度,{heading}\niwate,R3,{value}\n")
        assert (problems, row.written) == ([], written)

    @pytest.mark.parametrize(
        ("value", "heading", "problem"),
        [
            ("3円", "経費（千円）", "found '円' in a place for '千円'"),
            ("3万", "経費（千円）", "found '万' in a place for '千円'"),
            ("3件", "経費（円）", "found '件' in a place for '円'"),
            ("3", "経費（件）", "cost is measured in yen; found '3件'"),
            ("3千", "経費（千）", None),
        ],
    )
    def test_clashes(self, value, heading, problem):
        """Where the two differ nobody knows which is right, and both must fit the quantity."""
        problems = of_text(f"支部,年度,{heading}\niwate,R3,{value}\n")[1]
        assert [each.partition(": ")[2] for each in problems] == ([problem] if problem else [])


class TestSeveralSheets:
    TABLE = (
        [["支部", "年度", "経費"], ["iwate", "R3", 1]],
        [["支部", "年度", "項目", "値"], ["岩手", "R3", "cost", 2]],
    )

    def test_contradiction(self):
        """A value that another sheet has otherwise is told with both places."""
        assert of_book(*self.TABLE, titles=("一", "二"))[1] == [
            "[二]:2:4: found '2', but data.xlsx[一]:C2 says '1' of the same quantity, organisation and period"
        ]

    def test_all_at_once(self):
        """The problems of all sheets are told, and a sheet that cannot be read hides no other."""
        sheets = (
            [["覚え書き", "その他"], ["a", "b"]],
            [["支部", "年度", "経費"], ["x", "R3", 1]],
            [["支部", "年度", "経費"], ["iwate", "R3", "y"]],
        )
        assert [problem.partition(": ")[0] for problem in of_book(*sheets)[1]] == [
            "[Sheet1]:1:1",
            "[Sheet2]:2:1",
            "[Sheet3]:2:3",
        ]

    def test_blank(self):
        """A blank sheet beside a table is nothing; a workbook of blank sheets is no table."""
        assert (len(of_book([], self.TABLE[0], [])[0]), of_book([], self.TABLE[0], [])[1]) == (1, [])
        assert of_book([], [[None]])[1] == [
            "[Sheet1]:1:1: missing column organisation, fiscal_year, quantity, value; expected a line with the names of the columns"
        ]


CELLS = st.sampled_from(["", "支部", "iwate", "岩手", "R3", "4月", "令和3年度", "経費", "経費（千円）", "割合", "項目", "値", "時点", "R3 時点まで", "2021-08-31", "※", "1", "▲2千円", "#REF!", "=A1", '"', "x", *KEYS])  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.lists(CELLS | st.text(max_size=4), max_size=6), max_size=6), st.booleans())
def test_any_table(rows, named):
    """No table makes reading fail; every problem stands in it, and every observation is of something known."""
    text = csv_text(rows)
    observations, problems = read_observations(
        text.encode("utf-8", "surrogatepass"), "data.csv", KNOWN if named else None
    )
    assert all(problem.render() and problem.render("ja") for problem in problems)
    assert (
        all(row.quantity in KNOWN.quantities and row.organisation in KNOWN.organisations for row in observations)
        or not named
    )
