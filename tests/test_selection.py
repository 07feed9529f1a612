"""Which problems a check looks at."""

from __future__ import annotations

import pytest

from kpi.cli.selection import chosen
from kpi.errors import UnknownNameError
from kpi.messages import MESSAGES
from kpi.problems import Problem
from kpi.source import Source, Span

ALL = [Problem(code, Source(""), Span(0, 0)) for code in MESSAGES]


def codes(select=(), ignore=()):
    """The codes of those that are left of all."""
    return [problem.code for problem in chosen(ALL, select, ignore)]


def test_all():
    """Without a word all are looked at, in their order."""
    assert codes() == [*MESSAGES]


def test_select():
    """Whole codes are selected, one or several."""
    assert codes(["gap"]) == ["gap"]
    assert {*codes(["gap, syntax", "yaml-tag"])} == {"gap", "syntax", "yaml-tag"}


def test_ignore():
    """What is ignored is left out, of all or of what is selected."""
    assert len(codes((), ["gap"])) == len(MESSAGES) - 1
    assert codes(["unused"], ["unused-variable"]) == ["unused-baseline", "unused-area"]


@pytest.mark.parametrize("word", ["unknown", "unknown-"])
def test_beginnings(word):
    """The words with which codes begin stand for all of them."""
    assert {*codes([word])} == {code for code in MESSAGES if code.startswith("unknown-")}


def test_a_whole_code_is_no_beginning():
    """A code stands for itself, even where others begin so."""
    assert "shadowed" in MESSAGES
    assert codes(["shadowed"]) == ["shadowed"]


@pytest.mark.parametrize("word", ["syntx", "unknow", "", "unknown-variable,", "-"])
def test_unknown(word):
    """What begins no code is a mistake, and not half of a word."""
    with pytest.raises(UnknownNameError, match=r"^unknown code '"):
        codes([word])


def test_nearest():
    """The nearest codes are named."""
    with pytest.raises(UnknownNameError, match="did you mean 'unused-variable'"):
        codes((), ["unused-varable"])
