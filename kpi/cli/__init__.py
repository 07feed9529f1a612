"""The command line: one module for each group of commands."""

from __future__ import annotations

import atexit
import gc
import sys
from io import TextIOWrapper

_NEEDED = ("click", "rich")


def main() -> None:
    """Runs the command line, or says in one line which packages it lacks."""
    gc.disable()  # a command is over before there is garbage worth looking for, and looking takes a tenth of its time
    atexit.register(gc.freeze)  # nor is it worth looking for at the end, when the system takes everything back
    try:
        from kpi.cli.commands import kpi
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _NEEDED:
            raise
        sys.exit(f"kpi: the command line needs {' and '.join(_NEEDED)}: pip install 'kpi[cli]'")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that lacks a character gets its number, not a traceback
            stream.reconfigure(errors="backslashreplace")
    kpi(prog_name="kpi")
