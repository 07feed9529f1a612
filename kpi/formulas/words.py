"""How the words of the grammar are called in messages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
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
    "TEXT": ("a text such as 'x'", "「'x'」のような文字列"),
    "DATE": ("a date such as 2021-04-01", "「2021-04-01」のような日付"),
    "COMPARATOR": ("a comparator (>= <= > < =)", "比較記号 (>= <= > < =)"),
    "PHRASE": ("a phrase such as 以上", "「以上」などの語句"),
    "_IS_DONE": ("'is done'", "「is done」"),
    "_DONE": ("実施する", "「実施する」"),
    "EVERY": ("'every month' or 'every branch'", "「every month」か「every branch」"),
    "UNIT": ("a unit", "単位"),
    "_COMMA": ("','", "「,」"),
    "_OF": ("'of'", "「of」"),
    "_WHEN": ("'when'", "「when」"),
    "_DISTINCT": ("'distinct'", "「distinct」"),
    "_WHERE": ("'where'", "「where」か「のうち」"),
    "_IS_KNOWN": ("'is known'", "「is known」か「がある」"),
    "_IS_MISSING": ("'is missing'", "「is missing」か「がない」"),
    "_IN": ("'in'", "「in」"),
    "_BETWEEN": ("'between'", "「between」"),
    "NOT": ("'not'", "「not」"),
    "_AND": ("'and'", "「and」"),
    "_OR": ("'or'", "「or」"),
    "_NEXT": ("';'", "「;」"),
    "$END": ("the end", "末尾"),
}
"""The terminals that a message offers, in the order in which it offers them; the others are variants of these."""

RULE_WORDS: Final = {
    "prior year": "PERIOD",
    "prior year end": "PERIOD",
    "same period last year": "PERIOD",
    "mean of 3 years": "MEAN",
    "national": "PERIOD",
    "branch target": "PERIOD",
    "fiscal year 2021": "FISCAL_YEAR",
    "is done": "_IS_DONE",
    "every month": "EVERY",
    "every branch": "EVERY",
    "when": "_WHEN",
    "and": "_AND",
    "of": "_OF",
    "max": "FUNCTION",
    "min": "FUNCTION",
}
"""The words of formulas and rules, each with its terminal."""
RECORD_WORDS: Final = {
    "count": "COUNT",
    "sum": "SUMMARY",
    "mean": "SUMMARY",
    "distinct": "_DISTINCT",
    "where": "_WHERE",
    "or": "_OR",
    "not": "NOT",
    "in": "_IN",
    "between": "_BETWEEN",
    "is known": "_IS_KNOWN",
    "is missing": "_IS_MISSING",
    "days": "LENGTH",
    "business_days": "LENGTH",
    "months": "LENGTH",
}
"""The words of aggregates over records."""
WORDS: Final = {**RULE_WORDS, **RECORD_WORDS}
_CALLED: Final = ("count", "sum", "mean", "min", "max", "days", "business_days", "months")
"""The words behind which a bracket opens."""
_KEYWORDS: Final = (
    "when|and|of|where|distinct|or|not|in|between|is|every|max|min|national|FY[0-9]*|実施|対?前年度末?対?|対?前年同[期月]|全国(?:平均|値)?|支部の?目標値?"
    "|(?:明治|大正|昭和|平成|令和|[MTSHR])(?:[0-9]+|元)年度|(?:直近|過去)?[0-9]+[ケカヵ箇]?年度?間?平均値?"
)
_DAY: Final = "(?:明治|大正|昭和|平成|令和|[MTSHR])(?:[0-9]{1,2}|元)年[0-9]{1,2}月[0-9]{1,2}日"
_RESERVED: Final = f"(?:{_KEYWORDS})(?:(?:超|[^\\w\u0300-\u036f]).*)?|{_DAY}|毎月.*|[一二三四五六七八九十](?:件|社|者|人|名|回|支部|事業所|日|点|円|枚|機関)(?:(?:以|未満|超).*)?"

_SLIPS: Final = {"=>": ">=", "=<": "<=", "==": "=", "&&": "and", "||": "or"}
_FOREIGN: Final = {"avg": "mean", "average": "mean", "datediff": "days"}
"""Words of other languages for those before a bracket."""
_MISTAKABLE: Final = frozenset({"NAME", "UNIT", "_OF"})
"""Terminals that a misspelt word is taken for; every other one was written as it is meant."""
_HIRAGANA: Final = re.compile("[ぁ-ゟ]")
_EXPRESSION: Final = frozenset({"NAME", "NUMBER", "PERIOD", "LPAR"})


def is_reserved(name: str) -> bool:
    """Whether the grammar would read a *name* as a word of its own; such a name is printed in 「」."""
    return re.fullmatch(_RESERVED, name) is not None


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


def slip(text: str, found: Span, terminal: str, accepted: Collection[str] = ()) -> tuple[Span, tuple[str, ...]]:
    """The sign or words that were probably meant where *terminal* was *found*, and the span of what was written.

    Of several words those are meant that can stand there, whose terminals are *accepted*.
    """
    for start in (found.start - 1, found.start):
        meant = _SLIPS.get(text[max(start, 0) : start + 2])
        if meant:
            return Span(start, start + 2), (meant,)
    if terminal == "LPAR":
        return _called(text, found)
    if terminal in _MISTAKABLE:
        for span in _stretches(text, found):
            written = " ".join(text[span.start : span.end].split())
            if written in WORDS:
                return found, ()
            words = tuple(
                word for word in nearest(written, WORDS) if word not in written and (" " in word) >= (" " in written)
            )
            if words:
                return span, tuple(word for word in words if WORDS[word] in accepted) or words
    return found, ()


def _called(text: str, found: Span) -> tuple[Span, tuple[str, ...]]:
    """The word that was probably meant before a bracket that nothing can open."""
    before = re.search(r"\w+(?=\s*$)", text[: found.start])
    words = nearest(_FOREIGN.get(before[0].casefold(), before[0]), _CALLED) if before else ()
    return (Span(*before.span()), words) if before and words else (found, ())


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
