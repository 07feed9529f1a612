"""Months to quarters, half-years and years: flows add up, of a stock the last value counts.

What a table gives by quarters or halves, or as a total from April on, takes the place of its months.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property, lru_cache

from attrs import evolve, field, frozen
from dateutil.relativedelta import relativedelta

from kpi.definitions import Formula
from kpi.errors import RollUpError
from kpi.evaluation.display import Display
from kpi.evaluation.observed import plain_value
from kpi.formulas import nodes
from kpi.formulas.evaluator import Outcome, Undefined
from kpi.formulas.vocabulary import Variable, Vocabulary
from kpi.observations.observation import YEAR, Observation, Observations
from kpi.observations.timeline import Total, totals_from
from kpi.periods import FiscalYear, read_period
from kpi.rollups.additivity import find_additive, why_not_additive
from kpi.rollups.rolled_up import RolledUp, display_of, divided, total_of
from kpi.rollups.span import Spanning, TimeSpan

_DAY = timedelta(days=1)


def over_months(
    observations: Observations, vocabulary: Vocabulary, quantity: str | Formula, organisation: str, span: Spanning | str
) -> RolledUp:
    """The value of *quantity* in one organisation over the months of *span*.

    A variable is named by identifier or label. A formula is worked out once, from its variables over these months:
    rates of months are not averaged.

    Raises:
        RollUpError: the quantity does not add up, such as a share, a mean or a rank; the span crosses fiscal years.
        ValueReadingError: the span is a text that names no period.
    """
    stretch = TimeSpan.of(span)

    def of_variable(variable: Variable) -> RolledUp:
        return record(observations, vocabulary, variable, organisation, stretch.fiscal_year).over(stretch)

    return rolled(quantity, vocabulary, of_variable)


def rolled(quantity: str | Formula, vocabulary: Vocabulary, of_variable: Callable[[Variable], RolledUp]) -> RolledUp:
    """The value of a variable, or of a formula from the values of its variables.

    Raises:
        RollUpError: a variable that the value is made of does not add up.
    """
    if isinstance(quantity, str):
        return of_variable(find_additive(quantity, vocabulary))
    needed = {name: find_additive(name, vocabulary) for name in nodes.names(quantity.expression)}
    of_rule = {name: vocabulary.find(name) for name in quantity.names if name not in needed}
    also = {name: found for name, found in of_rule.items() if found and why_not_additive(found) is None}
    parts = {name: of_variable(variable) for name, variable in {**needed, **also}.items()}
    if not parts:
        raise RollUpError(f"{quantity} has no variables to roll up")
    place = next(iter(parts.values()))
    name = quantity.title.key or str(quantity)
    return divided(evolve(place, quantity=name, display=display_of(quantity)), quantity, parts)


def record(
    observations: Observations, vocabulary: Vocabulary, variable: Variable, organisation: str, year: FiscalYear
) -> Record:
    """What *observations* tell of one variable in one organisation and year."""
    rows = observations.of(organisation, year, variable.name)
    return Record(variable, organisation, year, rows, vocabulary)


@frozen(slots=False)
class Record:
    """The observations of one variable in one organisation and fiscal year."""

    variable: Variable
    organisation: str
    year: FiscalYear
    rows: tuple[Observation, ...]
    vocabulary: Vocabulary = field(repr=False)

    @cached_property
    def totals(self) -> Mapping[date, Total]:
        """The totals from April on, or the values of a stock, by the date up to which they count."""
        return self._totals_from(self.year.start, self.rows)

    def at(self, day: date) -> RolledUp:
        """The value of the year up to *day*; a day after its end is one on which the year was settled."""
        if day <= self.year.end:
            return self.over(TimeSpan(self.year.start, day))
        return evolve(self._observed(TimeSpan.of(self.year), str(day), self._value_at(day)), as_of=day)

    def over(self, span: TimeSpan) -> RolledUp:
        """The value over the days of *span*: the sum of a flow, of a stock the value on its last day."""
        if self.variable.kind == "stock":
            return self._observed(span, span.months[-1], self._value_at(span.end))
        tiles = dict(self._tiles(span))
        whole = next((tile for tile in tiles.values() if tile.span == span), None)
        return whole or total_of(self.variable.name, self.organisation, span, span.end, tiles)

    def _tiles(self, span: TimeSpan) -> Iterator[tuple[str, RolledUp]]:
        """The observations that follow each other through *span*, and each month for which there is none."""
        start = span.start
        rows = tuple(row for row in self.rows if row.period != YEAR and self._read_as(row).span.lies_in(span))
        while start <= span.end:
            rows = tuple(row for row in rows if self._read_as(row).span.start >= start)
            totals = self.totals if start == self.year.start else self._totals_from(start, rows) if rows else {}
            reached = max((day for day in totals if day <= span.end), default=None)
            if reached is None:
                month = f"{start:%Y-%m}"
                yield month, self._observed(TimeSpan.of_months(month), month, None)
                start += relativedelta(months=1, day=1)
            else:
                yield from (self._as_read[row.period, row.as_of] for row in totals[reached].pieces)
                start = reached + _DAY

    def _value_at(self, day: date) -> Outcome | None:
        return self.totals[day].value if day in self.totals else None

    def _totals_from(self, start: date, rows: tuple[Observation, ...]) -> Mapping[date, Total]:
        return totals_from(start, rows, self.year, self.variable.kind, self._outcome)

    def _outcome(self, row: Observation) -> Outcome:
        return self._read_as(row).outcome

    def _read_as(self, row: Observation) -> RolledUp:
        return self._as_read[row.period, row.as_of][1]

    @cached_property
    def _as_read(self) -> Mapping[tuple[str, date], tuple[str, RolledUp]]:
        """Each observation as a value, with its name as a part; of two for the same days the first that has a number."""
        found: dict[tuple[str, date], tuple[str, RolledUp]] = {}
        for row in self.rows:
            outcome = plain_value(row.quantity, row.written, self.variable.unit, self.vocabulary)
            if row.period == YEAR:
                name, days = f"year to {row.as_of}", TimeSpan(self.year.start, min(row.as_of, self.year.end))
            else:
                name, days = row.period, _days(row.period)
                if row.as_of < days.end:
                    days = TimeSpan(days.start, row.as_of)
            known = found.get((row.period, row.as_of))
            if known is None or known[1].value is None:
                found[row.period, row.as_of] = name, self._observed(days, name, outcome)
        return found

    def _observed(self, span: TimeSpan, name: str, outcome: Outcome | None) -> RolledUp:
        """A value as it was observed, or why there is none; *name* is what would be missing."""
        quantity, unit = self.variable.name, self.variable.unit
        if isinstance(outcome, Fraction):
            return RolledUp(quantity, self.organisation, span, span.end, outcome, Display(unit))
        lack = outcome.reasons[0].lack if outcome else "missing"
        why = Undefined.because(lack, f"{quantity} ({self.organisation}, {name})")
        return RolledUp(quantity, self.organisation, span, span.end, why, Display(unit), missing=(name,))


@lru_cache(maxsize=1024)
def _days(period: str) -> TimeSpan:
    return TimeSpan.of(read_period(period))
