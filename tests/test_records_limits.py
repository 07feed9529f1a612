"""`kpi.records.limits`: spans of business days that are only compared with a number."""

from __future__ import annotations

import pytest
from claims import CLAIMS, formula
from language import condition as parsed

from kpi.formulas.aggregate_checker import check_condition
from kpi.formulas.aggregates import Column, Elapsed, Length
from kpi.formulas.nodes import aggregates
from kpi.records.limits import Limit, Spans, contradicted, limit_of
from kpi.units import UNITS

SPAN = Elapsed(Length.BUSINESS_DAYS, Column("received"), Column("paid"))
LAPSE = "business_days(received, paid)"


def condition(text):
    """A checked condition over claims."""
    return check_condition(parsed(text), CLAIMS, UNITS, lambda *_, **__: pytest.fail(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{LAPSE} <= 10", (Limit(SPAN, 10), False)),
        (f"{LAPSE} < 10", (Limit(SPAN, 9), False)),
        (f"{LAPSE} > 10", (Limit(SPAN, 10), True)),
        (f"{LAPSE} >= 10", (Limit(SPAN, 9), True)),
        (f"{LAPSE} <= 0", (Limit(SPAN, 0), False)),
        (f"{LAPSE} < 0", None),
        (f"{LAPSE} >= 0", None),
        (f"{LAPSE} = 10", None),
        ("days(received, paid) <= 10", None),
    ],
)
def test_a_comparison_with_a_number_is_a_limit(text, expected):
    """For or against it; what no last day tells is none."""
    assert limit_of(condition(text)) == expected


@pytest.mark.parametrize(
    ("text", "is_contrary"),
    [
        (f"{LAPSE} <= 10 and lost", False),
        (f"{LAPSE} > 10", True),
        (f"not ({LAPSE} <= 10 or lost)", True),
        (f"not lost and {LAPSE} <= 10", False),
    ],
)
def test_where_a_limit_is_false_matters_only_where_its_contrary_is_asked_for(text, is_contrary):
    assert contradicted(condition(text)) == ({Limit(SPAN, 10)} if is_contrary else frozenset())
    assert contradicted(None) == frozenset()


def test_what_is_looked_up_is_named_once():
    found = [
        one
        for text in (
            f"{LAPSE} <= 10 and not excluded",
            f"{LAPSE} <= 10 or {LAPSE} between 3 and 5",
            "days(received, paid) = 1",
        )
        for one in aggregates(formula(f"count(claims where {text})").expression)
    ]
    everywhere = Spans.of(found, within_named=True)
    assert everywhere.limits == (Limit(SPAN, 10),)
    assert everywhere.numbers == (SPAN, Elapsed(Length.DAYS, Column("received"), Column("paid")))
    assert everywhere.of_business_days == (SPAN,)
