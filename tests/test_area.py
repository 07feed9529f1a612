"""The parts of a document in which the KPIs of a plan stand."""

from __future__ import annotations

import attrs
import pytest

import kpi
from kpi.plans.area import Area, area_of, by_area

AREAS = {mark: Area(mark, ja, en) for mark, ja, en in (("1", "基盤", "Basic"), ("10", "戦略", "Strategy"))}


@pytest.fixture(scope="module")
def entries():
    return [*kpi.load_catalog().plans["iwate-r3"]][:4]


def sections(entries, *texts):
    """The entries as if they stood in other sections."""
    return [attrs.evolve(entry, section=text) for entry, text in zip(entries, texts, strict=False)]


def marks(entries, areas=None):
    """The mark of each area with the number of its entries."""
    return {area.mark: len(inside) for area, inside in by_area(entries, areas or {}).items()}


def test_named(entries):
    """A section belongs to the area with the longest mark that it begins with; what belongs to none stands apart."""
    assert area_of("10（2）", AREAS) == AREAS["10"]
    assert area_of("1（2）", AREAS) == AREAS["1"]
    assert area_of("（1）", AREAS) is None
    assert marks(sections(entries, "1（2）", "10①", "附則", "1①"), AREAS) == {"1": 2, "10": 1, "": 1}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("1（2）①", "1（10）", "2（1）ⅰ①", "3Ⅲ（1）"), {"1": 2, "2": 1, "3": 1}),
        (("Ⅰ（2）ⅰ", "Ⅱ1（1）", "Ⅱ 特定健診", "Ⅲ3"), {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 1}),
        (("（1）① KPI①", "（2）③", "（2）④", "(3)"), {"（1）": 1, "（2）": 2, "(3)": 1}),
        (("II 2", "II 3", "IV", "Introduction"), {"II": 2, "IV": 1, "": 1}),
        (("令和2年度 広報", "健診", "サービス水準", ""), {"": 4}),
    ],
    ids=["digits", "roman", "brackets", "letters", "words"],
)
def test_numbered(entries, texts, expected):
    """Where no areas are named, the number with which sections begin tells them apart."""
    assert marks(sections(entries, *texts)) == expected


def test_names():
    """An area is called by its mark and name, in the other language where it has none, and by its mark alone."""
    assert AREAS["1"].name("ja") == "1 基盤"
    assert AREAS["1"].name("en") == "1 Basic"
    assert Area("Ⅱ", "戦略").name("en") == "Ⅱ 戦略"
    assert Area("Ⅱ").name("ja") == "Ⅱ"
    assert Area().name("ja") == ""


def test_shipped():
    """Each KPI of the plans that name areas stands in one of three, in the order of the document."""
    plans = [plan for plan in kpi.load_catalog().plans.values() if plan.areas]
    assert len(plans) == 6
    for plan in plans:
        assert [*plan.by_area] == [*plan.areas.values()]
        assert [entry for inside in plan.by_area.values() for entry in inside] == [*plan]
        assert len(plan.areas) == 3
