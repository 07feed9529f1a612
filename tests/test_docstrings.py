"""The docstrings of the public names: meaning first, then every argument, field and error by its name."""

from __future__ import annotations

import builtins
import inspect
import re
from importlib import import_module

import attrs
import pytest

import kpi
from kpi import errors

ROOMS = ("kpi", "kpi.periods", "kpi.rollups", "kpi.records", "kpi.charts", "kpi.reports", "kpi.comparison")
PUBLIC = {
    f"{room}.{name}": getattr(import_module(room), name) for room in ROOMS for name in import_module(room).__all__
}
DESCRIBED = {name: found for name, found in PUBLIC.items() if inspect.isclass(found) or inspect.isfunction(found)}
SECTIONS = ("Args", "Attributes", "Raises")


def methods(found):
    """The public functions of a class that it defines itself."""
    return [each for name, each in vars(found).items() if inspect.isfunction(each) and not name.startswith("_")]


def section(doc, title):
    """The entries of one section of a docstring."""
    _, _, rest = doc.partition(f"\n\n{title}:\n")
    return re.findall(r"^    (\w[\w, ]*):", rest.partition("\n\n")[0], re.MULTILINE)


FUNCTIONS = {
    f"{name}.{each.__name__}": each
    for name, found in DESCRIBED.items()
    if inspect.isclass(found)
    for each in methods(found)
} | {name: found for name, found in DESCRIBED.items() if inspect.isfunction(found)}


@pytest.mark.parametrize("name", [*DESCRIBED, *FUNCTIONS])
def test_first_line(name):
    """The first line is one sentence that says what it means; what follows stands behind a blank line."""
    doc = inspect.cleandoc((DESCRIBED | FUNCTIONS)[name].__doc__)
    first, _, rest = doc.partition("\n")
    assert first[0].isupper() or not first[0].isascii()
    assert first.endswith(".")
    assert not rest or rest.startswith("\n")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_arguments(name):
    """Arguments that are described are there, and where one is described all are."""
    parameters = {*inspect.signature(FUNCTIONS[name]).parameters} - {"self", "cls"}
    told = section(inspect.cleandoc(FUNCTIONS[name].__doc__), "Args")
    assert not told or {*told} == parameters


@pytest.mark.parametrize("name", [name for name, found in DESCRIBED.items() if attrs.has(found)])
def test_fields(name):
    """Every field of a class is described, in the order in which they stand."""
    fields = [each.name for each in attrs.fields(DESCRIBED[name]) if not each.name.startswith("_")]
    assert section(inspect.cleandoc(DESCRIBED[name].__doc__), "Attributes") == fields


@pytest.mark.parametrize("name", FUNCTIONS)
def test_errors(name):
    """What is raised has a name that a caller can catch."""
    told = section(inspect.cleandoc(FUNCTIONS[name].__doc__), "Raises")
    raised = [each.strip() for entry in told for each in entry.split(",")]
    assert [each for each in raised if not hasattr(errors, each) and not hasattr(builtins, each)] == []


def test_no_other_sections():
    """Sections have the names that the page of the interface knows."""
    docs = [inspect.cleandoc(found.__doc__) for found in (DESCRIBED | FUNCTIONS).values()]
    assert {title for doc in docs for title in re.findall(r"^(\w+):$", doc, re.MULTILINE)} <= {*SECTIONS}


def test_all_are_looked_at():
    """These are the public names and more."""
    assert {f"kpi.{name}" for name in kpi.__all__} <= {*DESCRIBED}
    assert len(FUNCTIONS) > 50
