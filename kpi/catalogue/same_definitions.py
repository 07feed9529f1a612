"""Two KPIs of one definition are one KPI under two keys, unless the catalogue says that both are meant."""

from __future__ import annotations

from collections.abc import Mapping

from kpi.catalogue.fields import Problems, Section
from kpi.catalogue.formula_checks import values
from kpi.plans.plan import Kpi
from kpi.problems import nearest
from kpi.source import Span
from kpi.yaml_nodes import ScalarNode


def check_same(
    kpis: Section[Kpi], places: Mapping[str, Span], same_as: Mapping[str, ScalarNode], problems: Problems
) -> None:
    """Reports each KPI that an earlier one defines already, and each `same_as` that is not true.

    *places* is where each KPI begins, *same_as* what it says of itself.
    """
    alike: dict[object, list[Kpi]] = {}
    for key, kpi in kpis.entries.items():
        said = same_as.get(key)
        others = alike.setdefault((frozenset(kpi.formula.names), kpi.formula.unit.name, kpi.direction), [])
        other = next((other for other in others if _are_same(other, kpi)), None)
        others.append(kpi)
        if said is not None:
            _check_said(kpi, said, kpis, problems)
        elif other is not None and (other.key not in same_as or same_as[other.key].text != key):
            problems.report("same-definition", places[key], other=other.key)


def _check_said(kpi: Kpi, said: ScalarNode, kpis: Section[Kpi], problems: Problems) -> None:
    other = kpis.entries.get(said.text)
    if other is None:
        if not kpis.excuses(said.text):
            problems.report("unknown-kpi", said.span, nearest(said.text, kpis.entries), name=said.text)
    elif other is kpi or not _are_same(other, kpi):
        problems.report("not-the-same", said.span, other=said.text)


def _are_same(first: Kpi, second: Kpi) -> bool:
    """Whether unit and direction are the same, and the formulas always give the same."""
    one, other = first.formula, second.formula
    if (one.unit, first.direction, {*one.names}) != (other.unit, second.direction, {*other.names}):
        return False
    return one.expression == other.expression or (bool(values(one)) and values(one) == values(other))
