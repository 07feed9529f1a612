"""Text and places in it: what every problem points at.

Lines and columns count from 1, columns in characters, and a place is always a *start*.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import Final

from attrs import field, frozen

_LINE_END: Final = re.compile("\n")


@frozen
class Span:
    """A stretch of text: from *start* up to, not including, *end* (offsets from 0)."""

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """The stretch from the start of this span to the end of *other*."""
        return Span(self.start, max(self.end, other.end))


@frozen
class Place:
    """A line and a column, both from 1."""

    line: int
    column: int


@frozen(slots=False)
class Source:
    """A text with its name, possibly embedded in another text (a formula inside a YAML file).

    *host* is the text it stands in.
    *line_offsets* gives, for each line of *text*, the offset in the host at which it begins;
    where a text was folded or escaped no such offsets exist, and every place is *host_span*.
    """

    text: str
    name: str = "<formula>"
    host: Source | None = field(default=None, repr=False)
    host_span: Span = Span(0, 0)
    line_offsets: tuple[int, ...] = ()

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.text))]

    def place(self, offset: int) -> Place:
        """The line and column of *offset* within this text alone."""
        line = bisect_right(self._line_starts, offset)
        return Place(line, offset - self._line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of line *number*, without its line end."""
        start = self._line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]

    def excerpt(self, offset: int) -> tuple[str, str, int]:
        """The line of *offset* to show: what its reader calls it, its text, and where in it *offset* is."""
        place = self.place(offset)
        return str(place.line), self.line(place.line), place.column - 1

    def outermost(self, span: Span) -> tuple[Source, Span]:
        """The file that *span* finally stands in, and where it stands there."""
        if self.host is None:
            return self, span
        if not self.line_offsets:
            return self.host.outermost(self.host_span)
        return self.host.outermost(Span(self._in_host(span.start), self._in_host(span.end)))

    @property
    def is_exact(self) -> bool:
        """Whether each character of this text stands unchanged in its host."""
        return self.host is None or bool(self.line_offsets)

    def _in_host(self, offset: int) -> int:
        place = self.place(offset)
        return self.line_offsets[place.line - 1] + place.column - 1


@frozen(slots=False)
class CellSource(Source):
    """The text of one cell of a table: its line is the row there and its column the column, both from 1.

    *address* is what the readers of such a table call the cell: `C5`.
    """

    row: int = field(default=1, kw_only=True)
    column: int = field(default=1, kw_only=True)
    address: str = field(default="", kw_only=True)

    def place(self, offset: int) -> Place:
        """The row and column; behind the text begins the next cell."""
        return Place(self.row, self.column + (offset > 0))

    def excerpt(self, offset: int) -> tuple[str, str, int]:
        """The address of the cell, and its text."""
        return self.address, self.text, offset
