"""The published results that ship with the library."""

from __future__ import annotations

import pytest

import kpi
from kpi.observations import published


def test_read_as_any_other_table():
    """With every check, and the names that the catalogue knows, the table is read as it is without them."""
    assert kpi.load_observations(published.PUBLISHED, kpi.load_catalog().known) == kpi.load_published()
    assert kpi.load_observations(published.PUBLISHED) == kpi.load_published()
    assert len(kpi.load_published()) > 50


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("fiscal_year", "year", "1:"),
        ("national,R3", "national,R", "is no fiscal year"),
        ("2021-08-31", "2021-08-32", "2021-08-32"),
    ],
)
def test_broken_table(old, new, told, tmp_path, monkeypatch):
    """A table with a mistake is told like any other."""
    text = published.PUBLISHED.read_text("utf-8")
    assert old in text
    file = tmp_path / "published.csv"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(published, "PUBLISHED", file)
    with pytest.raises(kpi.DataError, match=told):
        kpi.load_published()
