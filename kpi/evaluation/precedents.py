"""How far earlier years had come at the same point: the values that a pace rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from kpi.evaluation.decision import Check
from kpi.evaluation.observed import Observed, Past
from kpi.formulas.evaluator import Outcome, Undefined
from kpi.formulas.nodes import Period, Reference, references
from kpi.formulas.printer import canonical
from kpi.periods import FiscalYear

if TYPE_CHECKING:
    from kpi.evaluation.result import Result

_SAME_POINT: Final = Reference(Period.SAME_PERIOD_LAST_YEAR)
_FINALS: Final = (Reference(Period.PRIOR_YEAR), Reference(Period.PRIOR_YEAR_END))


@frozen
class Share:
    """The value that *year* had at the same point, and its final one, as plain numbers.

    *day* is the end of a month beside that point, where the value at the point itself is not known.
    """

    year: FiscalYear
    then: Fraction
    end: Fraction
    day: date | None = None


@frozen(slots=False)
class Precedents:
    """What *check*, of a *result* in the fiscal year *year*, compares: in the years before."""

    result: Result
    check: Check
    year: FiscalYear

    def shares(self) -> tuple[Share, ...] | Undefined:
        """Last year and, behind it, the years before that are known; or what is not known of last year."""
        last = self.year.prior
        then, end = self._then(), self._end()
        if isinstance(then, Fraction) and isinstance(end, Fraction):
            known = [Share(last, then, end)]
        else:
            known = [*self._beside(self._past.get(last), end)]
        if not known:
            sides = (side for side in (then, end) if isinstance(side, Undefined))
            return Undefined(tuple(dict.fromkeys(reason for side in sides for reason in side.reasons)))
        return (*known, *(share for year, past in self._past.items() if year < last for share in self._of(past)))

    def _then(self) -> Outcome:
        """Last year's value at the same point."""
        if self.check.counted:
            return self._value(_exact(self._past.get(self.year.prior)), _SAME_POINT)
        return self.result.judge.reference(_SAME_POINT, self.check.requirement.left, self.result.situation)

    def _end(self) -> Outcome:
        """Last year's final value: as the plan states it, else from the data."""
        if self.check.counted:
            past = self._past.get(self.year.prior)
            return self._value(past.end if past else None, _FINALS[0])
        periods = {final.period for final in _FINALS}
        mentioned = (each for each in references(self.check.requirement) if each.period in periods and each.stated)
        subject, situation = self.check.requirement.left, self.result.situation
        found = [self.result.judge.reference(final, subject, situation) for final in (*mentioned, *_FINALS)]
        return next((value for value in found if isinstance(value, Fraction)), found[0])

    def _of(self, past: Past) -> Iterator[Share]:
        end = self._value(past.end, _FINALS[0])
        then = self._value(_exact(past), _SAME_POINT)
        if isinstance(then, Fraction) and isinstance(end, Fraction):
            yield Share(past.year, then, end)
        else:
            yield from self._beside(past, end)

    def _beside(self, past: Past | None, end: Outcome) -> Iterator[Share]:
        """The month's ends on either side of the point, where both are known."""
        beside = past.then if past and len(past.then) > 1 else {}
        values = {day: self._value(observed, _SAME_POINT) for day, observed in beside.items()}
        known = {day: value for day, value in values.items() if isinstance(value, Fraction)}
        if past and len(known) == len(values) and isinstance(end, Fraction):
            yield from (Share(past.year, value, end, day) for day, value in known.items())

    def _value(self, observed: Observed | None, reference: Reference) -> Outcome:
        """The compared quantity from what was *observed* in an earlier year; what lacks is named by *reference*."""
        if observed is None or (self.check.counted and observed.branches_met is None):
            return Undefined.because("missing", canonical(reference))
        if self.check.counted and observed.branches_met is not None:
            return observed.branches_met
        situation = evolve(self.result.situation, others={(reference.period, None): observed}, baseline=None)
        return self.result.judge.from_data(reference, self.check.requirement.left, situation)

    @cached_property
    def _past(self) -> dict[FiscalYear, Past]:
        look_up = self.result.situation.history
        return {past.year: past for past in look_up()} if look_up else {}


def _exact(past: Past | None) -> Observed | None:
    """What was observed at the same point itself."""
    return next(iter(past.then.values())) if past and len(past.then) == 1 else None
