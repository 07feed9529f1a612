"""From a table of observations to what one KPI may look at.

Numerator and denominator must count up to the same date, so the latest date that all variables share is taken.
Where the KPI's own rate was published for a later date than its counts, or there are no counts, the rate is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction

from attrs import evolve
from dateutil.relativedelta import relativedelta

from kpi.definitions import Formula
from kpi.evaluation.notes import Note
from kpi.evaluation.observed import Observed, Other, Situation, plain_value
from kpi.formulas import nodes
from kpi.formulas.evaluator import Outcome, Series
from kpi.observations.observation import YEAR, Observation, Observations
from kpi.observations.timeline import Timeline, timeline
from kpi.periods import FiscalYear
from kpi.units import BRANCH, UNITS, Unit

NATION = "national"
"""The organisation whose values `national` refers to."""


def situation_of(
    formula: Formula,
    key: str,
    baseline: str | None,
    observations: Observations,
    organisation: str,
    year: FiscalYear,
    branches: int | None = None,
) -> tuple[Situation, tuple[Note, ...]]:
    """What the KPI *key* may look at, and what a reader should know about how that was chosen."""
    table = _Table(formula, key, observations)
    timelines = table.timelines(organisation, year)
    own = table.own(organisation, year)
    as_of, use_own = table.latest(timelines, own)
    observed = table.observed(timelines, own, as_of, use_own=use_own)
    met = table.branches_met(organisation, year)
    if met and (as_of is None or max(met) >= as_of):
        as_of = max(met)
        observed = evolve(observed, branches_met=met[as_of])
    elsewhere = table.elsewhere(organisation, year, as_of)
    situation = Situation(observed, elsewhere, table.baseline(baseline), year, as_of, branches)
    return situation, table.notes(situation, timelines, own)


class _Table:
    """The observations that concern one KPI."""

    def __init__(self, formula: Formula, key: str, observations: Observations) -> None:
        self.formula = formula
        self.key = key
        self.observations = observations

    def timelines(self, organisation: str, year: FiscalYear) -> dict[str, Timeline]:
        """The timeline of each variable that has a value."""
        found = {}
        for name in self.formula.names:
            rows = self.observations.of(organisation, year, name)
            variable = self.formula.vocabulary.find(name) if self.formula.vocabulary else None
            kind = variable.kind if variable else "flow"
            line = timeline(rows, year, kind, self._reader(variable.unit if variable else None))
            if line.totals or line.months:
                found[name] = line
        return found

    def own(self, organisation: str, year: FiscalYear) -> dict[date, Outcome]:
        """The KPI's own published values by date; the rate of a single month is none of the year's."""
        rows = self.observations.of(organisation, year, self.key)
        of_year = tuple(row for row in rows if row.period == YEAR and not self._counts_branches(row))
        return dict(timeline(of_year, year, "stock", self._reader(self.formula.unit)).totals)

    def branches_met(self, organisation: str, year: FiscalYear) -> dict[date, Fraction]:
        """How many branches met a rule that is for every branch, by date: the KPI's values that count branches."""
        if not self.formula.is_for_branches:
            return {}
        rows = self.observations.of(organisation, year, self.key)
        values = {row.as_of: plain_value(row.quantity, row.written, None) for row in rows if self._counts_branches(row)}
        return {day: value for day, value in values.items() if isinstance(value, Fraction)}

    def _counts_branches(self, row: Observation) -> bool:
        units = self.formula.vocabulary.units if self.formula.vocabulary else UNITS
        return self.formula.unit is not BRANCH and row.unit_in(units) is BRANCH

    def latest(self, timelines: dict[str, Timeline], own: dict[date, Outcome]) -> tuple[date | None, bool]:
        """The date to look at, and whether the published rate is taken rather than counts."""
        counted = max(self.counted(timelines), default=None)
        published = max(own, default=None)
        if published is None:
            return max(_common(timelines), default=None), False
        return (published, True) if counted is None or counted < published else (counted, False)

    def counted(self, timelines: dict[str, Timeline]) -> set[date]:
        """The dates for which the formula has all its counts."""
        is_complete = all(name in timelines for name in nodes.names(self.formula.expression))
        return _common(timelines) if is_complete else set()

    def observed(
        self, timelines: dict[str, Timeline], own: dict[date, Outcome], as_of: date | None, *, use_own: bool
    ) -> Observed:
        """The values at one date; months where the rule is for each month."""
        monthly = _monthly(self.formula)
        variables: dict[str, Outcome | Series] = {}
        for name, line in timelines.items():
            if name in monthly and line.months:
                variables[name] = line.series
            elif as_of is not None and as_of in line.totals:
                variables[name] = line.totals[as_of]
        return Observed(variables, own.get(as_of) if as_of and use_own else None)

    def elsewhere(self, organisation: str, year: FiscalYear, as_of: date | None) -> dict[Other, Observed]:
        """Final values of last year and of years that the rule names, last year's and the nation's at this point."""
        prior = year.prior
        places: dict[Other, tuple[str, FiscalYear, date]] = {
            (nodes.Period.PRIOR_YEAR, None): (organisation, prior, prior.end),
            (nodes.Period.PRIOR_YEAR_END, None): (organisation, prior, prior.end),
        }
        if as_of is not None:
            places[nodes.Period.SAME_PERIOD_LAST_YEAR, None] = (organisation, prior, _year_before(as_of))
            places[nodes.Period.NATIONAL, None] = (NATION, year, as_of)
        for named in self.years(year):
            places[nodes.Period.FISCAL_YEAR, named.year] = (organisation, named, named.end)
        found: dict[Other, Observed] = {}
        for other, (place, at, day) in places.items():
            timelines, own = self.timelines(place, at), self.own(place, at)
            if day == at.end:
                day = max((end for end in {*own, *self.counted(timelines)} if end >= day), default=day)  # noqa: PLW2901  # settled after the year's end
            observed = self.observed(timelines, own, day, use_own=day in own and day not in self.counted(timelines))
            if observed.variables or observed.own is not None:
                found[other] = observed
        return found

    def years(self, year: FiscalYear) -> Iterator[FiscalYear]:
        """The years that the rule names, and those of its means."""
        for reference in nodes.references(self.formula.rule) if self.formula.rule else ():
            if reference.period is nodes.Period.FISCAL_YEAR and reference.years:
                yield FiscalYear(reference.years)
            elif reference.period is nodes.Period.MEAN_OF_YEARS:
                yield from (FiscalYear(year.year - back) for back in range(1, (reference.years or 1) + 1))

    def baseline(self, text: str | None) -> Fraction | None:
        """The baseline that the plan states; the catalogue's loader has read it once already."""
        value = None if text is None else plain_value("baseline", text, self.formula.unit, self.formula.vocabulary)
        return value if isinstance(value, Fraction) else None

    def notes(self, situation: Situation, timelines: dict[str, Timeline], own: dict[date, Outcome]) -> tuple[Note, ...]:
        """Published rates beside the value computed from counts that show another number; counts without common date."""
        if timelines and situation.as_of is None:
            ends = ((name, max(line.totals, default=None)) for name, line in timelines.items())
            return (Note("no_common_date", {"dates": ", ".join(f"{name} {end or '–'}" for name, end in ends)}),)
        result = self.formula.result(situation)
        computed = result.judge.own_value(
            evolve(situation.current, own=None), result.judge.environment(situation.current, None, situation)
        )
        notes = []
        for day, published in own.items():
            if not isinstance(computed, Fraction) or not isinstance(published, Fraction):
                continue
            if result.judge.display.shown(computed) != published:
                notes.append(Note("published", {"value": result.judge.display.quantity(published), "as_of": str(day)}))
        return tuple(notes)

    def _reader(self, unit: Unit | None) -> Callable[[Observation], Outcome]:
        return lambda row: plain_value(row.quantity, row.written, unit, self.formula.vocabulary)


def _year_before(day: date) -> date:
    """The same day a year before; the last day of a February stays the last."""
    is_last = (day + relativedelta(days=1)).day == 1
    return day - relativedelta(years=1) + relativedelta(day=31 if is_last else None)


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
