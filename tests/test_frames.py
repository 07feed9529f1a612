"""The one door to data-frame libraries."""

from __future__ import annotations

import builtins
import subprocess
import sys
from datetime import date

import pytest

import kpi
from kpi.frames import pandas_frame, polars_frame

TYPES = {"name": str, "number": float, "day": date, "flag": bool}
COLUMNS = {"name": ["a", None], "number": [1.5, None], "day": [date(2021, 9, 30), None], "flag": [True, False]}


@pytest.mark.parametrize("make", [polars_frame, pandas_frame])
def test_columns(make):
    """A frame has the columns in the order of their types, and their values."""
    frame = make(COLUMNS, TYPES)
    assert list(frame.columns) == list(TYPES)
    assert list(frame["flag"]) == [True, False]
    assert frame["number"][0] == 1.5


@pytest.mark.parametrize("make", [polars_frame, pandas_frame])
def test_types_stay(make):
    """The types are the same with missing values, and with no values at all."""
    full, missing, none = (
        make({name: [*values] for name, values in columns.items()}, TYPES)
        for columns in (
            COLUMNS,
            {**COLUMNS, "name": [None, None], "number": [None, None], "day": [None, None]},
            dict.fromkeys(TYPES, ()),
        )
    )
    assert list(full.dtypes) == list(missing.dtypes) == list(none.dtypes)


@pytest.mark.parametrize(("make", "library"), [(polars_frame, "polars"), (pandas_frame, "pandas")])
def test_not_installed(make, library, monkeypatch):
    """Without the library the error says how to install it."""
    real = builtins.__import__

    def absent(name, *rest, **known):
        if name.partition(".")[0] == library:
            raise ImportError(name)
        return real(name, *rest, **known)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(
        kpi.errors.MissingExtraError, match=rf"^{library} is not installed: pip install 'kpi\[{library}\]'$"
    ):
        make(COLUMNS, TYPES)


def test_imported_where_asked_for():
    """Importing the library, loading a catalogue and evaluating a plan import no data-frame library."""
    code = (
        "import sys, kpi\n"
        "kpi.load_catalog().plans['iwate-r3'].evaluate(kpi.load_published()).to_dict()\n"
        "print(sorted({'polars', 'pandas', 'numpy', 'pyarrow'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("make", [polars_frame, pandas_frame])
def test_unknown_truth(make):
    """Where a truth value may be missing, a missing one is no False."""
    frame = make({"met": [True, None, False]}, {"met": bool | None})
    missing = frame["met"].is_null() if make is polars_frame else frame["met"].isna()
    assert [*missing] == [False, True, False]
