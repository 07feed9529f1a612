"""A PostgreSQL server of the tests' own, started where its programs are installed; where they are not, it is left out."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from kpi.periods.calendar import usual_calendar


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    on_path = shutil.which("initdb")
    return found[-1] if found else Path(on_path).parent if on_path else None


PROGRAMS: Final = _programs()
WITHOUT: Final = "PostgreSQL is not installed: queries in its dialect are not run"
needs_postgres = pytest.mark.skipif(PROGRAMS is None, reason=WITHOUT)


def _as_user(*command: str) -> None:
    """Runs a program of the server, which refuses to be root."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    before = ["runuser", "-u", "postgres", "--"] if is_root else []
    subprocess.run([*before, *command], check=True, capture_output=True, cwd="/")  # noqa: S603  # fixed programs


@cache
def _folder() -> Path:
    """The folder of a running server, which takes connections through a socket there alone."""
    assert PROGRAMS is not None
    folder = Path(tempfile.mkdtemp(prefix="kpi-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = str(folder / "data")
    settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c max_connections=8"
    _as_user(str(PROGRAMS / "initdb"), "-D", data, "-U", "kpi", "--auth=trust", "--encoding=UTF8", "--no-sync")
    control = str(PROGRAMS / "pg_ctl")
    _as_user(control, "-D", data, "-o", settings, "-l", str(folder / "log"), "-w", "start")

    def stop() -> None:
        _as_user(control, "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return folder


@cache
def connection() -> Any:
    """A connection to a database with the calendar of business days."""
    import psycopg

    found = psycopg.connect(host=str(_folder()), user="kpi", dbname="postgres", autocommit=True)
    found.execute("CREATE TABLE calendar (day DATE PRIMARY KEY, business_days BIGINT)")
    with found.cursor() as cursor, cursor.copy("COPY calendar FROM STDIN") as copy:
        for row in usual_calendar().rows():
            copy.write_row(row)
    return found
