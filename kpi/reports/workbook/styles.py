"""How the cells of a workbook look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field

from kpi.characters import columns

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_LINE: Final = "#C3C9D0"
_LINE_HEIGHT: Final = 15
TITLE_HEIGHT: Final = 24
AGAIN: Final = " again"
"""Behind the key of a column whose heading stands there twice."""
_NUMBERS: Final = frozenset({"number", "value", "target", "margin", "decimals", "least", "most"})
_INDENTED: Final = frozenset({"verdict", "as_of", "unit of input", "comparison"})
_GAP: Final = 3
_SPARE: Final = 2
"""Columns of text that a line may leave free where it ends at a word."""
_STYLES: Final[dict[str, dict[str, Any]]] = {
    "title": {"bold": True, "font_size": 15},
    "soft": {"font_color": "#58606A"},
    "heading": {"bold": True, "font_color": "#444B53", "bottom": 2, "text_wrap": True, "valign": "bottom"},
    "heading indented": {
        "bold": True,
        "font_color": "#444B53",
        "bottom": 2,
        "align": "left",
        "indent": 1,
        "valign": "bottom",
    },
    "heading right": {
        "bold": True,
        "font_color": "#444B53",
        "bottom": 2,
        "text_wrap": True,
        "align": "right",
        "valign": "bottom",
    },
    "group": {"bold": True, "font_color": "#444B53", "bottom": 1, "bottom_color": _LINE, "align": "center"},
    "area": {"bold": True, "bg_color": "#E9ECF0"},
    "text": {"text_wrap": True, "bottom": 1, "bottom_color": _LINE},
    "indented": {"text_wrap": True, "align": "left", "indent": 1, "bottom": 1, "bottom_color": _LINE},
    "name": {"text_wrap": True, "bold": True, "bottom": 1, "bottom_color": _LINE},
    "centre": {"align": "center", "bottom": 1, "bottom_color": _LINE},
    "number": {"align": "right", "bottom": 1, "bottom_color": _LINE},
    "input": {"align": "right", "bg_color": "#FFF7CC", "border": 1, "border_color": _LINE},
    "small": {"align": "right", "font_color": "#58606A", "bottom": 1, "bottom_color": _LINE},
    "plain": {"text_wrap": True},
    "unwrapped": {},
    "total": {"bold": True, "indent": 1, "align": "left"},
}


@define
class Styles:
    """The formats of one *book*, each made once."""

    book: Workbook
    _made: dict[tuple[str, str], Format] = field(factory=dict)

    def get(self, style: str, numbers: str = "") -> Format:
        """A *style*, and how *numbers* are shown in it."""
        if (style, numbers) not in self._made:
            more = {"num_format": numbers} if numbers else {}
            self._made[style, numbers] = self.book.add_format({"valign": "top", **_STYLES[style], **more})
        return self._made[style, numbers]


def number_format(decimals: int | None, *, signed: bool = False) -> str:
    """How a number with so many *decimals* is shown, None: as many as it has; *signed* shows a plus as well."""
    plain = "General" if decimals is None else "#,##0" + (f".{'0' * decimals}" if decimals else "")
    return f"+{plain};-{plain};+{plain}" if signed else plain


def write_headings(
    sheet: Worksheet, row: int, words: Mapping[str, str], columns: Mapping[str, int], styles: Styles
) -> None:
    """The headings of a table and the widths of its *columns*; those of numbers stand to the right."""
    for column, (key, width) in enumerate(columns.items()):
        name = key.removesuffix(AGAIN)
        style = "heading right" if name in _NUMBERS else "heading indented" if name in _INDENTED else "heading"
        sheet.set_column(column, column, width)
        sheet.write_string(row, column, words[name], styles.get(style))


def write_title(sheet: Worksheet, *lines: str, styles: Styles) -> None:
    """A title and the lines below it."""
    sheet.set_row(0, TITLE_HEIGHT)
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line, styles.get("soft" if row else "title"))


def row_height(texts: Mapping[str, str], widths: Mapping[str, int]) -> float:
    """The height of a row in points, in which each of *texts* fits in the width of its column."""
    lines = (-(-columns(text) // (widths[key] - _SPARE)) for key, text in texts.items())
    return max((1, *lines)) * _LINE_HEIGHT + _GAP
