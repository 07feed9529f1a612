"""Checks of a whole catalogue against itself and against what was observed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import chain

from kpi.catalogue.catalog import Catalog
from kpi.catalogue.subject import Subject
from kpi.errors import KpiError
from kpi.evaluation.observed import plain_value
from kpi.formulas.evaluator import Environment, Outcome, evaluate
from kpi.formulas.nodes import references
from kpi.observations.observation import Observation, Observations
from kpi.plans.plan import Entry, Kpi, Plan
from kpi.problems import Problem
from kpi.quantities import percent
from kpi.source import Source


def cross_check(catalog: Catalog, file: Source, observations: Observations) -> Iterator[Problem]:
    """What a catalogue says that nobody uses, or that the observations contradict."""
    yield from _unused_variables(catalog, file, observations)
    yield from _impossible_values(catalog, file, observations)
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


def _impossible_values(catalog: Catalog, file: Source, observations: Observations) -> Iterator[Problem]:
    """A share that is more than the whole wherever its parts were observed: its formula may be upside down.

    Where only some are, the documents may have slips; those are for the errata.
    """
    at_once: dict[object, dict[str, Observation]] = {}
    for row in observations:
        place = (row.organisation, row.period, row.as_of)
        at_once.setdefault(place, {})[row.quantity] = row
    for key, kpi in catalog.kpis.items():
        subject = Subject(kpi, kpi.formula, file, file)
        if subject.ranges.of(None).high is None:
            continue
        values = _values(kpi, at_once.values())
        first = next(values, None)
        if first is not None and not any(subject.can_be(value) for value, _ in chain([first], values)):
            value, row = first
            facts = {"value": str(percent(value)), "organisation": row.organisation}
            facts |= {"year": str(row.fiscal_year), "year_ja": row.fiscal_year.ja}
            yield Problem("impossible-value", file, catalog.kpi_places[key], facts | subject.range_facts())


def _values(kpi: Kpi, at_once: Iterable[Mapping[str, Observation]]) -> Iterator[tuple[Fraction, Observation]]:
    """What the formula gives wherever all of its variables were observed at once, with one of the observations."""
    for rows in at_once:
        if all(name in rows for name in kpi.formula.names):
            value = _value(kpi, rows)
            if value is not None:
                yield value, rows[kpi.formula.names[0]]


def _value(kpi: Kpi, rows: Mapping[str, Observation]) -> Fraction | None:
    """What a formula gives from the observations of its variables; None where it gives nothing."""
    formula = kpi.formula
    known: dict[str, Outcome] = {}
    for name in formula.names:
        variable = formula.vocabulary.find(name) if formula.vocabulary else None
        unit = variable.unit if variable else None
        try:
            known[name] = plain_value(name, rows[name].written, unit, formula.vocabulary)
        except KpiError:
            return None
    value = evaluate(formula.expression, Environment(known, units=formula.units))
    return value if isinstance(value, Fraction) else None


def _contradicted_baseline(plan: Plan, entry: Entry, file: Source, observations: Observations) -> Iterator[Problem]:
    """A baseline that shows another number than last year's final result."""
    if entry.baseline is None or entry.formula.rule is None:
        return
    result = entry.evaluate(observations, plan.organisation, plan.fiscal_year)
    situation = result.situation
    for reference in references(entry.formula.rule):
        if reference.period not in result.judge.stated_for or situation.baseline is None:
            continue
        found = result.judge.from_data(reference, None, situation)
        display = result.judge.display
        if not isinstance(found, Fraction) or display.shown(found) == display.shown(situation.baseline):
            continue
        facts = {"found": entry.baseline, "published": str(display.quantity(found))}
        yield Problem("baseline-contradicts", file, entry.baseline_at, facts)
        return
