"""Figures that the table of observations holds itself: a KPI's published rate beside its published counts."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve

from kpi.audit.figures import Figure
from kpi.catalogue.catalog import Catalog
from kpi.formulas.evaluator import Environment, evaluate
from kpi.formulas.nodes import Call, Expression, Name, Number, Operation, names
from kpi.observations.observation import Observation, Observations
from kpi.plans.plan import Kpi, page_text
from kpi.quantities import read_value
from kpi.units import BRANCH

_ABOUT = "約"
"""What a note says of a count that is printed only approximately; such rates are among the figures."""


def rates(catalog: Catalog, observations: Observations, figures: tuple[Figure, ...]) -> Iterator[Figure]:
    """The published rates whose counts stand at the same place, and that are not among *figures* already."""
    known = {_meaning(figure): figure.erratum for figure in figures}
    plans = {(plan.organisation.key, plan.fiscal_year): plan.key for plan in catalog.plans.values()}
    for row in observations:
        kpi = catalog.kpis.get(row.quantity)
        counts = _counts(kpi, row, observations) if kpi else None
        if kpi is None or counts is None:
            continue
        place = ", ".join(part for part in (row.source, row.section, page_text(row.page)) if part)
        expression = _with_counts(kpi.formula.expression, counts)
        plan = plans.get((row.organisation, row.fiscal_year), "")
        figure = Figure(plan, place, kpi.ja, expression, row.value, kpi.formula.unit)
        if _meaning(figure) not in known:
            yield figure


def _counts(kpi: Kpi, row: Observation, observations: Observations) -> dict[str, Fraction] | None:
    """The counts of the same organisation, period and date; none where one is missing or approximate."""
    if read_value(row.written, kpi.formula.units).unit is BRANCH:
        return None
    found: dict[str, Fraction] = {}
    for name in names(kpi.formula.expression):
        for other in observations.of(row.organisation, row.fiscal_year, name):
            number = read_value(other.written, kpi.formula.units).number
            same = (other.period, other.as_of) == (row.period, row.as_of)
            if same and number is not None and _ABOUT not in other.note:
                found[name] = number
    complete = set(found) == set(names(kpi.formula.expression))
    return found if complete and len(found) > 1 else None


def _with_counts(expression: Expression, counts: dict[str, Fraction]) -> Expression:
    match expression:
        case Name(name):
            return Number(counts[name])
        case Operation(_, left, right):
            return evolve(expression, left=_with_counts(left, counts), right=_with_counts(right, counts))
        case Call(_, arguments):
            return evolve(expression, arguments=tuple(_with_counts(part, counts) for part in arguments))
        case _:
            return expression


def _meaning(figure: Figure) -> tuple[object, Fraction]:
    """What makes two figures the same: what the operands give, and what is printed."""
    value = evaluate(figure.expression, Environment({}))
    return (value, figure.published)
