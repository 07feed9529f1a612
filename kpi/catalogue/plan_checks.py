"""Checks of a plan as a whole, and of what all plans say of a KPI."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from kpi.catalogue.fields import Problems
from kpi.catalogue.subject import Subject
from kpi.characters import fold_width
from kpi.errors import KpiError
from kpi.periods import FiscalYear, fiscal_year
from kpi.plans.organisation import Organisation
from kpi.plans.plan import Plan
from kpi.problems import Problem
from kpi.source import Span

_YEAR: Final = re.compile(r"(?:明治|大正|昭和|平成|令和)(?:[0-9]{1,2}|元)年度|[0-9]{4}年度|FY[0-9]{4}")
_FEWEST: Final = 2
"""Plans whose rules must all point the other way before the KPI's direction is what is wrong."""


def check_title(
    plan: Plan, organisations: Iterable[Organisation], places: Mapping[str, Span], problems: Problems
) -> None:
    """The title of a plan names its year and its branch, if it names any; *places* is where the fields stand."""
    titles = f"{plan.ja}\n{plan.en}"
    years = [*filter(None, map(_year, _YEAR.findall(fold_width(titles))))]
    if years and plan.fiscal_year not in years:
        facts = {"found": str(years[0]), "found_ja": years[0].ja}
        facts |= {"year": str(plan.fiscal_year), "year_ja": plan.fiscal_year.ja}
        problems.report("year-of-another", places["fiscal_year"], **facts)
    others = [other for other in organisations if other.kind == "branch" and _names(other, titles)]
    if others and not _names(plan.organisation, titles):
        facts = {"found": others[0].en, "found_ja": others[0].ja}
        facts |= {"organisation": plan.organisation.en, "organisation_ja": plan.organisation.ja}
        problems.report("organisation-of-another", places["organisation"], **facts)


def check_directions(subjects: Iterable[Subject], places: Mapping[str, Span], problems: Problems) -> None:
    """Where the rules of all plans point the other way, the KPI's direction is wrong, and is told once instead."""
    of_kpi: dict[str, list[Subject]] = {}
    for subject in subjects:
        of_kpi.setdefault(subject.kpi.key, []).append(subject)
    clashes: dict[int, list[Problem]] = {}  # by the rule in which they stand
    for problem in problems.found:
        if problem.code == "direction-clash":
            clashes.setdefault(id(problem.source), []).append(problem)
    instead: set[int] = set()
    for key, using in of_kpi.items():
        against = [clashes.get(id(subject.source), []) for subject in using]
        if len([*filter(None, against)]) >= max(_FEWEST, len(using)):
            instead |= {id(problem) for found in against for problem in found}
            problems.report("direction-of-none", places[key], **against[0][0].facts)
    problems.found[:] = [problem for problem in problems.found if id(problem) not in instead]


def _year(text: str) -> FiscalYear | None:
    try:
        return fiscal_year(text)
    except KpiError:
        return None


def _names(organisation: Organisation, text: str) -> bool:
    return any(name and name in text for name in (organisation.ja, organisation.en))
