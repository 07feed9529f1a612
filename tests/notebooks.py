"""Executes the notebooks of the documentation.

`python tests/notebooks.py` writes their outputs anew: after a change of what they show, and before it is committed.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parent.parent / "docs" / "notebooks"
PATHS = sorted(FOLDER.glob("*.ipynb"))
_KEPT = ("kernelspec", "language_info")


def executed(path: Path) -> nbformat.NotebookNode:
    """The notebook at *path* after all of its cells were run in a new kernel; an error in a cell is raised."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    for cell in notebook.cells:
        cell.metadata = {}  # when a cell was run is nobody's concern
    notebook.metadata = {"kernelspec": notebook.metadata.kernelspec, "language_info": {"name": "python"}}
    return notebook


if __name__ == "__main__":
    for each in PATHS:
        nbformat.write(executed(each), each)
