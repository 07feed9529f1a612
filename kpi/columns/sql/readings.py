"""Columns of any kind of number as whole numbers in SQL: of 64 bits, and wide ones for rows that need them."""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

from kpi.columns.sql.dialects import Dialect

_LIMITS: Final = {
    "BOOLEAN": 1,
    **dict.fromkeys(("TINYINT", "BYTE"), 2**7),
    **dict.fromkeys(("SMALLINT", "SHORT"), 2**15),
    **dict.fromkeys(("INTEGER", "INT"), 2**31),
    "UTINYINT": 2**8,
    "USMALLINT": 2**16,
    "UINTEGER": 2**32,
}
"""How far from zero the numbers of types get that are smaller than 64 bits."""
_LARGER: Final = frozenset({"UBIGINT", "HUGEINT", "UHUGEINT"})
_UNKNOWN: Final = frozenset({"NULL", '"NULL"', "VOID"})
"""The types of columns in which nothing stands."""
_DECIMAL: Final = re.compile(r"DECIMAL\((\d+), ?(\d+)\)")
_MOST_DECIMALS: Final = 6
"""Decimals that are looked for where a type allows more."""
_NARROW_DIGITS: Final = 18
_WIDE_DIGITS: Final = 32


@frozen
class Reading:
    """A column as whole numbers, each null where the column has none or none that fits.

    *narrow* has 64 bits and is in units of 10 to the power of minus *decimals*, *wide* and *wide_decimals* likewise.
    Without *wide*, it is the narrow number. *limit* and *wide_limit* are how far from zero they get.
    *present* tells where there is a number; None: the narrow one is there wherever a number is.
    """

    narrow: str
    decimals: int = 0
    wide: str | None = None
    wide_decimals: int = 0
    limit: int = 2**63
    wide_limit: int = 2**63
    present: str | None = None


def read(column: str, kind: str, dialect: Dialect, *, is_rate: bool) -> Reading | None:  # noqa: PLR0911  # one for each kind of number
    """How a *column*, given as SQL, of a type is read; None: it holds no exact numbers.

    *is_rate* says that decimals are to be expected.
    """
    kind = kind.upper()
    if kind == "BIGINT":
        return Reading(column)
    if kind in _LIMITS:
        return Reading(f"CAST({column} AS BIGINT)", limit=_LIMITS[kind], wide_limit=_LIMITS[kind])
    if kind in _UNKNOWN:
        return Reading("CAST(NULL AS BIGINT)", limit=0, wide_limit=0)
    if kind in _LARGER:
        wide = f"TRY_CAST({column} AS {dialect.wide})"
        return Reading(f"TRY_CAST({column} AS BIGINT)", 0, wide, 0, 2**63, 2**127, f"{column} IS NOT NULL")
    if kind == "DOUBLE":
        return _double(column, dialect, is_rate=is_rate)
    if found := _DECIMAL.fullmatch(kind):
        return _decimal(column, int(found[1]), int(found[2]), dialect)
    return None


def _double(column: str, dialect: Dialect, *, is_rate: bool) -> Reading:
    """Whole below 2^53; else with decimals, up to 15 digits, of which no two numbers share a double."""
    is_whole = f"abs({column}) < 9007199254740992 AND {column} = floor({column})"
    scaled = f"round({column} * 1000000)"
    has_decimals = f"abs({column}) < 1000000000 AND {scaled} / 1000000 = {column}"
    whole = f"CAST({column} AS BIGINT)"
    wide = (
        f"CASE WHEN {is_whole} THEN CAST({whole} AS {dialect.wide}) * 1000000 "
        f"WHEN {has_decimals} THEN CAST(CAST({scaled} AS BIGINT) AS {dialect.wide}) END"
    )
    is_finite = f"abs({column}) < CAST('Infinity' AS DOUBLE)"
    if is_rate:
        narrow = f"CASE WHEN {has_decimals} THEN CAST({scaled} AS BIGINT) END"
        return Reading(narrow, _MOST_DECIMALS, wide, _MOST_DECIMALS, 10**15, 2**53 * 10**6, is_finite)
    return Reading(f"CASE WHEN {is_whole} THEN {whole} END", 0, wide, _MOST_DECIMALS, 2**53, 2**53 * 10**6, is_finite)


def _decimal(column: str, digits: int, scale: int, dialect: Dialect) -> Reading:
    decimals = min(scale, _MOST_DECIMALS)
    if digits <= _NARROW_DIGITS and scale == decimals:
        return Reading(_scaled(column, decimals, "BIGINT"), decimals, None, decimals, 10**digits, 10**digits)
    present = f"{column} IS NOT NULL"
    narrow_decimals = decimals if scale == decimals else 0
    narrow = _fitting(column, digits - scale, _NARROW_DIGITS, narrow_decimals, "BIGINT", is_cut=scale > decimals)
    wide = _fitting(column, digits - scale, _WIDE_DIGITS, decimals, dialect.wide, is_cut=scale > decimals)
    most = 10 ** min(_WIDE_DIGITS, digits - scale + decimals) if decimals else 10**digits
    return Reading(narrow, narrow_decimals, wide, decimals, 2**63, most, present)


def _fitting(column: str, digits: int, most: int, decimals: int, kind: str, *, is_cut: bool) -> str:
    """A decimal of so many *digits* before the point as a whole number, where there are no more than *most* in all."""
    if not decimals and not is_cut:
        return f"TRY_CAST({column} AS {kind})"
    cut = f"CAST({column} AS DECIMAL({most}, {decimals}))"
    found = _scaled(cut, decimals, kind)
    if is_cut:
        found = f"CASE WHEN {cut} = {column} THEN {found} END"
    if digits <= most - decimals:
        return found
    largest = 10 ** (most - decimals) - 1
    return f"CASE WHEN {column} BETWEEN -{largest} AND {largest} THEN {found} END"


def _scaled(column: str, decimals: int, kind: str) -> str:
    return f"CAST({column} * {10**decimals} AS {kind})" if decimals else f"CAST({column} AS {kind})"
