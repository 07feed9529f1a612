"""Fiscal years in SQL: a whole number, or text such as `R3` and `FY2021`."""

from __future__ import annotations

from typing import Final

from kpi.columns.sql.dialects import Dialect
from kpi.errors import ColumnsError
from kpi.periods.eras import ERAS

_INTEGERS: Final = frozenset({
    "TINYINT", "SMALLINT", "INTEGER", "INT", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT", "UHUGEINT",
})  # fmt: skip
_TEXTS: Final = frozenset({"VARCHAR", "STRING", "TEXT"})
_EXPECTED: Final = "expected one such as R3, 令和3年度, FY2021 or 2021年度"
_BLANKS: Final = "[ 　]*"


def year(column: str, name: str, kind: str, dialect: Dialect) -> str:
    """The fiscal year as a whole number; null where there is none.

    Raises:
        ColumnsError: the column *name* is of a type that holds no fiscal years.
    """
    kind = kind.upper()
    if kind == "BIGINT":
        return column
    if kind in _INTEGERS:
        return f"CAST({column} AS BIGINT)"
    if kind == "DOUBLE":  # what integers with nulls become in some tools
        return f"CASE WHEN {column} = floor({column}) AND abs({column}) < 10000 THEN CAST({column} AS BIGINT) END"
    if kind in _TEXTS or kind.startswith("ENUM"):
        return _read(column, name, dialect)
    raise ColumnsError(f"column {name!r} holds {kind}, no fiscal years such as 2021, R3 or FY2021")


def _read(column: str, name: str, dialect: Dialect) -> str:
    text = f"upper(translate(CAST({column} AS STRING), '０１２３４５６７８９', '0123456789'))"
    found = [_case(text, "(FY|FISCAL YEAR)? *([0-9]{4})(年度)?", 2, 0)]
    for era in ERAS:
        found.append(_case(text, f"(FY)? *({era.name}|{era.letter}) *([0-9]{{1,2}})(年度)?", 3, era.first.year - 1))
        found.append(_first(text, f"(FY)? *({era.name}|{era.letter}) *元(年度)?", era.first.year))
    before, after = dialect.string(f'column "{name}": \''), dialect.string(f"' is no fiscal year; {_EXPECTED}")
    unread = dialect.failure(before, f"CAST({column} AS STRING)", after)
    return f"CASE WHEN trim({text}) = '' THEN NULL {' '.join(found)} WHEN {column} IS NOT NULL THEN {unread} END"


def _case(text: str, pattern: str, group: int, before: int) -> str:
    number = f"regexp_extract({text}, '^{_BLANKS}{pattern}{_BLANKS}$', {group})"
    return f"WHEN {number} <> '' THEN CAST({number} AS BIGINT) + {before}"


def _first(text: str, pattern: str, year: int) -> str:
    return f"WHEN regexp_extract({text}, '^{_BLANKS}{pattern}{_BLANKS}$', 2) <> '' THEN {year}"
