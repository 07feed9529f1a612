"""Reads tables of observations from files and frames.

Every problem is found in one go, each at its place: line and column of a text, row and column of a sheet or frame.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path

from kpi.errors import DataError
from kpi.observations.known import Known
from kpi.observations.observation import Observations
from kpi.observations.tables import read_sheets
from kpi.problems import Problem
from kpi.progress import stage
from kpi.sheets.opening import open_sheets

_OF_SHEET = re.compile(r"(?P<path>.+)\[(?P<sheet>[^\[\]]+)\]")


def load_observations(table: object, known: Known | None = None, *, sheets: str | Iterable[str] = ()) -> Observations:
    """Reads a table of observations, and where names are *known*, takes no other, nor another unit.

    Args:
        table: the path of a file: CSV or tab-separated text in UTF-8, UTF-16 or Shift_JIS, an Excel workbook (`.xlsx`)
            or Parquet, told apart by how they begin; or a frame of polars, pandas or pyarrow.
            `figures.xlsx[岩手]` is one sheet of a workbook.
        known: the names and units of a catalogue: `catalog.known`. Without them quantities may have any name,
            and a table has a row for each value.
        sheets: the sheets of a workbook to read; without any, all that are visible and whose titles do not begin with ※.

    A table has a row for each value (`organisation`, `fiscal_year`, `quantity` and `value`; further `period` (`year`, or
    what `read_period` reads, within the fiscal year), `as_of` (from the first day of the period to two years after the
    fiscal year; without it the period's last day), `unit`, `source`, `section`, `page`, `note`), or a column for each
    quantity, or a column for each period. Headings may be Japanese: 支部, 年度, 期間, 時点, 項目, 値, 単位, 出典, 備考.

    Raises:
        DataError: the table has problems; it carries all of them.
        UnknownNameError: the workbook has no such sheet.
        ColumnsError: a frame is none of those, or has two columns of one name.
        MissingExtraError: the package that reads such a table is not installed.
        OSError: the file cannot be opened.
    """
    if isinstance(table, str | Path):
        path, wanted = _path_and_sheets(table, (sheets,) if isinstance(sheets, str) else tuple(sheets))
        with stage("reading", of=str(path)):
            observations, problems = read_observations(path.read_bytes(), str(path), known, wanted)
    else:
        from kpi.sheets.frame import read_frame

        found, problems = read_sheets([read_frame(table)], known)
        observations = Observations(tuple(found))
    if problems:
        raise DataError(problems)
    return observations


def read_observations(
    data: bytes, name: str, known: Known | None = None, wanted: Collection[str] = ()
) -> tuple[Observations, list[Problem]]:
    """The observations that can be read from the bytes of a file, and every problem.

    Raises:
        UnknownNameError: a *wanted* sheet is not there.
        MissingExtraError: the package that reads such a file is not installed.
    """
    sheets, problems = open_sheets(data, name, wanted)
    found, others = read_sheets(sheets, known)
    return Observations(tuple(found)), [*problems, *others]


def _path_and_sheets(table: str | Path, sheets: tuple[str, ...]) -> tuple[Path, tuple[str, ...]]:
    """The file, and the sheets that are wanted of it; a file that is really called so comes first."""
    path = Path(table)
    found = None if sheets or path.exists() else _OF_SHEET.fullmatch(str(table))
    return (Path(found["path"]), (found["sheet"],)) if found else (path, sheets)
