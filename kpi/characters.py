"""Full-width and half-width forms of one character, folded without moving any place."""

from __future__ import annotations

import unicodedata
from typing import Final

_FOLDS: Final = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **str.maketrans("　−‐×÷≧≦％", " --*/≥≤%"),
}


def fold_width(text: str) -> str:
    """*text* with full-width letters, digits and signs in their plain form, one character for one.

    Columns stay what they were, so a place in the folded text is the place in the original.
    """
    return text if text.isascii() else text.translate(_FOLDS)


def plain_name(name: str) -> str:
    """A name in the one form that is compared: `ＧＥ件数` and `GE件数` are the same, as are composed letters and others."""
    return name if name.isascii() else unicodedata.normalize("NFC", fold_width(name))


def columns(text: str) -> int:
    """Columns that *text* takes on a terminal: a full-width character takes two."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrapped(text: str, width: int) -> list[str]:
    """*text* in as few lines of at most *width* columns as it takes, all of them about equally long.

    A line ends at a space where it has one, and within a word elsewhere; *width* is at least 2.
    """
    text = " ".join(text.split())
    fewest = len(_filled(text, width))
    return next(lines for narrow in range(2, width + 1) if len(lines := _filled(text, narrow)) == fewest)


def _filled(text: str, width: int) -> list[str]:
    lines, rest = [], text
    while columns(rest) > width:
        end = max(end for end in range(len(rest)) if columns(rest[:end]) <= width)
        space = rest.rfind(" ", 0, end + 1)
        end = space if space > 0 else end
        lines.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*lines, rest]
