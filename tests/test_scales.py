"""A percentage that is a hundredth of what other plans have."""

from __future__ import annotations

import pytest
from entries import SHARE_ENTRY, SOUND, entry

from kpi.catalogue.loader import read_catalog

PLAN = SOUND[SOUND.index("  iwate-r3:\n") :]


def told(*entries):
    """What is told of plans that have one entry each: code, line of the file from the place on, and message."""
    plans = "".join(
        PLAN.replace("iwate-r3", f"plan-{place}")
        .replace("R3", f"R{place}")
        .replace("令和3", f"令和{place}")
        .replace("FY2021", f"FY{2018 + place}")
        .replace(SHARE_ENTRY, one)
        .partition("      - kpi: cost_per_tender\n")[0]
        for place, one in enumerate(entries, 1)
    )
    text = SOUND[: SOUND.index("  cost_per_tender:\n")] + SOUND[SOUND.index("\nplans:\n") :].replace(PLAN, plans)
    lines = text.split("\n")
    text = text.replace("  cost:\n    ja: 経費\n    en: cost\n    unit: yen\n    kind: flow\n", "")
    found = read_catalog(text, "catalog.yaml")[1]
    lines = text.split("\n")
    return [(problem.code, lines[problem.line - 1][problem.column - 1 :], problem.message) for problem in found]


def share(rule, baseline=None):
    return entry("single_bid_share", rule, f'        baseline: "{baseline}"\n' if baseline else "")


MESSAGE = "found 0.596%; other plans have 58.5% to 78.3% for this KPI, so expected about 59.6%"


def test_fraction_for_a_percentage():
    """0.596% among 58.5% and 78.3% was meant to be 59.6%, and is told where it stands."""
    assert told(share("<= 58.5%"), share("<= 0.596%"), share("<= 78.3%")) == [("another-scale", '0.596%"', MESSAGE)]
    assert told(share("<= 58.5%"), share("<= 78.3%"), share("<= prior year", "0.596%")) == [
        ("another-scale", '"0.596%"', MESSAGE)
    ]


def test_percentage_for_a_fraction():
    """The hundredfold is told as well."""
    ((code, *_),) = told(share("<= 0.31%"), share("<= 0.26%"), share("<= 29%"))
    assert code == "another-scale"


@pytest.mark.parametrize(
    "entries",
    [
        [share("<= 0.596%"), share("<= 58.5%")],
        [share("<= 8.5%"), share("<= 18.4%"), share("<= 1.1%")],
        [share("<= 0.1%"), share("<= 90%"), share("<= 60%")],
        [share("<= 58.5%"), share("<= 78.3%"), share("<= prior year (59.6%)")],
    ],
)
def test_sound(entries):
    """Nothing is told beside one other plan, or of figures that differ by less, or otherwise."""
    assert told(*entries) == []
