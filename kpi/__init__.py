"""Exact, explained verdicts on the KPIs of health insurers.

A formula is a function from named counts to one exact number; a KPI is a formula, a rule and a direction.

Importing the library imports nothing else: each public name is fetched from its room when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kpi.catalogue import check as check
    from kpi.catalogue import load_catalog as load_catalog
    from kpi.catalogue.catalog import Catalog as Catalog
    from kpi.columns import evaluate_frame as evaluate_frame
    from kpi.definitions import Formula as Formula
    from kpi.definitions.reading import parse as parse
    from kpi.definitions.reading import parse_rule as parse_rule
    from kpi.definitions.rule import Rule as Rule
    from kpi.errors import CatalogError as CatalogError
    from kpi.errors import ColumnsError as ColumnsError
    from kpi.errors import ComparisonError as ComparisonError
    from kpi.errors import DataError as DataError
    from kpi.errors import FormulaError as FormulaError
    from kpi.errors import IntervalError as IntervalError
    from kpi.errors import KpiError as KpiError
    from kpi.errors import MissingExtraError as MissingExtraError
    from kpi.errors import RecordsError as RecordsError
    from kpi.errors import RollUpError as RollUpError
    from kpi.errors import UnitError as UnitError
    from kpi.errors import UnknownNameError as UnknownNameError
    from kpi.errors import ValueReadingError as ValueReadingError
    from kpi.evaluation.decision import Verdict as Verdict
    from kpi.evaluation.result import Result as Result
    from kpi.formulas.vocabulary import Variable as Variable
    from kpi.formulas.vocabulary import Vocabulary as Vocabulary
    from kpi.observations.observation import Observations as Observations
    from kpi.observations.published import load_published as load_published
    from kpi.observations.reading import load_observations as load_observations
    from kpi.periods import FiscalYear as FiscalYear
    from kpi.periods import read_period as read_period
    from kpi.plans.scorecard import Scorecard as Scorecard
    from kpi.problems import Problem as Problem
    from kpi.quantities import Quantity as Quantity
    from kpi.records import evaluate_records as evaluate_records
    from kpi.records import records_sql as records_sql
    from kpi.rollups import roll_up as roll_up
    from kpi.templates import write_template as write_template

_HOMES: Final = {
    "Catalog": "kpi.catalogue.catalog",
    "CatalogError": "kpi.errors",
    "ColumnsError": "kpi.errors",
    "ComparisonError": "kpi.errors",
    "DataError": "kpi.errors",
    "FiscalYear": "kpi.periods",
    "Formula": "kpi.definitions",
    "FormulaError": "kpi.errors",
    "IntervalError": "kpi.errors",
    "KpiError": "kpi.errors",
    "MissingExtraError": "kpi.errors",
    "Observations": "kpi.observations.observation",
    "Problem": "kpi.problems",
    "Quantity": "kpi.quantities",
    "RecordsError": "kpi.errors",
    "Result": "kpi.evaluation.result",
    "RollUpError": "kpi.errors",
    "Rule": "kpi.definitions.rule",
    "Scorecard": "kpi.plans.scorecard",
    "UnitError": "kpi.errors",
    "UnknownNameError": "kpi.errors",
    "ValueReadingError": "kpi.errors",
    "Variable": "kpi.formulas.vocabulary",
    "Verdict": "kpi.evaluation.decision",
    "Vocabulary": "kpi.formulas.vocabulary",
    "check": "kpi.catalogue",
    "evaluate_frame": "kpi.columns",
    "evaluate_records": "kpi.records",
    "load_catalog": "kpi.catalogue",
    "load_observations": "kpi.observations.reading",
    "load_published": "kpi.observations.published",
    "parse": "kpi.definitions.reading",
    "parse_rule": "kpi.definitions.reading",
    "read_period": "kpi.periods",
    "records_sql": "kpi.records",
    "roll_up": "kpi.rollups",
    "write_template": "kpi.templates",
}
"""The public names and the rooms they live in, as the imports above, which only type checkers read."""

__all__ = [*_HOMES]  # noqa: PLE0604, RUF100  # the names once, in the table


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
