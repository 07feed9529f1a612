"""Frames and Parquet files as sheets: the names of the columns are the first row, as they would be in a file."""

from __future__ import annotations

from itertools import chain

from kpi.frames import parquet_frame, rows_of
from kpi.sheets.sheet import Grid
from kpi.sheets.values import text_of

FRAME = "<frame>"
"""What problems call a frame that somebody hands in."""


def read_frame(frame: object, name: str = FRAME) -> Grid:
    """A frame as a sheet. The row that Python counts as 0 is the second; its cells are called `column[0]`.

    Raises:
        ColumnsError: it is no frame, or one whose columns cannot be told apart or hold no exact numbers.
        MissingExtraError: narwhals is not installed.
    """
    found = rows_of(frame)
    header = (1, [column.strip() for column in found.columns])
    rows = ((number, [*map(text_of, row)]) for number, row in enumerate(found.values, start=2))

    def address(row: int, column: int) -> str:
        return found.columns[column - 1] if row == 1 else f"{found.columns[column - 1]}[{row - 2}]"

    return Grid(name, "", chain([header], rows), address, found.total)


def read_parquet(data: bytes, name: str) -> Grid:
    """A Parquet file as a sheet.

    Raises:
        ColumnsError: it is damaged.
        MissingExtraError: no library that reads it is installed.
    """
    return read_frame(parquet_frame(data), name)
