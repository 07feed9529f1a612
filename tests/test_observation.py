"""One observation, and tables of them."""

from __future__ import annotations

from datetime import date

import pytest

from kpi.observations.observation import Observation, Observations
from kpi.periods import FiscalYear, month_end
from kpi.units import UNITS

R3 = FiscalYear(2021)


def row(quantity="a", value="1", *, organisation="iwate", year=R3, unit="", period="year"):
    return Observation(organisation, year, period, quantity, value, date(2021, 9, 30), unit)


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        ("5793", "件", "5793件"),
        ("5,793", "", "5,793"),
        ("95.6", "%", "95.6%"),
        ("95.6%", "%", "95.6%"),
        ("95.6％", "%", "95.6％"),
        ("5万", "円", "5万円"),
        ("", "件", ""),
        ("-", "件", "-"),
        ("該当なし", "%", "該当なし"),
        ("nan", "%", "nan"),
        ("実施", "回", "実施"),
        ("95.6%", "‰", "95.6%‰"),
    ],
)
def test_written(value, unit, written):
    """A number is written with its unit, once; a blank or a word is written without."""
    assert row(value=value, unit=unit).written == written


def test_unit():
    """The unit is the one written behind the number, if it is known."""
    assert row(value="47", unit="支部").unit_in(UNITS) is UNITS["branch"]
    assert row(value="47").unit_in(UNITS) is None
    assert row(value="47", unit="個").unit_in(UNITS) is None


def test_of():
    """Observations of one quantity, organisation and year come in the order of the table."""
    rows = (row(value="1"), row("b"), row(value="2", organisation="miyagi"), row(value="3"), row(year=R3.prior))
    table = Observations(rows)
    assert [found.value for found in table.of("iwate", R3, "a")] == ["1", "3"]
    assert table.of("iwate", R3, "c") == ()


def test_what_a_table_holds():
    """A table tells of which organisations it has values, and of which quantities in one of them and one year."""
    rows = (row("b"), row(value="2", organisation="miyagi"), row(value="3"), row("c", year=R3.prior))
    table = Observations(rows)
    assert table.organisations == ("iwate", "miyagi")
    assert table.quantities("iwate", R3) == ("a", "b")
    assert table.quantities("hyogo", R3) == ()


def test_is_a_collection():
    """A table can be counted and gone through."""
    table = Observations((row(), row("b")))
    assert len(table) == 2
    assert [found.quantity for found in table] == ["a", "b"]


@pytest.mark.parametrize(
    ("month", "day"),
    [
        ("2021-04", date(2021, 4, 30)),
        ("2024-02", date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 28)),
        ("2021-12", date(2021, 12, 31)),
    ],
)
def test_month_end(month, day):
    """A month ends on its last day, in leap years as well."""
    assert month_end(month) == day
