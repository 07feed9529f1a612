"""LibreOffice, for the tests that need a real spreadsheet program."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed: no workbook is saved by it")


def saved(paths, folder: Path) -> list[bytes]:
    """The workbooks at *paths* as LibreOffice opens, computes and saves them."""
    profile = (folder / "profile").as_uri()
    target = folder / "saved"
    arguments = ["--headless", f"-env:UserInstallation={profile}", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    subprocess.run(  # noqa: S603  # what was found above
        [str(SOFFICE), *arguments, "--outdir", str(target), *map(str, paths)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return [(target / path.name).read_bytes() for path in paths]
