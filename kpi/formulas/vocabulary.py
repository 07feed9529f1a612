"""The names that formulas may use: variables with their unit and kind, and the units themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from kpi.units import UNITS, Unit, UnitTable

if TYPE_CHECKING:
    from kpi.formulas.nodes import Aggregate
    from kpi.formulas.tables import Table

Kind = Literal["flow", "stock"]


def _as_unit(unit: Unit | str) -> Unit:
    return unit if isinstance(unit, Unit) else UNITS[unit]


@frozen
class Variable:
    """Something counted or measured.

    *unit* may be given by one of its spellings, `case` for example.
    *kind* says how months make a year: a *flow* adds up, of a *stock* the last value counts.
    *labels* are further Japanese names under which documents print it.
    *records* is the aggregate over records that counts it, where one is defined; it has been checked.
    """

    name: str
    unit: Unit = field(converter=_as_unit)
    ja: str = ""
    en: str = ""
    kind: Kind = "flow"
    labels: tuple[str, ...] = ()
    records: Aggregate | None = None

    def label(self, language: str) -> str:
        """The name to show: Japanese, English, or the identifier where there is none."""
        return (self.ja if language == "ja" else self.en) or self.name


@frozen(slots=False)
class Vocabulary:
    """Variables by identifier, units by every spelling, and tables of records by identifier."""

    variables: Mapping[str, Variable] = field(factory=dict)
    units: UnitTable = UNITS
    tables: Mapping[str, Table] = field(factory=dict)

    @classmethod
    def of(
        cls, variables: Iterable[Variable] = (), units: UnitTable = UNITS, tables: Iterable[Table] = ()
    ) -> Vocabulary:
        """A vocabulary of *variables* and *tables*."""
        return cls({variable.name: variable for variable in variables}, units, {table.name: table for table in tables})

    def find(self, name: str) -> Variable | None:
        """The variable with this identifier or label."""
        return self._by_name.get(name)

    def known_names(self) -> tuple[str, ...]:
        """Every identifier and label."""
        return tuple(self._by_name)

    def table(self, name: str) -> Table | None:
        """The table of records with this identifier or label."""
        labelled = (table for table in self.tables.values() if name in (table.ja, *table.labels))
        return self.tables.get(name) or next(labelled, None)

    def known_tables(self) -> tuple[str, ...]:
        """Every identifier and label of a table."""
        return (*self.tables, *(label for one in self.tables.values() for label in (one.ja, *one.labels) if label))

    def label(self, name: str, language: str) -> str:
        """The name under which a variable is shown."""
        variable = self.variables.get(name)
        return variable.label(language) if variable else name

    @cached_property
    def _by_name(self) -> dict[str, Variable]:
        by_label = {
            label: variable
            for variable in self.variables.values()
            for label in (variable.ja, *variable.labels)
            if label
        }
        return {**by_label, **self.variables}
