"""What is known to hold decides choices and conditions, and changes none of them."""

from __future__ import annotations

from hypothesis import given
from programs import number, truth
from whole_numbers import CONDITIONS, INPUTS, INTEGERS, ROWS

from kpi.compilation.assuming import Assumption
from kpi.compilation.folding import ALWAYS, NEVER, negation
from kpi.compilation.integers import Choice, Compared
from kpi.formulas.nodes import Comparator


@given(CONDITIONS, CONDITIONS, INTEGERS, ROWS)
def test_same_where_it_holds(known, condition, integer, row):
    """Wherever the known condition holds, numbers and conditions are what they were."""
    if not truth(known, row):
        known = negation(known)
    assumption = Assumption(known)
    assert truth(assumption.condition(condition), row) == truth(condition, row)
    assert number(assumption.number(integer), row) == number(integer, row)


def test_decided():
    """A choice that is decided is no choice."""
    x, y, z = INPUTS
    is_more = Compared(x, Comparator.ABOVE, y)
    assert Assumption(is_more).number(Choice(is_more, y, z)) == y
    assert Assumption(negation(is_more)).number(Choice(is_more, y, z)) == z
    assert Assumption(is_more).condition(is_more) == ALWAYS
    assert Assumption(is_more).condition(negation(is_more)) == NEVER
