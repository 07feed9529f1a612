"""What the names of a formula mean where it counts records: a table, or a column or condition of one."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from kpi.editor.outline import Item, Outline, called
from kpi.formulas.builder import Word

_OPENING: Final = frozenset({"COUNT", "SUMMARY", "FUNCTION"})


def counted(outline: Outline, words: Sequence[Word], offset: int) -> Item | None:
    """The table in which something is counted at *offset* of a formula, written so far or to its end."""
    regions = (inner for start, end, inner in _regions(words) if start < offset <= end)
    tables = (next(filter(None, map(outline.table, map(name_of, _names(inner)))), None) for inner in regions)
    return next(filter(None, tables), None)


def is_counting(words: Sequence[Word], offset: int) -> bool:
    """Whether *offset* stands within the brackets of something that may count records."""
    return any(start < offset <= end for start, end, _ in _regions(words))


def within(table: Item, name: str) -> Item | None:
    """The column or condition of a *table* that is called *name*."""
    return called(table.inner("columns"), name) or called(table.inner("conditions"), name)


def parts(table: Item) -> Iterator[Item]:
    """The columns and conditions of a *table*."""
    return chain(table.inner("columns").values(), table.inner("conditions").values())


def name_of(word: Word) -> str:
    """What a word names, without its quotes."""
    return word.text[1:-1].strip() if word.kind == "QUOTED" else word.text


def _names(words: Iterable[Word]) -> Iterator[Word]:
    return (word for word in words if word.kind in ("NAME", "QUOTED"))


def _regions(words: Sequence[Word]) -> Iterator[tuple[int, int, Sequence[Word]]]:
    """The brackets behind words that count, innermost first, with what stands in them; an open one goes to the end."""
    opened: list[tuple[Word, int, bool]] = []
    for place, word in enumerate(words):
        if word.kind == "LPAR":
            opened.append((word, place, place > 0 and words[place - 1].kind in _OPENING))
        elif word.kind == "RPAR" and opened:
            start, first, counts = opened.pop()
            if counts:
                yield start.span.start, word.span.start, words[first + 1 : place]
    for start, first, counts in reversed(opened):
        if counts:
            yield start.span.start, sys.maxsize, words[first + 1 :]
