"""What people get wrong in YAML, told where it is to be mended and in words that say how.

A library tells where it cannot read on. The slip often stands before: a quote, a bracket or a key that was left open.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Final

from attrs import frozen

from kpi.source import Source, Span
from kpi.yaml_gaps import Line, lines_of

_SIGN: Final = re.compile("while scanning (for the next token|a block scalar|an alias|an anchor)")
_MERGE: Final = re.compile(r"<{7}|={7}|>{7}")
_CLOSING: Final = {"{": "}", "[": "]"}
_SHOWN: Final = 20
"""Characters of the text that a message quotes."""


@frozen
class Break:
    """Where a library cannot read on: its *problem* at a *place*, found in a *context* that begins at *begun*."""

    context: str
    problem: str
    begun: int
    place: int


@frozen
class Slip:
    """What is told of a break, in English and Japanese, and where; and the place of the *fault*, which is to be left out."""

    place: int
    fault: int
    english: str
    japanese: str
    whole: bool = False
    """Whether the line as a whole stands where it cannot stand, with its key."""


def slip_of(found: Break, file: Source, text: str, quoted: Span) -> Slip:
    """The slip behind a break in *text*, which stands in *file*; *quoted* is the last value in quotes before it."""
    line, context = file.place(found.place).line, found.context
    if file.place(quoted.start).line < line == file.place(quoted.end).line:
        told = f"the quote that opens here ends in line {line}; close it where its value ends"
        return _at(quoted.start, told, f"ここで始まる引用符が {line} 行目で終わっています。値の終わりで閉じてください")
    if _SIGN.fullmatch(context) or "tab" in found.problem:
        return _sign(found, text)
    is_open = "end of stream" in found.problem or file.place(found.begun).line < line
    if is_open and ("flow" in context or "quoted" in context):
        return _unclosed(found, text, line)
    if "key" in context:
        return _lonely(found.begun, text)
    return _colon(found.place, text) if "mapping values" in found.problem else _misplaced(found, text)


def _sign(found: Break, text: str) -> Slip:
    """A value that begins with a sign of YAML, or a line that begins with a tab."""
    if text[found.place : found.place + 1] == "\t":
        words = "found a tab; indent with spaces", "タブがあります。字下げには空白を使ってください"
        return _at(found.place, *words, whole=True)
    start = found.place if found.context.endswith("next token") else found.begun
    sign = _shown(text[start : start + 1])
    told = f"a value that begins with '{sign}' has to stand in quotes"
    return _at(start, told, f"「{sign}」で始まる値は引用符で囲んでください")


def _unclosed(found: Break, text: str, line: int) -> Slip:
    """A quote or bracket that lacks the other one."""
    sign = text[found.begun : found.begun + 1]
    if sign not in _CLOSING:
        return _at(found.begun, "the quote that opens here is not closed", "ここで始まる引用符が閉じられていません")
    told = f"'{sign}' opens here, and no ',' or '{_CLOSING[sign]}' comes before line {line}"
    return _at(found.begun, told, f"ここで「{sign}」が始まり、{line} 行目までに「,」か「{_CLOSING[sign]}」がありません")


def _lonely(place: int, text: str) -> Slip:
    """A key without a colon, or what a merge has left."""
    if _MERGE.match(text, place):
        return _at(place, "a merge was left unfinished here", "マージの競合が解決されないまま残っています", whole=True)
    return _at(place, "a ': ' is missing behind the key", "キーの後ろに「: 」がありません", whole=True)


def _colon(place: int, text: str) -> Slip:
    """A colon where no key can end: in a value, below one, or below a key that lacks its own."""
    lines = [*lines_of(text)]
    at = max((number for number, line in enumerate(lines) if line.start <= place), default=0)
    line = lines[at]
    if line.key_end is not None and line.key_end <= place:
        told = "a value with ': ' in it has to stand in quotes"
        return Slip(place, line.start, told, "「: 」を含む値は引用符で囲んでください")
    above = lines[at - 1] if at else line
    if above.key_end is None:
        return _lonely(_first(above), text)
    if _is_first(lines, at - 1) and at + 1 < len(lines) and lines[at + 1].indent == line.indent:
        return _outdented(above)
    told = "the line reads on from the value above; indent it like the keys beside it"
    japanese = "上の値の続きとして読まれます。字下げをほかのキーとそろえてください"
    return _at(_first(line), told, japanese, whole=True)


def _outdented(line: Line) -> Slip:
    """The first of some keys, which is indented less than the others."""
    told = "indent the line like the keys below it"
    return _at(_first(line), told, "下のキーと字下げをそろえてください", whole=True)


def _misplaced(found: Break, text: str) -> Slip:
    """Something between two keys or items."""
    lines = [*lines_of(text)]
    at = max((number for number, line in enumerate(lines) if line.start <= found.place), default=0)
    is_first = bool(lines) and _first(lines[at]) == found.place
    if is_first and "collection" in found.context:
        return _in_list(lines, at)
    if is_first and "block mapping" in found.context:
        return _odd_one(lines, at)
    if "block" in found.context:
        rest = _shown(text[found.place :].partition("\n")[0][:_SHOWN])
        told = f"the value ends before '{rest}'; put all of it in single quotes, and double each single quote in it"
        return _at(
            found.place,
            told,
            f"値が「{rest}」の前で終わっています。全体を一重引用符で囲み、中の一重引用符は二つ重ねてください",
        )
    words = _shown(": ".join(filter(None, (found.context, found.problem))))
    is_open = "flow" in found.context or "scan" in found.context or "quoted" in found.context
    return Slip(found.place, found.begun if is_open else found.place, words, words)


def _in_list(lines: list[Line], at: int) -> Slip:
    """A line between the items of a list: a key of the item above that is indented unlike it, or an item without its dash."""
    item = next((number for number in range(at - 1, -1, -1) if lines[number].dashes), None)
    if item is None or lines[at].key_end is None or lines[at].dashes or lines[at].indent < lines[item].indent:
        return _at(
            _first(lines[at]), "an item of the list begins with '- '", "リストの項目は「- 」で始まります", whole=True
        )
    keys = [*lines[item + 1 : at], *takewhile(lambda line: not line.dashes, lines[at + 1 :])]
    return _unlike(lines[at] if any(line.indent == lines[item].key_column for line in keys) else lines[item])


def _odd_one(lines: list[Line], at: int) -> Slip:
    """A line between keys that is indented unlike them: the one in which reading stops, or one above it.

    Lines further below that are indented as it is show that it is not the odd one.
    """
    indent, top = lines[at].indent, at
    while top and lines[top - 1].indent > indent:
        top -= 1
    outer = lines[top - 1].indent if top else -1
    alone = top < at and [line.indent for line in lines[top:at]].count(lines[top].indent) == 1
    alone &= lines[top].complete == lines[at].complete
    if top + 1 < at and not lines[top].complete and lines[top + 1].indent == lines[top].indent:
        return _unlike(lines[top])  # what belongs to it stands in its own column
    for below in lines[at + 1 :]:
        if below.indent <= outer or (alone and lines[at].complete and below.indent == lines[top].indent):
            break
        if below.indent == indent and alone:
            return _unlike(lines[top])
        if below.indent == indent and top and _is_first(lines, top - 1):
            return _outdented(lines[top - 1])
    return _unlike(lines[at])


def _unlike(line: Line) -> Slip:
    told = "the line is indented unlike the keys beside it"
    return _at(_first(line), told, "字下げがほかのキーとそろっていません", whole=True)


def _is_first(lines: list[Line], at: int) -> bool:
    """Whether a line is the first of those that belong to the line above it."""
    return at > 0 and lines[at - 1].indent < lines[at].indent


def _first(line: Line) -> int:
    """The place of the first character of a line that is no blank."""
    return line.start + line.indent


def _at(place: int, english: str, japanese: str, *, whole: bool = False) -> Slip:
    """A slip that is told where it is made."""
    return Slip(place, place, english, japanese, whole)


def _shown(text: str) -> str:
    """*text* without characters that would move the cursor."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:200])
