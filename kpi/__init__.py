"""Exact, explained verdicts on the KPIs of health insurers.

A formula is a function from named counts to one exact number; a KPI is a formula, a rule and a direction.
"""

from __future__ import annotations

from kpi.catalogue import check, load_catalog
from kpi.catalogue.catalog import Catalog
from kpi.definitions import Formula, Rule, parse, parse_rule
from kpi.errors import (
    CatalogError,
    DataError,
    FormulaError,
    KpiError,
    UnitError,
    UnknownNameError,
    ValueReadingError,
)
from kpi.evaluation.decision import Verdict
from kpi.evaluation.result import Result
from kpi.formulas.vocabulary import Variable, Vocabulary
from kpi.observations.observation import Observations
from kpi.observations.reading import load_observations, load_published
from kpi.plans.scorecard import Scorecard
from kpi.problems import Problem
from kpi.quantities import Quantity

__all__ = [
    "Catalog",
    "CatalogError",
    "DataError",
    "Formula",
    "FormulaError",
    "KpiError",
    "Observations",
    "Problem",
    "Quantity",
    "Result",
    "Rule",
    "Scorecard",
    "UnitError",
    "UnknownNameError",
    "ValueReadingError",
    "Variable",
    "Verdict",
    "Vocabulary",
    "check",
    "load_catalog",
    "load_observations",
    "load_published",
    "parse",
    "parse_rule",
]
