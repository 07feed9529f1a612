"""How records are grouped in time: by fiscal year, and by its halves, quarters or months."""

from __future__ import annotations

from typing import Final, Literal, get_args

from kpi.errors import RecordsError
from kpi.problems import nearest

Grain = Literal["fiscal_year", "half_year", "quarter", "month"]
GRAINS: Final[tuple[Grain, ...]] = get_args(Grain)
"""What `by` may be. Besides the fiscal year (April to March) a half or quarter has a column of its own, which counts
from April: 1 is April to June; a month has the number of its calendar month, 4 for April."""

KEYS: Final = ("organisation", *GRAINS)
"""Every column that may tell rows apart."""

_LENGTHS: Final = {"half_year": 6, "quarter": 3}


def grain(by: str) -> Grain:
    """How records are grouped.

    Raises:
        RecordsError: it is none of `GRAINS`.
    """
    for known in GRAINS:
        if by == known:
            return known
    found = nearest(by, GRAINS)
    hint = f"; did you mean {found[0]!r}?" if found else ""
    raise RecordsError(f"by: found {by!r}, expected {', '.join(GRAINS)}{hint}")


def period_column(by: Grain) -> str | None:
    """The column that tells the periods of one year apart; None where a year has one row."""
    return None if by == "fiscal_year" else by


def heads(by: Grain) -> tuple[str, ...]:
    """The columns that tell rows apart."""
    period = period_column(by)
    return ("organisation", "fiscal_year", *((period,) if period else ()))


def fiscal_year_of(year: int, month: int) -> int:
    """The fiscal year of a calendar month."""
    return year - (month < 4)  # noqa: PLR2004  # April


def period_of(by: Grain, month: int) -> int:
    """The number of the half, quarter or month within its year."""
    return month if by == "month" else (month + 8) % 12 // _LENGTHS[by] + 1
