"""Problems are values: a code, a place and the facts, collected and shown together.

One problem is one line of one shape, `file:line:column: message`,
then the source line and a caret under what was found.
"""

from __future__ import annotations

import unicodedata
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from attrs import field, frozen

from kpi.characters import columns
from kpi.errors import UnknownNameError
from kpi.messages import MESSAGES
from kpi.messages.severities import Severity, severity_of
from kpi.source import Place, Source, Span

if TYPE_CHECKING:
    from kpi.likeness import Words

Language = Literal["en", "ja"]
_T = TypeVar("_T")

_WARNING: Final[dict[Language, str]] = {"en": "warning", "ja": "警告"}
_EXCERPT_WIDTH: Final = 100
"""Columns of a source line that are shown; a longer line is cut around the caret."""


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Up to three of the *known* words that are most like *word*, best first."""
    return _words(tuple(known)).nearest(word)


@lru_cache(maxsize=16)  # what is misspelt once is often misspelt again
def _words(known: tuple[str, ...]) -> Words:
    from kpi.likeness import Words  # needed only where something is wrong

    return Words.of(known)


def look_up(known: Mapping[str, _T], name: str, kind: str, where: str = "") -> _T:
    """What *known* holds under *name*.

    Raises:
        UnknownNameError: it holds nothing there; the message names the nearest.
    """
    if name not in known:
        raise UnknownNameError.of(kind, name, nearest(name, known), where)
    return known[name]


@frozen
class Problem:
    """One thing that is wrong in a text: what, where, and what was probably meant.

    Attributes:
        code: names the kind and never changes its meaning.
        source: the text.
        span: the place in the text.
        facts: what fills the message of that kind.
        suggestions: the nearest known words, best first.
    """

    code: str
    source: Source = field(repr=False)
    span: Span
    facts: Mapping[str, object] = field(factory=dict)
    suggestions: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        """`error`, or `warning` for what cannot lead to a wrong or missing verdict."""
        return severity_of(self.code)

    @property
    def file(self) -> str:
        """The name of the file, or `<formula>` for a text that stands in none."""
        return self._outermost[0].name

    @property
    def line(self) -> int:
        """The line in the file, from 1."""
        return self._place.line

    @property
    def column(self) -> int:
        """The column in the file, from 1, in characters."""
        return self._place.column

    @property
    def end(self) -> Place:
        """The place in the file just behind what was found, blanks and line ends at its end not counted."""
        source, span = self._outermost
        return source.place(span.start + len(source.text[span.start : span.end].rstrip()))

    @property
    def message(self) -> str:
        """The message in English."""
        return self.message_in("en")

    def message_in(self, language: Language) -> str:
        """The message in English (`en`) or Japanese (`ja`), with the nearest known words."""
        text = _printable(MESSAGES[self.code][language].format(**self.facts))
        if not self.suggestions:
            return text
        if language == "ja":
            words = "、".join(f"「{word}」" for word in self.suggestions)
            return f"{text}。もしかして {words}"
        words = " or ".join(f"'{word}'" for word in self.suggestions)
        return f"{text}; did you mean {words}?"

    def __str__(self) -> str:
        return self.line_in("en")

    def line_in(self, language: Language) -> str:
        """The problem as one line: `file:line:column: message`, a warning marked as such."""
        mark = f"{_WARNING[language]}: " if self.severity == "warning" else ""
        return f"{self.file}:{self.line}:{self.column}: {mark}{self.message_in(language)}"

    def render(self, language: Language = "en") -> str:
        """The problem's line, the line of the source, and a caret under the place."""
        parts = [self.line_in(language), *_excerpt(*self._outermost)]
        if not self.source.is_exact:
            parts += _excerpt(self.source, self.span)
        return "\n".join(parts)

    @property
    def _outermost(self) -> tuple[Source, Span]:
        return self.source.outermost(self.span)

    @property
    def _place(self) -> Place:
        source, span = self._outermost
        return source.place(span.start)


def decode(data: bytes, name: str) -> tuple[Source, list[Problem]]:
    """The text of a file, and a problem at its first character that is not written in UTF-8."""
    data = data.removeprefix(BOM_UTF8)
    source = Source(data.decode(errors="replace"), name)
    try:
        data.decode()
    except UnicodeDecodeError as error:
        start = len(data[: error.start].decode())
        return source, [Problem("not-utf8", source, Span(start, start + 1), {"byte": f"0x{data[error.start]:02X}"})]
    return source, []


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The *problems* in the order in which a reader of the text meets them."""
    return sorted(problems, key=lambda problem: (problem.file, problem.line, problem.column))


def _excerpt(source: Source, span: Span) -> list[str]:
    name, line, start = source.excerpt(span.start)
    end = max(start + 1, min(start + span.end - span.start, len(line)))
    first = max(0, start - _EXCERPT_WIDTH // 2) if len(line) > _EXCERPT_WIDTH else 0
    shown = _printable(line[first : first + _EXCERPT_WIDTH])
    under = _printable(line[first:start])
    marked = _printable(line[start : min(end, first + _EXCERPT_WIDTH)])
    gutter = name.rjust(5)
    caret = " " * columns(under) + "^" * max(1, columns(marked))
    return [f"{gutter} | {shown}", f"{' ' * len(gutter)} | {caret}"]


def _printable(text: str) -> str:
    """*text* without characters that would move the cursor: each becomes one mark; a tab takes one column."""
    return "".join(map(_mark, text))


def _mark(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return character
    return " " if character == "\t" else "\N{REPLACEMENT CHARACTER}"
