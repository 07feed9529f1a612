"""Annotations of GitHub: one command a problem, escaped so that no text breaks out of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import FIVE, SOUND, UNUSED, report, report_of, unknown

from kpi.cli.forms import written

COMMAND = re.compile(r"::(error|warning) ([^:\n]*)::([^\r\n]*)")


def read(text):
    """What a runner makes of a command: its properties and its message."""
    kind, properties, message = COMMAND.fullmatch(text).groups()
    named = dict(part.split("=", 1) for part in properties.split(","))
    return kind, {name: unescaped(value, ":,") for name, value in named.items()}, unescaped(message)


def unescaped(text, more=""):
    """The text that a runner reads."""
    for sign in f"\r\n{more}%":
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


def test_commands():
    """Each problem is an error at its place, with its code as the title."""
    lines = written(report(FIVE), "github").split("\n")
    assert len(lines) == 5
    assert lines[1] == (
        "::error file=catalog.yaml,line=28,col=5,endLine=28,endColumn=11,title=unknown-key"
        "::unknown key 'lables' in open_tenders; did you mean 'labels'?"
    )


def test_warning():
    """A warning is a warning."""
    assert written(report(UNUSED), "github").startswith("::warning file=catalog.yaml,line=18,col=3,")


def test_language():
    """The message is told in the language asked for."""
    assert "::変数「cards」は" in written(report(UNUSED, language="ja"), "github")


def test_clean():
    """Where there is no problem there is no command."""
    assert written(report(SOUND), "github") == ""


def test_percent():
    """A percent sign is escaped in messages as in properties."""
    assert "a share of 20 is 2,000%25, so write the unit: 20%25 or 2,000%25" in written(report(FIVE), "github")


def test_several_lines():
    """GitHub takes columns for one line only, so what spans several has its start alone."""
    assert "line=1,col=1,title=" in written(report_of(unknown("ab\ncd", 0, 5)), "github")


@pytest.mark.parametrize("name", ["a,b:c%.yaml", "plans/令和3年度.yaml", "with blank.yaml"])
def test_file_names(name):
    """Whatever a file is called, the runner reads the same name."""
    _, properties, _ = read(written(report_of(unknown("x", 0, 1, name), name=name), "github"))
    assert properties["file"] == name


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_any_text(text):
    """Whatever stands in a catalogue, the command is one line, and its message reads back."""
    problem = unknown(text, 0, len(text))
    kind, properties, message = read(written(report_of(problem), "github"))
    assert (kind, properties["title"], message) == ("error", "unknown-variable", problem.message)
