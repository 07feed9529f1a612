"""Colours for the language: a lexer for Pygments, under the name `kpi`.

The words are those that the parser reads, so that a formula is coloured as it is understood.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from pygments.lexer import Lexer
from pygments.token import Error, Keyword, Literal, Name, Number, Operator, Punctuation, String, Whitespace, _TokenType

from kpi.formulas.parser import read_words
from kpi.formulas.words import is_reserved

COLOURS: Final[dict[str, _TokenType]] = {
    "NAME": Name.Variable,
    "QUOTED": Name.Variable,
    "FUNCTION": Name.Function,
    "COUNT": Name.Function,
    "SUMMARY": Name.Function,
    "LENGTH": Name.Function,
    "TEXT": String,
    "DATE": Literal.Date,
    "NUMBER": Number,
    "KANJI_NUMBER": Number,
    "UNIT": Keyword.Type,
    "PERIOD": Name.Constant,
    "MEAN": Name.Constant,
    "FISCAL_YEAR": Name.Constant,
    "COMPARATOR": Operator,
    "UNEQUAL": Operator,
    "ADD_SUBTRACT": Operator,
    "MULTIPLY_DIVIDE": Operator,
    "PHRASE": Operator.Word,
    "TO_BE": Operator.Word,
    "_IS_DONE": Operator.Word,
    "_DONE": Operator.Word,
    "_BRANCH_TARGETS": Operator.Word,
    "_WHEN": Keyword,
    "_AND": Keyword,
    "_OF": Keyword,
    "_DISTINCT": Keyword,
    "_WHERE": Keyword,
    "_OR": Keyword,
    "NOT": Keyword,
    "_IN": Keyword,
    "_BETWEEN": Keyword,
    "_IS_KNOWN": Operator.Word,
    "_IS_MISSING": Operator.Word,
    "_ONLY": Operator.Word,
    "_EXCEPT": Operator.Word,
    "_CASE": Keyword,
    "_BRANCH_CASE": Keyword,
    "EVERY": Keyword,
    "EACH": Keyword,
    "AT_YEAR_END": Keyword,
    "_PARTICLE": Keyword.Pseudo,
    "_NO": Keyword.Pseudo,
    "_NEXT": Punctuation,
    "_COMMA": Punctuation,
    "LPAR": Punctuation,
    "RPAR": Punctuation,
}
"""The colour of each terminal of the grammar."""


class KpiLexer(Lexer):
    """Formulas and rules of KPIs, in symbols and in Japanese."""

    name = "KPI"
    aliases: ClassVar[list[str]] = ["kpi"]
    filenames: ClassVar[list[str]] = []

    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, _TokenType, str]]:
        """Each stretch of *text* with its place and colour; what is no word is an error."""
        end = 0
        for word in read_words(text):
            yield from _between(text, end, word.span.start)
            end = word.span.end
            reserved = word.kind == "NAME" and is_reserved(word.text)
            yield word.span.start, Keyword if reserved else COLOURS[word.kind], text[word.span.start : end]
        yield from _between(text, end, len(text))


def _between(text: str, start: int, end: int) -> Iterator[tuple[int, _TokenType, str]]:
    for index in range(start, end):
        yield index, Whitespace if text[index].isspace() else Error, text[index]
