"""Branches beside the total that was published for the nation."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from branch_tables import BRANCHES, VOCABULARY, months, row, table

import kpi
from kpi.errors import RollUpError
from kpi.observations.observation import YEAR
from kpi.rollups import reconcile

AUGUST = date(2021, 8, 31)
COUNTS = table(
    *(row(branch, YEAR, "insured", 1_003_000 + number, as_of=AUGUST) for number, branch in enumerate(BRANCHES))
)


def with_published(value, rows=COUNTS, *, period=YEAR, as_of=AUGUST, **cells):
    published = row("national", period, "insured", value, as_of=as_of, **cells)
    return reconcile(table(tuple(rows), published), VOCABULARY, branches=BRANCHES)


def test_agrees():
    """Where the branches add up to what is published, nothing is left."""
    (found,) = with_published("3,009,003人")
    assert (found.total.value, found.published, found.residual) == (3_009_003, 3_009_003, 0)
    assert found.agrees
    assert str(found) == (
        "insured, 2021-08-31: branches 3,009,003 persons, published 3,009,003 persons, residual +0 persons: agrees"
    )


def test_differs():
    """The residual is what is published less what branches have, with its sign."""
    (found,) = with_published("3,009,000")
    assert (found.residual, found.agrees) == (-3, False)
    assert found.text("ja") == "insured、2021-08-31: 支部計3,009,003人、公表値3,009,000人、差-3人: 不一致"


@pytest.mark.parametrize(
    ("value", "note", "slack", "agrees"),
    [
        ("301万", "", 5_000, True),
        ("300万", "", 5_000, False),
        ("300.9万", "", 500, True),
        ("300万9千", "", 500, True),
        ("3,009,000", "約300.9万人", 500, True),
        ("3,010,000", "約", 5_000, True),
        ("3,009,000", "", 0, False),
        ("3,009,001", "約", Fraction(1, 2), False),
    ],
)
def test_printed_approximately(value, note, slack, agrees):
    """A number in 万 or called 約 agrees with every total that rounds to it, and with no other."""
    (found,) = with_published(value, note=note)
    assert (found.slack, found.agrees) == (slack, agrees)


def test_half_of_the_last_digit():
    """The bounds of what an approximate number stands for belong to it."""
    for insured, agrees in [(3_005_000, True), (3_015_000, True), (3_004_999, False), (3_015_001, False)]:
        rows = table(row("iwate", YEAR, "insured", insured), row("national", YEAR, "insured", "301万"))
        (found,) = reconcile(rows, VOCABULARY, branches=("iwate",))
        assert found.agrees is agrees


def test_missing_branches():
    """Where branches are missing it cannot be told; the residual is what they would have to hold."""
    rows = table(tuple(each for each in COUNTS if each.organisation != "miyagi"))
    (found,) = with_published("3,009,003", rows)
    assert (found.agrees, found.missing, found.residual) == (None, ("miyagi",), 1_003_001)
    assert found.total.is_partial
    assert str(found).endswith("residual +1,003,001 persons: cannot be told without miyagi")


def test_no_branch_at_that_date():
    """Branches that have values of other dates alone are missing, and nothing is subtracted."""
    (found,) = with_published("3,009,003", as_of=date(2021, 7, 31))
    assert (found.agrees, found.missing, found.residual) == (None, BRANCHES, None)
    assert found.to_dict()["residual"] is None


def test_months():
    """A month that is published is compared with that month."""
    rows = table(
        *(months(branch, "open_tenders", 3, 1) for branch in BRANCHES), months("national", "open_tenders", 9, 4)
    )
    assert [(each.row.period, each.residual) for each in reconcile(rows, VOCABULARY, branches=BRANCHES)] == [
        ("2021-04", 0), ("2021-05", 1),
    ]  # fmt: skip


def test_what_is_not_compared():
    """Rates, blanks, and what no branch counts are left out."""
    rows = table(
        months("iwate", "generic_share", "80%"),
        months("iwate", "open_tenders", 1),
        months("national", "generic_share", "79%"),
        months("national", "open_tenders", ""),
        months("national", "insured", 5),
    )
    assert reconcile(rows, VOCABULARY, branches=("iwate",)) == ()


def test_for_programs():
    """As data it has exact numbers as text."""
    (found,) = with_published("301万")
    assert found.to_dict() == {
        "quantity": "insured", "organisation": "national", "period": "year", "as_of": "2021-08-31", "branches": "3009003",
        "published": "3010000", "slack": "5000", "residual": "997", "unit": "person", "missing": [], "agrees": True,
    }  # fmt: skip
    assert "agrees, within" in str(found)


def test_too_few_branches():
    """Some branches are not reconciled as if they were all."""
    with pytest.raises(RollUpError, match="has 47 branches, but 3 are named"):
        reconcile(COUNTS, VOCABULARY, branches=BRANCHES, expected=47)


def test_published_results():
    """Of the published figures, the cards that Iwate has to recover are a part of some 3.01 million of the nation."""
    vocabulary = kpi.load_catalog().vocabulary
    found = {
        each.total.quantity: each
        for each in reconcile(kpi.load_published(), vocabulary, branches=("iwate", "miyagi"))
        if each.row.as_of == AUGUST
    }
    assert found["cards_to_recover"].slack == 5_000
    assert found["cards_to_recover"].missing == ("miyagi",)
