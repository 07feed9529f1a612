"""The margin in whole cases: how many more were needed, or can be lost, with the denominator unchanged."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from kpi.evaluation.counts import Counts, counts
from kpi.evaluation.decision import Check, lower_is_better
from kpi.evaluation.judge import Judge, holds
from kpi.evaluation.observed import Situation
from kpi.formulas.nodes import Comparator, Comparison
from kpi.formulas.vocabulary import Vocabulary
from kpi.quantities import Quantity


def whole_cases(check: Check, judge: Judge, situation: Situation, vocabulary: Vocabulary | None) -> Quantity | None:
    """The number of whole units of the numerator by which *check* held (positive) or failed (negative)."""
    requirement, target = check.requirement, check.target
    counted = counts(check, judge, situation, vocabulary)
    if counted is None or not isinstance(requirement, Comparison) or not isinstance(target, Fraction):
        return None
    if requirement.comparator is Comparator.EQUAL:
        spare = 0 if check.held else -math.ceil(abs(counted.numerator - target * counted.denominator / counted.each))
    else:
        step = 1 if lower_is_better(requirement) else -1
        spare = _largest(lambda k: holds_with(step * k, counted, check, judge) is True)
    return Quantity(Fraction(spare), counted.unit, 0, signed=True)


def holds_with(more: int, counted: Counts, check: Check, judge: Judge) -> bool | None:
    """Whether *check* would hold with *more* (or, where negative, fewer) units of the numerator."""
    requirement, target = check.requirement, check.target
    if not isinstance(requirement, Comparison) or target is None:
        return None
    shown = judge.display.shown if requirement.left is None and judge.display.compared == "shown" else Fraction
    return holds(shown(counted.value(more)), requirement.comparator, target)


def _largest(met: Callable[[int], bool]) -> int:
    """The largest whole number at which the falling condition *met* is true."""
    below, above = (0, 1) if met(0) else (-1, 0)
    while met(above):
        below, above = above, above * 2
    while not met(below):
        below, above = below * 2, below
    while above - below > 1:
        middle = (below + above) // 2
        below, above = (middle, above) if met(middle) else (below, middle)
    return below
