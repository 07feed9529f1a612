"""The notebooks of the documentation: they run, and what they show is what they have kept."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nbformat
import pytest
from notebooks import PATHS, executed


class _Text(HTMLParser):
    """The text of a page or picture without its style, which libraries may change."""

    def __init__(self, page):
        super().__init__()
        self.text = []
        self.feed(re.sub("<style.*?</style>", "", page, flags=re.DOTALL))

    def handle_data(self, data):
        self.text.append(data.strip())


def shown(cell):
    """What a reader sees below a cell, as text; lines of the catalogue move with every entry above them."""
    return [re.sub(r"catalog\.yaml:\d+", "catalog.yaml", text) for text in _shown(cell)]


def _shown(cell):
    for output in cell.get("outputs", ()):
        if output.output_type == "stream":
            yield output.text
            continue
        richest = next(kind for kind in ("image/svg+xml", "text/html", "text/plain") if kind in output.data)
        yield (
            output.data[richest]
            if richest == "text/plain"
            else " ".join(filter(None, _Text(output.data[richest]).text))
        )


def ids(path):
    return path.stem


@pytest.mark.parametrize("path", PATHS, ids=ids)
class TestNotebooks:
    def test_current(self, path):
        """Each cell shows what the notebook has kept; `python tests/notebooks.py` writes it anew."""
        kept, now = nbformat.read(path, as_version=4), executed(path)
        for cell, again in zip(kept.cells, now.cells, strict=True):
            assert shown(cell) == shown(again), cell.source

    def test_stands_alone(self, path):
        """What it shows needs no network: charts are pictures with words, and nothing is fetched."""
        outputs = [output for cell in nbformat.read(path, as_version=4).cells for output in cell.get("outputs", ())]
        pictures = [output for output in outputs if "image/svg+xml" in output.get("data", {})]
        assert pictures
        assert all(picture.metadata["image/svg+xml"]["alt"] for picture in pictures)
        text = "".join(part for output in outputs for part in output.get("data", {}).values())
        assert not re.search(r"""(src|href)=["']http""", text)

    def test_in_two_languages(self, path):
        """Each heading is in Japanese and in English."""
        cells = nbformat.read(path, as_version=4).cells
        headings = [
            line
            for cell in cells
            for line in cell.source.splitlines()
            if line.startswith("#") and cell.cell_type == "markdown"
        ]
        assert headings
        assert all(re.search("[ぁ-ん一-龥ァ-ヶ].* / .*[A-Za-z]", heading) for heading in headings)


def test_simulated():
    """Simulated data are called simulated before the first cell, in the names of the branches, and in each picture."""
    path = next(path for path in PATHS if path.stem == "branches")
    cells = nbformat.read(path, as_version=4).cells
    assert "模擬データ" in cells[0].source
    assert "simulated" in cells[0].source
    pictures = [
        output.data["image/svg+xml"]
        for cell in cells
        for output in cell.get("outputs", ())
        if "image/svg+xml" in output.get("data", {})
    ]
    assert len(pictures) == 2
    assert all("模擬データ" in picture for picture in pictures)
