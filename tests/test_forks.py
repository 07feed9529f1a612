"""What a program says is the same, taken apart."""

from __future__ import annotations

from decided import DECIDED, rows
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import number, ratio, run, truth

import kpi
from kpi.compilation.folding import ALWAYS, every
from kpi.compilation.forks import Answers, Fork, Shown, forked, outcome_of
from kpi.compilation.integers import Compared, Input, Not, Present, Whole
from kpi.compilation.lowering import lower
from kpi.compilation.printing import size
from kpi.compilation.program import Ratio
from kpi.evaluation.decision import Verdict
from kpi.formulas.nodes import Comparator


def leaf(found, row):
    """What is said of a row."""
    while isinstance(found, Fork):
        found = found.then if holds(found.condition, row) else found.otherwise
    return found


def holds(condition, row):
    """What engines make of a condition that looks at a missing number: it does not hold."""
    try:
        return truth(condition, row)
    except TypeError:
        return False


def value(figure, row):
    """The number for a row."""
    shown = leaf(figure, row)
    found = ratio(shown.ratio, row)
    return None if found is None else found * number(shown.per, row)


@settings(max_examples=40)
@given(DECIDED, st.booleans(), st.data())
def test_same_answers(formula, signed, data):
    """Whatever is missing or zero, verdict and numbers are those of the program."""
    scales, row = data.draw(rows(lower(formula, signed=True).inputs))
    program = lower(formula, scales=scales, signed=signed)
    try:
        expected = run(program, row)
    except AssertionError:  # a denominator is negative, which the program does not speak of
        return
    answers = Answers.of(program, program.ratios)
    assert (leaf(answers.outcome, row), *(value(figure, row) for figure in answers.figures.values())) == expected


A, B = Input("a"), Input("b")
ONLY_VARIABLES = {Input(""): False}


def test_clauses_in_different_units():
    """Each side is what one would write by hand, and the condition is asked once."""
    program = lower(kpi.parse("a / b <= 20%; a <= 1 case when b <= 4"), presence=ONLY_VARIABLES)
    is_few = Compared(B, Comparator.AT_MOST, Whole(4))
    assert forked(program.target, program.per) == Fork(
        is_few,
        Shown(Ratio(Whole(1), Whole(1), Present(B)), Whole(1)),
        Shown(Ratio(Whole(1), Whole(5), Present(B)), Whole(100)),
    )
    found = forked(program.value, program.per)
    are_there = every(Present(B), Present(A))
    assert found.condition == is_few
    assert found.then == Shown(Ratio(A, Whole(1), are_there), Whole(1))
    is_divided = every(are_there, Not(Compared(B, Comparator.EQUAL, Whole(0))))
    assert found.otherwise == Shown(Ratio(A, B, is_divided), Whole(100))


def test_one_formula():
    """A number that chooses nothing stays whole; whether the verdict can be known is asked once."""
    program = lower(kpi.parse("a / b >= 59.6%"), presence=ONLY_VARIABLES)
    assert forked(program.value, program.per) == Shown(program.value, Whole(100))
    assert forked(program.target, program.per) == Shown(Ratio(Whole(149), Whole(250), ALWAYS), Whole(100))
    outcome = outcome_of(program.outcomes)
    assert (outcome.condition, outcome.otherwise) == (program.value.defined, Verdict.NOT_EVALUABLE)
    assert (outcome.then.then, outcome.then.otherwise) == (Verdict.ACHIEVED, Verdict.MISSED)
    assert isinstance(outcome.then.condition, Compared)


def test_only_what_is_asked_for():
    program = lower(kpi.parse("a / b >= 59.6%"))
    assert [*Answers.of(program, ["outcome", "margin"]).figures] == ["margin"]


def length(found):
    """How many parts the text of a number has."""
    if isinstance(found, Fork):
        return size(found.condition) + length(found.then) + length(found.otherwise)
    return size(found.ratio.numerator, found.ratio.denominator, found.ratio.defined, found.per)


def test_no_longer():
    """Taken apart, a number never gets longer: not every choice is taken apart against every other."""
    sides = " / ".join(f"max(a{number}, b{number})" for number in range(6))
    program = lower(kpi.parse(f"{sides} >= 1"))
    assert length(forked(program.value, program.per)) <= length(Shown(program.value, program.per))
