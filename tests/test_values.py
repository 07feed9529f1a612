"""Values of other programs as text."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.quantities import read_value
from kpi.sheets.values import text_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (pd.NA, ""),
        (pd.NaT, ""),
        (float("nan"), ""),
        (Decimal("Infinity"), ""),
        (" 95.7％\n", "95.7％"),
        (True, "done"),
        (False, "not done"),
        (12, "12"),
        (np.int64(12), "12"),
        (95.7, "95.7"),
        (np.float64(1e22), "10000000000000000000000"),
        (1e-7, "0.0000001"),
        (Decimal("0.30"), "0.30"),
        (Decimal("1E+5"), "100000"),
        (Decimal("1E+9999"), "1E+9999"),
        (Fraction(3, 4), "0.75"),
        (Fraction(1, 3), "1/3"),
        (date(2021, 8, 31), "2021-08-31"),
        (datetime(2021, 8, 31), "2021-08-31"),  # noqa: DTZ001  # spreadsheets have no zones
        (pd.Timestamp("2021-08-31"), "2021-08-31"),
        (datetime(2021, 8, 31, 12), "2021-08-31 12:00:00"),  # noqa: DTZ001
        (time(12), "12:00:00"),
        ([1], "[1]"),
    ],
)
def test_text(value, text):
    """Missing values are blank, days stand alone, and what is no value shows as it is."""
    assert text_of(value) == text


FLOATS = st.floats(1e-6, 1e15) | st.floats(-1e15, -1e-6) | st.just(0.0)


@given(st.integers(-(10**29), 10**29) | FLOATS | st.decimals(-(10**9), 10**9, places=4))
def test_exact(value):
    """A number is read back exactly; a float is its shortest decimal."""
    assert read_value(text_of(value)).number == Fraction(repr(value) if isinstance(value, float) else str(value))
