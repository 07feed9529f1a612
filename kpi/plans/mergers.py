"""What branches that were merged since had observed together.

Flows and stocks add, and the formula divides the sums again. Rates are never averaged: a small branch would weigh
as much as a large one.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from kpi.definitions import Formula
from kpi.evaluation.observed import Observed
from kpi.formulas.evaluator import Outcome, Series, Undefined
from kpi.formulas.vocabulary import Variable
from kpi.rollups.additivity import why_not_additive


def merged(formula: Formula, parts: Mapping[str, Observed | None]) -> Observed:
    """The sums of what *parts*, by organisation, had observed at one time.

    A count that one of them lacks is missing under its name. Where one has only a rate, nothing can be compared.
    """
    if len(parts) == 1:  # the branch has a new name, and nothing is to be added
        return next(iter(parts.values())) or Observed()
    barred = next((part.barred for part in parts.values() if part and part.barred), None)
    if barred is None and (
        any(part and part.own is not None for part in parts.values()) or any(map(why_not_additive, _variables(formula)))
    ):
        barred = "not_additive"
    if barred is not None:
        return Observed(barred=barred)
    seen = {key: part.variables if part else {} for key, part in parts.items()}
    return Observed({name: _sum(name, {key: seen[key].get(name) for key in parts}) for name in formula.names})


def _sum(name: str, values: Mapping[str, Outcome | Series | None]) -> Outcome:
    if any(isinstance(value, Series) for value in values.values()):
        return Undefined.because("several_values", name)
    numbers = {
        key: Undefined.because("missing", f"{name} ({key})") if value is None else value
        for key, value in values.items()
    }
    reasons = [reason for value in numbers.values() if isinstance(value, Undefined) for reason in value.reasons]
    if reasons:
        return Undefined(tuple(dict.fromkeys(reasons)))
    return sum((value for value in numbers.values() if isinstance(value, Fraction)), Fraction(0))


def _variables(formula: Formula) -> list[Variable]:
    known = [formula.vocabulary.find(name) for name in formula.names] if formula.vocabulary else []
    return [variable for variable in known if variable]
