"""Which KPIs are asked about, and for which rows."""

from __future__ import annotations

import pytest

import kpi
from kpi.columns.asked import asked
from kpi.errors import ColumnsError

FORMULA = kpi.parse("a / b >= 20%")
CATALOG = kpi.load_catalog()
IWATE = CATALOG.plans["iwate-r3"]


def keys(kpis):
    return [one.key for one in asked(kpis)]


def test_names():
    """A name in a mapping counts before the KPI's own; a formula alone needs none."""
    entry = IWATE["card_recovery_rate"]
    assert keys(FORMULA) == [""]
    assert keys({"share": FORMULA, "cards": entry}) == ["share", "cards"]
    assert keys([entry, CATALOG.kpis["service_standard"]]) == ["card_recovery_rate", "service_standard"]
    assert keys({"cards": [entry]}) == ["cards"]


def test_plans():
    """A plan speaks of its organisation, by any name, in its year; an entry of every row, with its baseline."""
    found = {one.key: one for one in asked(IWATE)}
    assert [*found] == [*IWATE.entries]
    (place,) = found["card_recovery_rate"].places
    assert ("iwate" in place.names, place.fiscal_year.year) == (True, 2021)
    (entry,) = asked(IWATE["card_recovery_rate"])
    assert (entry.places, entry.baseline) == (None, "95.7%")


def test_several_plans():
    """What several plans ask alike is asked once, for the rows of all of them; what differs is asked apart."""
    found = asked(CATALOG.plans)
    assert len({one.key for one in found}) < len(found) < sum(map(len, CATALOG.plans.values()))
    standard = [one for one in found if one.key == "service_standard"]
    assert (len(standard), len(standard[0].places)) == (1, len(CATALOG.plans))
    assert len([one for one in found if one.key == "single_bid_share"]) > 1
    assert [(one.key, one.places) for one in asked(CATALOG)] == [(one.key, one.places) for one in found]


@pytest.mark.parametrize(
    ("kpis", "message"),
    [
        ([], "no KPI was given"),
        ([FORMULA, FORMULA], "several formulas need names"),
        ("a / b", r"found 'a / b'; read the text with kpi\.parse first"),
        (3, "expected formulas, KPIs, entries, plans or a catalogue; found int"),
        (CATALOG.organisations["iwate"], "found Organisation$"),
        ([IWATE, IWATE], "two rules named 'service_standard' decide the same rows"),
        ([IWATE, IWATE["service_standard"]], "two rules named 'service_standard' decide the same rows"),
    ],
)
def test_mistakes(kpis, message):
    """What cannot be asked is said."""
    with pytest.raises(ColumnsError, match=message):
        asked(kpis)
