"""The page of every kind of problem: its code, and what it says in English and Japanese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kpi.messages.catalogue import CATALOGUE
from kpi.messages.formulas import FORMULAS
from kpi.messages.observations import OBSERVATIONS
from kpi.messages.yaml import YAML
from kpi.pages.markdown import blocks, code, heading, plain, table

_ROOMS: Final[tuple[tuple[str, str, Mapping[str, Mapping[str, str]]], ...]] = (
    ("formulas", "In a formula or rule", FORMULAS),
    ("catalogue", "In a catalogue", CATALOGUE),
    ("yaml", "In its YAML", YAML),
    ("observations", "In a table of observations", OBSERVATIONS),
)


def problems_page() -> str:
    """Every code with its message; what stands in braces is the particular of one problem."""
    introduction = (
        "A problem is told as `file:line:column: message`, with the line of the source and a caret below.\n"
        "A code never changes its meaning; `kpi check --format json` gives it with each problem."
    )
    parts = (part for room in _ROOMS for part in _room(*room))
    return blocks(("# Problems", introduction, *parts)) + "\n"


def _room(anchor: str, title: str, messages: Mapping[str, Mapping[str, str]]) -> tuple[str, str]:
    rows = ((code(key), plain(texts["en"]), plain(texts["ja"])) for key, texts in messages.items())
    return heading(2, anchor, title), table(("code", "message", "日本語"), rows)
