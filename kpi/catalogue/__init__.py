"""The catalogue: reading `catalog.yaml` into definitions, and every problem it has."""

from __future__ import annotations

from pathlib import Path

from kpi.catalogue.catalog import Catalog
from kpi.errors import CatalogError
from kpi.problems import Problem, decode

__all__ = ["Catalog", "check", "load_catalog", "shipped_catalog"]


def load_catalog(path: str | Path | None = None) -> Catalog:
    """The catalogue at *path*, or the one that is shipped.

    Raises:
        CatalogError: it has problems; the error carries all of them.
        OSError: the file cannot be opened.
    """
    catalog, problems = _read(path)
    if problems:
        raise CatalogError(problems)
    return catalog


def check(path: str | Path | None = None) -> list[Problem]:
    """Every problem of the catalogue at *path*, or of the one that is shipped, in the order of the file.

    Raises:
        OSError: the file cannot be opened.
    """
    return _read(path)[1]


def shipped_catalog() -> Path:
    """Where the shipped catalogue stands: in the installed package, or at the top of the repository."""
    package = Path(__file__).parent.parent
    installed = package / "catalog.yaml"
    return installed if installed.exists() else package.parent / "catalog.yaml"


def _read(path: str | Path | None) -> tuple[Catalog, list[Problem]]:
    from kpi.catalogue.loader import read_catalog  # the YAML library is loaded with the first catalogue

    file = Path(path) if path is not None else shipped_catalog()
    name = str(path) if path is not None else file.name
    data = file.read_bytes()
    source, problems = decode(data, name)
    catalog, found = read_catalog(source.text, name)
    return catalog, problems or found
