"""How the forms look: few colours, so that what is to be filled in is seen first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.properties import PageSetupProperties

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FONT: Final = "Yu Gothic"
"""A font of Windows and macOS for Japanese; other systems take one of theirs."""
_LINE: Final = Side(style="thin", color="B8BEC6")

TITLE: Final = Font(name=FONT, size=14, bold=True, color="1F3A5F")
TEXT: Final = Font(name=FONT, size=10)
FAINT: Final = Font(name=FONT, size=9, color="6B7280")
STRONG: Final = Font(name=FONT, size=10, bold=True)
HEADING: Final = Font(name=FONT, size=10, bold=True, color="FFFFFF")
GROUP: Final = Font(name=FONT, size=10, bold=True, color="1F3A5F")

HEADING_FILL: Final = PatternFill("solid", fgColor="1F3A5F")
GROUP_FILL: Final = PatternFill("solid", fgColor="E3EAF3")
NEEDED_FILL: Final = PatternFill("solid", fgColor="FFF4C2")
NONE_FILL: Final = PatternFill("solid", fgColor="ECEEF1")

BOX: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
LEFT: Final = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
RIGHT: Final = Alignment(horizontal="right", vertical="center", indent=1)
CENTRE: Final = Alignment(horizontal="center", vertical="center", wrap_text=True)
OPEN: Final = Protection(locked=False)
LOCKED: Final = Protection(locked=True)

_LINE_HEIGHT: Final = 15.0
_ROW_HEIGHT: Final = 20.0


def height(text: int, width: float) -> float:
    """The height, in points, of a row with a *text* of so many columns of a terminal in a cell of that *width*."""
    lines = -(-text // int(width * 1.05))
    return max(_ROW_HEIGHT, _LINE_HEIGHT * lines + 5)


def finish(sheet: Worksheet, paper: str) -> None:
    """Protects a sheet, and prints it in landscape, as wide as the *paper* and as long as it takes."""
    sheet.sheet_view.showGridLines = False
    sheet.protection.sheet = True
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", paper
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5
    footer = sheet.HeaderFooter.oddFooter
    if footer is not None:
        footer.center.text = "&P / &N"
