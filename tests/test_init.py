"""The public names."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import kpi

NAMES = {
    "CatalogError",
    "Formula",
    "FormulaError",
    "KpiError",
    "Problem",
    "Quantity",
    "Result",
    "Rule",
    "UnitError",
    "UnknownNameError",
    "ValueReadingError",
    "Variable",
    "Verdict",
    "Vocabulary",
    "parse",
    "parse_rule",
}
EXTRAS = [
    "polars",
    "pandas",
    "click",
    "rich",
    "narwhals",
    "pyarrow",
    "duckdb",
    "pyspark",
    "holidays",
    "scipy",
    "openpyxl",
]
HEAVY = [*EXTRAS, "lark", "attrs", "yaml", "dateutil", "fractions", "decimal"]


def test_names_that_stay():
    """The names that users rely on are public."""
    assert set(kpi.__all__) >= NAMES


@pytest.mark.parametrize("name", kpi.__all__)
def test_names_exist(name):
    """Every public name exists."""
    assert getattr(kpi, name) is not None


def test_names_in_order():
    """The public names are listed once each."""
    assert len(set(kpi.__all__)) == len(kpi.__all__)


def test_names_for_type_checkers():
    """What type checkers read is what the table says."""
    tree = ast.parse(Path(kpi.__file__).read_text("utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module.startswith("kpi.")]
    assert {node.names[0].asname: node.module for node in imports} == kpi._HOMES


def test_dir_names_all():
    """Completion offers every public name, fetched or not."""
    assert set(dir(kpi)) >= set(kpi.__all__)


def test_unknown_name():
    """A name that is not public is an ordinary missing attribute."""
    with pytest.raises(AttributeError, match="module 'kpi' has no attribute 'prase'"):
        _ = kpi.prase


def loaded_after(statement, modules):
    code = f"import sys; {statement}; print(*sorted(set(sys.modules) & set({modules})))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - this interpreter, fixed code
    return loaded.stdout.split()


def test_import_is_light():
    """Importing the library imports neither an extra nor what the language needs."""
    assert loaded_after("import kpi", HEAVY) == []


def test_every_name_needs_no_extra():
    """Asking for every public name imports no package of an extra."""
    assert loaded_after("from kpi import *", EXTRAS) == []
