"""From a table of observations to what one KPI may look at.

Numerator and denominator must count up to the same date, so the latest date that all variables share is taken.
Where the KPI's own rate was published for a later date than its counts, or there are no counts, the rate is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from attrs import evolve
from dateutil.relativedelta import relativedelta

from kpi.definitions import Formula
from kpi.evaluation.observed import Observed, Other, Situation, plain_value
from kpi.formulas import nodes
from kpi.formulas.evaluator import Outcome, Series, evaluate
from kpi.observations.observation import Observation, Observations
from kpi.observations.timeline import Timeline, timeline
from kpi.periods import FiscalYear
from kpi.quantities import fixed_text
from kpi.units import Unit

NATION = "national"
"""The organisation whose values `national` refers to."""


def situation_of(
    formula: Formula, key: str, baseline: str | None, observations: Observations, organisation: str, year: FiscalYear
) -> tuple[Situation, tuple[str, ...]]:
    """What the KPI *key* may look at, and what a reader should know about how that was chosen."""
    table = _Table(formula, key, observations)
    timelines = table.timelines(organisation, year)
    own = table.own(organisation, year)
    as_of, use_own = _latest(timelines, own)
    situation = Situation(
        table.observed(timelines, own, as_of, use_own=use_own),
        table.elsewhere(organisation, year, as_of) if as_of else {},
        table.baseline(baseline),
        year,
        as_of,
    )
    return situation, table.notes(situation, own)


class _Table:
    """The observations that concern one KPI."""

    def __init__(self, formula: Formula, key: str, observations: Observations) -> None:
        self.formula = formula
        self.key = key
        self.observations = observations

    def timelines(self, organisation: str, year: FiscalYear) -> dict[str, Timeline]:
        """The timeline of each variable that was observed."""
        found = {}
        for name in self.formula.names:
            rows = self.observations.of(organisation, year, name)
            variable = self.formula.vocabulary.find(name) if self.formula.vocabulary else None
            if rows:
                kind = variable.kind if variable else "flow"
                found[name] = timeline(rows, year, kind, self._reader(variable.unit if variable else None))
        return found

    def own(self, organisation: str, year: FiscalYear) -> dict[date, Outcome]:
        """The KPI's own published values by date."""
        rows = self.observations.of(organisation, year, self.key)
        return dict(timeline(rows, year, "stock", self._reader(self.formula.unit)).totals)

    def observed(
        self, timelines: dict[str, Timeline], own: dict[date, Outcome], as_of: date | None, *, use_own: bool
    ) -> Observed:
        """The values at one date; months where the rule is for each month."""
        monthly = _monthly(self.formula)
        variables: dict[str, Outcome | Series] = {}
        for name, line in timelines.items():
            if name in monthly and line.months:
                variables[name] = line.series
            elif as_of is not None and as_of in line.totals and not (use_own and name in nodes.names(self.formula.expression)):
                variables[name] = line.totals[as_of]
        return Observed(variables, own.get(as_of) if as_of and use_own else None)

    def elsewhere(
        self, organisation: str, year: FiscalYear, as_of: date
    ) -> dict[Other, Observed]:
        """Last year's final values, last year's at the same point, and the nation's at this point."""
        prior = year.prior
        places: dict[Other, tuple[str, FiscalYear, date]] = {
            (nodes.Period.PRIOR_YEAR, None): (organisation, prior, prior.end),
            (nodes.Period.PRIOR_YEAR_END, None): (organisation, prior, prior.end),
            (nodes.Period.SAME_PERIOD_LAST_YEAR, None): (organisation, prior, as_of - relativedelta(years=1)),
            (nodes.Period.NATIONAL, None): (NATION, year, as_of),
        }
        found: dict[Other, Observed] = {}
        for other, (place, at, day) in places.items():
            timelines, own = self.timelines(place, at), self.own(place, at)
            observed = self.observed(timelines, own, day, use_own=day in own and not _common(timelines) & {day})
            if observed.variables or observed.own is not None:
                found[other] = observed
        return found

    def baseline(self, text: str | None) -> Fraction | None:
        """The baseline that the plan states; the catalogue's loader has read it once already."""
        value = None if text is None else plain_value("baseline", text, self.formula.unit, self.formula.vocabulary)
        return value if isinstance(value, Fraction) else None

    def notes(self, situation: Situation, own: dict[date, Outcome]) -> tuple[str, ...]:
        """Published rates that stand beside the value computed from counts and show another number."""
        result = self.formula.result(situation)
        computed = result.judge.own_value(
            evolve(situation.current, own=None), result.judge.environment(situation.current, None, situation)
        )
        notes = []
        for day, published in own.items():
            if not isinstance(computed, Fraction) or not isinstance(published, Fraction):
                continue
            if result.judge.display.shown(computed) != published:
                shown = result.judge.display.quantity(published)
                notes.append(f"published: {fixed_text(shown.shown, shown.decimals)}{shown.unit.ja} ({day})")
        return tuple(notes)

    def _reader(self, unit: Unit | None) -> Callable[[Observation], Outcome]:
        return lambda row: plain_value(row.quantity, row.written, unit, self.formula.vocabulary)


def _latest(timelines: dict[str, Timeline], own: dict[date, Outcome]) -> tuple[date | None, bool]:
    """The date to look at, and whether the published rate is taken rather than counts."""
    counted = max(_common(timelines), default=None)
    published = max(own, default=None)
    if published is None or (counted is not None and counted >= published):
        return counted, False
    return published, True


def _common(timelines: dict[str, Timeline]) -> set[date]:
    dates = [set(line.totals) for line in timelines.values()]
    return set.intersection(*dates) if dates else set()


def _monthly(formula: Formula) -> set[str]:
    """The variables at which a requirement for every month looks."""
    if formula.rule is None:
        return set()
    found: set[str] = set()
    for node in nodes.walk(formula.rule):
        if isinstance(node, nodes.Comparison | nodes.Done) and node.every is nodes.Scope.MONTH:
            found |= {*nodes.names(node), *(nodes.names(formula.expression) if node.left is None else ())}
    return found
