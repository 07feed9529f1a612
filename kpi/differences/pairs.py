"""Which definition of one catalogue is which of another: those of one key, and those that were only renamed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from attrs import frozen

from kpi.catalogue.catalog import Catalog
from kpi.definitions import Formula
from kpi.differences.sameness import always_same
from kpi.formulas.replacing import renamed
from kpi.formulas.vocabulary import Variable
from kpi.plans.organisation import Organisation
from kpi.plans.plan import Kpi, Plan

_T = TypeVar("_T")
Names = Mapping[str, str]
"""New keys by old ones."""


@frozen
class Pairs:
    """The new key of each definition that both catalogues hold, by its old one."""

    organisations: Names
    variables: Names
    kpis: Names
    plans: Names

    @classmethod
    def of(cls, old: Catalog, new: Catalog) -> Pairs:
        """The pairs of two catalogues; a definition was renamed where just one other under a new key is the same."""
        organisations = _paired(old.organisations, new.organisations, _same_organisation)
        variables = _paired(old.vocabulary.variables, new.vocabulary.variables, _same_variable)
        kpis = _paired(old.kpis, new.kpis, lambda one, other: _same_kpi(one, other, variables))
        plans = _paired(old.plans, new.plans, lambda one, other: _same_plan(one, other, organisations))
        return cls(organisations, variables, kpis, plans)

    def renames(self, variables: Iterable[str]) -> bool:
        """Whether some of these old *variables* are called otherwise now."""
        return any(self.variables.get(name, name) != name for name in variables)


def same_formula(old: Formula, new: Formula, variables: Names) -> bool:
    """Whether two formulas always give the same, whatever their variables are called now and however they are written."""
    return always_same(renamed(old.expression, variables), new)


def _paired(old: Mapping[str, _T], new: Mapping[str, _T], same: Callable[[_T, _T], bool]) -> dict[str, str]:
    pairs = {key: key for key in old if key in new}
    added = [key for key in new if key not in old]
    for key, definition in old.items():
        alike = [other for other in added if same(definition, new[other])] if key not in new else []
        if len(alike) == 1:
            pairs[key] = alike[0]
            added.remove(alike[0])
    return pairs


def _same_organisation(old: Organisation, new: Organisation) -> bool:
    return old.kind == new.kind and bool({old.ja, old.en} & {new.ja, new.en})


def _same_variable(old: Variable, new: Variable) -> bool:
    return (old.unit, old.kind) == (new.unit, new.kind) and bool({old.ja, old.en} & {new.ja, new.en})


def _same_kpi(old: Kpi, new: Kpi, variables: Names) -> bool:
    alike = (old.formula.unit, old.direction) == (new.formula.unit, new.direction)
    return alike and same_formula(old.formula, new.formula, variables)


def _same_plan(old: Plan, new: Plan, organisations: Names) -> bool:
    organisation = organisations.get(old.organisation.key)
    return (organisation, old.fiscal_year) == (new.organisation.key, new.fiscal_year)
