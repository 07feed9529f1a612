"""Places as editors count them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.editor.positions import Lines, utf16_units


@pytest.mark.parametrize(
    ("text", "offset", "position"),
    [
        ("", 0, (0, 0)),
        ("ab\ncd", 2, (0, 2)),
        ("ab\ncd", 3, (1, 0)),
        ("ab\ncd", 5, (1, 2)),
        ("ab\r\ncd", 4, (1, 0)),
        ("ab\rcd", 3, (1, 0)),
        ("ab\u2028c\x85d\x0ce", 6, (0, 6)),
        ("𠮷b", 1, (0, 2)),
        ("ab\n", 3, (1, 0)),
    ],
)
def test_positions(text, offset, position):
    """Lines end as the protocol says, and a character beyond the first 65,536 takes two columns."""
    assert Lines(text).position(offset) == position
    assert Lines(text).offset(*position) == offset


@pytest.mark.parametrize(
    ("line", "column", "offset"),
    [(0, 2, 2), (0, 9, 2), (1, 1, 5), (1, 2, 5), (1, 9, 5), (2, 9, 7), (9, 0, 7), (9, 9, 7)],
)
def test_places_that_are_not_there(line, column, offset):
    """A column behind the end of a line is that end; a line behind the text is its end."""
    assert Lines("ab\r\n𠮷\nd").offset(line, column) == offset


def test_units():
    """Columns can be counted in other units."""
    assert Lines("a\n𠮷b", len).position(3) == (1, 1)
    assert Lines("a\n𠮷b", lambda text: len(text.encode())).position(3) == (1, 4)


@given(st.text(st.sampled_from("a𠮷\r\n\u2028\t"), max_size=20), st.data())
def test_there_and_back(text, data):
    """Each place of a line leads back to its offset."""
    offset = data.draw(st.integers(0, len(text)))
    if text[offset - 1 : offset + 1] != "\r\n":
        assert Lines(text).offset(*Lines(text).position(offset)) == offset


@given(st.text())
def test_utf16_units(text):
    """The columns are those of the text in UTF-16."""
    assert utf16_units(text) == len(text.encode("utf-16-le")) // 2
