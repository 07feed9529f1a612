"""The way that is always right: one row, decided by the evaluator itself.

Rows of lists go this way, and those of frames of which the numbers cannot be read as whole ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import evolve

from kpi.compilation.integers import Input
from kpi.definitions import Formula
from kpi.evaluation.observed import Observed, Other, Situation
from kpi.evaluation.result import Result
from kpi.formulas.nodes import Period
from kpi.periods import FiscalYear
from kpi.quantities import Value


def exact_result(formula: Formula, values: Mapping[Input, Value], year: int | None) -> Result:
    """The result for one row of a fiscal *year*."""
    seen: dict[Other | None, dict[str, Value]] = {None: {}}
    for one, value in values.items():
        if not one.is_stated:
            seen.setdefault(_place(one, year), {})[one.name] = value
    baseline = next((value for one, value in values.items() if one.is_stated), None)
    stated = formula.observe(None, baseline).own
    situation = Situation(
        _observed(formula, seen[None]),
        {other: _observed(formula, there) for other, there in seen.items() if other is not None},
        stated if isinstance(stated, Fraction) else None,
        None if year is None else FiscalYear(year),
    )
    return formula.result(situation)


def _place(one: Input, year: int | None) -> Other | None:
    """Where an input stands, as the evaluator names it: the years of a mean by their number."""
    if one.period is Period.MEAN_OF_YEARS and year is not None and one.years is not None:
        return Period.FISCAL_YEAR, year - one.years
    return None if one.period is None else (one.period, one.years)


def _observed(formula: Formula, there: Mapping[str, Value]) -> Observed:
    observed = formula.observe({name: value for name, value in there.items() if name})
    own = there.get("")
    return observed if own is None else evolve(observed, own=formula.observe(None, own).own)
