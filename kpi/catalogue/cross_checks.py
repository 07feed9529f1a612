"""Checks of a whole catalogue against itself and against what was observed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kpi.catalogue.catalog import Catalog
from kpi.evaluation.judge import STATED_FOR
from kpi.formulas.nodes import references
from kpi.observations.observation import Observations
from kpi.plans.plan import Entry, Plan
from kpi.problems import Problem
from kpi.source import Source


def cross_check(catalog: Catalog, file: Source, observations: Observations) -> Iterator[Problem]:
    """What a catalogue says that nobody uses, or that the observations contradict."""
    yield from _unused_variables(catalog, file, observations)
    for plan in catalog.plans.values():
        for entry in plan:
            yield from _contradicted_baseline(plan, entry, file, observations)


def _unused_variables(catalog: Catalog, file: Source, observations: Observations) -> Iterator[Problem]:
    used = {row.quantity for row in observations}
    used |= {name for kpi in catalog.kpis.values() for name in kpi.formula.names}
    used |= {name for plan in catalog.plans.values() for entry in plan for name in entry.formula.names}
    for name in catalog.vocabulary.variables:
        if name not in used:
            yield Problem("unused-variable", file, catalog.places[name], {"name": name})


def _contradicted_baseline(plan: Plan, entry: Entry, file: Source, observations: Observations) -> Iterator[Problem]:
    """A baseline that shows another number than last year's final result."""
    if entry.baseline is None or entry.formula.rule is None:
        return
    result = entry.evaluate(observations, plan.organisation, plan.fiscal_year)
    situation = result.situation
    for reference in references(entry.formula.rule):
        if reference.period not in STATED_FOR or situation.baseline is None:
            continue
        found = result.judge.from_data(reference, None, situation)
        display = result.judge.display
        if not isinstance(found, Fraction) or display.shown(found) == display.shown(situation.baseline):
            continue
        facts = {"found": entry.baseline, "published": str(display.quantity(found))}
        yield Problem("baseline-contradicts", file, entry.span, facts)
        return
