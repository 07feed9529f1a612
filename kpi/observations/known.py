"""The names that a table of observations may use."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from attrs import field, frozen

from kpi.formulas.vocabulary import Vocabulary
from kpi.observations.observation import Observation
from kpi.problems import nearest
from kpi.units import BRANCH, Unit


@frozen
class Known:
    """The names that a table may use, and the unit in which each quantity is measured; any other is a mistake in it.

    *labels* are further names of quantities with those that each may mean; one that may mean several is a mistake, too.
    """

    organisations: Collection[str]
    quantities: Mapping[str, Unit]
    vocabulary: Vocabulary = Vocabulary()
    labels: Mapping[str, tuple[str, ...]] = field(factory=dict)

    def identified(self, name: str) -> str:
        """The quantity that *name* means, where it is the label of one; else the name itself."""
        meant = () if name in self.quantities else self.labels.get(name, ())
        return meant[0] if len(meant) == 1 else name

    def suggestions(self, name: str) -> tuple[str, ...]:
        """The quantities that an unknown *name* may mean."""
        return self.labels.get(name) or nearest(name, (*self.quantities, *self.labels))

    def counts_branches(self, row: Observation) -> bool:
        """Whether the value tells of a KPI how many branches met its rule."""
        return row.quantity not in self.vocabulary.variables and row.unit_in(self.vocabulary.units) is BRANCH
