"""What a catalogue holds, by key."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import kpi
from kpi.units import UNITS

SOUND = Path(__file__).parent / "data" / "catalogues" / "sound.yaml"


@pytest.fixture(scope="module")
def catalog():
    return kpi.load_catalog(SOUND)


def test_by_key(catalog):
    """Plans and KPIs are found by their key."""
    assert catalog.plan("iwate-r3") is catalog.plans["iwate-r3"]
    assert catalog.kpi("single_bid_share") is catalog.kpis["single_bid_share"]
    assert isinstance(catalog.plans, Mapping)


def test_unknown_plan(catalog):
    """An unknown plan is an error that names the nearest."""
    with pytest.raises(kpi.UnknownNameError, match=r"^unknown plan 'iwate-r2'; did you mean 'iwate-r3'\?$"):
        catalog.plan("iwate-r2")


def test_unknown_kpi(catalog):
    """An unknown KPI is an error that names the nearest, and nothing where none is near."""
    with pytest.raises(kpi.UnknownNameError, match=r"^unknown KPI 'single_bid'; did you mean 'single_bid_share'\?$"):
        catalog.kpi("single_bid")
    with pytest.raises(KeyError, match=r"^unknown KPI 'x'$"):
        catalog.kpi("x")


def test_known_names(catalog):
    """A table of observations may name organisations, variables and KPIs, each in its unit."""
    known = catalog.known
    assert known.organisations == ("iwate",)
    assert known.quantities["open_tenders"] is UNITS["case"]
    assert known.quantities["single_bid_share"] is UNITS["%"]
    assert known.vocabulary is catalog.vocabulary


def test_repr_is_short(catalog):
    """A catalogue shows its KPIs and plans rather than everything it was made from."""
    assert "documents" not in repr(catalog)
    assert "iwate-r3" in repr(catalog)
