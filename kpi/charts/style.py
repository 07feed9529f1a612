"""How charts look: letters, colours that differ in lightness as well, and no more lines than needed."""

from __future__ import annotations

from typing import Any, Final

FONTS: Final = "Noto Sans CJK JP, Noto Sans JP, Hiragino Sans, Yu Gothic, Meiryo, Arial, sans-serif"
"""Fonts with Japanese letters, as systems have them; the last is whatever the reader has."""
FONT_SIZE: Final = 12
LINE_HEIGHT: Final = 15
COLUMN_WIDTH: Final = 6.6
"""Pixels that a half-width character of the size takes at most; a full-width one takes two of them."""

INK: Final = "#0b5394"
GREY: Final = "#595959"
SOFT: Final = "#e6e6e6"
OUTLINES: Final = {
    "achieved": INK,
    "missed": "#b3400f",
    "not_applicable": GREY,
    "not_evaluable": GREY,
    "no_target": GREY,
}
"""The colour of the line around a bar, by outcome."""


def style() -> dict[str, Any]:
    """The configuration of every chart."""
    text = {"labelFontSize": FONT_SIZE, "titleFontSize": FONT_SIZE, "labelColor": "black", "titleColor": GREY}
    return {
        "font": FONTS,
        "aria": False,  # the chart is one picture with one description
        "background": "white",
        "view": {"stroke": None},
        "axis": {**text, "titleFontWeight": "normal", "gridColor": SOFT},
        "text": {"color": "black"},
        "title": {"fontSize": 15, "subtitleFontSize": FONT_SIZE, "subtitleColor": GREY, "subtitlePadding": 6},
    }
