"""Formatting catalogues where they stand in files."""

from __future__ import annotations

import os
import tempfile
from codecs import BOM_UTF8
from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from kpi.catalogue.formatting import Change, apply, changes
from kpi.errors import CatalogError, KpiError
from kpi.problems import Problem, decode
from kpi.progress import steps


def format_files(paths: Iterable[str | Path], *, write: bool = True) -> list[Change]:
    """What formatting the catalogues at *paths* changes, or would change where it does not *write*.

    Raises:
        CatalogError: one cannot be read as YAML, or holds a formula or rule that cannot be read. None is changed then,
            and the error carries the problems of all.
        OSError: a file cannot be opened.
        KpiError: a file cannot be written; it stays as it is.
    """
    read = [_Read.of(Path(path)) for path in steps(dict.fromkeys(paths), "reading")]
    problems = [problem for file in read for problem in file.problems]
    if problems:
        raise CatalogError(problems)
    for file in read:
        if file.changes and write:
            _replace(file.path.resolve(), file.mark + apply(file.text, file.changes).encode())
    return [change for file in read for change in file.changes]


@frozen
class _Read:
    """A file with a catalogue, and what formatting would change in it; *mark* is its byte order mark."""

    path: Path
    mark: bytes
    text: str
    changes: list[Change]
    problems: list[Problem]

    @classmethod
    def of(cls, path: Path) -> _Read:
        data = path.read_bytes()
        source, problems = decode(data, str(path))
        found, unreadable = changes(source.text, str(path))
        mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
        return cls(path, mark, source.text, found, problems or unreadable)


def _replace(path: Path, data: bytes) -> None:
    """Puts *data* in the place of a file at once: whoever reads meanwhile gets the old text or the new one."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        new = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            new.chmod(path.stat().st_mode)
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        raise KpiError(f"cannot write {path}: {error.strerror}") from error
