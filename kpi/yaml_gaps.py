"""What has to be left out of a text that is no YAML, so that the rest of it can be read.

A library stops at the first mistake of syntax. Here the smallest part that the mistake can lie in becomes blanks: the
value behind a key, else the entry, else the value of the key above, and so on outwards. Every other character keeps
its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from attrs import define, field, frozen

from kpi.source import Span

_KEY: Final = r"""(?:"[^"\n]*"|'[^'\n]*'|[^\s:#"'\[\]{},&*!|>%@`-][^:#\n]*)[ ]*:(?=[ \r\n]|$)"""
_LINE: Final = re.compile(rf"(?P<indent>[ \t]*)(?P<dashes>(?:-[ ]+)*)(?P<key>{_KEY})?(?P<rest>[^\r\n]*)[\r\n]*")
_VISIBLE: Final = re.compile(r"[^\r\n]")


@frozen
class Gap:
    """A part that is left out, and the *column*, from 0, that what stands in it belongs to."""

    span: Span
    column: int

    def within(self, other: Gap) -> bool:
        """Whether nothing of it lies outside of *other*."""
        return other.span.start <= self.span.start and self.span.end <= other.span.end

    def touches(self, other: Gap) -> bool:
        """Whether both have something in common."""
        return self.span.start <= other.span.end and other.span.start <= self.span.end


@define(slots=False, eq=False, repr=False)
class Remainder:
    """What is left of a text when the *gaps* in it are blank; they stand in the order of the text."""

    written: str
    gaps: list[Gap] = field(factory=list)

    @property
    def text(self) -> str:
        """The text to read, every character at its place."""
        parts, end = [], 0
        for gap in self.gaps:
            parts += [self.written[end : gap.span.start], _VISIBLE.sub(" ", self.of(gap))]
            end = gap.span.end
        return "".join((*parts, self.written[end:]))

    def of(self, gap: Gap) -> str:
        """What is written in a gap."""
        return self.written[gap.span.start : gap.span.end]

    def leave_out(self, fault: int, *, whole: bool) -> bool | None:
        """Leaves more out, so that less is left of the mistake at *fault*; None where that would be all of the text.

        Where the *whole* line is misplaced, its key is left out as well.
        Whether it is a mistake of its own: nothing was left out there before.
        """
        gap = next((part for part in self._around(fault, whole=whole) if not any(map(part.within, self.gaps))), None)
        if gap is None:
            return None
        apart = [known for known in self.gaps if not known.touches(gap)]
        is_new = len(apart) == len(self.gaps)
        self.gaps = sorted([*apart, gap], key=lambda each: each.span.start)
        return is_new

    def is_told(self, fault: int) -> bool:
        """Whether something was left out for the mistake at *fault* already."""
        return any(part.within(known) for part in self._around(fault, whole=False) for known in self.gaps)

    @cached_property
    def _lines(self) -> list[Line]:
        return [*lines_of(self.written)]

    def _around(self, offset: int, *, whole: bool) -> Iterator[Gap]:
        """The parts of the text that the mistake at *offset* can lie in, from the smallest to the largest."""
        lines = self._lines
        at = max((place for place, line in enumerate(lines) if line.start <= offset), default=-1)
        if at >= 0 and whole:
            yield _conflict(lines, at, self.written) or _misplaced(lines, at)
        inner = len(self.written)
        while at >= 0:
            line = lines[at]
            if line.key_end is not None and line.key_column < inner and not whole:
                yield Gap(Span(line.key_end, _end(lines, at, line.key_column)), line.key_column + 1)
            for column in reversed(line.dashes or (line.indent,)):
                if column and not line.has_tab:
                    yield Gap(Span(line.start + column, _end(lines, at, column)), column)
            inner, whole = line.indent, False
            while at >= 0 and (lines[at].has_tab or lines[at].indent >= inner):
                at -= 1


@frozen
class Line:
    """A line with its place, how far it is indented, and where its dashes and its key stand, if it has any.

    It is *complete* where the value of its only key stands behind it, so that no line below belongs to it.
    """

    start: int
    end: int
    indent: int
    dashes: tuple[int, ...]
    key_column: int
    key_end: int | None
    complete: bool
    has_tab: bool

    @property
    def begins(self) -> bool:
        """Whether it begins an entry or an item."""
        return self.key_end is not None or bool(self.dashes)


def lines_of(text: str) -> Iterator[Line]:
    """The lines of *text* that are neither blank nor a comment."""
    start = 0
    while start < len(text):
        found = _LINE.match(text, start)
        if found is None or found.end() == start:
            return
        key, rest = found["key"], found["rest"].strip()
        if found["dashes"] or key or (rest and not rest.startswith("#")):
            indent = len(found["indent"])
            dashes = tuple(indent + dash.start() for dash in re.finditer("-", found["dashes"]))
            complete = bool(key and rest) and rest[0] not in "|>&!#" and not found["dashes"]
            key_end = found.end("key") if key else None
            column, end = indent + len(found["dashes"]), found.end("rest")
            yield Line(start, end, indent, dashes, column, key_end, complete, "\t" in found["indent"])
        start = found.end()


def _end(lines: list[Line], at: int, column: int) -> int:
    """Where what begins in *column* of a line ends: with the last line below that is indented further."""
    end = lines[at].end
    for below in lines[at + 1 :]:
        if below.indent <= column:
            break
        end = below.end
    return end


def _conflict(lines: list[Line], at: int, text: str) -> Gap | None:
    """What a merge has left unfinished, both versions of it, where it begins in this line."""
    line = lines[at]
    end = text.find("\n>>>>>>>", line.start)
    if end < 0 or not text.startswith("<<<<<<<", line.start):
        return None
    last = max(number for number, each in enumerate(lines) if each.start <= end + 1)
    return Gap(Span(line.start, lines[last].end), lines[at + 1].indent)


def _misplaced(lines: list[Line], at: int) -> Gap:
    """A line that is indented wrongly, with the lines that belong to it, in the column that it was meant to stand in."""
    line, below = lines[at], [line for line in lines[at + 1 :] if not line.has_tab]
    above = next((line.indent for line in reversed(lines[:at]) if not line.has_tab), 0)
    depth = below[0].indent if below else 0
    start, column = (line.start, above + 1) if line.has_tab else (line.start + line.indent, line.indent)
    if line.complete or (depth < line.indent and not line.has_tab) or not below:
        return Gap(Span(start, line.end), max(column, depth if line.has_tab or line.complete else 0))
    inner = next((place for place, each in enumerate(below) if each.indent < depth), len(below))
    if not line.has_tab and depth == line.indent and line.key_end is None:
        inner = 0
    end = below[inner - 1].end if inner else line.end
    return Gap(Span(start, end), max(column, below[inner].indent if inner < len(below) else 0))
