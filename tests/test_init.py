"""The public names."""

from __future__ import annotations

import subprocess
import sys

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
EXTRAS = ["polars", "pandas", "click", "rich", "narwhals", "pyarrow"]


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


def test_import_needs_no_extra():
    """Importing the library imports no package of an extra."""
    code = f"import sys, kpi; print(*sorted(set(sys.modules) & set({EXTRAS})))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - this interpreter, fixed code
    assert loaded.stdout.split() == []
