"""What a quantity can be at all, checked against values of its variables."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from language import PLAIN_CLAIMS

import kpi
from kpi.catalogue.intervals import Interval
from kpi.catalogue.ranges import Ranges, always_holds, can_hold
from kpi.definitions import Style, define
from kpi.formulas.evaluator import Environment, evaluate
from kpi.formulas.nodes import Comparator, Comparison, Operation, names, walk
from kpi.formulas.parser import parse_definition
from kpi.source import Source
from kpi.units import UNITS

VOCABULARY = kpi.Vocabulary.of(
    [
        kpi.Variable("part", "case"),
        kpi.Variable("rest", "case"),
        kpi.Variable("tenders", "case"),
        kpi.Variable("people", "person"),
        kpi.Variable("cost", "yen"),
        kpi.Variable("waiting", "day"),
        kpi.Variable("place", "rank"),
        kpi.Variable("rate", "%"),
        kpi.Variable("rise", "pp"),
        kpi.Variable("pace", "case/day"),
    ],
    tables=[PLAIN_CLAIMS],
)
SHARE = (0, 1, False)
COUNT = (0, None, True)
POSITIVE = (0, None, False)
ANY = (None, None, False)


def formula(text, unit=None):
    source = Source(text)
    definition, problems = parse_definition(source)
    assert problems == []
    found, _ = define(definition.formula, definition.rule, source, source, Style(unit and UNITS[unit]), VOCABULARY)
    return found


def told(interval):
    return (interval.low, interval.high, interval.whole)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tenders", COUNT),
        ("tenders + part", COUNT),
        ("2 * tenders", COUNT),
        ("tenders + 2 cases", (2, None, True)),
        ("tenders / 2", POSITIVE),
        ("0.5 * tenders", POSITIVE),
        ("tenders - part", (None, None, True)),
        ("0 * tenders", (0, 0, True)),
        ("waiting", POSITIVE),
        ("pace", POSITIVE),
        ("place", (1, None, True)),
        ("cost", ANY),
        ("cost / tenders", ANY),
        ("waiting / tenders", POSITIVE),
        ("rate", SHARE),
        ("1 - rate", SHARE),
        ("100% - part / tenders", SHARE),
        ("rise", ANY),
        ("unknown", ANY),
        ("unknown / tenders", ANY),
        ("part / tenders", SHARE),
        ("part / (part + rest)", SHARE),
        ("(part + rest) / tenders", SHARE),
        ("part / (tenders - rest)", SHARE),
        ("cost / (cost + cost)", ANY),
        ("(part / tenders + rate) / 2", SHARE),
        ("2 * part / tenders", POSITIVE),
        ("2 * (part / tenders)", (0, 2, False)),
        ("part / people", POSITIVE),
        ("tenders / (tenders - part)", ANY),
        ("part / (tenders - part)", ANY),
        ("(part + part) / tenders", POSITIVE),
        ("(part + tenders) / tenders", POSITIVE),
        ("(tenders - part) / tenders", ANY),
        ("rate / rate", POSITIVE),
        ("part / 2 cases", POSITIVE),
        ("max(part, rest)", (0, None, False)),
        ("max(rate, 20%)", (Fraction(1, 5), 1, False)),
        ("min(rate, 20%)", (0, Fraction(1, 5), False)),
        ("min(cost, 5 yen)", (None, 5, False)),
        ("max(cost, 5 yen)", (5, None, False)),
        ("rate * rate", POSITIVE),
        ("cost * rate", ANY),
        ("(2 - 3) * rate", (-1, 0, False)),
        ("rate / 0%", POSITIVE),
        ("count(claims)", COUNT),
        ("count(distinct member of claims)", COUNT),
        ("sum(amount of claims)", ANY),
        ("max(days(received, paid) of claims)", POSITIVE),
        ("mean(visits of claims)", POSITIVE),
        ("count(claims where paid is known) / count(claims)", SHARE),
        ("3 * 2 - 1", (5, 5, True)),
    ],
)
def test_range(text, expected):
    """Counts are whole and not negative, parts of a whole lie from 0 to 1; nothing is claimed of the rest."""
    assert told(Ranges(formula(text)).of(None)) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("part / tenders", POSITIVE), ("rate", ANY), ("cost / (cost + cost)", ANY), ("part", COUNT)]
)
def test_range_of_a_ratio(text, expected):
    """What the catalogue calls a ratio has no upper bound, and a rate that is one may be negative."""
    assert told(Ranges(formula(text), is_ratio=True).of(None)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("part / tenders >= 20%", (Fraction(1, 5), Fraction(1, 5), False)),
        ("part / tenders >= prior year", SHARE),
        ("part / tenders >= prior year + 200%", (2, 3, False)),
        ("part / tenders >= 70% of prior year", (0, Fraction(7, 10), False)),
        ("part / tenders >= max(prior year, 80%)", (Fraction(4, 5), 1, False)),
        ("part >= mean of 3 years", POSITIVE),
        ("part / tenders >= 20% and people >= prior year + 1 person", (Fraction(1, 5), Fraction(1, 5), False)),
    ],
)
def test_range_of_a_target(text, expected):
    """A reference in a target has the range of what is compared."""
    found = formula(text)
    assert told(Ranges(found).of_target(found.rule.requirements[0])) == expected


def test_range_of_a_target_of_another():
    """A reference in a target on another quantity has that quantity's range."""
    found = formula("part / tenders >= 20% and people >= prior year + 1 person")
    second = found.rule.requirements[1]
    assert isinstance(second, Comparison)
    assert told(Ranges(found).of_target(second)) == (1, None, False)


EXPRESSIONS = st.recursive(
    st.sampled_from(["part", "tenders", "rate", "cost", "waiting", "3", "0.5", "0"]),
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner)
        | st.builds("{}({}, {})".format, st.sampled_from(["max", "min"]), inner, inner)
    ),
    max_leaves=5,
)
COUNTS = st.integers(0, 5).map(Fraction)


@settings(max_examples=200)
@given(EXPRESSIONS, COUNTS, COUNTS, st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1)]), st.integers(-3, 3))
def test_every_value_is_in_the_range(text, part, more, rate, cost):
    """Whatever the variables are, the value of an expression lies in its range, where parts are parts."""
    found = formula(text)
    divisions = [node for node in walk(found.expression) if isinstance(node, Operation) and node.operator == "/"]
    assume(all("tenders" in names(node.right) or "tenders" not in names(node.left) for node in divisions))
    values = {"part": part, "tenders": part + more, "rate": rate, "cost": Fraction(cost), "waiting": more / 2}
    value = evaluate(found.expression, Environment(values))
    assume(isinstance(value, Fraction))
    interval = Ranges(found).of(None)
    inside = interval.meet(Interval(value, value))
    assert not inside.is_empty


RANGES = st.builds(
    lambda ends, whole: Interval(*(None if end is None else Fraction(end) for end in ends), whole=whole),
    st.tuples(st.none() | st.integers(-3, 0), st.none() | st.integers(0, 3)),
    st.booleans(),
)
NUMBERS = [Fraction(half, 2) for half in range(-20, 21)]
HOLDS = {
    Comparator.AT_LEAST: lambda value, bound: value >= bound,
    Comparator.ABOVE: lambda value, bound: value > bound,
    Comparator.AT_MOST: lambda value, bound: value <= bound,
    Comparator.BELOW: lambda value, bound: value < bound,
    Comparator.EQUAL: lambda value, bound: value == bound,
}


@given(RANGES, st.sampled_from(Comparator), RANGES)
def test_can_hold_and_always_holds(value, comparator, target):
    """A comparison can hold where it does for some numbers, and always holds where it does for all."""
    values, targets = ([n for n in NUMBERS if not side.meet(Interval(n, n)).is_empty] for side in (value, target))
    outcomes = [HOLDS[comparator](one, other) for one in values for other in targets]
    assert can_hold(value, comparator, target) == any(outcomes)
    assert always_holds(value, comparator, target) == all(outcomes)
