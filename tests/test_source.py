"""Places in a text, and in the text that it stands in."""

from __future__ import annotations

import pytest

from kpi.source import Place, Source, Span

FILE = Source("kpis:\n  share: a / b\n  rule: |\n    >= 20%;\n    <= 1\n", "catalog.yaml")
EMBEDDED = Source(">= 20%;\n<= 1", host=FILE, host_span=Span(29, 48), line_offsets=(35, 47))
FOLDED = Source(">= 20% and <= 1", host=FILE, host_span=Span(29, 30))


def test_span_reaches_to_another() -> None:
    """Two spans and what lies between them are one span."""
    assert Span(2, 4).to(Span(7, 9)) == Span(2, 9)


def test_span_holds_a_span_within_it() -> None:
    """A span that lies within another adds nothing to it."""
    assert Span(2, 9).to(Span(3, 5)) == Span(2, 9)


@pytest.mark.parametrize(
    ("offset", "place"),
    [
        pytest.param(0, Place(1, 1), id="start"),
        pytest.param(2, Place(1, 3), id="line end"),
        pytest.param(3, Place(2, 1), id="second line"),
        pytest.param(4, Place(3, 1), id="behind an empty line"),
        pytest.param(6, Place(3, 3), id="end of text"),
    ],
)
def test_place_counts_from_one(offset: int, place: Place) -> None:
    """Lines and columns count from 1."""
    assert Source("ab\n\ncd").place(offset) == place


def test_place_counts_characters() -> None:
    """A full-width character and one outside the basic plane are one column each."""
    assert Source("受診🙂x").place(3) == Place(1, 4)


@pytest.mark.parametrize(("number", "text"), [(1, "ab"), (2, ""), (3, "cd")])
def test_line_is_without_its_end(number: int, text: str) -> None:
    """A line is given without its line end."""
    assert Source("ab\n\ncd").line(number) == text


def test_last_line_may_be_empty() -> None:
    """Behind a final line end there is one more, empty line."""
    assert Source("ab\n").line(2) == ""


def test_text_of_its_own_is_outermost() -> None:
    """A text that stands in no other is its own outermost text."""
    source = Source("a / b")
    assert source.outermost(Span(2, 3)) == (source, Span(2, 3))


def test_place_in_a_file_adds_up() -> None:
    """A place in an embedded text is a place of the file, on every line."""
    outer, span = EMBEDDED.outermost(Span(11, 12))
    assert (outer.name, outer.place(span.start)) == ("catalog.yaml", Place(5, 8))
    assert outer.text[span.start : span.end] == "1"


def test_folded_text_points_at_itself_in_the_file() -> None:
    """Where characters moved, every place is the whole embedded text."""
    assert FOLDED.outermost(Span(7, 10)) == (FILE, Span(29, 30))


@pytest.mark.parametrize(
    ("source", "exact"),
    [
        pytest.param(FILE, True, id="file"),
        pytest.param(EMBEDDED, True, id="embedded"),
        pytest.param(FOLDED, False, id="folded"),
    ],
)
def test_exact_text_stands_unchanged_in_its_file(source: Source, exact: bool) -> None:  # noqa: FBT001
    """A text is exact where each of its characters has a place of its own in the file."""
    assert source.is_exact is exact
