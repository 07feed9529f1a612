"""Paths as the tools of a repository want them."""

from __future__ import annotations

import pytest

from kpi.cli.forms.paths import in_repository, uri


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository with a folder `plans`, which is the working directory."""
    (tmp_path / "top" / ".git").mkdir(parents=True)
    (tmp_path / "top" / "plans").mkdir()
    monkeypatch.chdir(tmp_path / "top" / "plans")
    return tmp_path / "top"


def test_from_the_top(repository):
    """A path is told from the top of the repository, wherever in it the check runs."""
    assert in_repository("catalog.yaml") == "plans/catalog.yaml"
    assert in_repository("../catalog.yaml") == "catalog.yaml"
    assert in_repository(str(repository / "a" / "catalog.yaml")) == "a/catalog.yaml"


def test_outside(repository):
    """A file outside keeps its whole path, as a URI with its scheme."""
    assert in_repository("../../catalog.yaml") == (repository.parent / "catalog.yaml").as_posix()
    assert uri("../../catalog.yaml") == (repository.parent / "catalog.yaml").as_uri()


def test_without_a_repository(tmp_path, monkeypatch):
    """Where there is none, paths are told from the working directory."""
    monkeypatch.chdir(tmp_path)
    assert in_repository("./a/../catalog.yaml") == "catalog.yaml"


@pytest.mark.parametrize(
    ("name", "escaped"),
    [
        ("a b.yaml", "plans/a%20b.yaml"),
        ("100%#1.yaml", "plans/100%25%231.yaml"),
        ("率.yaml", "plans/%E7%8E%87.yaml"),
        ("ca\udce9.yaml", "plans/ca%E9.yaml"),
    ],
)
@pytest.mark.usefixtures("repository")
def test_uri(name, escaped):
    """Signs that mean something in a URI, and bytes that are no characters, are escaped."""
    assert uri(name) == escaped
