"""A catalogue: what it holds, all of it checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve, field, frozen

from kpi.errors import UnknownNameError
from kpi.formulas.printer import canonical
from kpi.formulas.vocabulary import Variable, Vocabulary
from kpi.plans.erratum import Erratum
from kpi.plans.organisation import Organisation
from kpi.plans.plan import Document, Kpi, Plan
from kpi.problems import look_up, nearest
from kpi.source import Span

if TYPE_CHECKING:
    from kpi.formulas.tables import Table
    from kpi.observations.known import Known

_T = TypeVar("_T")


class Named(dict[str, _T]):
    """A mapping by key that answers an unknown key with the nearest known ones."""

    def __missing__(self, key: str) -> _T:
        """Raises the error about *key*."""
        raise UnknownNameError.of("name", key, nearest(key, self))


@frozen
class Catalog:
    """What a catalogue holds, each by its key, in the order of the file.

    Attributes:
        documents: the published documents that it cites.
        organisations: the branches and the nation.
        vocabulary: the variables and units.
        kpis: the KPIs.
        plans: the plans with their rules.
        errata: where the documents contradict themselves.
        places: where each variable stands in the file.
        kpi_places: where each KPI stands in the file.
        table_places: where each table stands in the file.
        unread: the texts of entries that have problems: what they use is not known otherwise.
    """

    documents: Mapping[str, Document] = field(repr=False)
    organisations: Mapping[str, Organisation] = field(repr=False)
    vocabulary: Vocabulary = field(repr=False)
    kpis: Mapping[str, Kpi]
    plans: Mapping[str, Plan]
    errata: Mapping[str, Erratum] = field(factory=dict, repr=False)
    places: Mapping[str, Span] = field(factory=dict, repr=False)
    kpi_places: Mapping[str, Span] = field(factory=dict, repr=False)
    table_places: Mapping[str, Span] = field(factory=dict, repr=False)
    unread: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def tables(self) -> Mapping[str, Table]:
        """The tables of records that formulas may look at."""
        return self.vocabulary.tables

    def plan(self, key: str) -> Plan:
        """The plan of this key.

        Raises:
            UnknownNameError: there is none; the message names the nearest.
        """
        return look_up(self.plans, key, "plan")

    def kpi(self, key: str) -> Kpi:
        """The KPI of this key.

        Raises:
            UnknownNameError: there is none; the message names the nearest.
        """
        return look_up(self.kpis, key, "KPI")

    @property
    def known(self) -> Known:
        """The names that a table of observations may use, with their units."""
        from kpi.observations.known import Known

        aggregates = self._aggregates()
        variables = {**self.vocabulary.variables, **aggregates}
        units = {name: variable.unit for name, variable in variables.items()}
        return Known(
            tuple(self.organisations),
            {key: kpi.formula.unit for key, kpi in self.kpis.items()} | units,
            evolve(self.vocabulary, variables=variables) if aggregates else self.vocabulary,
            self._labels(variables),
            self._places(),
        )

    def _aggregates(self) -> dict[str, Variable]:
        """What formulas and rules count in records by themselves, each as a variable of its canonical text."""
        formulas = (
            *(kpi.formula for kpi in self.kpis.values()),
            *(entry.formula for plan in self.plans.values() for entry in plan),
        )
        return {
            name: formula.vocabulary.variables[name]
            for formula in formulas
            if formula.vocabulary is not None and formula.vocabulary is not self.vocabulary
            for name in formula.names
            if name not in self.vocabulary.variables
        }

    def _repr_html_(self) -> str:
        from kpi.catalogue.html import catalog_html

        return catalog_html(self, "ja")

    def _labels(self, variables: Mapping[str, Variable]) -> dict[str, tuple[str, ...]]:
        """What each name may mean in a table; a KPI that is nothing but a variable leaves it the name."""
        found: dict[str, tuple[str, ...]] = {}
        for variable in variables.values():
            for label in filter(None, dict.fromkeys((variable.ja, variable.en, *variable.labels))):
                found[label] = (*found.get(label, ()), variable.name)
        for key, kpi in self.kpis.items():
            for label in dict.fromkeys((kpi.ja, kpi.en, *kpi.labels)):
                if found.get(label) != (canonical(kpi.formula.expression),):
                    found[label] = (*found.get(label, ()), key)
        return found

    def _places(self) -> dict[str, tuple[str, ...]]:
        """What each name of an organisation may mean; that of a branch also without the word 支部."""
        found: dict[str, tuple[str, ...]] = {}
        for key, each in self.organisations.items():
            for name in filter(None, dict.fromkeys((each.ja, each.ja.removesuffix("支部"), each.en))):
                found[name] = (*found.get(name, ()), key)
        return found
