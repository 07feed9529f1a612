"""A catalogue to start from, with a table of observations."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from kpi.errors import KpiError
from kpi.problems import Language

FILES: Final = ("catalog.yaml", "observations.csv")
"""What a starter consists of."""

_COMMENT: Final = re.compile(r"( *)# (en|ja): (.*\n)")


def starter(name: str, language: Language = "en") -> str:
    """The text of one of the `FILES`, its comments in one language."""
    text = (Path(__file__).parent / name).read_text("utf-8")
    return "".join(_told(line, language) for line in text.splitlines(keepends=True))


def write_starter(folder: str | Path, language: Language = "en") -> list[Path]:
    """Writes the starter into *folder*, which is made where it does not exist; gives the files written.

    Raises:
        KpiError: one of the files is there already; nothing is written.
        OSError: the folder or a file cannot be written.
    """
    paths = [Path(folder) / name for name in FILES]
    there = [str(path) for path in paths if path.exists() or path.is_symlink()]
    if there:
        raise KpiError(f"nothing written: {' and '.join(there)} exist{'s' if len(there) == 1 else ''} already")
    Path(folder).mkdir(parents=True, exist_ok=True)
    for path in paths:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(starter(path.name, language))
    return paths


def _told(line: str, language: Language) -> str:
    found = _COMMENT.fullmatch(line)
    if found is None:
        return line
    indent, written_in, text = found.groups()
    return f"{indent}# {text}" if written_in == language else ""
