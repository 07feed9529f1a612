"""Published rates beside their published counts."""

from __future__ import annotations

from attrs import evolve

import kpi
from kpi.audit.audit import audit
from kpi.audit.figures import load_figures
from kpi.audit.rates import rates

CATALOG = kpi.load_catalog()
PUBLISHED = kpi.load_published()


def found(observations, figures=()):
    """What the audit finds of the rates in a table."""
    return [*audit(rates(CATALOG, observations, tuple(figures)))]


def test_every_rate_with_its_counts():
    """A rate that stands beside its counts is recomputed from them."""
    row = next(row for row in found(PUBLISHED) if row.figure.written == "93.99")
    assert (row.figure.plan, row.figure.numerator, row.figure.denominator) == ("iwate-r3", "29390", "31269")
    assert (row.finding, row.figure.source) == ("reproduced", "iwate-r3-h1, Ⅰ（6）ⅰ, p. 9")


def test_each_figure_once():
    """What is among the figures is not listed again."""
    assert found(PUBLISHED, load_figures()) == []


def test_a_slip_in_the_table():
    """A count that no longer gives the printed rate is found, though the figures know nothing of it."""
    wrong = [evolve(row, value="20390") if row.value == "29390" else row for row in PUBLISHED]
    (row,) = found(kpi.Observations(tuple(wrong)), load_figures())
    assert (row.finding, row.figure.numerator, row.figure.written) == ("unexplained", "20390", "93.99")


def test_approximate_counts():
    """Counts that are printed only approximately are left to the figures, which tell how approximate they are."""
    about = [evolve(row, note="約") if row.value == "29390" else row for row in PUBLISHED]
    assert all(row.figure.written != "93.99" for row in found(kpi.Observations(tuple(about))))
