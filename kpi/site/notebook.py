"""A notebook as a page of the documentation site: its texts, its code, and what it showed when it was run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import nbformat
from nbformat import NotebookNode

from kpi.pages.markdown import blocks

_SHOWN: Final = ("text/html", "image/svg+xml")
"""What stands in a page as it is, the best first; all else is shown as text."""


def notebook_page(path: Path) -> str:
    """The notebook in Markdown, with a link to the file itself below its title."""
    title, *cells = nbformat.read(path, as_version=4).cells  # type: ignore[no-untyped-call]  # nbformat has no types
    head, _, text = title.source.partition("\n")
    parts = (part for cell in cells for part in _cell(cell))
    return blocks((head, f"ノートブック / notebook: [{path.name}]({path.name})", text.strip(), *parts)) + "\n"


def _cell(cell: NotebookNode) -> Iterator[str]:
    if cell.cell_type == "code":
        yield f"```python\n{cell.source}\n```"
        yield from map(_output, cell.outputs)
    else:
        yield cell.source


def _output(output: NotebookNode) -> str:
    if output.output_type == "stream":
        return _plain(output.text)
    shown = next((output.data[kind] for kind in _SHOWN if kind in output.data), None)
    return (
        _plain(output.data["text/plain"])
        if shown is None
        else f'<div class="output" data-search-exclude>\n{shown}\n</div>'
    )


def _plain(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```"
