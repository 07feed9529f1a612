"""From a table of observations to what one KPI may look at, and what a reader should know about the choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import partial

from attrs import evolve, frozen

from kpi.definitions import Formula
from kpi.evaluation.notes import Note
from kpi.evaluation.observed import Observed, Past, Situation, plain_value
from kpi.evaluation.result import Result
from kpi.formulas.evaluator import Outcome
from kpi.formulas.nodes import Name, Reference
from kpi.observations.observation import Observations
from kpi.observations.timeline import Conflict
from kpi.periods import FiscalYear
from kpi.plans.elsewhere import Elsewhere
from kpi.plans.organisation import Organisation
from kpi.plans.table import Own, Table, Timelines, monthly_names
from kpi.quantities import Quantity, finite_decimals
from kpi.units import NUMBER


def situation_of(
    formula: Formula,
    key: str,
    baseline: str | None,
    observations: Observations,
    organisation: Organisation,
    year: FiscalYear,
    comparable_from: FiscalYear | None = None,
) -> tuple[Situation, tuple[Note, ...]]:
    """What the KPI *key* may look at, and what a reader should know about how that was chosen.

    Years before *comparable_from* are not comparable: the KPI was defined otherwise.
    """
    table = Table(formula, key, observations)
    timelines, own = table.timelines(organisation.key, year), table.own(organisation.key, year)
    as_of, use_own = table.latest(timelines, own)
    rounded = table.rounded(organisation.key, year, as_of)
    observed = table.observed(timelines, own, as_of, use_own=use_own, rounded=rounded)
    met = table.branches_met(organisation.key, year)
    if met and (as_of is None or max(met) >= as_of):
        as_of = max(met)
        observed = evolve(observed, branches_met=met[as_of])
    elsewhere = Elsewhere(table, organisation, year, comparable_from)
    stated = stated_baseline(formula, baseline)
    past = None if as_of is None else partial(_history, elsewhere, as_of)
    others = elsewhere.others(as_of)
    situation = Situation(observed, others, stated, year, as_of, organisation.branches, history=past)
    telling = _Telling(formula.result(situation), table, elsewhere)
    return situation, tuple(telling.notes(timelines, own))


def _history(elsewhere: Elsewhere, as_of: date) -> tuple[Past, ...]:
    from kpi.plans.history import history  # only a pace looks at earlier years

    return history(elsewhere, as_of)


def stated_baseline(formula: Formula, text: str | None) -> Fraction | None:
    """The baseline that the plan states; the catalogue's loader has read it once already."""
    value = None if text is None else plain_value("baseline", text, formula.unit, formula.vocabulary)
    return value if isinstance(value, Fraction) else None


@frozen
class _Telling:
    """What to tell beside a result about the observations that it was, and was not, taken from."""

    result: Result
    table: Table
    elsewhere: Elsewhere

    def notes(self, timelines: Timelines, own: Own) -> Iterator[Note]:
        situation = self.result.situation
        if timelines and situation.as_of is None:
            ends = ((name, max(line.totals, default=None)) for name, line in timelines.items())
            yield Note("no_common_date", {"dates": ", ".join(f"{name} {end or '–'}" for name, end in ends)})
        else:
            yield from self.published(own)
            yield from self.unused(timelines)
        if situation.current.own is None and not self.table.counted(timelines):
            yield from self.of_parts()
        for name, line in timelines.items():
            yield from (self.contradicted(name, conflict) for conflict in line.conflicts)
        for reference, settled in self.elsewhere.revisions():
            yield from self.revised(reference, settled)

    def published(self, own: Own) -> Iterator[Note]:
        """Published rates beside the value computed from counts that show another number."""
        computed = self.value(evolve(self.result.situation.current, own=None))
        display = self.result.judge.display
        for day, published in own.items():
            if not isinstance(computed, Fraction) or not isinstance(published, Fraction):
                continue
            if display.shown(computed) != published:
                yield Note("published", {"value": display.quantity(published), "as_of": str(day)})

    def unused(self, timelines: Timelines) -> Iterator[Note]:
        """Counts of a later date than that for which all of them are known, behind a gap or of one variable alone."""
        as_of, own = self.result.situation.as_of, self.result.situation.current.own
        monthly = monthly_names(self.table.formula)
        for name in timelines:
            last = self.table.last(self.elsewhere.organisation.key, self.elsewhere.year, name)
            if as_of and last and last > as_of and own is None and name not in monthly:
                yield Note("later_unused", {"name": Name(name), "last": str(last), "as_of": str(as_of)})

    def of_parts(self) -> Iterator[Note]:
        """Published rates of a part of the year, where nothing tells of the year so far."""
        periods = self.table.own_of_parts(self.elsewhere.organisation.key, self.elsewhere.year)
        if periods:
            yield Note("parts_unused", {"periods": ", ".join(periods)})

    def contradicted(self, name: str, conflict: Conflict) -> Note:
        """Two numbers of one variable for the same date, such as a total and the months that it is made of."""
        counts, other = (self.quantity(name, total.value) for total in (conflict.taken, conflict.other))
        pieces = " + ".join(piece.period for piece in conflict.other.pieces)
        facts = {"taken": counts, "other": other, "as_of": str(conflict.day), "pieces": pieces}
        return Note("months_differ", {"name": Name(name), **facts})

    def quantity(self, name: str, value: Outcome) -> Quantity | str:
        """The number of a variable in its unit."""
        variable = self.table.variable(name)
        unit = variable.unit if variable else NUMBER
        if not isinstance(value, Fraction):
            return "–"
        return Quantity(value * unit.per, unit, finite_decimals((value * unit.per).denominator) or 0)

    def revised(self, reference: Reference, settled: Mapping[date, Observed]) -> Iterator[Note]:
        """Each earlier value of a year that shows another number than the one settled last."""
        display = self.result.judge.display
        last = max(settled)
        final = self.value(settled[last])
        for day, observed in settled.items():
            earlier = self.value(observed)
            if not isinstance(earlier, Fraction) or not isinstance(final, Fraction):
                continue
            if display.shown(earlier) != display.shown(final):
                numbers = {"from": display.quantity(earlier), "to": display.quantity(final)}
                dates = {"from_date": str(day), "to_date": str(last)}
                yield Note("revised", {"reference": reference, **numbers, **dates})

    def value(self, observed: Observed) -> Outcome:
        """The KPI's value from what was *observed*."""
        judge = self.result.judge
        return judge.own_value(observed, judge.environment(observed, None, self.result.situation))
