"""Both catalogues evaluated on the same observations: where they come to other results."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from kpi.catalogue.catalog import Catalog
from kpi.differences.difference import VerdictChange
from kpi.differences.pairs import Names, Pairs
from kpi.errors import KpiError
from kpi.evaluation.result import Result
from kpi.observations.known import Known
from kpi.observations.observation import Observations
from kpi.plans.plan import Entry, Plan
from kpi.progress import steps


def verdict_changes(old: Catalog, new: Catalog, pairs: Pairs, observations: Observations) -> Iterator[VerdictChange]:
    """The entries of both catalogues whose outcome, margin or value differs.

    Observations may call things by the old names or by the new ones; a name that both know means what each knows by it.
    """
    quantities = {**pairs.variables, **pairs.kpis}
    after = _called(observations, quantities, pairs.organisations, new.known)
    before = _called(observations, _back(quantities), _back(pairs.organisations), old.known)
    for key, name in pairs.plans.items():
        plan, other = old.plans[key], new.plans[name]
        for entry in steps(plan, "evaluating", len(plan), name):
            kpi = pairs.kpis.get(entry.kpi.key, entry.kpi.key)
            if kpi in other.entries:
                results = _result(entry, plan, before), _result(other[kpi], other, after)
                error = next((result for result in results if isinstance(result, str)), "")
                one, two = (None if isinstance(result, str) else result for result in results)
                change = VerdictChange(name, kpi, one, two, error)
                if change.turn:
                    yield change


def known_to(old: Catalog, new: Catalog) -> Known:
    """The names that a table of observations for both catalogues may use; units are the new ones."""
    first, second = old.known, new.known
    variables = {**old.vocabulary.variables, **new.vocabulary.variables}
    return Known(
        (*dict.fromkeys((*first.organisations, *second.organisations)),),
        {**first.quantities, **second.quantities},
        evolve(new.vocabulary, variables=variables),
        {**first.labels, **second.labels},
        {**first.places, **second.places},
    )


def _called(observations: Observations, quantities: Names, organisations: Names, known: Known) -> Observations:
    """The *observations* with the names that the catalogue of *known* names has for what it knows otherwise."""
    others = {name: other for name, other in quantities.items() if name not in known.quantities}
    places = {name: other for name, other in organisations.items() if name not in known.organisations}
    if not others and not places:
        return observations
    return Observations(
        tuple(
            evolve(
                row,
                quantity=others.get(row.quantity, row.quantity),
                organisation=places.get(row.organisation, row.organisation),
            )
            for row in observations
        )
    )


def _back(names: Names) -> Names:
    return {new: old for old, new in names.items()}


def _result(entry: Entry, plan: Plan, observations: Observations) -> Result | str:
    """The result, or why there is none: a value that was observed has another unit than the catalogue says now."""
    try:
        return entry.evaluate(observations, plan.organisation, plan.fiscal_year)
    except KpiError as error:
        return str(error)
