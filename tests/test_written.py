"""Writing a text where a YAML value stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.catalogue.written import is_flow, written
from kpi.source import Span
from kpi.yaml_nodes import MappingNode
from kpi.yaml_reader import read_yaml

STYLES = (
    "k: old",
    "k: 'old'",
    'k: "old"',
    "k: |\n  old",
    "k: >-\n  old",
    "k: old\n  text",
    'k: "old\n  text"',
    "k: &x old",
)
FLOWS = ("{k: old}", "{k: 'old'}", '{"k":"old"}', "[{k: old}]")


def value(yaml):
    """The value under `k`."""
    root, _, problems = read_yaml(yaml, "catalog.yaml")
    assert not problems
    node = root if isinstance(root, MappingNode) else root.items[0]
    return node.get("k")


def replaced(yaml, text):
    """*yaml* with *text* in the place of the value under `k`."""
    node = value(yaml)
    new = written(node, text, in_flow=yaml[0] in "[{")
    return yaml[: node.span.start] + new + yaml[node.span.end :]


class TestStyle:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("k: old # why", "k: a / b # why"),
            ("k: 'old' # why", "k: 'a / b' # why"),
            ('k:   "old"', 'k:   "a / b"'),
            ("k: &x !  old", "k: &x !  a / b"),
            ("k: |  # why\n    old\n    older\n\nj: 1", "k: |  # why\n    a / b\n\nj: 1"),
            ("k: >+\r\n\r\n  old\r\n\r\n", "k: >+\r\n  a / b\r\n\r\n"),
            ("k: |2-\n    old", "k: |2-\n    a / b"),
            ("k: old\n  text", "k: a / b"),
            ("{k: old}", "{k: a / b}"),
        ],
    )
    def test_stays(self, before, after):
        """Quotes, blocks, anchors, comments and blanks stay; only the text is another."""
        assert replaced(before, "a / b") == after

    @pytest.mark.parametrize(
        ("before", "text", "after"),
        [
            ("k: old", ">= 20%", 'k: ">= 20%"'),
            ("k: old", "no", 'k: "no"'),
            ("k: old", "「a: b」", 'k: "「a: b」"'),
            ("k: old", "「a #b」", 'k: "「a #b」"'),
            ("k: old", "max(a, b)", "k: max(a, b)"),
            ("{k: old}", "max(a, b)", '{k: "max(a, b)"}'),
            ("k: old", '"a"', "k: '\"a\"'"),
            ("k: 'old'", "「it's」", "k: '「it''s」'"),
            ('k: "old"', '「a"b\\c」', 'k: "「a\\"b\\\\c」"'),
        ],
    )
    def test_quotes_where_yaml_needs_them(self, before, text, after):
        """A text that YAML would read otherwise gets quotes, and what quotes would end is escaped."""
        assert replaced(before, text) == after

    @given(st.sampled_from((*STYLES, *FLOWS)), st.text(st.characters(exclude_categories=["C", "Z"])).map(str.strip))
    def test_is_read_as_it_was_meant(self, yaml, text):
        """In every style the new value is read as the text it was written for."""
        if text.isprintable() and text:
            found = value(replaced(yaml, text))
            assert (found.text.strip(), found.kind) == (text, "text")


def test_flow():
    """A list or mapping in brackets or braces is told from one of indented lines."""
    assert is_flow("k: [1]", Span(3, 6))
    assert is_flow("k: {}", Span(3, 5))
    assert not is_flow("k: 1", Span(0, 4))
