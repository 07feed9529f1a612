"""Where in a catalogue something is defined."""

from __future__ import annotations

import pytest
from cursors import half_written, on
from hypothesis import given

from kpi.editor.definition import definition


@pytest.mark.parametrize(
    ("marked", "line"),
    [
        ("formula: cost‸ /", "  cost:"),
        ("when open‸_tenders <= 4", "  open_tenders:"),
        ("- kpi: cost‸_per_tender", "  cost_per_tender:"),
        ("    document: rep‸ort", "  report:"),
        ("organisation: iw‸ate", "  iwate:"),
    ],
)
def test_definition(marked, line):
    """Variables, KPIs, documents and organisations lead to their keys."""
    text, offset = on(marked)
    span = definition(text, offset)
    start = text.index(f"\n{line}\n") + 3
    assert (span.start, span.end) == (start, start + len(line.strip()) - 1)


@pytest.mark.parametrize("marked", ["unit: ye‸n\n    kind", "formula: cost ‸/", "en: Iwate ‸branch\n"])
def test_nothing(marked):
    """What the catalogue does not define leads nowhere."""
    assert definition(*on(marked)) is None


@given(half_written())
def test_any_text(place):
    """Whatever the text, a definition is a stretch of it, or there is none."""
    span = definition(*place)
    assert span is None or 0 <= span.start < span.end <= len(place[0])


def test_misspelt_section():
    """The entries of a section that does not exist lead nowhere."""
    assert definition("ocuments:\n  report:\n    ja: 報告\n", 12) is None
