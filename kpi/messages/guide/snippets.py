"""The examples of the guide as a reader sees them: whole lines, in one screen, with nothing unprintable."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import Final

from kpi.messages.guide.advice import Advice

_WIDEST: Final = 160
"""Characters of a line that are shown; some examples are long only because they are too long."""
_UNPRINTABLE: Final = re.compile("[\x00-\x09\x0b-\x1f\ud800-\udfff]")


@cache
def sound_catalogue() -> str:
    """The catalogue in which the examples are slips; it has no problem."""
    return (Path(__file__).parent / "sound.yaml").read_text("utf-8")


def snippets(advice: Advice) -> tuple[str, str]:
    """The wrong and the right example; of a slip the whole lines in which it stands."""
    before = after = ""
    if advice.host == "slip":
        sound = sound_catalogue()
        start = sound.index(advice.right)
        end = start + len(advice.right)
        before = sound[sound.rfind("\n", 0, start) + 1 : start]
        after = "" if advice.right.endswith("\n") else sound[end : sound.index("\n", end)]
    return _shown(before + advice.wrong + after), _shown(before + advice.right + after)


def _shown(text: str) -> str:
    lines = dedent(text).strip("\n").split("\n")
    cut = (line if len(line) <= _WIDEST else f"{line[:_WIDEST]}…" for line in lines)
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", "\n".join(cut))
