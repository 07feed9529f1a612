"""The names that formulas may use: variables with their unit and kind, and the units themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from attrs import field, frozen

from kpi.characters import plain_name
from kpi.units import UNITS, Unit, UnitTable

if TYPE_CHECKING:
    from kpi.formulas.nodes import Aggregate
    from kpi.formulas.tables import Table
    from kpi.likeness import Words

Kind = Literal["flow", "stock"]


class _Named(Protocol):
    @property
    def ja(self) -> str: ...
    @property
    def labels(self) -> tuple[str, ...]: ...


_N = TypeVar("_N", bound=_Named)


def _as_unit(unit: Unit | str) -> Unit:
    return unit if isinstance(unit, Unit) else UNITS[unit]


@frozen
class Variable:
    """Something counted or measured.

    Attributes:
        name: the identifier.
        unit: what it counts; it may be given by one of its spellings, `case` for example.
        ja: its Japanese name, by which formulas may call it as well.
        en: its English name.
        kind: how months make a year: a *flow* adds up, of a *stock* the last value counts.
        labels: further Japanese names under which documents print it.
        records: the aggregate over records that counts it, where one is defined; it has been checked.
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
    """The names that formulas may use.

    Attributes:
        variables: variables by identifier.
        units: units by every spelling.
        tables: tables of records by identifier.
    """

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
        return self._by_name.get(plain_name(name))

    def known_names(self) -> tuple[str, ...]:
        """Every identifier and label, as formulas are read to name them."""
        return tuple(self._by_name)

    def table(self, name: str) -> Table | None:
        """The table of records with this identifier or label."""
        return self._tables_by_name.get(plain_name(name))

    def known_tables(self) -> tuple[str, ...]:
        """Every identifier and label of a table."""
        return tuple(self._tables_by_name)

    def nearest(self, name: str) -> tuple[str, ...]:
        """The names, and words of the language, that are most like *name*."""
        return self._words.nearest(name)

    def label(self, name: str, language: str) -> str:
        """The name under which a variable is shown."""
        variable = self.variables.get(name)
        return variable.label(language) if variable else name

    @cached_property
    def _words(self) -> Words:
        from kpi.formulas.words import RULE_WORDS
        from kpi.likeness import Words  # needed only where something is wrong

        return Words.of((*self.known_names(), *RULE_WORDS))

    @cached_property
    def _by_name(self) -> dict[str, Variable]:
        return by_name(self.variables)

    @cached_property
    def _tables_by_name(self) -> dict[str, Table]:
        return by_name(self.tables)


def by_name(named: Mapping[str, _N]) -> dict[str, _N]:
    """What is *named* by identifier, under each of its names; an identifier means before a label does."""
    labelled = {plain_name(label): one for one in named.values() for label in (one.ja, *one.labels) if label}
    return labelled | {plain_name(name): one for name, one in named.items()}
