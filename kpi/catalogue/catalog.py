"""A catalogue: what it holds, all of it checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from attrs import field, frozen

from kpi.errors import UnknownNameError
from kpi.formulas.printer import canonical
from kpi.formulas.vocabulary import Vocabulary
from kpi.plans.erratum import Erratum
from kpi.plans.organisation import Organisation
from kpi.plans.plan import Document, Kpi, Plan
from kpi.problems import look_up, nearest
from kpi.source import Span

if TYPE_CHECKING:
    from kpi.observations.known import Known

_T = TypeVar("_T")


class Named(dict[str, _T]):
    """A mapping by key that answers an unknown key with the nearest known ones."""

    def __missing__(self, key: str) -> _T:
        """Raises the error about *key*."""
        raise UnknownNameError.of("name", key, nearest(key, self))


@frozen
class Catalog:
    """Documents, organisations, variables, KPIs, plans and errata, each by its key, in the order of the file.

    *places* tells where each variable stands in it, *kpi_places* where each KPI does.
    *unread* holds the texts of entries that have problems: what they use is not known otherwise.
    """

    documents: Mapping[str, Document] = field(repr=False)
    organisations: Mapping[str, Organisation] = field(repr=False)
    vocabulary: Vocabulary = field(repr=False)
    kpis: Mapping[str, Kpi]
    plans: Mapping[str, Plan]
    errata: Mapping[str, Erratum] = field(factory=dict, repr=False)
    places: Mapping[str, Span] = field(factory=dict, repr=False)
    kpi_places: Mapping[str, Span] = field(factory=dict, repr=False)
    unread: frozenset[str] = field(default=frozenset(), repr=False)

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

        units = {name: variable.unit for name, variable in self.vocabulary.variables.items()}
        return Known(
            tuple(self.organisations),
            {key: kpi.formula.unit for key, kpi in self.kpis.items()} | units,
            self.vocabulary,
            self._labels(),
        )

    def _labels(self) -> dict[str, tuple[str, ...]]:
        """What each Japanese name may mean in a table; a KPI that is nothing but a variable leaves it the name."""
        variables = self.vocabulary.variables.values()
        found: dict[str, tuple[str, ...]] = {
            label: (each.name,) for each in variables for label in (each.ja, *each.labels) if label
        }
        for key, kpi in self.kpis.items():
            for label in dict.fromkeys((kpi.ja, *kpi.labels)):
                if found.get(label) != (canonical(kpi.formula.expression),):
                    found[label] = (*found.get(label, ()), key)
        return found
