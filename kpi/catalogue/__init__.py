"""The catalogue: reading `catalog.yaml` into definitions, and every problem it has."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kpi.catalogue.catalog import Catalog
from kpi.catalogue.cross_checks import cross_check
from kpi.catalogue.example_checks import check_examples
from kpi.errors import CatalogError
from kpi.observations.observation import Observations
from kpi.observations.published import load_published
from kpi.problems import Problem, decode, in_order
from kpi.progress import stage
from kpi.source import Source

__all__ = ["Catalog", "check", "check_bytes", "checked_catalog", "load_bytes", "load_catalog", "shipped_catalog"]


def load_catalog(path: str | Path | None = None) -> Catalog:
    """The catalogue at *path*, or the one that is shipped.

    Raises:
        CatalogError: it has problems; the error carries all of them.
        OSError: the file cannot be opened.
    """
    return load_bytes(*_bytes(path))


def load_bytes(data: bytes, name: str) -> Catalog:
    """A catalogue that need not stand in a file; *name* is what its problems call it.

    Raises:
        CatalogError: it has problems; the error carries all of them.
    """
    catalog, _, problems = _read(data, name)
    if problems:
        raise CatalogError(problems)
    return catalog


def check(path: str | Path | None = None, observations: Observations | None = None) -> list[Problem]:
    """Every problem of the catalogue at *path*, or of the one that is shipped, in the order of the file.

    It is checked beyond how it reads: no variable is unused, no baseline contradicts last year's result,
    and each example comes out as it says.
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
    return check_bytes(*_bytes(path), observations)


def check_bytes(data: bytes, name: str, observations: Observations | None = None) -> tuple[Catalog, list[Problem]]:
    """The same of a catalogue that need not stand in a file; *name* is what its problems call it."""
    with stage("checking", of=name):
        catalog, source, problems = _read(data, name)
        if observations is None:
            observations = _published()
        found = [*problems, *cross_check(catalog, source, observations, problems)]
        return catalog, in_order([*found, *check_examples(catalog, source, found)])


def shipped_catalog() -> Path:
    """Where the shipped catalogue stands: in the installed package, or at the top of the repository."""
    package = Path(__file__).parent.parent
    installed = package / "catalog.yaml"
    return installed if installed.exists() else package.parent / "catalog.yaml"


@cache
def _published() -> Observations:
    return load_published()  # once, for those who check again and again


def _bytes(path: str | Path | None) -> tuple[bytes, str]:
    file = Path(path) if path is not None else shipped_catalog()
    return file.read_bytes(), str(path) if path is not None else file.name


def _read(data: bytes, name: str) -> tuple[Catalog, Source, list[Problem]]:
    from kpi.catalogue.loader import read_catalog  # the YAML library is loaded with the first catalogue

    source, problems = decode(data, name)
    with stage("reading", of=name):
        catalog, found = read_catalog("" if problems else source.text, name)
    return catalog, source, problems or found
