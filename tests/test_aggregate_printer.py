"""Printing aggregates: one spelling in symbols and one in Japanese, and both are read back."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve
from hypothesis import given
from language import CLAIMS, condition, definition
from strategies import AGGREGATES, CONDITIONS, LINES, TEXTS

from kpi.formulas.aggregate_printer import JAPANESE, AggregatePrinter, condition_text, text_text
from kpi.formulas.aggregates import Column, Condition, Day, Flag, Match, Text
from kpi.formulas.japanese import japanese
from kpi.formulas.nodes import Aggregate, Comparator, Definition
from kpi.formulas.parser import parse_condition, parse_definition
from kpi.formulas.printer import canonical
from kpi.source import Source


@given(AGGREGATES)
def test_round_trip(aggregate: Aggregate) -> None:
    """Whatever can be built is read back from either text, and its canonical text is its own name."""
    whole = Definition(aggregate)
    assert canonical(aggregate) == aggregate.name
    assert parse_definition(Source(canonical(whole))) == (whole, [])
    assert parse_definition(Source(japanese(whole))) == (whole, [])


@given(CONDITIONS)
def test_round_trip_of_a_condition(found: Condition) -> None:
    """A condition that stands alone is read back, too."""
    assert parse_condition(Source(condition_text(found))) == (found, [])


@given(LINES | TEXTS)
def test_any_text(value: str) -> None:
    """Any text of one line is printed so that it is read to the letter."""
    found, problems = parse_condition(Source(f"a = {text_text(value)}"))
    assert problems == []
    assert found == Match(Column("a"), Comparator.EQUAL, Text(value))


@pytest.mark.parametrize("day", [date.min, date(867, 1, 1), date(1989, 1, 7), date(2021, 4, 1), date.max])
def test_any_date(day: date) -> None:
    """A date is printed with four digits of the year, however early."""
    aggregate = Aggregate("", table="t", where=Match(Column("a"), Comparator.EQUAL, Day(day)))
    aggregate = evolve(aggregate, name=canonical(aggregate))
    for text in (canonical(aggregate), japanese(aggregate)):
        assert parse_definition(Source(text)) == (Definition(aggregate), [])


def test_labels() -> None:
    """In Japanese, tables, columns and named conditions are called by their labels where there are any."""
    found = definition("sum(amount of claims where countable and not corrections = 5 and other is known)").formula
    assert isinstance(found, Aggregate)
    printer = AggregatePrinter(JAPANESE, label=lambda _, name: CLAIMS.label(name))
    assert printer.aggregate(found) == "合計(給付申請の支給額のうち 評価対象 かつ 訂正回数 != 5 かつ otherがある)"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("((a))", "a"),
        ("(a or b) and (c or (d))", "(a or b) and (c or d)"),
        ("(a and b) or c", "a and b or c"),
        ("not (not a or b)", "not (not a or b)"),
        ("not (a > 5)", "not a > 5"),
        ("(a) in ((5))", None),
        ("a between 10000 and 1万", "a between 10,000 and 10,000"),
    ],
)
def test_brackets(text: str, printed: str | None) -> None:
    """Only brackets that are needed are printed."""
    found, problems = parse_condition(Source(text))
    if printed is None or found is None:
        assert problems
    else:
        assert condition_text(found) == printed


def test_flag_of_any_name() -> None:
    """A name that is a word of conditions stands in quotes."""
    assert condition_text(Flag("not")) == "「not」"
    assert condition("「not」") == Flag("not")
