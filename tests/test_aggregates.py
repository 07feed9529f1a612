"""What an aggregate looks at: its conditions, operands and columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from language import PLAIN_CLAIMS, condition, definition
from strategies import AGGREGATES

from kpi.formulas import aggregates
from kpi.formulas.aggregates import (
    MAX_CONDITIONS,
    MAX_DEPTH,
    AllOf,
    Column,
    Elapsed,
    Flag,
    Length,
    Negated,
    columns,
    conditions,
    depth,
    is_long,
    operands,
    parts,
    spans_of_business_days,
)
from kpi.formulas.nodes import Aggregate

A, B, C = Flag("a"), Flag("b"), Flag("c")


def aggregate(text: str) -> Aggregate:
    """The aggregate that a text consists of."""
    found = definition(text).formula
    assert isinstance(found, Aggregate)
    return found


def test_parts() -> None:
    """What is joined or negated lies below; so does what a named condition means."""
    assert parts(condition("a and b and c")) == (A, B, C)
    assert parts(condition("a or b")) == (A, B)
    assert parts(condition("not a")) == (A,)
    assert parts(Flag("x", A)) == (A,)
    assert parts(A) == parts(condition("a = 5")) == ()


def test_conditions() -> None:
    """Each condition comes before what lies below it, in the order of the text; without one there is none."""
    assert [*conditions(condition("not a and (b or c)"))] == [
        condition("not a and (b or c)"),
        Negated(A),
        A,
        condition("b or c"),
        B,
        C,
    ]
    assert [*conditions(None)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("count(t)", ()),
        ("count(t where a)", ("a",)),
        ("sum(m of t where a = b and c between d and 5)", ("m", "a", "b", "c", "d")),
        ("sum(m of t where m in (a, b, 'x') or m is known)", ("m", "a", "b")),
        ("count(t where days(a, b) <= 10 and not (c or b > 2021-04-01))", ("a", "b", "c")),
        ("count(distinct m of t)", ("m",)),
        ("mean(months(a, b) of t)", ("a", "b")),
    ],
)
def test_columns(text: str, found: tuple[str, ...]) -> None:
    """Every column that is looked at, each once: those of spans of time, and those that stand alone."""
    assert columns(aggregate(text)) == found


def test_columns_of_a_named_condition() -> None:
    """A named condition is no column; what it looks at is."""
    named = Aggregate("", table="t", where=AllOf((Flag("named", condition("a is known")), B)))
    assert columns(named) == ("a", "b")
    assert Column("named") not in {*operands(named)}


def test_spans_of_business_days() -> None:
    """Spans that need a calendar of business days are found wherever they stand, each once."""
    found = aggregate(
        "mean(business_days(a, b) of t where business_days(a, b) > days(a, b) or not business_days(c, b) = 1)"
    )
    assert spans_of_business_days(found) == (
        Elapsed(Length.BUSINESS_DAYS, Column("a"), Column("b")),
        Elapsed(Length.BUSINESS_DAYS, Column("c"), Column("b")),
    )


@pytest.mark.parametrize(("text", "levels"), [("a", 1), ("a and b", 2), ("not a", 2), ("a and (b or not c)", 4)])
def test_depth(text: str, levels: int) -> None:
    """Levels are counted from the whole to the deepest test."""
    assert depth(condition(text)) == levels


def test_depth_of_what_doubles() -> None:
    """Conditions that are shared are counted once a level, and no further than one level too many."""
    shared: aggregates.Condition = A
    for name in map(str, range(100)):
        shared = AllOf((Flag(name, shared), Negated(Flag(name, shared))))
    assert depth(shared) == MAX_DEPTH + 1


def test_is_long() -> None:
    """What a named condition means counts each time it is used; the rest of what is too long is not looked at."""
    named = Flag("named", AllOf((A,) * 9))  # the name, and its 10 conditions
    assert not is_long(AllOf((named,) * ((MAX_CONDITIONS - 1) // 11)))
    assert is_long(AllOf((named,) * ((MAX_CONDITIONS - 1) // 11 + 1)))


@given(AGGREGATES)
def test_operands_and_columns_agree(found: Aggregate) -> None:
    """The columns are those of the operands; the measure is the first of these."""
    looked_at = [*operands(found)]
    assert found.measure is None or looked_at[0] == found.measure
    named = {one.name for one in looked_at if isinstance(one, Column)}
    ends = {column.name for one in looked_at if isinstance(one, Elapsed) for column in (one.start, one.end)}
    assert {*columns(found)} == named | ends


def test_table_of_the_examples() -> None:
    """A table knows its columns by identifier and by label."""
    assert PLAIN_CLAIMS.column("支給日") is PLAIN_CLAIMS.column("paid")


def test_named_conditions() -> None:
    """The named conditions on which an aggregate rests are found, those below others too, each once."""
    inner = Flag("inner", condition("a is known"))
    outer = Flag("outer", AllOf((inner, Negated(inner), B)))
    assert aggregates.named_conditions(Aggregate("", table="t", where=Negated(outer))) == ("outer", "inner")
    assert aggregates.named_conditions(Aggregate("", table="t")) == ()
