"""Random formulas with rules over a few variables, and rows of whole numbers for the inputs of their programs."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st
from strategies import expressions

from kpi.compilation.integers import Input
from kpi.definitions.formula import Formula, Style
from kpi.evaluation.observed import Observed, Situation
from kpi.formulas.nodes import (
    Case,
    Comparator,
    Comparison,
    Done,
    Name,
    Number,
    Operation,
    Operator,
    Period,
    Reference,
    Rule,
    Scope,
    names,
)
from kpi.formulas.vocabulary import Variable, Vocabulary
from kpi.periods import FiscalYear
from kpi.units import NUMBER, PERCENT

YEAR = FiscalYear(2021)
VOCABULARY = Vocabulary.of([Variable(name, "case") for name in "abc"] + [Variable("rate", "%", "率")])

COUNTS = st.sampled_from([Name(name) for name in "abc"])
VARIABLES = COUNTS | st.just(Name("rate"))
NUMBERS = st.builds(
    Number,
    st.sampled_from([Fraction(0), Fraction(1), Fraction(2), Fraction(20), Fraction("59.6"), Fraction(100)]),
    st.sampled_from([None, "%"]),
)
STATED = st.none() | NUMBERS
PLAIN = [period for period in Period if period not in {Period.MEAN_OF_YEARS, Period.FISCAL_YEAR}]
REFERENCES = (
    st.builds(Reference, st.sampled_from(PLAIN), st.none(), STATED)
    | st.builds(Reference, st.just(Period.MEAN_OF_YEARS), st.integers(1, 3))
    | st.builds(Reference, st.just(Period.FISCAL_YEAR), st.just(2015), STATED)
)
QUOTIENTS = st.builds(Operation, st.just(Operator.DIVIDE), VARIABLES, COUNTS)


def _named(expression) -> bool:
    return bool(names(expression))


FORMULAS = st.one_of(QUOTIENTS, VARIABLES, expressions(VARIABLES | NUMBERS).filter(_named))
TARGETS = st.one_of(
    NUMBERS,
    REFERENCES,
    st.builds(Operation, st.just(Operator.MULTIPLY), NUMBERS, REFERENCES),
    expressions(VARIABLES | NUMBERS | REFERENCES),
)
SCOPES = st.integers(0, 20).map({19: Scope.MONTH, 20: Scope.BRANCH}.get)


def requirements(lefts):
    """Mostly comparisons, sometimes something to be done."""
    compared = st.builds(Comparison, lefts, st.sampled_from(Comparator), TARGETS, SCOPES)
    return st.integers(0, 5).flatmap(lambda one: compared if one else st.builds(Done, lefts, SCOPES))


OWN = requirements(st.none())
ANY = requirements(st.one_of(st.none(), st.none(), VARIABLES, QUOTIENTS, REFERENCES))
SEVERAL = st.lists(ANY, min_size=1, max_size=2).map(tuple)
CASES = st.lists(st.builds(Case, SEVERAL, SEVERAL), max_size=2).map(tuple)
RULES = st.builds(lambda first, more, cases: Rule((first, *more), cases), OWN, st.lists(ANY, max_size=1), CASES)
STYLES = st.builds(
    Style,
    decimals=st.integers(0, 2),
    rounding=st.sampled_from(["half_up", "half_even", "floor", "ceil"]),
    compared=st.sampled_from(["exact", "shown"]),
)
DECIDED = st.builds(
    Formula,
    FORMULAS,
    RULES,
    st.sampled_from([NUMBER, PERCENT]),
    STYLES,
    st.sampled_from([VOCABULARY, None]),
)
"""Formulas as the checker leaves them, with more freedom in their units than it grants."""

VALUES = st.one_of(
    st.integers(-3, 12),
    st.integers(0, 5),
    st.sampled_from([None, 0, 20, 149, 250, 596, 10**12 - 1, 10**12, 10**12 + 1]),
)


@st.composite
def rows(draw, inputs):
    """Scales and whole numbers for inputs; all there in most rows."""
    scales = {one: draw(st.sampled_from([0, 0, 0, 1, 2])) for one in inputs}
    values = VALUES if draw(st.booleans()) else VALUES.filter(lambda value: value is not None)
    return scales, {one: draw(values) for one in inputs}


def situation(formula, scales, row) -> Situation:
    """What the evaluator is given for a row."""
    plain = {one: _plain(formula, one, scales, value) for one, value in row.items() if value is not None}
    places = dict.fromkeys((one.period, one.years) for one in plain if not one.is_stated)
    observed = {place: _observed(plain, place) for place in places}
    baseline = next((value for one, value in plain.items() if one.is_stated), None)
    current = observed.pop((None, None), Observed())
    return Situation(current, {_other(*place): found for place, found in observed.items()}, baseline, YEAR)


def _observed(plain, place) -> Observed:
    there = {one.name: value for one, value in plain.items() if (one.period, one.years) == place and not one.is_stated}
    own = there.pop("", None)
    return Observed(there, own)


def _other(period, years):
    return (Period.FISCAL_YEAR, YEAR.year - years) if period is Period.MEAN_OF_YEARS else (period, years)


def _plain(formula, one: Input, scales, value) -> Fraction:
    is_own = not one.name or (formula.vocabulary is None and formula.expression == Name(one.name))
    known = (formula.vocabulary or Vocabulary()).find(one.name)
    unit = formula.unit if is_own else known.unit if known else NUMBER
    return Fraction(value, 10 ** scales[one] * unit.per)
