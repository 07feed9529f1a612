"""Where files of records lie: a path is that of one file, of a folder with all that is in it, or a pattern."""

from __future__ import annotations

from collections.abc import Iterator
from glob import glob
from pathlib import Path
from typing import Final

from kpi.errors import RecordsError
from kpi.formulas.tables import Table

_CSV: Final = ("*.csv", "*.csv.gz")


def is_csv(path: str | Path) -> bool:
    """Whether a path is one of CSV files, which may be compressed: by its end, or that of all there is in a folder."""
    if str(path).lower().removesuffix(".gz").endswith(".csv"):
        return True
    return next(_within(path, "*.parquet"), None) is None and next(_within(path, *_CSV), None) is not None


def parquet_pattern(path: str | Path) -> str:
    """A path of Parquet files as a pattern of DuckDB."""
    return f"{path}/**/*.parquet" if Path(path).is_dir() else str(path)


def parquet_files(table: Table, path: str | Path) -> tuple[str, list[str]]:
    """A path of Parquet files as paths that Spark reads, and the folder from which the names of folders are columns.

    Spark looks neither into the folders of a folder nor, where a pattern has `**`, further than into one.

    Raises:
        RecordsError: there is none.
    """
    if Path(path).is_dir():
        return str(path), _files_at(table, path, "*.parquet")
    base, deep, _ = str(path).partition("**")
    return (base, _files_at(table, path)) if deep else ("", [str(path)])


def csv_files_at(table: Table, path: str | Path) -> list[str]:
    """The CSV files at a path.

    Raises:
        RecordsError: there is none.
    """
    return _files_at(table, path, *_CSV)


def _files_at(table: Table, path: str | Path, *endings: str) -> list[str]:
    """The files at a path, in the order of their names; in a folder those with one of the *endings*."""
    if Path(path).is_dir():
        found = [*_within(path, *endings)]
    else:
        names = glob(str(path), recursive=True)  # noqa: PTH207  # a pattern may begin at the root
        found = [name for name in names if Path(name).is_file()]
    if not found:
        raise RecordsError(f"table {table.name!r}: no files found at {str(path)!r}")
    return sorted(found)


def _within(folder: str | Path, *endings: str) -> Iterator[str]:
    """The files in a folder, and in those within it; of what is no folder none."""
    return (str(found) for ending in endings for found in Path(folder).rglob(ending) if found.is_file())
