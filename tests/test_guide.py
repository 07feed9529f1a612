"""The guide: every code has its advice, and the examples do what the guide says."""

from __future__ import annotations

import sys
from subprocess import run

import pytest

from kpi.messages import MESSAGES
from kpi.messages.guide import GUIDE, snippets, sound_catalogue
from kpi.pages.examples import right_problems, wrong_problems


def test_every_code_has_advice():
    """The guide speaks of every code, and of no other."""
    assert set(GUIDE) == set(MESSAGES)


@pytest.mark.parametrize("code", GUIDE)
def test_wrong_example(code):
    """The wrong example has this problem, once, and no other."""
    assert [problem.code for problem in wrong_problems(GUIDE[code])] == [code]


@pytest.mark.parametrize("code", GUIDE)
def test_right_example(code):
    """The right example has no problem at all."""
    assert right_problems(GUIDE[code]) == ()


@pytest.mark.parametrize("code", GUIDE)
def test_slips_stand_in_one_place(code):
    """What a slip takes the place of stands once in the sound catalogue."""
    advice = GUIDE[code]
    assert advice.host != "slip" or sound_catalogue().count(advice.right) == 1


@pytest.mark.parametrize("code", GUIDE)
def test_texts(code):
    """The meaning begins with a sentence that stands alone; examples fit a screen and differ as they are shown."""
    advice = GUIDE[code]
    assert advice.summary[0].isupper() or advice.summary.startswith("`")
    assert advice.summary.endswith(".")
    assert len(advice.summary) <= 160
    wrong, right = snippets(advice)
    assert wrong != right
    for text in (wrong, right):
        lines = text.split("\n")
        assert len(lines) <= 8
        assert max(map(len, lines)) <= 161
        assert all(sign.isprintable() or sign == "\n" for sign in text)


def test_snippets_are_whole_lines():
    """A slip is shown with the whole lines in which it stands, without their common indent."""
    assert snippets(GUIDE["wrong-unit"]) == (
        'formula: cost / open_tenders\nunit: "%"',
        "formula: cost / open_tenders\nunit: yen",
    )
    assert snippets(GUIDE["unknown-choice"])[0].startswith("hokuriku: {ja: 北陸支部, ")
    assert snippets(GUIDE["unknown-choice"])[0].endswith("since: R6}")


def test_guide_is_read_when_it_is_asked_for():
    """Neither the library nor a check in text loads the guide."""
    program = "import sys, kpi; kpi.check(); print(any(name.startswith('kpi.messages.guide') for name in sys.modules))"
    done = run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "False\n"
