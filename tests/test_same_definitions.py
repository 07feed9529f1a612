"""Two KPIs of one definition."""

from __future__ import annotations

import pytest
from entries import places, problems

KPIS = "kpis:\n"


def another(formula="single_bid_tenders / open_tenders", more="", direction="lower", key="single_bids"):
    """A second KPI behind the first."""
    text = f"""  {key}:
    ja: 別名
    en: another
    formula: {formula}
    unit: "%"
    direction: {direction}
{more}"""
    return ("\nplans:\n", f"{text}\nplans:\n")


def test_same():
    """A KPI of the formula, unit and direction of an earlier one is told at its key."""
    assert places(another()) == [("same-definition", "single_bids:")]
    (problem,) = problems(another())
    assert problem.facts["other"] == "single_bid_share"


def test_same_in_other_words():
    """Labels, brackets and order do not make another formula."""
    both = "(single_bid_tenders + open_tenders) / open_tenders"
    sums = ("    formula: single_bid_tenders / open_tenders\n", f"    formula: {both}\n")
    again = another("(一般競争入札件数 + 一者応札件数) / (2 * open_tenders - open_tenders)")
    assert [code for code, _ in places(sums, again)] == ["same-definition"]


@pytest.mark.parametrize(
    "other",
    [
        another("open_tenders / (single_bid_tenders + open_tenders)"),
        another("single_bid_tenders / (single_bid_tenders + open_tenders)"),
        another(direction="higher"),
    ],
)
def test_different(other):
    """Another formula, its reverse, and another direction make another KPI."""
    assert places(other) == []


def test_intended():
    """`same_as` says that both are meant, in either of the two."""
    assert places(another(more="    same_as: single_bid_share\n")) == []
    first = ("    decimals: 1\n", "    decimals: 1\n    same_as: single_bids\n")
    assert places(first, another()) == []


@pytest.mark.parametrize(
    ("other", "name"),
    [
        (another(direction="higher", more="    same_as: single_bid_share\n"), "single_bid_share"),
        (another(more="    same_as: cost_per_tender\n"), "cost_per_tender"),
        (another(more="    same_as: single_bids\n"), "single_bids"),
    ],
)
def test_not_the_same(other, name):
    """`same_as` names a KPI of this very definition, and another than itself."""
    assert places(other) == [("not-the-same", name)]


def test_unknown():
    """It names a KPI that there is; of one that could not be read nothing more is told."""
    assert places(another(more="    same_as: single_bid_shar\n")) == [("unknown-kpi", "single_bid_shar")]
    broken = ("    formula: single_bid_tenders / open_tenders\n", "    formula: single_bid_tenders / open_tender\n")
    assert [code for code, _ in places(broken, another(more="    same_as: single_bid_share\n"))] == ["unknown-variable"]


def test_third():
    """A third KPI of the definition is told even where the second is intended."""
    third = another(more="    same_as: single_bid_share\n")
    fourth = ("\nplans:\n  iwate", "\nplans:\n  iwate")
    text = third[1].replace(
        "\nplans:\n", another(key="third")[1].replace("別名", "第三").replace("en: another", "en: third")
    )
    assert places((third[0], text), fourth) == [("same-definition", "third:")]
