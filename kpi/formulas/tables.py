"""Tables of records, as formulas may look at them: their columns, and the conditions that have a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final, Literal

from attrs import field, frozen

from kpi.characters import plain_name
from kpi.formulas.aggregates import Condition
from kpi.formulas.vocabulary import by_name
from kpi.units import UNITS, Unit

ColumnType = Literal["text", "integer", "date", "boolean"]
COLUMN_TYPES: Final[tuple[ColumnType, ...]] = ("text", "integer", "date", "boolean")
TYPE_NAMES: Final[dict[ColumnType, tuple[str, str]]] = {
    "text": ("texts", "文字列"),
    "integer": ("whole numbers", "整数"),
    "date": ("dates", "日付"),
    "boolean": ("true or false", "真偽値"),
}
"""How the values of each type are called in messages."""


def _as_unit(unit: Unit | str | None) -> Unit | None:
    return unit if isinstance(unit, Unit | None) else UNITS[unit]


@frozen
class TableColumn:
    """A column: what its values are, and what one of them counts.

    *unit* is that of an integer (`yen`), or what one distinct value stands for (`person`).
    """

    name: str
    type: ColumnType
    unit: Unit | None = field(default=None, converter=_as_unit)
    ja: str = ""
    en: str = ""
    labels: tuple[str, ...] = ()


@frozen
class NamedCondition:
    """A condition with a name, such as an exclusion that several KPIs share; it has been checked."""

    name: str
    condition: Condition
    ja: str = ""
    en: str = ""
    labels: tuple[str, ...] = ()


@frozen(slots=False)
class Table:
    """One record a row: the columns, which of them says whose record it is, and which when it counts.

    *organisation* and *date* name columns; *unit* is what one record counts.
    """

    name: str
    columns: Mapping[str, TableColumn]
    organisation: str
    date: str
    unit: Unit = field(default=UNITS["case"], converter=_as_unit)
    conditions: Mapping[str, NamedCondition] = field(factory=dict)
    ja: str = ""
    en: str = ""
    labels: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, name: str, columns: Iterable[TableColumn], *, organisation: str, date: str, unit: Unit | str = "case"
    ) -> Table:
        """A table of *columns*."""
        return cls(name, {column.name: column for column in columns}, organisation, date, unit)

    def column(self, name: str) -> TableColumn | None:
        """The column with this identifier or label."""
        found = self._by_name.get(plain_name(name))
        return found if isinstance(found, TableColumn) else None

    def condition(self, name: str) -> NamedCondition | None:
        """The condition with this identifier or label."""
        found = self._by_name.get(plain_name(name))
        return found if isinstance(found, NamedCondition) else None

    def known_names(self) -> tuple[str, ...]:
        """Every identifier and label of columns and conditions."""
        return tuple(self._by_name)

    def known_columns(self) -> tuple[str, ...]:
        """Every identifier and label of columns."""
        return tuple(by_name(self.columns))

    def label(self, name: str) -> str:
        """The Japanese name of a column or condition (empty: of the table); its identifier where there is none."""
        named = self if not name else self._by_name.get(plain_name(name))
        return (named.ja if named else "") or name or self.name

    @cached_property
    def _by_name(self) -> dict[str, TableColumn | NamedCondition]:
        return by_name(self.conditions) | by_name(self.columns)


def type_facts(found: ColumnType, expected: ColumnType) -> dict[str, str]:
    """What a message says of a column that is not of the *expected* type."""
    (has, has_ja), (needs, needs_ja) = TYPE_NAMES[found], TYPE_NAMES[expected]
    return {"found": has, "found_ja": has_ja, "expected": needs, "expected_ja": needs_ja}
