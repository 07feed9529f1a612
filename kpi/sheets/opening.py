"""Which kind of table something is, told by how its bytes begin, and the sheets in it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from kpi.errors import ColumnsError, UnknownNameError
from kpi.problems import Problem, nearest
from kpi.sheets.sheet import Sheet
from kpi.sheets.text import read_text
from kpi.source import Source, Span

_ZIP: Final = b"PK\x03\x04"
_PARQUET: Final = b"PAR1"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the old Excel files begin, and new ones with a password."""
REMARK: Final = ("※", "#")
"""What the title of a sheet, a heading or a line begins with that is for people alone."""


def open_sheets(data: bytes, name: str, wanted: Collection[str] = ()) -> tuple[Sequence[Sheet], list[Problem]]:
    """The sheets in the bytes of a file: those that are *wanted*, or all that are no remark.

    Raises:
        UnknownNameError: a sheet that is wanted is not there; the message names the nearest.
        MissingExtraError: no library that reads such a file is installed.
    """
    sheets, problems = _sheets(data, name)
    titles = [sheet.title for sheet in sheets]
    for title in wanted:
        if title not in titles and not problems:
            raise UnknownNameError.of("sheet", title, nearest(title, titles), name)
    if wanted:
        return [sheet for sheet in sheets if sheet.title in wanted], problems
    return [sheet for sheet in sheets if not sheet.title.startswith(REMARK)], problems


def _sheets(data: bytes, name: str) -> tuple[Sequence[Sheet], list[Problem]]:
    if data.startswith(_ZIP):
        from kpi.sheets.excel import BrokenWorkbookError, read_workbook

        try:
            return read_workbook(data, name), []
        except BrokenWorkbookError as error:
            return [], [_unreadable("broken-workbook", name, said=str(error))]
    if data.startswith(_OLE):
        return [], [_unreadable("old-workbook", name)]
    if data.startswith(_PARQUET):
        from kpi.sheets.frame import read_parquet

        try:
            return [read_parquet(data, name)], []
        except ColumnsError as error:
            return [], [_unreadable("broken-parquet", name, said=str(error))]
    return read_text(data, name)


def _unreadable(code: str, name: str, **facts: object) -> Problem:
    return Problem(code, Source("", name), Span(0, 0), facts)
