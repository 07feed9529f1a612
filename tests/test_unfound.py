"""What a plan did not find in a table, and what stands there under a nearly equal name."""

from __future__ import annotations

import pytest

import kpi
from kpi.observations.reading import read_observations

HEADER = "organisation,fiscal_year,quantity,value,unit\n"


@pytest.fixture
def card():
    """The scorecard of Iwate from the rows of a table that was read without a catalogue."""
    plan = kpi.load_catalog().plans["iwate-r3"]

    def evaluate(rows):
        observations, problems = read_observations((HEADER + rows).encode(), "data.csv")
        assert problems == []
        return plan.evaluate(observations)

    return evaluate


def told(result, language="en"):
    """The notes of a result."""
    return [line.strip() for line in result.explain(language).splitlines() if line.startswith(("  note:", "  注記:"))]


def test_similar_name(card):
    """Where a variable is missing, one that is called nearly so is named."""
    result = card("iwate,R3,open_tender,4,件\niwate,R3,single_bid_tenders,1,件\n")["single_bid_share"]
    assert told(result) == ["note: open_tenders is missing; the table has open_tender, which the plan does not know"]
    assert told(result, "ja") == ["注記: 一般競争入札件数の値がないが、データには計画が知らないopen_tenderがある"]
    assert result.why.to_dict()["notes"] == [{"note": "similar_name", "name": "open_tenders", "found": "open_tender"}]


def test_label(card):
    """A table that uses Japanese names has none of the identifiers; each is named beside what it means."""
    result = card("iwate,R3,一般競争入札件数,4,件\niwate,R3,一者応札件数,1,件\n")["single_bid_share"]
    assert told(result) == [
        "note: single_bid_tenders is missing; the table has 一者応札件数, which the plan does not know",
        "note: open_tenders is missing; the table has 一般競争入札件数, which the plan does not know",
    ]


def test_published_rate(card):
    """The same holds for the KPI's own published value."""
    result = card("iwate,R3,single_bid_shares,10,%\n")["single_bid_share"]
    assert told(result) == [
        "note: single_bid_share is missing; the table has single_bid_shares, which the plan does not know"
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "iwate,R3,single_bid_tenders,1,件\n",
        "iwate,R2,open_tender,4,件\niwate,R3,single_bid_tenders,1,件\n",
        "miyagi,R3,open_tender,4,件\niwate,R3,single_bid_tenders,1,件\n",
        "iwate,R3,open_tenders,4,件\niwate,R3,single_bid_tenders,1,件\niwate,R3,open_tender,4,件\n",
        "iwate,R3,single_bid_share,10,%\niwate,R3,open_tender,4,件\n",
    ],
    ids=["nothing like it", "another year", "another branch", "nothing is missing", "published"],
)
def test_nothing_to_tell(card, rows):
    """Nothing is told of other years and branches, nor where nothing is missing."""
    assert told(card(rows)["single_bid_share"]) == []


def test_published_results():
    """In the published results nothing is called nearly as what a plan lacks."""
    published = kpi.load_published()
    cards = [plan.evaluate(published) for plan in kpi.load_catalog().plans.values()]
    assert [note for card in cards for result in card for note in result.notes if note.code == "similar_name"] == []


def test_organisation(card):
    """A table without a row of the plan's organisation is told by the card, with the nearest name."""
    lost = card("iwata,R3,open_tenders,4,件\n")
    assert str(lost) == "iwate-r3: not evaluable 17; the table has no row of iwate, but of iwata"
    assert "データにiwateの行がない（iwataの行はある）" in lost._repr_html_()
    assert str(card("hyogo,R3,open_tenders,4,件\n")).endswith("; the table has no row of iwate")
    assert card("iwate,R3,card,4,件\n").notes == ()
