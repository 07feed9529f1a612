"""A bar against its target, small enough for a cell of a table."""

from __future__ import annotations

from html import escape
from typing import Final

from kpi.charts.bars import LIMIT, Bar
from kpi.charts.style import INK, OUTLINES, SOFT

_WIDTH: Final = 120
_HEIGHT: Final = 18


def small_bar(bar: Bar, words: str) -> str:
    """The *bar* as an SVG picture, which *words* describe: filled where achieved, outlined where missed."""
    parts = []
    if bar.has_target:
        parts.append(_box(_x(100), _HEIGHT - 4, f'fill="{SOFT}"'))
    if bar.end is not None:
        fill = INK if bar.result.achieved else "white"
        look = f'fill="{fill}" stroke="{OUTLINES[bar.result.outcome]}" stroke-width="1.5"'
        parts.append(_box(_x(bar.end), _HEIGHT - 10, look))
    if bar.has_target:
        parts.append(f'<line x1="{_x(100)}" x2="{_x(100)}" y1="0" y2="{_HEIGHT}" stroke="black" stroke-width="2"/>')
    parts += (_diamond(_x(end)) for end in dict.fromkeys(bar.pace or ()))
    if bar.is_beyond:
        parts.append(f'<path d="M{_WIDTH - 8} 4 l7 5 l-7 5 z" fill="black"/>')
    label = escape(words)
    size = f'style="min-width:{_WIDTH}px;vertical-align:middle" width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
    return f'<svg role="img" aria-label="{label}" {size} xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'


def _x(percentage: float) -> float:
    return round(1 + percentage * (_WIDTH - 10) / LIMIT, 2)


def _box(end: float, height: float, look: str) -> str:
    return f'<rect x="1" y="{(_HEIGHT - height) / 2}" width="{round(end - 1, 2)}" height="{height}" {look}/>'


def _diamond(x: float) -> str:
    y = _HEIGHT / 2
    return f'<path d="M{x} {y - 4} l4 4 l-4 4 l-4 -4 z" fill="black" stroke="white"/>'
