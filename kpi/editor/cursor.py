"""What is being typed: the place of the cursor in a text that may not be readable as it stands.

A mark is put where the cursor is, the text behind it is mended in one way after another, and the first that can be read
tells in which field of what the mark stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attrs import field, frozen

from kpi.editor.outline import Outline, Spot

_MARK: Final = "cursor__mark"
_KEY: Final = re.compile(r"\s*(?:- +)*[\w-]*")
_FIELD: Final = re.compile(r"(?P<key>\s*(?:- +)*[\w-]+:[ \t]+)(?P<quote>[\"']?)(?P<value>.*)")


@frozen
class Cursor:
    """The field in which the cursor stands, what stands *before* it there, and the rest of the catalogue."""

    outline: Outline = field(repr=False)
    spot: Spot
    before: str


def cursor(text: str, offset: int) -> Cursor | None:
    """What is being typed at *offset*; None where the text cannot be read even when it is mended there."""
    for mended in _mended(text, offset):
        outline = Outline.of(mended)
        spots = (spot for spot in outline.spots() if spot.node.kind != "unread") if outline else ()
        spot = next((spot for spot in spots if _MARK in spot.node.text), None)
        if outline and spot:
            before, _, _ = spot.node.text.partition(_MARK)
            return Cursor(outline, spot, before)
    return None


def _mended(text: str, offset: int) -> Iterator[str]:
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset) if "\n" in text[offset:] else len(text)
    line, rest = text[start:offset], text[offset:end].rstrip("\r")
    lines = []
    if _KEY.fullmatch(line) and not rest.strip():
        lines.append(f"{line}{_MARK}: x")
    lines += (f"{line}{_MARK}{rest}", f'{line}{_MARK}"', f"{line}{_MARK}'")
    if value := _FIELD.fullmatch(line):  # a value that YAML does not take without quotes, such as >= 20%
        lines.append(f'{value["key"]}"{value["value"]}{_MARK}"')
    for behind in (text[end:], ""):  # what is wrong further down does not matter here
        yield from (text[:start] + mended + behind for mended in lines)
