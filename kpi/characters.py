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


def columns(text: str) -> int:
    """Columns that *text* takes on a terminal: a full-width character takes two."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
