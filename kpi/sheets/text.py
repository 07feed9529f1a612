"""Tables as text: CSV and tab-separated, in UTF-8 or Shift_JIS."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from typing import Final

from attrs import field, frozen

from kpi.problems import Language, Problem, decode
from kpi.progress import steps
from kpi.sheets.sheet import Cell
from kpi.source import Source, Span

_TABBED: Final = (".tsv", ".tab", ".txt")
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff]")
"""Control and private characters: what Shift_JIS makes of bytes that it does not really have."""


@frozen(slots=False)
class TextSheet:
    """A table that stands in a text, its cells divided by a *separator*."""

    source: Source
    separator: str = ","
    problems: list[Problem] = field(factory=list, init=False)
    may_slip: bool = field(default=True, init=False)
    title: str = field(default="", init=False)

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.source.name

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The texts of each row, with the line at which it begins."""
        reader = csv.reader(io.StringIO(self.source.text), strict=True, delimiter=self.separator)
        line = 1
        try:
            for cells in steps(reader, "reading", len(self._lines), self.name):
                yield line, [cell.strip() for cell in cells]
                line = reader.line_num + 1
        except csv.Error as error:
            self.problems.append(Problem("csv-syntax", *self.at(Cell("", line, 1)), {"said": str(error)}))

    def at(self, cell: Cell) -> tuple[Source, Span]:
        """Where a cell stands: behind as many separators as there are cells before it."""
        start, text = self._lines[cell.row - 1]
        ends = [-1, *self._separators(text), len(text.rstrip("\r"))]
        index = min(cell.column - 1, len(ends) - 2)
        return self.source, Span(start + ends[index] + 1, max(start + ends[index + 1], start + ends[index] + 2))

    def address(self, cell: Cell, language: Language) -> str:
        """The line."""
        return f"{cell.row} 行目" if language == "ja" else f"line {cell.row}"

    @cached_property
    def _lines(self) -> list[tuple[int, str]]:
        """Each line with the offset at which it begins."""
        lines = self.source.text.split("\n")
        starts = accumulate((len(line) + 1 for line in lines), initial=0)
        return [*zip(starts, lines, strict=False)]

    def _separators(self, text: str) -> Iterator[int]:
        quoted = False
        for position, character in enumerate(text):
            quoted ^= character == '"'
            if character == self.separator and not quoted:
                yield position


def read_text(data: bytes, name: str) -> tuple[list[TextSheet], list[Problem]]:
    """The table in a text; none where it is in no encoding that is read, and a problem at the first wrong byte."""
    source, problems = _decode(data, name)
    separator = "\t" if name.lower().endswith(_TABBED) else ","
    return [] if problems else [TextSheet(source, separator)], problems


def _decode(data: bytes, name: str) -> tuple[Source, list[Problem]]:
    """UTF-8, UTF-16 with its mark, or else Shift_JIS as Windows writes it.

    UTF-8 with a slip in it can often be read as Shift_JIS, too, as other text: it is refused.
    """
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _decoded(data, name, "utf-16")
    source, problems = decode(data, name)
    if not problems:
        return source, []
    wrong = source.text.count("\N{REPLACEMENT CHARACTER}")
    beyond_ascii = len(source.text) - len(source.text.encode("ascii", errors="ignore"))
    if beyond_ascii > 2 * wrong:
        return source, problems
    return _decoded(data, name, "cp932")


def _decoded(data: bytes, name: str, encoding: str) -> tuple[Source, list[Problem]]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        source = Source(data.decode(encoding, errors="replace"), name)
        return source, [_no_text(source, len(data[: error.start].decode(encoding)), data[error.start])]
    source = Source(text, name)
    wrong = _NO_TEXT.search(text)
    return source, [_no_text(source, wrong.start(), wrong[0].encode(encoding)[0])] if wrong else []


def _no_text(source: Source, offset: int, byte: int) -> Problem:
    return Problem("unknown-encoding", source, Span(offset, offset + 1), {"byte": f"0x{byte:02X}"})
