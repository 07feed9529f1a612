"""Files as the tools of a repository call them: by their path from its top."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote


def in_repository(file: str) -> str:
    """The path of *file* from the top of the repository, or the working directory, in which it stands.

    A file outside keeps its whole path. Parts are divided by `/` on every system.
    """
    here = Path.cwd()
    top = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
    path = Path(os.path.normpath(here / file))
    return (path.relative_to(top) if path.is_relative_to(top) else path).as_posix()


def uri(file: str) -> str:
    """The same as a URI: relative inside the repository, and with the signs escaped that mean something in it."""
    path = in_repository(file)
    return Path(path).as_uri() if Path(path).is_absolute() else quote(os.fsencode(path))
