"""Advice on problems in a table of observations."""

from __future__ import annotations

from typing import Final

from kpi.messages.guide.advice import Advice

_HEADER: Final = "organisation,fiscal_year,period,as_of,quantity,value"
_ROW: Final = "iwate,R3,2021-04,2021-04-30,open_tenders,12"
_RIGHT: Final = f"{_HEADER}\n{_ROW}\n"


def _table(meaning: str, right: str, wrong: str) -> Advice:
    """A table in which *wrong* stands for *right*."""
    return Advice(meaning, _RIGHT.replace(right, wrong), _RIGHT, "table")


OBSERVATIONS: Final = {
    "unknown-encoding": _table(
        "The file is saved in an encoding that is not read. UTF-8, Shift_JIS and UTF-16 with its mark are.",
        "iwate",
        "\udcfdiwate",
    ),
    "broken-workbook": Advice(
        "A file that begins like a workbook cannot be read as one: it is damaged, or of another program.",
        "PK\x03\x04 …\n",
        _RIGHT,
        "table",
    ),
    "old-workbook": Advice(
        "Workbooks of before 2007 (.xls), and those with a password, are not read. Save it as .xlsx without a password.",
        "\udcd0\udccf\x11\udce0\udca1\udcb1\x1a\udce1 …\n",
        _RIGHT,
        "table",
    ),
    "broken-parquet": Advice(
        "A file that begins like Parquet cannot be read as such: it is damaged, or a column holds no exact numbers.",
        "PAR1 …\n",
        _RIGHT,
        "table",
    ),
    "csv-syntax": _table("A row that is no CSV. Most often a quote is opened and never closed.", ",12", ',"12'),
    "no-headings": _table(
        "No row names the columns. A sheet that is no table is left aside where its title begins with ※ or #.",
        f"{_HEADER}\n",
        "",
    ),
    "missing-column": _table(
        "A column that every table needs: organisation, fiscal_year, quantity and value.", "quantity,", "note,"
    ),
    "unknown-column": _table(
        "A column that the table has no use for. It may be a misspelt one, whose cells would be lost.",
        "as_of",
        "as_off",
    ),
    "duplicate-column": _table("Two columns of one name, and nothing says which of them counts.", "as_of,", "period,"),
    "misplaced-column": _table(
        "A column that means nothing where the values lie as they do. A table has a row a value, a column a variable or a column a period, and never two of these.",
        "quantity,value\niwate,R3,2021-04,2021-04-30,open_tenders,12",
        "open_tenders,unit\niwate,R3,2021-04,2021-04-30,12,case",
    ),
    "unnamed-column": _table(
        "Something stands in a column without a heading, and nothing tells what it is.",
        "value\niwate,R3,2021-04,2021-04-30,open_tenders,12",
        "value,\niwate,R3,2021-04,2021-04-30,open_tenders,12,3",
    ),
    "ragged-row": _table(
        "A row with more or fewer cells than the first line names. Its values would move to other columns.",
        "open_tenders,12",
        "open_tenders",
    ),
    "empty-cell": _table("A cell is empty that every row fills.", "iwate,", ","),
    "unknown-quantity": _table(
        "A quantity that the catalogue does not know. Its value would be used nowhere.", "open_tenders", "open_tender"
    ),
    "several-meanings": _table(
        "A name that several variables, KPIs or organisations have. Write the identifier of the one that is meant.",
        "open_tenders,12",
        "cards returned,12",
    ),
    "error-cell": _table(
        "A cell with an error of the spreadsheet, such as #REF! or #DIV/0!. The value that was meant is not in the file.",
        ",12",
        ",#REF!",
    ),
    "uncomputed-formula": _table(
        "A formula of which the file does not have the value: another program than a spreadsheet wrote it. Open and save it in one.",
        ",12",
        ",=SUM(A1:A3)",
    ),
    "two-units": _table(
        "A value has another unit than its place, the column `unit` or the brackets in a heading, says. Nobody knows which of them is right.",
        "quantity,value\niwate,R3,2021-04,2021-04-30,open_tenders,12",
        "quantity,value,unit\niwate,R3,2021-04,2021-04-30,open_tenders,12件,円",
    ),
    "unreadable-cell": _table(
        "A value, year or date that cannot be read, or that has another unit than its quantity.", ",12", ",twelve"
    ),
    "unknown-period": _table(
        "A period outside the fiscal year of its row.", "2021-04,2021-04-30", "2022-04,2022-04-30"
    ),
    "missing-date": Advice(
        "A value under a heading that says `to date`, in a row without a date. It would be taken for that of the whole year.",
        "organisation,quantity,as_of,FY2021 to date\niwate,open_tenders,,12\n",
        "organisation,quantity,as_of,FY2021 to date\niwate,open_tenders,2021-08-31,12\n",
        "table",
    ),
    "early-date": _table("The value is said to be known before its period began.", "2021-04-30", "2020-04-30"),
    "late-date": _table(
        "The value is said to be known long after figures are settled. The year is probably misspelt.",
        "2021-04-30",
        "2031-04-30",
    ),
    "duplicate-observation": _table(
        "One value twice for the same quantity, organisation and period. One of them was probably meant for another place.",
        _ROW,
        f"{_ROW}\n{_ROW}",
    ),
    "contradicting-observation": _table(
        "Two values of one quantity for the same organisation and period. Only one of them can be meant.",
        _ROW,
        f"{_ROW}\n{_ROW.replace(',12', ',13')}",
    ),
}
"""The advice by code."""
