"""What a catalogue names, as far as its text can be read."""

from __future__ import annotations

import pytest
from entries import SOUND

from kpi.editor.outline import Outline, is_catalogue, offset_within, text_of
from kpi.yaml_nodes import MappingNode

OUTLINE = Outline.of(SOUND)


class TestOutline:
    def test_items(self):
        """Entries come by section and key, with their fields and names."""
        assert [*OUTLINE.items["kpis"]] == ["single_bid_share", "cost_per_tender"]
        item = OUTLINE.items["variables"]["open_tenders"]
        assert (item.text("unit"), item.text("labels"), item.text("none")) == ("case", "", "")
        assert item.names == ("open_tenders", "一般競争入札件数", "一般競争入札数")

    @pytest.mark.parametrize("name", ["open_tenders", "一般競争入札件数", "一般競争入札数"])
    def test_variable(self, name):
        """A variable is found by each of its names."""
        assert OUTLINE.variable(name).key.text == "open_tenders"

    def test_kpi(self):
        """A KPI is found by key and Japanese name, and nothing by a name that is none."""
        assert OUTLINE.kpi("一者応札の割合").key.text == "single_bid_share"
        assert OUTLINE.kpi("open_tenders") is None

    def test_plan_entries(self):
        """The entries of plans come with their plan."""
        assert [(plan.key.text, text_of(entry, "kpi")) for plan, entry in OUTLINE.plan_entries()] == [
            ("iwate-r3", "single_bid_share"),
            ("iwate-r3", "cost_per_tender"),
        ]

    def test_broken_parts(self):
        """What is no entry, or no YAML, is left out, and the rest is there; a text that is no mapping has no outline."""
        outline = Outline.of("kpis: {a: 1, b: {ja: B}}\nvariables: none\nplans: {p: {entries: [1, {kpi: b}]}, q: {}}")
        assert [*outline.items["kpis"]] == ["b"]
        assert outline.items["variables"] == {}
        assert [text_of(entry, "kpi") for _, entry in outline.plan_entries()] == ["b"]
        assert [Outline.of(text) for text in ("", "- a", "%YAML 3.0\n--- a")] == [None] * 3
        assert [*Outline.of("kpis:\n  a: {ja: A\n  b: {ja: B}\n").items["kpis"]] == ["b"]


class TestSpots:
    def test_path(self):
        """A value knows the keys that lead to it and the mappings around it, a key those of its mapping."""
        value = OUTLINE.at(SOUND.index("一般競争入札数]"))
        assert (value.path, value.node.text, value.is_key) == (
            ("variables", "open_tenders", "labels", "-"), "一般競争入札数", False,
        )  # fmt: skip
        assert text_of(value.above[-1], "unit") == "case"
        key = OUTLINE.at(SOUND.index("labels:"))
        assert (key.path, key.node.text, key.is_key) == (("variables", "open_tenders"), "labels", True)

    def test_nothing(self):
        """Between values stands nothing."""
        assert OUTLINE.at(SOUND.index("\n\norganisations") + 1) is None


@pytest.mark.parametrize(
    ("yaml", "offset", "within"),
    [
        ("k: abc", 3, 0),
        ("k: abc", 6, 3),
        ("k: 'abc'", 3, None),
        ("k: 'abc'", 5, 1),
        ("k: |\n  ab\n  cd\n", 13, 4),
        ("k: |\n  ab\n  cd\n", 8, 1),
        ("k: |\n  ab\n  cd\n", 11, None),
        ('k: "a\\tc"', 5, None),
    ],
)
def test_offset_within(yaml, offset, within):
    """A place of the file is a place in the text of a value, unless that was written in another way."""
    outline = Outline.of(yaml)
    assert isinstance(outline.root, MappingNode)
    assert offset_within(outline.root.get("k"), offset) == within


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("catalog.yaml", "", True),
        ("/plans/catalogue-r3.yml", "a: b", True),
        ("file:///plans/catalog.yaml", "", True),
        ("kpis.yaml", "variables: {}\nkpis:\n", True),
        ("compose.yaml", "services: {}\n  kpis: {}\n", False),
        (".gitlab-ci.yml", "variables: {A: B}\n", False),
    ],
)
def test_is_catalogue(name, text, expected):
    """A catalogue is told from other YAML by its name, or by sections that nothing else has."""
    assert is_catalogue(name, text) is expected
