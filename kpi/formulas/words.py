"""How the words of the grammar are called in messages."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
    f"(?:{_KEYWORDS})(?:超.*)?|毎月.*|[一二三四五六七八九十](?:件|社|者|人|名|回|支部|事業所|日|点|円|枚|機関)(?:(?:以|未満|超).*)?"
)
"""Names that the grammar would read as a word of its own; such a name is printed in 「」."""

_SLIPS: Final = {"=>": ">=", "=<": "<=", "==": "=", "&&": "and", "><": "="}
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


def slip(text: str, found: Span) -> tuple[Span, tuple[str, ...]]:
    """The sign or word that was probably meant by what was *found*, and the span of what was written for it."""
    for start in (found.start - 1, found.start):
        meant = _SLIPS.get(text[max(start, 0) : start + 2])
        if meant:
            return Span(start, start + 2), (meant,)
    before = text[: found.start].split()[-1:]
    word = text[found.start : found.end]
    return found, nearest(" ".join((*before, word)), WORDS) or tuple(
        near for near in nearest(word, WORDS) if near != word
    )
