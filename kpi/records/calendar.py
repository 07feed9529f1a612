"""The calendar of business days as a query of DuckDB, short enough to stand in one text.

A day is a business day if it is Monday to Friday, or else if it is one of the exceptions.
"""

from __future__ import annotations

from kpi.periods.calendar import Calendar


def calendar_query(calendar: Calendar) -> str:
    """A query that gives the columns `day` and `business_days` of *calendar*."""
    exceptions = ", ".join(map(str, calendar.exceptions)) or "-1"
    first = f"DATE '{calendar.first.isoformat()}'"
    return f"""SELECT
  CAST({first} + CAST(number AS INTEGER) AS DATE) AS day,
  CAST(SUM(CASE WHEN (isodow({first} + CAST(number AS INTEGER)) <= 5) <> (number IN ({exceptions})) THEN 1 ELSE 0 END)
    OVER (ORDER BY number) AS BIGINT) AS business_days
FROM range({len(calendar.numbers)}) AS days(number)"""
