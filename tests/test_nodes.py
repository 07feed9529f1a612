"""Nodes: values that compare by meaning, and ways through the tree."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from language import definition, rule
from strategies import DEFINITIONS

from kpi.formulas.nodes import (
    Comparator,
    Comparison,
    Definition,
    Done,
    Name,
    Node,
    Number,
    Period,
    Reference,
    Rule,
    children,
    names,
    references,
    walk,
)
from kpi.source import Span

TEXT = "births / members >= prior year (3%); deaths is done when births <= max(national, 2%)"


def test_trees_compare_by_meaning() -> None:
    """Where a text stands, and how its numbers are written, makes no difference."""
    assert definition("a/b >= 20%") == definition("  a / b\n >= 20.0 ％")
    assert hash(definition("a/b >= 20%")) == hash(definition("a / b >= 20.0%"))


def test_trees_differ_by_meaning() -> None:
    """Another unit, comparator or order of operands is another tree."""
    texts = ["a / b >= 20%", "a / b >= 20", "a / b > 20%", "b / a >= 20%", "a / b >= 20% every month"]
    assert len({definition(text) for text in texts}) == len(texts)


def test_each_node_knows_its_text() -> None:
    """The span of a node is the text it was read from."""
    found = definition(TEXT)
    spans = {TEXT[node.span.start : node.span.end] for node in walk(found)}
    assert {"births / members", "prior year (3%)", "3%", "deaths is done", "births <= max(national, 2%)"} <= spans


def test_repr_is_short() -> None:
    """A node shows its parts, not where it stands."""
    assert repr(Number(Fraction(20), "%", decimals=1, span=Span(3, 6))) == "Number(value=Fraction(20, 1), unit='%')"


def test_walk_meets_nodes_in_the_order_of_the_text() -> None:
    """Names are met from left to right, each once."""
    assert names(definition(TEXT)) == ("births", "members", "deaths")


def test_references_are_met_in_order() -> None:
    """Every reference is met, those in conditions too."""
    assert [reference.period for reference in references(definition(TEXT))] == [Period.PRIOR_YEAR, Period.NATIONAL]


def test_children_of_requirements() -> None:
    """A requirement without a left side has its target alone, and something to be done has nothing."""
    target = Number(Fraction(1))
    assert [*children(Comparison(None, Comparator.AT_LEAST, target))] == [target]
    assert [*children(Comparison(Name("a"), Comparator.AT_LEAST, target))] == [Name("a"), target]
    assert [*children(Done(Name("a")))] == [Name("a")]
    assert [*children(Done())] == []


def test_children_of_a_definition() -> None:
    """A definition has its formula and, where one is set, its rule."""
    assert [*children(Definition(Name("a")))] == [Name("a")]
    assert [*children(Definition(Name("a"), Rule((Done(),))))] == [Name("a"), Rule((Done(),))]


def test_children_of_a_reference() -> None:
    """A stated baseline stands below its reference."""
    assert [*children(Reference(Period.NATIONAL, None, Number(Fraction(1))))] == [Number(Fraction(1))]
    assert [*children(Reference(Period.NATIONAL))] == []


@settings(max_examples=50, deadline=None)
@given(DEFINITIONS)
def test_walk_meets_every_node_once(tree: Definition) -> None:
    """Walking meets as many nodes as the tree has, each before its children."""

    def size(node: Node) -> int:
        return 1 + sum(map(size, children(node)))

    met = [*walk(tree)]
    assert len(met) == size(tree)
    assert met[0] is tree


def test_rule_names_its_unconditional_requirements_first() -> None:
    """Wherever the clause without a condition stands, the tree is the same."""
    assert rule(">= 10% when a < 3; >= 20%") == rule(">= 20%; >= 10% when a < 3")
