"""Programs on whole numbers decide as the evaluator does."""

from __future__ import annotations

from fractions import Fraction

import pytest
from decided import DECIDED, rows, situation
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from programs import number, ratio, run

import kpi
from kpi.compilation.folding import ALWAYS, every
from kpi.compilation.integers import Choice, Compared, Difference, Input, Not, Present, Product, Whole
from kpi.compilation.lowering import lower
from kpi.compilation.program import Ratio
from kpi.errors import KpiError
from kpi.evaluation.decision import Verdict
from kpi.formulas.nodes import Comparator, Period
from kpi.quantities import round_to


def expected(formula, scales, row):
    """Verdict, value, target and margin as the evaluator gives them."""
    result = formula.result(situation(formula, scales, row))
    numbers = (result.value, result.target, result.margin)
    return result.outcome, *(None if found is None else Fraction(found) for found in numbers)


@settings(max_examples=60)
@given(DECIDED, st.data())
def test_any_sign(formula, data):
    """Compiled for numbers of any sign, a program and the evaluator agree on every row."""
    scales, row = data.draw(rows(lower(formula, signed=True).inputs))
    program = lower(formula, scales=scales, signed=True)
    assert program.positive == ()
    assert run(program, row) == expected(formula, scales, row)


@settings(max_examples=60)
@given(DECIDED, st.data())
def test_positive_denominators(formula, data):
    """Otherwise they agree wherever none of the denominators that the program lists is negative."""
    scales, row = data.draw(rows(lower(formula).inputs))
    program = lower(formula, scales=scales)
    for one in program.positive:
        try:
            assume(number(one, row) >= 0)
        except TypeError:  # an input is missing
            continue
    assert run(program, row) == expected(formula, scales, row)


@settings(max_examples=80)
@given(DECIDED, st.data())
def test_known_presence(formula, data):
    """What is known to be there, or not to be there, need not be asked of the row."""
    scales, row = data.draw(rows(lower(formula, signed=True).inputs))
    known = data.draw(st.lists(st.sampled_from([*row]), unique=True) if row else st.just([]))
    presence = {one: row[one] is not None for one in known}
    program = lower(formula, scales=scales, signed=True, presence=presence)
    assert not {*program.inputs} & {one for one, is_there in presence.items() if not is_there}
    assert run(program, row) == expected(formula, scales, row)


def counted(text, **options):
    """The program where only variables are given, so that nothing else is asked for."""
    formula = kpi.parse(text)
    nowhere = {one: False for one in lower(formula).inputs if not one.name}
    return lower(formula, presence=nowhere, **options)


A, B = Input("a"), Input("b")
PRIOR_A, PRIOR_B = Input("a", Period.PRIOR_YEAR), Input("b", Period.PRIOR_YEAR)


# ── rounding ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("rounding", ["half_up", "half_even", "floor", "ceil"])
@pytest.mark.parametrize("decimals", [0, 1])
def test_rounding(rounding, decimals):
    """A shown value is rounded as it is displayed: ties, negative numbers and all."""
    formula = kpi.parse("a / b >= 0", unit="", decimals=decimals, rounding=rounding, compared="shown")
    program = lower(formula)
    for divisor in range(1, 22):
        for dividend in range(-65, 66):
            found = ratio(program.value, {A: dividend, B: divisor})
            assert found == round_to(Fraction(dividend, divisor), decimals, rounding)


def test_undeclared_decimals():
    """How many decimals are shown follows from the data where a KPI declares none; no program can know them."""
    with pytest.raises(KpiError, match="not declared"):
        lower(kpi.parse("a / b >= 59.6%", compared="shown"))
    assert lower(kpi.parse("x is done", compared="shown")).inputs == (Input("x"), Input(""))


# ── small programs ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_threshold():
    """A share against a number is compared with whole factors, and its decimals go into them."""
    program = counted("a / b >= 59.6%")
    is_there = every(Present(A), Present(B), Not(Compared(B, Comparator.EQUAL, Whole(0))))
    left, right = Product(Whole(250), A), Product(Whole(149), B)
    assert program.outcomes == (
        (every(is_there, Compared(left, Comparator.AT_LEAST, right)), Verdict.ACHIEVED),
        (is_there, Verdict.MISSED),
        (ALWAYS, Verdict.NOT_EVALUABLE),
    )
    assert program.value == Ratio(A, B, is_there)
    assert program.target == Ratio(Whole(149), Whole(250), ALWAYS)
    assert program.margin == Ratio(Difference(left, right), Product(Whole(250), B), is_there)
    assert (program.positive, program.per) == ((B,), Whole(100))
    in_thousands = counted("a / b >= 59.6%", scales={A: 3})
    assert in_thousands.value == Ratio(A, Product(Whole(1000), B), is_there)


def test_prior_year():
    """Two shares are compared by multiplying each with the other's denominator, and with nothing else."""
    (achieved, _), *_ = counted("a / b >= prior year").outcomes
    assert achieved.parts[-1] == Compared(Product(A, PRIOR_B), Comparator.AT_LEAST, Product(PRIOR_A, B))


def test_shared_denominator():
    """What both sides have below the line is not multiplied with."""
    (achieved, _), *_ = counted("a / b >= 100% - c / b").outcomes
    assert achieved.parts[-1] == Compared(A, Comparator.AT_LEAST, Difference(B, Input("c")))
    assert counted("a / b >= c / b").margin.denominator == B


def test_conditional():
    """A clause that is not chosen is not looked at, and each shows its numbers in its own unit."""
    program = counted("a / b <= 20%; a <= 1 case when b <= 4")
    assert run(program, {A: 0, B: 0}) == ("achieved", 0, 1, 1)
    assert run(program, {A: 2, B: 4}) == ("missed", 2, 1, -1)
    assert run(program, {A: 1, B: 5}) == ("achieved", 20, 20, 0)
    assert run(program, {A: 2, B: None}) == ("not_evaluable", None, None, None)
    assert isinstance(program.per, Choice)


def test_no_rule():
    """Without a rule there is a value, and nothing to compare it with."""
    program = lower(kpi.parse("a / b"))
    assert program.outcomes == ((ALWAYS, Verdict.NO_TARGET),)
    assert run(program, {A: 1, B: 4}) == ("no_target", 25, None, None)


def test_constants():
    """What does not depend on any row is worked out beforehand."""
    assert counted("a * (3 - 2) + 0 * 5 >= 2 * 3").margin == Ratio(Difference(A, Whole(6)), Whole(1), Present(A))
    program = counted("a / (2 - 2) >= 1")
    assert (program.outcomes, program.inputs) == (((ALWAYS, Verdict.NOT_EVALUABLE),), ())


def test_mean():
    """Each year of a mean is an input of its own; last year is the prior year there as well."""
    years = [(one.period, one.years) for one in counted("a >= mean of 3 years").inputs if one.period]
    assert years == [(Period.PRIOR_YEAR, None), (Period.MEAN_OF_YEARS, 2), (Period.MEAN_OF_YEARS, 3)]


def test_baseline():
    """One stated baseline stands for the references that a plan's does, and decides before the data."""
    stated = [one for one in lower(kpi.parse("a >= max(prior year, prior year end)")).inputs if one.is_stated]
    assert stated == [Input("", is_stated=True)]
    program = lower(kpi.parse("a >= prior year"))
    row = dict.fromkeys(program.inputs) | {A: 3, PRIOR_A: 9, Input("", is_stated=True): 3}
    assert run(program, row) == ("achieved", 3, 3, 0)


def test_branch_target():
    """A branch target is given as a value of the KPI."""
    elsewhere = [one for one in lower(kpi.parse("a / b >= branch target")).inputs if one.period]
    assert elsewhere == [Input("", Period.BRANCH_TARGET)]
