"""Mistakes of YAML syntax: told once, where they are to be mended, with nothing else lost."""

from __future__ import annotations

import re

import pytest
import yaml
from entries import SOUND

from kpi import yaml_reader
from kpi.catalogue import check_bytes
from kpi.yaml_nodes import ListNode, MappingNode
from kpi.yaml_reader import read_yaml

QUOTES = "put all of it in single quotes, and double each single quote in it"
BESIDE = "the line is indented unlike the keys beside it"
COLON = "a ': ' is missing behind the key"


def told(text):
    """The line, column and message of each problem of a text, which are all of its syntax."""
    _, _, found = read_yaml(text, "catalog.yaml")
    assert {problem.code for problem in found} <= {"yaml-syntax"}
    return [(problem.line, problem.column, problem.message.partition("YAML: ")[2]) for problem in found]


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("a:\n  b: >= 20%\n", 2, 6, "a value that begins with '>' has to stand in quotes"),
        ("a:\n  b: %\n", 2, 6, "a value that begins with '%' has to stand in quotes"),
        ("a:\n  b: x: y\n", 2, 7, "a value with ': ' in it has to stand in quotes"),
        ("a:\n  b: 'the branch's share'\n", 2, 18, f"the value ends before 's share''; {QUOTES}"),
        ('a:\n  b: "x" y\n', 2, 10, f"the value ends before 'y'; {QUOTES}"),
        ("a:\n  b: {x: 1}}\n", 2, 12, f"the value ends before '}}'; {QUOTES}"),
        ('a:\n  b: "x\n  c: y\n', 2, 6, "the quote that opens here is not closed"),
        ('a:\n  b: "x\n  c: "y"\n', 2, 6, "the quote that opens here ends in line 3; close it where its value ends"),
        ("a:\n  b: {x: 1\n  c: 2\n", 2, 6, "'{' opens here, and no ',' or '}' comes before line 3"),
        ("a:\n  b:\n    l: [x, y\n    c: 2\n", 3, 8, "'[' opens here, and no ',' or ']' comes before line 4"),
        ("a:\n  b: {x: 1 y: 2}\n", 2, 13, "while parsing a flow mapping: did not find expected ',' or '}'"),
        ("a:\n  b\n    x: 1\n    y: 2\n  c: 1\n", 2, 3, COLON),
        ("a:\n  b: 1\n  c\n  d: 2\n", 3, 3, COLON),
        ("a:\n  b:1\n  c: 2\n", 2, 3, COLON),
        ("a\n  b: 1\nc: 2\n", 1, 1, COLON),
        ("a:\n\tb: 1\n  c: 2\n", 2, 1, "found a tab; indent with spaces"),
        ("a:\n  b: x\n\tc: y\n", 3, 1, "found a tab; indent with spaces"),
        ("a:\n  b:\n    x: 1\n      y: 2\n    z: 3\n", 4, 7, "the line reads on from the value above; indent it like the keys beside it"),
        ("a:\n  b:\n    x: 1\n   y: 2\n    z: 3\n", 4, 4, BESIDE),
        ("a:\n  b:\n     x: 1\n    y: 2\n    z: 3\n", 3, 6, BESIDE),
        ("a:\n  b:\n   x: 1\n    y: 2\n    z: 3\n", 3, 4, "indent the line like the keys below it"),
        ("a:\n b:\n    x: 1\n  c:\n    x: 1\n  d:\n    x: 1\n", 2, 2, "indent the line like the keys below it"),
        ("a:\n    b:\n    x: 1\n  c:\n    x: 1\n", 2, 5, BESIDE),
        ("a:\n  - b: 1\n  -c: 2\n  - d: 3\n", 3, 3, "an item of the list begins with '- '"),
        ("a:\n  - b: 1\n   c: 2\n    d: 3\n", 3, 4, BESIDE),
        ("a:\n   - b: 1\n    c: 2\n    d: 3\n", 2, 4, BESIDE),
        ("a:\n<<<<<<< HEAD\n  b: 1\n=======\n  b: 2\n>>>>>>> rates\n  c: 3\n", 2, 1, "a merge was left unfinished here"),
    ],
)  # fmt: skip
def test_slip_is_told_where_it_is_mended(text, line, column, message):
    """Each slip is one problem, at its own line and column, whatever a library stumbles over."""
    assert told(text) == [(line, column, message)]


def test_with_the_loader_that_is_always_there(monkeypatch):
    """The slower loader has other words, but the same lines."""
    monkeypatch.setattr(yaml_reader, "_LOADER", yaml.SafeLoader)
    text = 'a:\n  b: >= 20%\n  c\n  d: "x\n  e: "y"\n  f: {x: 1\n  g: 2\n\th: 3\n'
    assert [line for line, _, _ in told(text)] == [2, 3, 4, 6, 8]


def test_what_stands_beside_is_read():
    """The value that a slip stands in is left out, with its text, and nothing else is."""
    root, _, _ = read_yaml('a:\n  b: {x: 1\n  c: 2\nd:\n  - 1\n  - "x\n  - 3\n', "catalog.yaml")
    assert isinstance(root, MappingNode)
    (_, first), (_, second) = root.entries
    assert [(key.text, value.text, value.kind) for key, value in first.entries] == [
        ("b", " {x: 1", "unread"), ("c", "2", "integer"),
    ]  # fmt: skip
    assert isinstance(second, ListNode)
    assert ([item.text for item in second.items], second.unread) == (["1", "3"], ('- "x',))


def test_breaks_are_bounded(monkeypatch):
    """Behind so many slips nothing more is read."""
    monkeypatch.setattr(yaml_reader, "MAX_BREAKS", 3)
    assert [line for line, _, _ in told("a: >= 1\nb: >= 1\nc: >= 1\nd: >= 1\ne: >= 1\n")] == [1, 2, 3, 4]


SLIPS = {
    "a colon is missing": lambda line: line.replace(":", "", 1),
    "a quote is not closed": lambda line: re.sub(": (?=.)", ': "', line, count=1),
    "a bracket is not closed": lambda line: re.sub(": (?=.)", ": [", line, count=1),
    "a sign stands without quotes": lambda line: re.sub(
        r"(formula|unit|rule|page|section|kind|direction): .*", r"\1: %", line
    ),
    "a colon stands in a value": lambda line: re.sub(": (?=.)", ": x: ", line, count=1),
    "a tab stands before": lambda line: f"\t{line.lstrip()}" if line.startswith(" ") else line,
}


@pytest.mark.parametrize("slip", SLIPS)
def test_one_slip_in_any_line_is_one_problem(slip):
    """Wherever it stands in a sound catalogue, a slip is told in its line, and nothing that would follow from it."""
    lines = SOUND.split("\n")
    found = []
    for number, line in enumerate(lines):
        broken = SLIPS[slip](line)
        if broken != line:
            text = "\n".join((*lines[:number], broken, *lines[number + 1 :]))
            problems = check_bytes(text.encode(), "catalog.yaml")[1]
            found.append([(problem.code, problem.line) for problem in problems] == [("yaml-syntax", number + 1)])
    assert len(found) > len(lines) // 4
    assert all(found)
