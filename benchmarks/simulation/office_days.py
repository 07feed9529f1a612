"""The days on which offices are open, as numpy counts them.

A business day is no Saturday, no Sunday, no national holiday or substitute for one, and none of 29 December to
3 January. `kpi.periods` says the same, but here numpy counts, so that the true answers rest on nothing of `kpi`.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final

import numpy as np
from holidays import country_holidays
from numpy.typing import NDArray

Days = NDArray[np.datetime64]

YEARS: Final = (2020, 2021)
MONTHS: Final = np.arange("2020-04", "2022-04", dtype="datetime64[M]")
AS_OF: Final = np.datetime64("2022-03-31")
"""What is not paid on this day has no date of payment."""

_FIRST: Final = date(2020, 1, 1)
_LAST: Final = date(2022, 12, 31)
_YEAR_END: Final = {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}


@cache
def closed_days() -> Days:
    """Holidays and the closing at the turn of the year, from before the first claim to after the last payment."""
    holidays = country_holidays("JP", years=range(_FIRST.year, _LAST.year + 1))
    days = np.arange(_FIRST, _LAST, dtype="datetime64[D]").tolist()
    return np.array(
        [day for day in days if day in holidays or (day.month, day.day) in _YEAR_END], dtype="datetime64[D]"
    )


@cache
def open_days() -> Days:
    """All business days from before the first claim to after the last payment."""
    days = np.arange(_FIRST, _LAST, dtype="datetime64[D]")
    return days[np.is_busday(days, holidays=closed_days())]


def business_days(received: Days, paid: Days) -> NDArray[np.int64]:
    """Business days after the day *received*, up to the day *paid*: the day of receipt is day 0."""
    return np.busday_count(received + 1, paid + 1, holidays=closed_days())


def fiscal_year(month: np.datetime64) -> int:
    """The year in whose April the fiscal year of *month* begins."""
    return int((month - np.timedelta64(3, "M")).astype("datetime64[Y]").astype(int)) + 1970
