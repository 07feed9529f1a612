"""Conditions of a table that have a name: in any order, on each other, but never on themselves."""

from __future__ import annotations

import pytest
from language import condition
from records import COUNTABLE, EXEMPT, read, told

from kpi.formulas.aggregates import AnyOf, Flag, Negated


def conditions(**texts):
    """What takes the place of the two conditions of the catalogue, and is read as two conditions and more."""
    lines = [f"{name}: {{ja: 条件{name}, en: {name}, condition: {text}}}" for name, text in texts.items()]
    return (f"exempt: {EXEMPT}\n      countable: {COUNTABLE}\n", "\n      ".join(lines) + "\n")


def test_meaning():
    """A condition is checked: names are identifiers, and those of others hold what they mean."""
    found, problems = read()
    assert problems == []
    named = found.tables["claims"].conditions
    exempt = AnyOf((Flag("after_loss"), Flag("voluntary")))
    assert named["exempt"].condition == exempt
    assert named["countable"].condition == Negated(Flag("exempt", exempt))
    assert (named["countable"].ja, named["countable"].en) == ("評価対象", "claims that count")


@pytest.mark.parametrize("first", ["exempt", "評価対象外", "「評価対象外」"])
def test_order(first):
    """A condition may stand before those that it rests on, and call them by their labels; the order is the file's."""
    found, problems = read(
        (
            f"exempt: {EXEMPT}\n      countable: {COUNTABLE}",
            f"countable: {COUNTABLE.replace('exempt', first)}\n      exempt: {EXEMPT}",
        )
    )
    assert problems == []
    table = found.tables["claims"]
    assert [*table.conditions] == ["countable", "exempt"]
    assert table.conditions["countable"].condition == Negated(Flag("exempt", table.conditions["exempt"].condition))


@pytest.mark.parametrize(
    ("texts", "circles"),
    [
        ({"exempt": "exempt", "countable": "voluntary"}, ["exempt → exempt"]),
        ({"exempt": "not countable", "countable": "not exempt"}, ["exempt → countable → exempt"]),
        ({"exempt": "not 条件countable", "countable": "条件exempt"}, ["exempt → countable → exempt"]),
        ({"exempt": "a", "countable": "not exempt", "a": "b", "b": "a"}, ["a → b → a"]),
        (
            {"exempt": "b", "countable": "c", "a": "c or a", "b": "exempt", "c": "voluntary"},
            ["exempt → b → exempt", "a → a"],
        ),
        ({"exempt": "b or c", "countable": "exempt", "b": "exempt", "c": "exempt"}, ["exempt → b → exempt"]),
    ],
)
def test_circles(texts, circles):
    """A circle is told once, at the first of its conditions; what rests on it or uses it is no further problem."""
    _, problems = read(conditions(**texts))
    assert [(one.code, one.facts["circle"]) for one in problems] == [
        ("circular-condition", circle) for circle in circles
    ]


def test_place_of_a_circle():
    """It is told where the first condition speaks of the next."""
    assert told(conditions(exempt="voluntary or countable", countable="after_loss and exempt")) == [
        ("circular-condition", "countable}")
    ]


def test_unread_condition_is_used():
    """What rests on a condition that makes no sense is no further problem, but has its own."""
    found = told(conditions(exempt="nonsense", countable="not exempt and (paid or 条件exempt)"))
    assert found == [("table-without-column", "nonsense}"), ("column-type", "paid or 条件exempt)}")]


def test_chain_that_is_too_deep():
    """Conditions rest on each other no deeper than any condition is read, which is told at the first that is."""
    chain = {f"c{number}": f"voluntary and c{number - 1}" for number in range(1, 40)}
    found = told(conditions(exempt="voluntary", countable="not exempt", c0="after_loss", **chain))
    assert [code for code, _ in found] == ["condition-too-deep"]
    assert found[0][1].startswith("voluntary and c9")


def test_chain_that_doubles():
    """Conditions that use another twice soon mean more than is read, however short they are."""
    chain = {f"c{number}": f"c{number - 1} or c{number - 1}" for number in range(1, 9)}
    assert told(conditions(exempt="voluntary", countable="not exempt", c0="after_loss or paid is known", **chain)) == [
        ("condition-too-long", "c7 or c7}")
    ]


def test_long_chain_in_any_order():
    """A chain is read whichever way it stands in the file."""
    chain = {f"c{number}": f"c{number - 1}" for number in range(15, 0, -1)}
    found, problems = read(conditions(exempt="voluntary", countable="not exempt", **chain, c0="after_loss"))
    assert problems == []
    assert [*found.tables["claims"].conditions][2] == "c15"


def test_source_is_the_catalogue():
    """A mistake inside a condition is told at its place in the file."""
    assert told(("condition: not exempt", "condition: not exempt and paid > '2021-04-01'")) == [
        ("column-clash", "'2021-04-01'}")
    ]


def test_condition_alone():
    """A condition reads like the one behind `where`."""
    assert condition("not exempt") == Negated(Flag("exempt"))
