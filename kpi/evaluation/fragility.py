"""How few cases would have turned a verdict: advice beside it, which changes nothing."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import frozen

from kpi.evaluation.cases import holds_with
from kpi.evaluation.counts import counts
from kpi.evaluation.direction import wanted_by
from kpi.quantities import Quantity, percent

if TYPE_CHECKING:
    from kpi.evaluation.result import Result

_SHARE_DECIMALS = 3
"""Decimals of a share of the denominator: one case of a hundred thousand still shows."""


@frozen
class Fragility:
    """The fewest cases of the numerator that turn the verdict, the denominator unchanged.

    Attributes:
        cases: how many.
        share: that many in percent of the denominator; None where the value is a plain count.
    """

    cases: Quantity
    share: Quantity | None

    def to_dict(self) -> dict[str, Any]:
        """Both for programs, as exact text."""
        return {"cases": self.cases.exact, "share": None if self.share is None else self.share.exact}


def fragility(result: Result) -> Fragility | None:
    """How few cases turn the verdict of *result*: one more than can be lost, or as many as are short.

    None where there is no verdict or nothing to count, where no whole number of cases turns it (an equality that is
    passed over, fewer than no cases), and where another requirement would keep it missed.
    """
    check = result.check
    if check is None or result.achieved is None:
        return None
    if result.achieved is False and sum(each.held is not True for each in result.judgement.checks) > 1:
        return None
    counted = counts(check, result.judge, result.situation, result.vocabulary)
    if counted is None or result.whole_cases is None:
        return None
    number = int(result.whole_cases) + 1 if result.achieved else -int(result.whole_cases)
    better = {"higher": (number,), "lower": (-number,)}.get(wanted_by(check.requirement) or "", (number, -number))
    steps = [-step for step in better] if result.achieved else better
    turning = (
        step
        for step in steps
        if counted.numerator + step >= 0 and holds_with(step, counted, check, result.judge) is not check.held
    )
    if next(turning, None) is None:
        return None
    share = percent(number / counted.denominator, _SHARE_DECIMALS) if counted.is_rate else None
    return Fragility(Quantity(Fraction(number), counted.unit), share)
