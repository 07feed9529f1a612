"""Which numbers one expression in doubles gives for every row, and that it does."""

from __future__ import annotations

from itertools import product

import pytest
from frames_of import each_sql

import kpi
from kpi.columns import evaluate_frame
from kpi.columns.sql.doubles import in_every_row
from kpi.compilation.forks import Answers
from kpi.compilation.lowering import lower


def anywhere(text):
    """The numbers of a formula that need no wide ones."""
    formula = kpi.parse(text)
    presence = {one: False for one in lower(formula).inputs if not one.name}
    narrow, wide = (lower(formula, presence=presence, signed=signed) for signed in (False, True))
    figures, wide_figures = (Answers.of(program, program.ratios).figures for program in (narrow, wide))
    return [part for part in figures if in_every_row(figures[part], wide_figures[part], narrow.inputs)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a / b >= 59.6%", ["value", "target"]),
        ("a / b >= prior year", ["value", "target"]),
        ("a / b <= 20%; a <= 1 case when b <= 4", ["value", "target"]),
        ("a * b / c >= 70% of prior year", ["value", "target"]),
        ("(a + b) / c >= 2", ["target"]),
        ("a / b >= 1; a >= 3 when a / b >= 80%", []),
        ("a / b >= 1; a >= 3 when a * b >= 80", []),
        ("max(a, b) / c >= 1", ["target"]),
    ],
)
def test_products_and_quotients(text, parts):
    """Sums cancel out, products that are compared overflow, and a sign may turn a comparison."""
    assert anywhere(text) == parts


def test_other_inputs():
    """A column that small and wide numbers read differently is not for one expression."""
    program = lower(kpi.parse("a / b >= 59.6%"), presence={})
    figures = Answers.of(program, ["value"]).figures
    assert not in_every_row(figures["value"], figures["value"], ())


SIZES = (1, 7, 10**9, 2**31, 10**12 + 1, 2**53 + 1, 2**62, 2**63 - 1)
NUMBERS = (0, *SIZES, *(-size for size in SIZES))


@each_sql
def test_any_size_and_sign(kind):
    """Values and targets are right, however large numbers are and whatever their sign; zero has none."""
    rows = [*product(NUMBERS, NUMBERS)]
    columns = {
        "organisation": [str(place) for place in range(len(rows))] * 2,
        "fiscal_year": [2021] * len(rows) + [2020] * len(rows),
        "a": [a for a, _ in rows] * 2,
        "b": [b for _, b in rows] * 2,
    }
    found = kind.rows(evaluate_frame(kind.make(columns), kpi.parse("a / b >= prior year"), only=["value", "target"]))
    for row in found:
        value = 100 * row["a"] / row["b"] if row["b"] else None
        expected = value if value is None else pytest.approx(value, rel=1e-14)
        assert str(row["value"]) != "-0.0"
        assert [row["value"], row["target"]] == [expected, expected if row["fiscal_year"] == 2021 else None]
