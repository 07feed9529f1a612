"""The pace of a provisional result: what this point of the year called for, and whether it was met.

Last year tells how far a year has come by now: its value at the same point ÷ its final value. That share of this
year's target is what this point called for. The verdict itself is made without it.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, Literal

from attrs import frozen

from kpi.evaluation.decision import Check
from kpi.evaluation.direction import Direction, wanted_by
from kpi.evaluation.judge import holds
from kpi.evaluation.needed import needed_per_month
from kpi.evaluation.precedents import Precedents, Share
from kpi.formulas.evaluator import Reason, Undefined
from kpi.formulas.nodes import Comparator, Comparison, Period, Reference, references
from kpi.periods import FiscalYear
from kpi.quantities import Quantity

if TYPE_CHECKING:
    from kpi.evaluation.result import Result

NoPace = Literal[
    "final", "no_number", "each_time", "no_value", "no_direction", "two_points", "too_little_data", "no_share"
]
"""Why there is no pace.

- `final`: the result is not provisional.
- `no_number`: the rule compares no value of this year with a number; there is no rule, or something is to be done.
- `each_time`: the rule is for each month or branch, and what holds for one of them has no share of a year.
- `no_value`: the value or its target is not known.
- `no_direction`: the rule is an equality, and nothing tells which values are better.
- `two_points`: the target is made of a value of this point of the year and of another of a year's end.
- `too_little_data`: last year's value at the same point, or its final value, is not known.
- `no_share`: last year's final value is 0, or a value is negative, so that they give no share of a year.
"""

_THIS_POINT: Final = frozenset({Period.SAME_PERIOD_LAST_YEAR, Period.NATIONAL})
"""References to a value of this point of the year, not of its end."""


@frozen
class Precedent:
    """An earlier year, and what it calls for at this point of the year.

    Attributes:
        year: the year.
        then: its value at this point.
        end: its final value.
        called_for: what these two call for.
        day: the end of a month beside this point, where the value at this point itself is not known.
    """

    year: FiscalYear
    then: Quantity
    end: Quantity
    called_for: Quantity
    day: date | None = None


@frozen
class Pace:
    """What this point of the year called for, or the reason why that cannot be told.

    All numbers are in the unit of the result's target.

    Attributes:
        low: the least that the precedents call for.
        high: the most that they call for; mostly it is the same.
        met: whether the value meets it; None where the value lies between the two or there is no pace.
        precedents: the earlier years, last year first.
        needed_per_month: what every month that is not over has to bring; it needs no precedent.
        reason: why there is no pace.
        lacking: what is missing.
    """

    low: Quantity | None = None
    high: Quantity | None = None
    met: bool | None = None
    precedents: tuple[Precedent, ...] = ()
    needed_per_month: Quantity | None = None
    reason: NoPace | None = None
    lacking: tuple[Reason, ...] = ()

    @property
    def called_for(self) -> Quantity | None:
        """What this point called for, where that is one number and not a range."""
        return self.low if self.low == self.high else None

    @property
    def last_year_then(self) -> Quantity | None:
        """Last year's value at the same point; None where it is not known."""
        return next((each.then for each in self.precedents[:1] if each.day is None), None)

    @property
    def last_year_end(self) -> Quantity | None:
        """Last year's final value."""
        return next((each.end for each in self.precedents[:1]), None)

    def to_dict(self) -> dict[str, Any]:
        """The pace for programs: numbers as exact text."""
        names = ("called_for", "low", "high", "last_year_then", "last_year_end", "needed_per_month")
        numbers = {name: getattr(self, name) for name in names}
        return {
            "met": self.met,
            **{name: None if number is None else number.exact for name, number in numbers.items()},
            "reason": self.reason,
            "lacking": [{"lack": reason.lack, "name": reason.name} for reason in self.lacking],
        }


def pace(result: Result) -> Pace:
    """The pace of *result*; for one that is not provisional, a pace that says so.

    What this point called for is target * (last year's value at the same point / last year's final value). Of a share
    of a whole it is at most 100 %. Where the target is last year's final value, it is last year's value at the same
    point; where the rule itself looks at this point of the year, it is the target.
    It is a range where further years are known, and where last year's value is not known for the same day but for
    the month's ends on either side of it.
    """
    check = result.check
    year = result.situation.fiscal_year
    if year is None or not result.provisional:
        return Pace(reason="final")
    if check is None or (not check.counted and _compares_no_number(check)):
        return Pace(reason="no_number")
    if check.at:
        return Pace(reason="each_time")
    if not isinstance(check.value, Fraction) or not isinstance(check.target, Fraction):
        return Pace(reason="no_value", lacking=check.reasons)
    return _Pacing(result, check, year, check.value, check.target).pace()


def _compares_no_number(check: Check) -> bool:
    return not isinstance(check.requirement, Comparison) or isinstance(check.requirement.left, Reference)


@frozen
class _Pacing:
    """Works out the pace of a *check* in *year*, whose *value* and *target* are known plain numbers."""

    result: Result
    check: Check
    year: FiscalYear
    value: Fraction
    target: Fraction

    def pace(self) -> Pace:
        direction = "higher" if self.check.counted else wanted_by(self.check.requirement) or self.result.direction
        mentioned = set() if self.check.counted else {each.period for each in references(self.check.requirement)}
        if direction is None:
            return self._none("no_direction")
        if mentioned & _THIS_POINT:
            return self._none("two_points") if mentioned - _THIS_POINT else self._found(direction, [self.target], ())
        shares = Precedents(self.result, self.check, self.year).shares()
        if isinstance(shares, Undefined):
            return self._none("too_little_data", shares.reasons)
        last, *earlier = shares
        if not self._is_share(last):
            return self._none("no_share")
        known = (last, *filter(self._is_share, earlier))
        called_for = [self._called_for(share) for share in known]
        return self._found(direction, called_for, tuple(map(self._precedent, known, called_for)))

    def _none(self, reason: NoPace, lacking: tuple[Reason, ...] = ()) -> Pace:
        return Pace(needed_per_month=needed_per_month(self.result), reason=reason, lacking=lacking)

    def _found(self, direction: Direction, called_for: list[Fraction], precedents: tuple[Precedent, ...]) -> Pace:
        low, high = min(called_for), max(called_for)
        quantity = self.result.display.quantity
        met = {self._meets(direction, low), self._meets(direction, high)}
        met_both = met.pop() if len(met) == 1 else None
        return Pace(quantity(low), quantity(high), met_both, precedents, needed_per_month(self.result))

    def _meets(self, direction: Direction, called_for: Fraction) -> bool | None:
        """Whether the value is as good as *called_for*, as strictly as the rule; an equality takes a better one too."""
        comparator = self.check.requirement.comparator if isinstance(self.check.requirement, Comparison) else None
        if comparator is None or comparator is Comparator.EQUAL or self.check.counted:
            comparator = Comparator.AT_LEAST if direction == "higher" else Comparator.AT_MOST
        return holds(self.value, comparator, called_for)

    def _is_share(self, share: Share) -> bool:
        return share.end > 0 and share.then >= 0 and self.target >= 0

    def _called_for(self, share: Share) -> Fraction:
        called_for = self.target * share.then / share.end
        is_share = self.result.display.unit.is_share and not self.result.is_ratio
        if is_share and max(self.target, share.then, share.end) <= 1:
            called_for = min(called_for, Fraction(1))  # a share of a whole can be asked for no more
        is_shown = self.check.requirement.left is None and self.result.display.compared == "shown"
        return self.result.display.shown(called_for) if is_shown and not self.check.counted else called_for

    def _precedent(self, share: Share, called_for: Fraction) -> Precedent:
        quantity = self.result.display.quantity
        return Precedent(share.year, quantity(share.then), quantity(share.end), quantity(called_for), share.day)
