"""What is being typed."""

from __future__ import annotations

import pytest
from cursors import at, half_written, on
from hypothesis import given

from kpi.editor.cursor import cursor

RULE = ("plans", "iwate-r3", "entries", "-", "rule")
FORMULA = ("kpis", "cost_per_tender", "formula")
OLD_RULE, OLD_FORMULA = 'rule: "<= prior year (7,445 yen)"', "formula: cost / open_tenders"


class TestValues:
    @pytest.mark.parametrize(
        ("place", "path", "before"),
        [
            (on("formula: cost / op‸en_tenders"), FORMULA, "cost / op"),
            (at(OLD_FORMULA, "formula: ‸"), FORMULA, ""),
            (at(OLD_FORMULA, 'formula: "cost / ‸'), FORMULA, "cost / "),
            (at(OLD_FORMULA, "formula: 'cost / ‸"), FORMULA, "cost / "),
            (at(OLD_RULE, "rule: >= 20‸"), RULE, ">= 20"),
            (at(OLD_RULE, 'rule: ">= 20‸'), RULE, ">= 20"),
            (at(OLD_RULE, "rule: |\n          >= 20‸"), RULE, ">= 20"),
            (at("labels: [一般競争入札数]", "labels: [一般‸]"), ("variables", "open_tenders", "labels", "-"), "一般"),
            (on("organisation: ‸iwate"), ("plans", "iwate-r3", "organisation"), ""),
        ],
    )
    def test_values(self, place, path, before):
        """A value that is begun, empty, without its closing quote or without quotes that it needs is known by its keys."""
        found = cursor(*place)
        assert (found.spot.path, found.spot.is_key, found.before) == (path, False, before)

    def test_mistakes_further_down(self):
        """What is wrong behind the line of the cursor does not matter, and what stands before it is known."""
        text, offset = at(OLD_FORMULA, "formula: co‸")
        found = cursor(text + 'x: "', offset)
        assert found.before == "co"
        assert "cost" in found.outline.items["variables"]


class TestKeys:
    @pytest.mark.parametrize(
        ("place", "path", "before"),
        [
            (
                at("    direction: lower\n    decimals: 1", "    dir‸\n    decimals: 1"),
                ("kpis", "single_bid_share"),
                "dir",
            ),
            (at("    direction: lower\n    decimals: 1", "    ‸\n    decimals: 1"), ("kpis", "single_bid_share"), ""),
            (at("      - kpi: cost_per_tender\n", "      - ‸\n"), RULE[:-1], ""),
            (at("units:\n", "uni‸\n"), (), "uni"),
            (on("    direc‸tion: lower\n    decimals: 1"), ("kpis", "single_bid_share"), "direc"),
        ],
    )
    def test_keys(self, place, path, before):
        """A key that is begun is known by those of its mapping."""
        found = cursor(*place)
        assert (found.spot.path, found.spot.is_key, found.before) == (path, True, before)


def test_text_that_cannot_be_read():
    """Where the text cannot be read at all, nothing is known; what is wrong elsewhere does not matter."""
    assert cursor("%YAML 3.0\n--- {b: x}", 18) is None
    assert cursor("a: [}\nb: x", 9).spot.path == ("b",)


@given(half_written())
def test_any_text(place):
    """Whatever the text, what stands before the cursor is told without the mark that finds it."""
    found = cursor(*place)
    assert found is None or "cursor" not in found.before
