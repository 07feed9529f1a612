"""The catalogue: reading `catalog.yaml` into definitions, and every problem it has."""

from __future__ import annotations

from pathlib import Path

from kpi.catalogue.catalog import Catalog
from kpi.catalogue.cross_checks import cross_check
from kpi.errors import CatalogError
from kpi.observations.observation import Observations
from kpi.observations.reading import load_published
from kpi.problems import Problem, decode, in_order
from kpi.source import Source

__all__ = ["Catalog", "check", "checked_catalog", "load_catalog", "shipped_catalog"]


def load_catalog(path: str | Path | None = None) -> Catalog:
    """The catalogue at *path*, or the one that is shipped.

    Raises:
        CatalogError: it has problems; the error carries all of them.
        OSError: the file cannot be opened.
    """
    catalog, _, problems = _read(path)
    if problems:
        raise CatalogError(problems)
    return catalog


def check(path: str | Path | None = None, observations: Observations | None = None) -> list[Problem]:
    """Every problem of the catalogue at *path*, or of the one that is shipped, in the order of the file.

    One that reads well is checked further: no variable is unused, and no baseline contradicts last year's result.
    What was observed are *observations*; without any, the published results.

    Raises:
        OSError: the file cannot be opened.
    """
    return checked_catalog(path, observations)[1]


def checked_catalog(
    path: str | Path | None = None, observations: Observations | None = None
) -> tuple[Catalog, list[Problem]]:
    """What makes sense of the catalogue at *path*, and what `check` finds.

    Raises:
        OSError: the file cannot be opened.
    """
    catalog, file, problems = _read(path)
    if problems:
        return catalog, problems
    if observations is None:
        observations = load_published()
    return catalog, in_order(cross_check(catalog, file, observations))


def shipped_catalog() -> Path:
    """Where the shipped catalogue stands: in the installed package, or at the top of the repository."""
    package = Path(__file__).parent.parent
    installed = package / "catalog.yaml"
    return installed if installed.exists() else package.parent / "catalog.yaml"


def _read(path: str | Path | None) -> tuple[Catalog, Source, list[Problem]]:
    from kpi.catalogue.loader import read_catalog  # the YAML library is loaded with the first catalogue

    file = Path(path) if path is not None else shipped_catalog()
    name = str(path) if path is not None else file.name
    data = file.read_bytes()
    source, problems = decode(data, name)
    catalog, found = read_catalog(source.text, name)
    return catalog, source, problems or found
