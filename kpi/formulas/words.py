"""How the words of the grammar are called in messages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from kpi.problems import nearest
from kpi.source import Span

TERMINALS: Final[dict[str, tuple[str, str]]] = {
    "NAME": ("a name", "変数名"),
    "NUMBER": ("a number", "数値"),
    "PERIOD": ("a reference such as 'prior year'", "「対前年度」などの参照"),
    "LPAR": ("'('", "「(」"),
    "RPAR": ("')'", "「)」"),
    "ADD_SUBTRACT": ("'+' or '-'", "「+」か「-」"),
    "MULTIPLY_DIVIDE": ("'*' or '/'", "「*」か「/」"),
    "COMPARATOR": ("a comparator (>= <= > < =)", "比較記号 (>= <= > < =)"),
    "PHRASE": ("a phrase such as 以上", "「以上」などの語句"),
    "_IS_DONE": ("'is done'", "「is done」"),
    "_DONE": ("実施する", "「実施する」"),
    "EVERY": ("'every month' or 'every branch'", "「every month」か「every branch」"),
    "UNIT": ("a unit", "単位"),
    "_COMMA": ("','", "「,」"),
    "_OF": ("'of'", "「of」"),
    "_WHEN": ("'when'", "「when」"),
    "_AND": ("'and'", "「and」"),
    "_NEXT": ("';'", "「;」"),
    "$END": ("the end", "末尾"),
}
"""The terminals that a message offers, in the order in which it offers them; the others are variants of these."""

WORDS: Final = (
    "prior year",
    "prior year end",
    "same period last year",
    "mean of 3 years",
    "national",
    "branch target",
    "fiscal year 2021",
    "is done",
    "every month",
    "every branch",
    "when",
    "and",
    "of",
    "max",
    "min",
)
_KEYWORDS: Final = (
    "when|and|of|is|every|max|min|national|FY[0-9]*|実施|対?前年度末?対?|対?前年同[期月]|全国(?:平均|値)?|支部の?目標値?"
    "|(?:明治|大正|昭和|平成|令和|[MTSHR])(?:[0-9]+|元)年度|(?:直近|過去)?[0-9]+[ケカヵ箇]?年度?間?平均値?"
)
RESERVED: Final = re.compile(
    f"(?:{_KEYWORDS})(?:(?:超|[^\\w\u0300-\u036f]).*)?|毎月.*|[一二三四五六七八九十](?:件|社|者|人|名|回|支部|事業所|日|点|円|枚|機関)(?:(?:以|未満|超).*)?"
)
"""Names that the grammar would read as a word of its own; such a name is printed in 「」."""

_SLIPS: Final = {"=>": ">=", "=<": "<=", "==": "=", "&&": "and"}
_MISTAKABLE: Final = frozenset({"NAME", "UNIT", "_OF"})
"""Terminals that a misspelt word is taken for; every other one was written as it is meant."""
_HIRAGANA: Final = re.compile("[ぁ-ゟ]")
_EXPRESSION: Final = frozenset({"NAME", "NUMBER", "PERIOD", "LPAR"})


def expected(terminals: Iterable[str]) -> tuple[str, str]:
    """What could stand at a place, in English and Japanese."""
    known = set(terminals)
    offered = [name for name in TERMINALS if name in known]
    if known >= _EXPRESSION:
        offered = ["NAME", "NUMBER", "LPAR", *(name for name in offered if name not in _EXPRESSION)]
    english, japanese = (
        zip(*(TERMINALS[name] for name in offered), strict=True) if offered else (("the end",), ("末尾",))
    )
    listed = english[0] if len(english) == 1 else f"{', '.join(english[:-1])} or {english[-1]}"
    return listed, "、".join(japanese)


def is_hiragana(text: str, start: int, terminal: str) -> bool:
    """Whether hiragana stands at *start* that is no word of the language: it was meant as part of a name."""
    return terminal in ("", "_NO") and bool(_HIRAGANA.match(text, start))


def slip(text: str, found: Span, terminal: str) -> tuple[Span, tuple[str, ...]]:
    """The sign or words that were probably meant where *terminal* was *found*, and the span of what was written."""
    for start in (found.start - 1, found.start):
        meant = _SLIPS.get(text[max(start, 0) : start + 2])
        if meant:
            return Span(start, start + 2), (meant,)
    if terminal in _MISTAKABLE:
        for span in _stretches(text, found):
            written = " ".join(text[span.start : span.end].split())
            if written in WORDS:
                return found, ()
            words = tuple(
                word for word in nearest(written, WORDS) if word not in written and (" " in word) >= (" " in written)
            )
            if words:
                return span, words
    return found, ()


def _stretches(text: str, found: Span) -> Iterator[Span]:
    """What was *found*, with the word before it, with the word behind it, and each alone."""
    before = re.search(r"\w+(?=\s*$)", text[: found.start])
    behind = re.compile(r"\s*\w+").match(text, found.end)
    if before:
        yield Span(before.start(), found.end)
    if behind:
        yield Span(found.start, behind.end())
    yield found
    if before:
        yield Span(*before.span())
