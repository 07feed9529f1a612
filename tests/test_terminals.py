"""Reading words: as the parsing library reads them, with every terminal compiled once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import lark
import pytest
from hypothesis import given
from hypothesis import strategies as st
from language import DATA, accepted
from strategies import PHRASES

from kpi.formulas import parser

GRAMMAR = Path(parser.__file__).parents[1] / "grammar.lark"
TEXTS = [text for text, _, _ in accepted()]
BROKEN = [path.read_text("utf-8").removesuffix("\n") for path in sorted((DATA / "broken").glob("*.txt"))]


@cache
def by_the_library() -> lark.Lark:
    """A parser of the same grammar with the library's own lexer."""
    return lark.Lark(
        GRAMMAR.read_text("utf-8"),
        start=["start", "condition"],
        parser="lalr",
        lexer="contextual",
        propagate_positions=True,
    )


def read(grammar: lark.Lark, text: str) -> list[object]:
    """The words of a text, each with its terminal and place, up to the first that cannot stand there."""
    found: list[object] = []
    try:
        for token in grammar.parse_interactive(text, start="start").iter_parse():
            found += [token.type, str(token), token.start_pos, token.end_pos, token.line, token.end_column]
    except lark.UnexpectedToken as unexpected:
        found.append((unexpected.token.type, unexpected.token.start_pos, sorted(unexpected.expected)))
    except lark.UnexpectedCharacters as unexpected:
        found.append((unexpected.pos_in_stream, sorted(unexpected.allowed or ())))
    return found


@pytest.mark.parametrize("text", [*TEXTS, *BROKEN])
def test_words_of_texts(text: str) -> None:
    """Sound and broken texts have the words that the library's own lexer finds."""
    assert read(parser._grammar(), text) == read(by_the_library(), text)


@given(PHRASES | st.text())
def test_words_of_any_text(text: str) -> None:
    """So has any other text."""
    assert read(parser._grammar(), text) == read(by_the_library(), text)


def test_terminals_are_compiled_once() -> None:
    """What can stand at several places of the grammar is one expression."""
    places = [place.scanner for place in parser._grammar().parser.lexer.lexers.values()]
    compiled = {(terminal.name, id(pattern)) for place in places for terminal, pattern in place._tried}
    assert len(compiled) == len({name for name, _ in compiled})
