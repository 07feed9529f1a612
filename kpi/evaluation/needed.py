"""What each month that is left has to bring, so that the target is met at the end of the year."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kpi.evaluation.counts import parts
from kpi.evaluation.decision import Check
from kpi.evaluation.direction import wanted_by
from kpi.formulas.nodes import Comparison, Operation, Operator, Reference, names, walk
from kpi.formulas.vocabulary import Variable
from kpi.periods import month_end
from kpi.quantities import Quantity

if TYPE_CHECKING:
    from kpi.evaluation.result import Result


def months_left(result: Result) -> int:
    """How many months of the fiscal year are not over on the as-of date; 0 where either is not known."""
    year, as_of = result.situation.fiscal_year, result.as_of
    return sum(month_end(month) > as_of for month in year.months) if year and as_of else 0


def needed_per_month(result: Result) -> Quantity | None:
    """What is still needed ÷ the months that are not over; 0 where the target is met already.

    Of counts it is units of the numerator, the denominator unchanged: 73,136 persons ÷ 7 months. Where only a rate is
    known it is percentage points; for a strict bound the value has to come out above that. It is shown rounded up.

    None where it has no meaning: for an upper bound or an equality; for a rate whose denominator is a flow as well
    (of the applications received so far, those by mail), so that no number of cases is needed but a rate of those still
    to come; for a share or a mean that stands as a flow of its own; for a rule for each month or branch by itself;
    and where the result is not provisional or lacks a number.
    """
    check, months = result.check, months_left(result)
    if check is None or check.at or not months:
        return None
    if not isinstance(check.value, Fraction) or not isinstance(check.target, Fraction):
        return None
    if not check.counted and not _adds_up(check, result):
        return None
    cases = result.whole_cases
    if cases is not None:
        return Quantity(max(-cases, Fraction(0)) / months, cases.unit, 0, "ceil")
    short = result.display.difference(max(check.target - check.value, Fraction(0)) / months)
    return Quantity(short, short.unit, short.decimals, "ceil")


def _adds_up(check: Check, result: Result) -> bool:
    """Whether the compared value grows with its numerator alone, over the months or from one count to the next."""
    left = check.requirement.left
    if not isinstance(check.requirement, Comparison) or isinstance(left, Reference):
        return False
    numerator, denominator = parts(result.judge.formula if left is None else left)
    is_rate_of_rate = any(isinstance(node, Operation) and node.operator is Operator.DIVIDE for node in walk(numerator))
    below = [_variable(name, result) for name in names(denominator)]
    return (
        wanted_by(check.requirement) == "higher"
        and not is_rate_of_rate
        and all(variable is not None and variable.kind == "stock" for variable in below)
        and all(map(_counts, (_variable(name, result) for name in names(numerator))))
    )


def _variable(name: str, result: Result) -> Variable | None:
    return result.vocabulary.find(name) if result.vocabulary else None


def _counts(variable: Variable | None) -> bool:
    """Whether months of it add up, or its last value counts; a share or a mean of each month does neither."""
    if variable is None or variable.kind == "stock":
        return True
    return not variable.unit.is_share and all(power > 0 for _, power in variable.unit.dimension)
