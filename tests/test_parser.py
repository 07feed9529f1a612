"""Reading the language: the golden files, and texts of any length and content."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from language import DATA, VOCABULARY, accepted, definition, expect_golden, problems, rule, tree
from strategies import PHRASES, WORDS

from kpi.formulas.japanese import japanese
from kpi.formulas.nodes import Node
from kpi.formulas.parser import MAX_DEPTH, MAX_LENGTH, MAX_PROBLEMS, parse_definition, parse_rule
from kpi.formulas.printer import canonical
from kpi.problems import Problem
from kpi.source import Source

ACCEPTED = [*accepted()]
BROKEN = sorted((DATA / "broken").glob("*.txt"))

# ── golden files ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("text", "english", "in_japanese"), ACCEPTED, ids=[text for text, _, _ in ACCEPTED])
def test_accepted_text(text: str, english: str, in_japanese: str) -> None:
    """Each construct is read, and printed in one way in symbols and in one way in Japanese."""
    found = tree(text)
    assert (canonical(found), japanese(found)) == (english, in_japanese)


def broken(name: str) -> tuple[Problem, ...]:
    """The problems of a broken text."""
    text = (DATA / "broken" / f"{name}.txt").read_text("utf-8").removesuffix("\n")
    return problems(text, vocabulary=VOCABULARY, as_rule=name.startswith("rule_"))


@pytest.mark.parametrize("name", [path.stem for path in BROKEN])
def test_broken_text(name: str) -> None:
    """Each mistake is told at its place, with what to do."""
    rendered = "\n".join(problem.render() for problem in broken(name))
    assert rendered
    expect_golden(DATA / "broken" / f"{name}.out", f"{rendered}\n")


def test_broken_texts_in_japanese() -> None:
    """Each mistake is told in Japanese as well."""
    lines = [f"{path.stem}: {problem.message_in('ja')}\n" for path in BROKEN for problem in broken(path.stem)]
    expect_golden(DATA / "broken_ja.txt", "".join(lines))


# ── formula and rule ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_formula_is_the_first_left_side() -> None:
    """What stands left of the first comparison is the formula; the rule compares it."""
    found = definition("a / b >= 20% and c <= 3")
    assert found.formula == definition("a / b").formula
    assert found.rule == rule(">= 20% and c <= 3")


def test_repeated_formula_is_left_out() -> None:
    """A clause that repeats the formula is the same as one that leaves it out."""
    assert definition("a / b >= 20%; a / b >= 10% when a / b < 3% and b is done") == definition(
        "a / b >= 20%; >= 10% when < 3% and b is done"
    )
    assert definition("a is done; a is done when b < 3") == definition("a is done; is done when b < 3")


def test_formula_needs_no_rule() -> None:
    """A text without a comparison is a formula alone."""
    assert definition("a / b").rule is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (">= 20%", "missing-formula"),
        ("20%以上", "missing-formula"),
        ("実施する", "missing-formula"),
        ("毎月", "missing-formula"),
    ],
)
def test_definition_needs_a_formula(text: str, code: str) -> None:
    """A rule alone defines nothing."""
    assert [problem.code for problem in problems(text)] == [code]


def test_rule_needs_a_comparison() -> None:
    """A number alone is no rule."""
    assert [problem.code for problem in problems("20%", as_rule=True)] == ["missing-rule"]


@pytest.mark.parametrize("text", ["a >= 1 when b < 3", "a >= 1 when b < 3; >= 2 when b < 4"])
def test_rule_decides_always(text: str) -> None:
    """One clause holds where no condition does."""
    assert [problem.code for problem in problems(text)] == ["no-otherwise"]


def test_each_further_unconditional_clause_is_a_problem() -> None:
    """There is one clause without a condition, no more."""
    found = problems("a >= 1; >= 2; >= 3 when b < 3; >= 4")
    assert [(problem.code, problem.column) for problem in found] == [("second-otherwise", 9), ("second-otherwise", 32)]


def test_each_clause_has_its_problem() -> None:
    """Reading goes on behind the next `;` or 。, so two mistakes are told at once."""
    assert [problem.column for problem in problems("a / >= 1; b <= ; c >= 1 when d >=")] == [5, 16, 34]


# ── bounds ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_length_is_bounded() -> None:
    """A text of the greatest length is read, one character more is a problem."""
    assert definition("a" * MAX_LENGTH).rule is None
    assert [problem.code for problem in problems("a" * (MAX_LENGTH + 1))] == ["too-long"]


def test_depth_is_bounded() -> None:
    """A sum of as many terms as there are levels is read, one term more is a problem."""
    assert definition(" + ".join(["a"] * (MAX_DEPTH - 1))).rule is None
    assert [problem.code for problem in problems(" + ".join(["a"] * (MAX_DEPTH + 1)))] == ["too-deep"]


def test_problems_are_bounded() -> None:
    """Of a text that is no formula, not every part is told."""
    assert len(problems(";" * MAX_LENGTH)) == MAX_PROBLEMS


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("(" * MAX_LENGTH, id="opening brackets"),
        pytest.param("(" * 1990 + "a" + ")" * 1990, id="brackets"),
        pytest.param("max(a, " * 500, id="calls"),
        pytest.param("max(a, " * 90 + "a" + ")" * 90, id="nested calls"),
        pytest.param("a+" * 1999 + "a", id="sum"),
        pytest.param("70% of " * 500 + "prior year", id="shares"),
        pytest.param("前年度の" * 900, id="japanese shares"),
        pytest.param(";" * MAX_LENGTH, id="clauses"),
        pytest.param("=>;" * 1300, id="mistakes"),
        pytest.param("a b;" * 1000, id="two names"),
        pytest.param("a >= " + "9" * 3990, id="digits"),
        pytest.param("a >= 1" + ",999" * 990, id="separators"),
        pytest.param("a >= 9" + "兆" * 3990, id="scales"),
        pytest.param("a >= " + "5万" * 1900, id="scaled digits"),
        pytest.param("a >= mean of " + "9" * 3900 + " years", id="years"),
        pytest.param("「" * MAX_LENGTH, id="quotes"),
        pytest.param("prior " * 660, id="half a word"),
        pytest.param("対前年度" * 999, id="words without spaces"),
        pytest.param("a" + " " * 3998 + "b", id="spaces"),
        pytest.param("@" * MAX_LENGTH, id="strange signs"),
        pytest.param("a" * 10**6, id="a million letters"),
        pytest.param("\n" * MAX_LENGTH, id="lines"),
    ],
)
def test_every_long_text_is_answered_soon(text: str) -> None:
    """Whatever its length and nesting, a text is answered within moments, with a tree or with problems."""
    start = time.process_time()
    answered(text)
    assert time.process_time() - start < 5


# ── any text ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def answered(text: str) -> None:
    """Reads *text* in both ways; every answer can be shown."""
    source = Source(text)
    for parse in (parse_definition, parse_rule):
        found, told = parse(source)
        assert (found is None) == bool(told)
        if found is not None:
            show(found)
        for problem in told:
            assert 0 <= problem.span.start < problem.span.end
            assert problem.render("en")
            assert problem.render("ja")
            assert "\n" not in problem.message


def show(found: Node) -> None:
    """Prints a tree, and reads it back."""
    parse = parse_definition if hasattr(found, "formula") else parse_rule
    assert parse(Source(canonical(found))) == (found, [])
    assert parse(Source(japanese(found))) == (found, [])


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_answered(text: str) -> None:
    """Arbitrary characters give a tree or problems, never an exception."""
    answered(text)


@settings(max_examples=200, deadline=None)
@given(PHRASES)
def test_any_phrase_is_answered(text: str) -> None:
    """Words of the language in any order give a tree that reads back, or problems."""
    answered(text)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_mistake_in_a_formula_is_answered(data: st.DataObject) -> None:
    """A formula in which something was deleted, put in or repeated gives a tree that reads back, or problems."""
    text, _, _ = data.draw(st.sampled_from(ACCEPTED))
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 5)))
        text = text[:start] + data.draw(st.sampled_from(("", text[start:end] * 2, *WORDS))) + text[end:]
    answered(text)


def test_golden_files_come_in_pairs() -> None:
    """Each broken text has its answer, and no accepted text stands there twice."""
    assert len(BROKEN) == len([*(DATA / "broken").glob("*.out")]) >= 30
    assert len({text for text, _, _ in ACCEPTED}) == len(ACCEPTED)


@pytest.mark.parametrize("text", ['" "', "「　」", "「」"])
def test_blank_name(text):
    """A name of blanks is none."""
    assert problems(text)


class TestTables:
    """The tables of the grammar are kept beside the byte code."""

    def parsed(self, prefix: Path) -> str:
        code = "import kpi; print(kpi.parse('a / b >= 59.6%').text('ja'))"
        run = [sys.executable, "-X", f"pycache_prefix={prefix}", "-c", code]
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return subprocess.run(run, capture_output=True, text=True, check=True, env=environment).stdout  # noqa: S603 - this interpreter, fixed code

    def test_tables_are_made_once_and_mended(self, tmp_path: Path) -> None:
        """A first start writes them, a later one reads them, and one that finds them damaged writes them anew."""
        first = self.parsed(tmp_path)
        (tables,) = tmp_path.rglob("grammar.*.tables")
        assert self.parsed(tmp_path) == first
        tables.write_bytes(b"damaged")
        assert self.parsed(tmp_path) == first
        assert tables.read_bytes() != b"damaged"
