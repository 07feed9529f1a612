"""`kpi.records.calendar`: the calendar as a short query of DuckDB gives the same days."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from kpi.periods.calendar import Calendar, usual_calendar
from kpi.records.calendar import calendar_query


@pytest.mark.parametrize(
    "calendar",
    [
        usual_calendar(),
        Calendar.of_japan(2021, 2021, closed=[date(2021, 6, 1)]),
        Calendar(date(2021, 5, 31), (1, 2, 3, 4, 5, 5, 5)),
    ],
    ids=["usual", "closed", "week"],
)
def test_the_query_gives_every_day_with_its_number(calendar):
    query = calendar_query(calendar)
    assert duckdb.execute(f"{query} ORDER BY day").fetchall() == [*calendar.rows()]
    assert len(query) < 15_000
