"""Full-width and half-width forms of one character, folded without moving any place."""

from __future__ import annotations

from typing import Final

_FOLDS: Final = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **str.maketrans("　−‐×÷≧≦％", " --*/≥≤%"),
}


def fold_width(text: str) -> str:
    """*text* with full-width letters, digits and signs in their plain form, one character for one.

    Columns stay what they were, so a place in the folded text is the place in the original.
    """
    return text.translate(_FOLDS)
