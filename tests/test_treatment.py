"""Months of treatment, review and payment."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kpi.periods import Month, paid_in, read_period, reviewed_in, treated_in

MONTHS = st.builds(Month, st.integers(1900, 2100), st.integers(1, 12))


def test_months_of_a_claim():
    """Treatment in December is reviewed in January and paid in February, all of one fiscal year."""
    treated = read_period("令和3年12月診療分")
    assert (str(reviewed_in(treated)), str(paid_in(treated))) == ("2022-01", "2022-02")


@given(MONTHS)
def test_back(month):
    """The month of treatment is found from the month of review."""
    assert treated_in(reviewed_in(month)) == reviewed_in(treated_in(month)) == month
    assert reviewed_in(reviewed_in(month)) == paid_in(month)
