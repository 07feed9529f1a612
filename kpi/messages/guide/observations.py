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
    "csv-syntax": _table("A row that is no CSV. Most often a quote is opened and never closed.", ",12", ',"12'),
    "missing-column": _table(
        "A column that every table needs: organisation, fiscal_year, quantity and value.", "quantity,", "note,"
    ),
    "unknown-column": _table(
        "A column that the table has no use for. It may be a misspelt one, whose cells would be lost.",
        "as_of",
        "as_off",
    ),
    "duplicate-column": _table("Two columns of one name, and nothing says which of them counts.", "as_of,", "period,"),
    "ragged-row": _table(
        "A row with more or fewer cells than the first line names. Its values would move to other columns.",
        "open_tenders,12",
        "open_tenders",
    ),
    "empty-cell": _table("A cell is empty that every row fills.", "iwate,", ","),
    "unknown-quantity": _table(
        "A quantity that the catalogue does not know. Its value would be used nowhere.", "open_tenders", "open_tender"
    ),
    "unreadable-cell": _table(
        "A value, year or date that cannot be read, or that has another unit than its quantity.", ",12", ",twelve"
    ),
    "unknown-period": _table(
        "A period outside the fiscal year of its row.", "2021-04,2021-04-30", "2022-04,2022-04-30"
    ),
    "early-date": _table("The value is said to be known before its period began.", "2021-04-30", "2020-04-30"),
    "late-date": _table(
        "The value is said to be known long after figures are settled. The year is probably misspelt.",
        "2021-04-30",
        "2031-04-30",
    ),
    "duplicate-observation": _table(
        "Two values of one quantity for the same organisation and period. Only one of them can be meant.",
        _ROW,
        f"{_ROW}\n{_ROW.replace(',12', ',13')}",
    ),
}
"""The advice by code."""
