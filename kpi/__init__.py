"""Exact, explained verdicts on the KPIs of health insurers.

A formula is a function from named counts to one exact number; a KPI is a formula, a rule and a direction.
"""

from __future__ import annotations

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
from kpi.problems import Problem
from kpi.quantities import Quantity

__all__ = [
    "CatalogError",
    "DataError",
    "Formula",
    "FormulaError",
    "KpiError",
    "Problem",
    "Quantity",
    "Result",
    "Rule",
    "UnitError",
    "UnknownNameError",
    "ValueReadingError",
    "Variable",
    "Verdict",
    "Vocabulary",
    "parse",
    "parse_rule",
]
