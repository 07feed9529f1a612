"""Writes the generated pages: `python -m kpi.pages docs`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from kpi.audit.figures import load_figures
from kpi.catalogue import load_catalog
from kpi.observations.published import load_published
from kpi.pages import pages


def main(arguments: Sequence[str]) -> None:
    """Writes the pages of the shipped catalogue into a folder."""
    parser = ArgumentParser(prog="python -m kpi.pages", description="Writes the generated pages of the documentation.")
    parser.add_argument("folder", type=Path, help="where the pages go: docs")
    folder: Path = parser.parse_args(arguments).folder
    for name, text in pages(load_catalog(), load_published(), load_figures()).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
