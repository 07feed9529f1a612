"""Catalogues by path or git revision: `catalog.yaml`, `HEAD~1`, `main:plans/catalog.yaml`."""

from __future__ import annotations

import subprocess
from pathlib import Path, PurePosixPath

from kpi.errors import KpiError

CATALOG = "catalog.yaml"
"""The file of a revision that names none, where the other side of the difference is no file either."""


def read_revision(text: str, other: str = "") -> tuple[bytes, str]:
    """The bytes of a catalogue and what to call it; a revision alone means the file that *other* is.

    Raises:
        KpiError: there is no such file, and git knows no such revision with it.
    """
    if Path(text).is_file():
        return Path(text).read_bytes(), text
    revision, colon, path = text.partition(":")
    if not colon:
        path = other if Path(other).is_file() else CATALOG
    if revision.startswith("-") or not revision or not path:
        raise KpiError(f"{text!r} is no file and no git revision; expected catalog.yaml, HEAD~1 or main:catalog.yaml")
    folder, name = (Path(), path) if colon or not Path(path).is_absolute() else (Path(path).parent, Path(path).name)
    place = name if colon and not name.startswith(".") else f"./{PurePosixPath(Path(name).as_posix())}"
    return _git_show(f"{revision}:{place}", folder, text), f"{revision}:{name}"


def _git_show(blob: str, folder: Path, text: str) -> bytes:
    try:
        found = subprocess.run(  # noqa: S603  # arguments go as a list, and none begins with a sign
            ["git", "cat-file", "blob", blob],  # noqa: S607  # the git of whoever calls
            cwd=folder,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise KpiError(f"{text!r} is no file, and git, which would know a revision, is not installed") from None
    if found.returncode:
        said = found.stderr.decode(errors="replace").strip().removeprefix("fatal: ").splitlines()
        raise KpiError(f"{text!r} is no file, and git finds no such revision: {said[0] if said else blob}")
    return found.stdout
