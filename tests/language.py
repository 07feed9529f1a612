"""Reading the language in tests: whatever is read is printed, and both prints are read again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve

import kpi
from kpi.errors import FormulaError
from kpi.formulas.aggregate_checker import check_condition
from kpi.formulas.aggregates import Condition
from kpi.formulas.japanese import japanese
from kpi.formulas.nodes import Definition, Node, Rule
from kpi.formulas.parser import parse_condition, parse_definition, parse_rule
from kpi.formulas.printer import canonical
from kpi.formulas.tables import NamedCondition, Table, TableColumn
from kpi.formulas.vocabulary import Variable, Vocabulary
from kpi.problems import Problem
from kpi.source import Source
from kpi.units import UNITS


def condition(text: str) -> Condition:
    """The tree of a condition over the columns of a table."""
    found, problems = parse_condition(Source(text))
    assert found is not None, "\n".join(problem.render() for problem in problems)
    return found


def refuse(code: str, *_: object, **facts: object) -> None:
    """Takes no problem."""
    raise AssertionError(code, facts)


DATA = Path(__file__).parent / "data" / "language"

PLAIN_CLAIMS = Table.of(
    "claims",
    [
        TableColumn("branch", "text", ja="支部"),
        TableColumn("received", "date", ja="受付日"),
        TableColumn("paid", "date", ja="支払日", labels=("支給日",)),
        TableColumn("kind", "text", ja="種別"),
        TableColumn("amount", "integer", "yen", ja="支給額"),
        TableColumn("member", "text", "person", ja="被保険者"),
        TableColumn("corrections", "integer", ja="訂正回数"),
        TableColumn("visits", "integer", "time", ja="受診回数"),
        TableColumn("after_loss", "boolean", ja="資格喪失後"),
        TableColumn("voluntary", "boolean", ja="任意継続"),
    ],
    organisation="branch",
    date="received",
)
CLAIMS = evolve(
    PLAIN_CLAIMS,
    ja="給付申請",
    labels=("申請",),
    conditions={
        "countable": NamedCondition(
            "countable",
            check_condition(condition("not after_loss or paid is known"), PLAIN_CLAIMS, UNITS, refuse),
            ja="評価対象",
        ),
    },
)
"""The table of `data/language/README.md`."""

VOCABULARY = Vocabulary.of(
    [
        Variable("checkups", UNITS["person"], "健診受診者数", "check-ups", labels=("受診者数",)),
        Variable("members", UNITS["person"], "加入者数", "members", kind="stock"),
        Variable("expenses", UNITS["yen"], "経費", "expenses"),
        Variable("open_tenders", UNITS["case"], "一般競争入札件数", "open tenders"),
        Variable("single_bid_tenders", UNITS["case"], "一者応札件数", "single-bid tenders"),
    ],
    tables=[CLAIMS],
)
"""The variables and the table of `data/language/README.md`."""


def definition(text: str) -> Definition:
    """The tree of a formula, with or without a rule."""
    found, problems = parse_definition(Source(text))
    assert found is not None, "\n".join(problem.render() for problem in problems)
    assert parse_definition(Source(canonical(found))) == (found, [])
    assert parse_definition(Source(japanese(found))) == (found, [])
    return found


def rule(text: str) -> Rule:
    """The tree of a rule without its formula."""
    found, problems = parse_rule(Source(text))
    assert found is not None, "\n".join(problem.render() for problem in problems)
    assert parse_rule(Source(canonical(found))) == (found, [])
    assert parse_rule(Source(japanese(found))) == (found, [])
    return found


def tree(text: str) -> Node:
    """The tree of a text: a definition, or a rule where it names no formula."""
    found, problems = parse_definition(Source(text))
    if found is None and [problem.code for problem in problems] == ["missing-formula"]:
        return rule(text)
    return definition(text)


def problems(text: str, *, vocabulary: Vocabulary | None = None, as_rule: bool = False) -> tuple[Problem, ...]:
    """The problems of a text, each of which can be shown in both languages."""
    with pytest.raises(FormulaError) as raised:
        (kpi.parse_rule if as_rule else kpi.parse)(text, vocabulary=vocabulary)
    found = raised.value.problems
    assert all(problem.render("en") and problem.render("ja") for problem in found)
    return found


def accepted() -> Iterator[tuple[str, str, str]]:
    """Each text of `accepted.txt` with its canonical and its Japanese text."""
    lines = [line for line in (DATA / "accepted.txt").read_text("utf-8").splitlines() if line and line[0] != "#"]
    for text, *prints in zip(lines[::3], lines[1::3], lines[2::3], strict=True):
        assert not text.startswith(" "), f"two indented lines are expected before {text!r}"
        yield text, *(line.strip() for line in prints)


def expect_golden(path: Path, actual: str) -> None:
    """Compares *actual* with a golden file, or writes it where `REWRITE_GOLDEN` is set."""
    if os.environ.get("REWRITE_GOLDEN"):
        path.write_text(actual, "utf-8")
    assert actual == path.read_text("utf-8")
