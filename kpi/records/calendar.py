"""The calendar of business days as a query of DuckDB, short enough to stand in one text.

A day is a business day if it is Monday to Friday, or else if it is one of the exceptions.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from kpi.periods.calendar import Calendar

_FRIDAY = 4


def calendar_query(calendar: Calendar) -> str:
    """A query that gives the columns `day` and `business_days` of *calendar*."""
    before = [0, *calendar.numbers]
    days = (calendar.first + timedelta(days=index) for index in range(len(calendar.numbers)))
    is_open = [later > earlier for earlier, later in pairwise(before)]
    exceptions = [
        str(index)
        for index, (day, opens) in enumerate(zip(days, is_open, strict=True))
        if opens != (day.weekday() <= _FRIDAY)
    ]
    first = f"DATE '{calendar.first.isoformat()}'"
    return f"""SELECT
  CAST({first} + CAST(number AS INTEGER) AS DATE) AS day,
  CAST(SUM(CASE WHEN (isodow({first} + CAST(number AS INTEGER)) <= 5) <> (number IN ({", ".join(exceptions)})) THEN 1 ELSE 0 END)
    OVER (ORDER BY number) AS BIGINT) AS business_days
FROM range({len(calendar.numbers)}) AS days(number)"""
