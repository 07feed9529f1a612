"""`kpi.records.periods`: fiscal years from April, and their parts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.errors import RecordsError
from kpi.periods import FiscalYear
from kpi.records.periods import GRAINS, KEYS, fiscal_year_of, grain, heads, period_of


@pytest.mark.parametrize(
    ("by", "numbers"), [("half_year", (1, 1, 2, 2)), ("quarter", (1, 2, 3, 4)), ("month", (4, 7, 10, 1))]
)
def test_parts_count_from_april(by, numbers):
    assert tuple(period_of(by, month) for month in (4, 7, 10, 1)) == numbers


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_day_belongs_to_the_fiscal_year_that_the_library_knows(day):
    year = FiscalYear(fiscal_year_of(day.year, day.month))
    assert year.start <= day <= year.end
    months = [month for month in range(1, 13) if period_of("quarter", month) == period_of("quarter", day.month)]
    assert len(months) == 3


def test_rows_are_told_apart_by_organisation_year_and_part():
    assert heads("fiscal_year") == ("organisation", "fiscal_year")
    assert heads("quarter") == ("organisation", "fiscal_year", "quarter")
    assert {name for by in GRAINS for name in heads(by)} == {*KEYS}


def test_an_unknown_grain_names_the_nearest():
    with pytest.raises(RecordsError, match=r"by: found 'quarters', expected .*; did you mean 'quarter'\?"):
        grain("quarters")
