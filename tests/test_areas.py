"""The areas of a plan, as a catalogue names them."""

from __future__ import annotations

import pytest
from entries import SOUND, places, told

from kpi.catalogue.loader import read_catalog
from kpi.plans.area import Area

HEAD = "    document: report\n    entries:\n"
SECTIONS = ("section: Ⅲ（6）", "section: Ⅰ（4）")


def areas(text):
    """A replacement that gives the plan areas."""
    return HEAD, HEAD.replace("    entries:\n", f"    areas:\n{text}    entries:\n")


def test_read():
    """An area has a mark and a name in both languages."""
    text = SOUND.replace(*areas("      Ⅰ: {ja: 基盤, en: Basic}\n      Ⅲ: {ja: 組織, en: Organisation}\n"))
    catalog, problems = read_catalog(text, "catalog.yaml")
    assert problems == []
    assert catalog.plans["iwate-r3"].areas == {"Ⅰ": Area("Ⅰ", "基盤", "Basic"), "Ⅲ": Area("Ⅲ", "組織", "Organisation")}


def test_unused():
    """An area in which no entry stands is a problem where its mark stands; the sections that there are are told."""
    replacement = areas("      III: {ja: 組織, en: Organisation}\n      Ⅲ（6: {ja: 調達, en: Purchases}\n")
    assert places(replacement) == [("unused-area", "III: {ja: 組織, en: Organisation}")]
    (problem,) = read_catalog(SOUND.replace(*replacement), "catalog.yaml")[1]
    assert problem.message == "no section of this plan begins with 'III'; found 'Ⅲ（6）', 'Ⅰ（4）'"


def test_hidden_by_a_longer_mark():
    """An area is unused as well where another takes all its sections."""
    assert told(areas("      Ⅲ: {ja: 組織, en: One}\n      Ⅲ（: {ja: 調達, en: Other}\n")) == ["unused-area"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("      Ⅲ: {ja: 組織}\n", ["missing-key"]),
        ("      Ⅲ: {ja: 組織, en: One, name: x}\n", ["unknown-key"]),
        ("      Ⅲ: 組織\n", ["wrong-kind"]),
        ("      1: {ja: 組織, en: One}\n", ["key-not-text", "unused-area"]),
    ],
    ids=["missing", "unknown", "no mapping", "number"],
)
def test_strict(text, expected):
    """Its fields are read as strictly as all others."""
    assert told(areas(text)) == expected


@pytest.mark.parametrize("section", SECTIONS)
def test_section_that_cannot_be_read(section):
    """Where a section is missing, nothing is said of areas: it may have been the one."""
    line = f"        {section}\n"
    assert told(areas("      Ⅱ: {ja: 戦略, en: One}\n"), (line, "")) == ["missing-key"]
