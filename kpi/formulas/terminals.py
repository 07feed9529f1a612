"""From text to words: the parsing library's lexer, with every terminal of the grammar compiled once.

The library would join the terminals that can stand at one place of the grammar to one expression, for each place.
Compiling these takes longer than reading all texts of a catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING

from lark.lexer import BasicLexer, ContextualLexer, TerminalDef

if TYPE_CHECKING:
    from lark.utils import TextSlice


class Terminals:
    """The *terminals* that can stand at one place, in the order in which the library puts them: each is tried in turn."""

    def __init__(self, terminals: Collection[TerminalDef], flags: int) -> None:
        self.allowed_types = {terminal.name for terminal in terminals}
        self._words = {terminal.pattern.value: terminal for terminal in terminals if terminal.pattern.type == "str"}
        self._tried = [(terminal, re.compile(terminal.pattern.to_regexp(), flags)) for terminal in terminals]

    def match(self, text: TextSlice[str], position: int) -> tuple[str, str] | None:
        """What stands at *position*, and the name of its terminal: a name that is a word of the grammar is that word."""
        for terminal, pattern in self._tried:
            found = pattern.match(text.text, position, text.end)
            if found:
                word = self._words.get(found[0], terminal)
                return found[0], word.name if word.priority == terminal.priority else terminal.name
        return None


class LexerAtPlace(BasicLexer):
    """Reads the next word at one place of the grammar."""

    @cached_property
    def scanner(self) -> Terminals:  # type: ignore[override]  # it is asked for what the library's own is
        """What can stand at the place."""
        self.callback = {}
        return Terminals(self.terminals, self.g_regex_flags)


class Lexer(ContextualLexer):
    """Reads the words of a text, each at its place."""

    BasicLexer = LexerAtPlace
