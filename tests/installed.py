"""Programs that some tests open: without one its tests are left out, and say so."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM: Final = shutil.which("chromium") or shutil.which("google-chrome")
LIBREOFFICE: Final = shutil.which("soffice") or shutil.which("libreoffice")

needs_chromium = pytest.mark.skipif(
    not CHROMIUM, reason="pages are read in Chromium, and there is none: what a reader sees is not tested"
)
needs_libreoffice = pytest.mark.skipif(
    not LIBREOFFICE, reason="workbooks are opened in LibreOffice, and there is none: what they calculate is not tested"
)

_FLAGS: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window, with a profile of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def converted(files: Sequence[Path], form: str, folder: Path) -> dict[str, Path]:
    """*files* as LibreOffice opens them, calculates and saves in another *form* (`xlsx`, `csv`, `pdf`), by their stems."""
    folder.mkdir(parents=True, exist_ok=True)
    profile = folder / "profile"
    command = [
        LIBREOFFICE,
        f"-env:UserInstallation={profile.resolve().as_uri()}",
        "--headless",
        "--convert-to",
        form,
        "--outdir",
        str(folder),
        *map(str, files),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603  # our own words
    found = {file.stem: folder / f"{file.stem}.{form}" for file in files}
    missing = [name for name, file in found.items() if not file.exists()]
    assert not missing, f"LibreOffice made no {form} of {missing}: {done.stdout}{done.stderr}"
    return found
