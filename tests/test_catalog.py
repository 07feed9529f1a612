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


def test_known_labels(catalog):
    """Variables and KPIs go by their Japanese names and labels, too."""
    assert catalog.known.labels["一般競争入札数"] == ("open_tenders",)
    assert catalog.known.labels[catalog.kpis["single_bid_share"].ja] == ("single_bid_share",)


def test_labels_of_several():
    """A name that a KPI shares with the one variable that it is means the variable; one of two KPIs is not clear."""
    labels = kpi.load_catalog().known.labels
    assert labels["健康経営宣言事業所数"] == ("declared_workplaces",)
    assert labels["ジェネリック医薬品使用割合"] == ("generic_share", "generic_share_by_branch")


def test_repr_is_short(catalog):
    """A catalogue shows its KPIs and plans rather than everything it was made from."""
    assert "documents" not in repr(catalog)
    assert "iwate-r3" in repr(catalog)
