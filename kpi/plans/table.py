"""The observations that concern one KPI, brought to common dates.

Numerator and denominator must count up to the same date, so the latest date that all variables share is taken.
Where the KPI's own rate was published for a later date than its counts, or there are no counts, the rate is taken;
so it is where the counts are printed in ten thousands only (約256万枚), from which the rate was not made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Final

from attrs import evolve, frozen

from kpi.definitions import Formula
from kpi.evaluation.observed import Observed, plain_value
from kpi.formulas import nodes
from kpi.formulas.evaluator import Outcome, Series
from kpi.formulas.vocabulary import Variable
from kpi.observations.observation import YEAR, Observation, Observations
from kpi.observations.timeline import Timeline, timeline
from kpi.periods import FiscalYear
from kpi.units import BRANCH, UNITS, Unit

_SCALES: Final = frozenset("百千万億兆")
Timelines = dict[str, Timeline]
Own = dict[date, Outcome]


@frozen(eq=False, repr=False)
class Table:
    """The observations that concern the KPI *key*, which *formula* defines."""

    formula: Formula
    key: str
    observations: Observations

    def timelines(self, organisation: str, year: FiscalYear) -> Timelines:
        """The timeline of each variable that has a value."""
        found = {}
        whole = {
            one.name
            for one in nodes.aggregates(nodes.Definition(self.formula.expression, self.formula.rule))
            if not one.adds_up
        }
        for name in self.formula.names:
            rows = self.observations.of(organisation, year, name)
            variable = self.variable(name)
            kind = variable.kind if variable else "flow"
            read = self._reader(variable.unit if variable else None)
            line = timeline(rows, year, kind, read)
            if name in whole:  # the mean of a month is not that of the year so far
                so_far = tuple(row for row in rows if row.period in _from_april(year))
                line = evolve(line, totals=timeline(so_far, year, kind, read).totals)
            if line.totals or line.months:
                found[name] = line
        return _settled(found, year)

    def last(self, organisation: str, year: FiscalYear, name: str) -> date | None:
        """The last day of which anything was observed of the variable *name*."""
        rows = self.observations.of(organisation, year, name)
        variable = self.variable(name)
        line = timeline(rows, year, "stock", self._reader(variable.unit if variable else None))
        return max(line.totals, default=None)

    def variable(self, name: str) -> Variable | None:
        """What is known of the variable *name*."""
        return self.formula.vocabulary.find(name) if self.formula.vocabulary else None

    def own(self, organisation: str, year: FiscalYear) -> Own:
        """The KPI's own published values by date: of the year so far, or of its first quarter or half."""
        read = self._reader(self.formula.unit)
        rows = (row for row in self._published(organisation, year) if row.period in _from_april(year))
        return dict(timeline(tuple(rows), year, "stock", read).totals)

    def own_of_parts(self, organisation: str, year: FiscalYear) -> tuple[str, ...]:
        """The periods for which the KPI's own value was published, and which are not the year from April on."""
        read = self._reader(self.formula.unit)
        rows = (row for row in self._published(organisation, year) if row.period not in _from_april(year))
        return tuple(sorted({row.period for row in rows if isinstance(read(row), Fraction)}))

    def branches_met(self, organisation: str, year: FiscalYear) -> dict[date, Fraction]:
        """How many branches met a rule that is for every branch, by date: the KPI's values that count branches."""
        if not self.formula.is_for_branches:
            return {}
        rows = self.observations.of(organisation, year, self.key)
        values = {row.as_of: plain_value(row.quantity, row.written, None) for row in rows if self._counts_branches(row)}
        return {day: value for day, value in values.items() if isinstance(value, Fraction)}

    def latest(self, timelines: Timelines, own: Own) -> tuple[date | None, bool]:
        """The date to look at, and whether the published rate is taken rather than counts."""
        counted = max(self.counted(timelines), default=None)
        published = max(own, default=None)
        if published is None:
            return max(_common(timelines), default=None), False
        return (published, True) if counted is None or counted < published else (counted, False)

    def counted(self, timelines: Timelines) -> set[date]:
        """The dates for which the formula has all its counts."""
        is_complete = all(name in timelines for name in nodes.names(self.formula.expression))
        return _common(timelines) if is_complete else set()

    def rounded(self, organisation: str, year: FiscalYear, day: date | None) -> frozenset[str]:
        """The counts of the formula that are printed for *day* in ten thousands or the like, and that no rule needs."""
        needed = nodes.names(self.formula.rule) if self.formula.rule else ()
        counts = (name for name in nodes.names(self.formula.expression) if name not in needed)
        rows = ((name, self.observations.of(organisation, year, name)) for name in counts)
        return frozenset(
            name for name, found in rows if any(row.as_of == day and _SCALES & {*row.value} for row in found)
        )

    def observed(
        self,
        timelines: Timelines,
        own: Own,
        as_of: date | None,
        *,
        use_own: bool,
        rounded: frozenset[str] = frozenset(),
    ) -> Observed:
        """The values at one date; months where the rule is for each month.

        Where the KPI's own value is known, the *rounded* counts beside it say less and are left out.
        """
        if rounded and as_of in own:
            timelines = {name: line for name, line in timelines.items() if name not in rounded}
            use_own = True
        monthly = monthly_names(self.formula)
        variables: dict[str, Outcome | Series] = {}
        for name, line in timelines.items():
            if name in monthly and line.months:
                variables[name] = line.series
            elif as_of is not None and as_of in line.totals:
                variables[name] = line.totals[as_of]
        return Observed(variables, own.get(as_of) if as_of and use_own else None)

    def at(self, organisation: str, year: FiscalYear, day: date) -> Observed | None:
        """The values of exactly that *day*, if there are any: from counts, and only where they lack as published."""
        return self._seen(organisation, year, self.timelines(organisation, year), self.own(organisation, year), day)

    def final(self, organisation: str, year: FiscalYear) -> dict[date, Observed]:
        """The values of the whole *year*, by the dates for which they were told; the last is the one settled.

        A value of a date within the year is not the final one.
        """
        timelines, own = self.timelines(organisation, year), self.own(organisation, year)
        days = sorted(day for day in {*own, *self.counted(timelines), year.end} if day >= year.end)
        found = {day: self._seen(organisation, year, timelines, own, day) for day in days}
        return {day: observed for day, observed in found.items() if observed is not None}

    def _seen(self, organisation: str, year: FiscalYear, timelines: Timelines, own: Own, day: date) -> Observed | None:
        use_own = day in own and day not in self.counted(timelines)
        rounded = self.rounded(organisation, year, day)
        observed = self.observed(timelines, own, day, use_own=use_own, rounded=rounded)
        return observed if observed.variables or observed.own is not None else None

    def _published(self, organisation: str, year: FiscalYear) -> Iterator[Observation]:
        rows = self.observations.of(organisation, year, self.key)
        return (row for row in rows if not self._counts_branches(row))

    def _counts_branches(self, row: Observation) -> bool:
        units = self.formula.vocabulary.units if self.formula.vocabulary else UNITS
        return self.formula.unit is not BRANCH and row.unit_in(units) is BRANCH

    def _reader(self, unit: Unit | None) -> Callable[[Observation], Outcome]:
        return lambda row: plain_value(row.quantity, row.written, unit, self.formula.vocabulary)


def _from_april(year: FiscalYear) -> frozenset[str]:
    """The periods whose rates are those of the year so far; a month's rate is its own, also that of April."""
    return frozenset({YEAR, f"{year.year}-Q1", f"{year.year}-H1"})


def _settled(timelines: Timelines, year: FiscalYear) -> Timelines:
    """After the year a count stands until it is revised, also where another is revised alone."""
    days = sorted({day for line in timelines.values() for day in line.totals if day >= year.end})
    return {name: evolve(line, totals=_standing(line.totals, days)) for name, line in timelines.items()}


def _standing(totals: Mapping[date, Outcome], days: list[date]) -> Mapping[date, Outcome]:
    found = dict(totals)
    for before, day in pairwise(days):
        if before in found:
            found.setdefault(day, found[before])
    return found


def _common(timelines: Timelines) -> set[date]:
    dates = [set(line.totals) for line in timelines.values()]
    return set.intersection(*dates) if dates else set()


def monthly_names(formula: Formula) -> set[str]:
    """The variables at which a requirement for every month looks."""
    if formula.rule is None:
        return set()
    found: set[str] = set()
    for node in nodes.walk(formula.rule):
        if isinstance(node, nodes.Comparison | nodes.Done) and node.every is nodes.Scope.MONTH:
            found |= {*nodes.names(node), *(nodes.names(formula.expression) if node.left is None else ())}
    return found
