"""Programs worked out in arrays say what they say row by row."""

from __future__ import annotations

import numpy as np
import pytest
from decided import DECIDED, rows
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import number, run, truth
from whole_numbers import CONDITIONS, INPUTS, INTEGERS

import kpi
from kpi.columns.arrays.arithmetic import VERDICTS, Arithmetic, every, negated, some
from kpi.columns.arrays.magnitudes import Magnitudes
from kpi.compilation.forks import Answers
from kpi.compilation.integers import Input, Integer, Product, Sum
from kpi.compilation.lowering import lower
from kpi.compilation.walking import nodes_of

ROWS = st.lists(st.tuples(*(st.integers(-3, 3) for _ in INPUTS)), min_size=1, max_size=6)
KINDS = pytest.mark.parametrize("kind", [np.int64, object])


def columns(table, kind):
    return {one: np.array([row[index] for row in table], kind) for index, one in enumerate(INPUTS)}


@KINDS
@settings(max_examples=25)
@given(table=ROWS, integer=INTEGERS, condition=CONDITIONS)
def test_same_in_every_row(kind, table, integer, condition):
    """Numbers and conditions are those of each row."""
    arithmetic = Arithmetic(columns(table, kind), dict.fromkeys(INPUTS, True), kind)
    rows = [dict(zip(INPUTS, row, strict=True)) for row in table]
    found = np.broadcast_to(arithmetic.number(integer), len(table))
    assert found.tolist() == [number(integer, row) for row in rows]
    assert np.broadcast_to(arithmetic.truth(condition), len(table)).tolist() == [truth(condition, row) for row in rows]


@settings(max_examples=25)
@given(DECIDED, st.data())
def test_same_answers(formula, data):
    """Verdict and numbers are those of the program, in numbers of any size, whatever is missing."""
    inputs = lower(formula, signed=True).inputs
    scales, _ = data.draw(rows(inputs))
    table = [data.draw(rows(inputs))[1] for _ in range(3)]
    program = lower(formula, scales=scales, signed=True)
    numbers = {one: np.array([row[one] or 0 for row in table], object) for one in inputs}
    present = {one: np.array([row[one] is not None for row in table]) for one in inputs}
    arithmetic, answers = Arithmetic(numbers, present, object), Answers.of(program, program.ratios)
    outcomes = np.broadcast_to(arithmetic.outcome(answers.outcome), len(table))
    figures = [np.broadcast_to(arithmetic.figure(figure), len(table)) for figure in answers.figures.values()]
    for index, row in enumerate(table):
        verdict, *expected = run(program, row)
        assert VERDICTS[outcomes[index]] == verdict
        for figure, exact in zip(figures, expected, strict=True):
            assert np.isnan(figure[index]) if exact is None else figure[index] == pytest.approx(float(exact), rel=1e-12)


LARGE = st.sampled_from([0, 1, 3, 2**31, 2**32 + 1, 10**12, 2**62, 2**63 - 1]).flatmap(lambda one: st.sampled_from([one, -one]))  # fmt: skip


@settings(max_examples=25)
@given(INTEGERS, st.lists(st.tuples(*(LARGE for _ in INPUTS)), min_size=1, max_size=5))
def test_magnitudes(integer, table):
    """No row is said to fit in 64 bits in which a number overflows."""
    parts = [node for node in nodes_of(integer) if isinstance(node, Integer)]
    fits = np.broadcast_to(Magnitudes(columns(table, np.int64)).fit(parts), len(table))
    for row, is_fit in zip(table, fits, strict=True):
        largest = max(abs(number(part, dict(zip(INPUTS, row, strict=True)))) for part in parts)
        assert largest < 2**63 or not is_fit


def test_one_large_row():
    """One large number is no reason against other rows."""
    x, y, _ = INPUTS
    numbers = {x: np.array([10**12, 10**15]), y: np.array([10**6, 10**9])}
    assert Magnitudes(numbers).fit([Sum(Product(x, y), x)]).tolist() == [True, False]


def test_what_is_nowhere():
    """An input that no row has is missing in every row."""
    arithmetic = Arithmetic({}, {})
    assert arithmetic.number(Input("a")) == 0
    program = lower(kpi.parse("a / b >= 59.6%"))
    assert arithmetic.outcome(Answers.of(program, ()).outcome).tolist() == [VERDICTS.index("not_evaluable")]


def test_truths():
    """What holds everywhere or nowhere is not worked out."""
    half = np.array([True, False])
    assert every([]) is True
    assert every([True, half]) is half
    assert every([half, False]) is False
    assert some([half, True]) is True
    assert some([False, half]).tolist() == [True, False]
    assert negated(negated(half)).tolist() == [True, False]
