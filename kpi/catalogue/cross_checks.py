"""Checks of a whole catalogue against itself and against what was observed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import chain
from typing import Final

from kpi.catalogue.catalog import Catalog
from kpi.catalogue.subject import Subject
from kpi.definitions import Formula
from kpi.errors import KpiError
from kpi.evaluation.judge import stated_for
from kpi.evaluation.observed import Situation, plain_value
from kpi.formulas.evaluator import Environment, Outcome, evaluate
from kpi.formulas.nodes import Period, references
from kpi.observations.observation import Observation, Observations
from kpi.plans.plan import Entry, Kpi, Plan
from kpi.problems import Problem
from kpi.progress import steps
from kpi.quantities import percent
from kpi.source import Source

_WORD: Final = re.compile(r"\w+")
_MISPLACED: Final = frozenset({"year-of-another", "organisation-of-another", "plan-again"})
"""Codes of plans that may stand under the wrong year or organisation: nothing observed can be set beside them."""


def cross_check(
    catalog: Catalog, file: Source, observations: Observations, told: Collection[Problem] = ()
) -> Iterator[Problem]:
    """What a catalogue says that nobody uses, or that the observations contradict.

    *told* are its other problems: what follows from one of them is no problem of its own.
    """
    yield from _unused_variables(catalog, file, observations, told)
    yield from _impossible_values(catalog, file, observations)
    if any(problem.code in _MISPLACED for problem in told):
        return
    told_of = {problem.source.outermost(problem.span)[1] for problem in told}
    for plan in catalog.plans.values():
        for entry in steps(plan, "checking", len(plan), plan.key):
            if entry.baseline_at in told_of or not _is_measured(entry.formula):
                continue
            yield from _contradicted_baseline(plan, entry, file, observations)


def _unused_variables(
    catalog: Catalog, file: Source, observations: Observations, told: Collection[Problem]
) -> Iterator[Problem]:
    """The variables that nothing speaks of; one that a misspelt name was probably meant to be is excused."""
    meant = {word for problem in told if problem.code == "unknown-variable" for word in problem.suggestions}
    used = {row.quantity for row in observations}
    used |= {name for kpi in catalog.kpis.values() for name in kpi.formula.names}
    used |= {name for plan in catalog.plans.values() for entry in plan for name in entry.formula.names}
    unread = "\n".join(catalog.unread)
    written = {*_WORD.findall(unread), *meant}
    for name, variable in catalog.vocabulary.variables.items():
        if name in used:
            continue
        words = [word for word in (name, variable.ja, *variable.labels) if word]
        if written.isdisjoint(words) and not any(word in unread for word in words):
            yield Problem("unused-variable", file, catalog.places[name], {"name": name})


def _impossible_values(catalog: Catalog, file: Source, observations: Observations) -> Iterator[Problem]:
    """A share that is more than the whole wherever its parts were observed: its formula may be upside down.

    Where only some are, the documents may have slips; those are for the errata.
    """
    at_once: dict[object, dict[str, Observation]] = {}
    for row in observations:
        place = (row.organisation, row.period, row.as_of)
        at_once.setdefault(place, {})[row.quantity] = row
    for key, kpi in steps(catalog.kpis.items(), "checking", len(catalog.kpis), "kpis"):
        subject = Subject(kpi, kpi.formula, file, file)
        if subject.ranges.of(None).high is None or not _is_measured(kpi.formula):
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


def _is_measured(formula: Formula) -> bool:
    """Whether the unit of each variable of a formula is known; one that could not be read has no dimension."""
    variables = map(formula.vocabulary.find, formula.names) if formula.vocabulary else ()
    return all(variable is None or variable.unit.dimension is not None for variable in variables)


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
    rule = entry.formula.rule
    if entry.baseline is None or rule is None:
        return
    stated = stated_for(rule)
    looked_at = [found for found in references(rule) if found.period in stated]
    if not looked_at:
        return
    try:
        situation = _looking_back(plan, entry, observations)
    except KpiError:  # its unit cannot be read, which is told already
        return
    judge, baseline = entry.formula.result(situation).judge, situation.baseline
    if baseline is None:
        return
    for reference in looked_at:
        found = judge.from_data(reference, None, situation)
        if isinstance(found, Fraction) and judge.display.shown(found) != judge.display.shown(baseline):
            facts = {"found": entry.baseline, "published": str(judge.display.quantity(found))}
            yield Problem("baseline-contradicts", file, entry.baseline_at, facts)
            return


def _looking_back(plan: Plan, entry: Entry, observations: Observations) -> Situation:
    """The baseline, and what was observed where the references look that it stands for."""
    from kpi.plans.elsewhere import Elsewhere  # most catalogues of one's own state no baseline
    from kpi.plans.table import Table

    formula, key, organisation, year = entry.formula, entry.kpi.key, plan.organisation, plan.fiscal_year
    if Period.SAME_PERIOD_LAST_YEAR not in stated_for(formula.rule):
        baseline = plain_value("baseline", entry.baseline, formula.unit, formula.vocabulary)
        elsewhere = Elsewhere(Table(formula, key, observations), organisation, year, entry.comparable_from)
        stated = baseline if isinstance(baseline, Fraction) else None
        return Situation(others=elsewhere.finals(), baseline=stated, fiscal_year=year)
    from kpi.plans.situations import situation_of

    return situation_of(formula, key, entry.baseline, observations, organisation, year, entry.comparable_from)[0]
