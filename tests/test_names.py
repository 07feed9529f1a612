"""Names of a catalogue: none means two things."""

from __future__ import annotations

from kpi.catalogue.fields import Problems
from kpi.catalogue.names import Names
from kpi.source import Source, Span
from kpi.yaml_nodes import ScalarNode

FILE = Source("x" * 100, "catalog.yaml")


def node(text: str, place: int = 0) -> ScalarNode:
    """A name that stands at a place."""
    return ScalarNode(text, "text", quoted=False, span=Span(place, place + 1), file=FILE)


def test_free_names() -> None:
    """Names that nothing has are taken, those that are not given are left out."""
    names = Names(Problems(FILE))
    assert names.take("column", node("paid"), None, node("支払日")) == {"paid", "支払日"}
    assert names.problems.found == []


def test_taken_names() -> None:
    """A name that means something already is told, with what it means; the others are free."""
    names = Names(Problems(FILE))
    names.take("column", node("paid"), node("支払日"))
    assert names.take("condition", node("settled", 5), node("支払日", 7)) == {"settled"}
    (problem,) = names.problems.found
    assert (problem.code, problem.column) == ("name-again", 8)
    assert problem.message == "the name '支払日' is taken: it means the column paid"
    assert problem.message_in("ja") == "「支払日」はすでに列 paid を表します"


def test_width_makes_no_difference() -> None:
    """A name in letters of another width is the same name."""
    names = Names(Problems(FILE))
    names.take("variable", node("ab"), node("ＧＥ（件）"))
    assert names.take("table", node("ａｂ"), node("GE(件)")) == frozenset()


def test_entry_may_repeat_itself() -> None:
    """The identifier of an entry may be its label as well."""
    names = Names(Problems(FILE))
    assert names.take("column", node("支払日"), node("支払日")) == {"支払日"}
    assert names.problems.found == []
