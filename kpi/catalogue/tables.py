"""The tables of records of a catalogue: their columns, and the conditions that have a name.

This file is read only where a catalogue has tables.
"""

from __future__ import annotations

from collections.abc import Callable

from attrs import define, evolve, field

from kpi.catalogue.fields import Fields, Problems, Section
from kpi.catalogue.named_conditions import ConditionReader
from kpi.catalogue.names import Names
from kpi.formulas.operand_checker import NO_HINT
from kpi.formulas.tables import COLUMN_TYPES, ColumnType, NamedCondition, Table, TableColumn, type_facts
from kpi.problems import nearest
from kpi.source import Span
from kpi.units import UNITS, Unit, UnitTable
from kpi.yaml_nodes import ScalarNode


@define
class Known:
    """The columns and the named conditions that were read of one table."""

    columns: Section[TableColumn] = field(factory=Section)
    conditions: Section[NamedCondition] = field(factory=Section)

    def excuses(self, name: str) -> bool:
        """Whether an unknown *name* follows from a mistake that is reported already."""
        return self.columns.excuses(name) or self.conditions.excuses(name)


@define
class TableReader:
    """Reads tables one after the other; *names* are those that variables and other tables have taken.

    *known* and *places* tell what was read of each table, and where it stands.
    """

    problems: Problems
    units: UnitTable
    unit_of: Callable[[ScalarNode], Unit]
    names: Names
    known: dict[str, Known] = field(factory=dict)
    places: dict[str, Span] = field(factory=dict)

    def read(self, key: ScalarNode, fields: Fields) -> Table:
        """One table."""
        known, names = Known(), Names(self.problems)
        self.known[key.text], self.places[key.text] = known, key.span
        ja, en, labels = fields.scalar("ja"), fields.text("en"), fields.texts("labels")
        counted = fields.scalar("unit", required=False)
        organisation, date = fields.scalar("organisation"), fields.scalar("date")
        for name, column in fields.each("columns", known.columns):
            self.read_column(name, column, known.columns, names)
        conditions = ConditionReader(self.problems, self.units, names, known.excuses)
        for name, condition in fields.each("conditions", known.conditions, required=False):
            conditions.read(name, condition)
        fields.finish()
        free = self.names.take("table", key, ja, *labels)
        table = Table(
            key.text,
            known.columns.entries,
            organisation="",
            date="",
            unit=self.unit_of(counted) if counted else UNITS["case"],
            ja=ja.text if ja and ja.text in free else "",
            en=en or "",
            labels=tuple(label.text for label in labels if label.text in free),
        )
        table = evolve(
            table,
            organisation=self.role(organisation, "text", table),
            date=self.role(date, "date", table),
        )
        table = conditions.checked(table)
        known.conditions.leave_out(*conditions.unread)
        return table

    def read_column(self, key: ScalarNode, fields: Fields, columns: Section[TableColumn], names: Names) -> None:
        """One column, which stays out where its type is not known."""
        type_ = fields.choice("type", COLUMN_TYPES)
        ja, en, labels = fields.scalar("ja"), fields.text("en", required=False), fields.texts("labels")
        counted = fields.scalar("unit", required=False)
        fields.finish()
        unit = self.unit_of(counted) if counted else None
        if counted and unit and unit.per != 1:
            self.problems.report("column-unit", counted.span, name=key.text, unit=unit.name)
        free = names.take("column", key, ja, *labels)
        if type_ is not None:
            columns.entries[key.text] = TableColumn(
                key.text,
                type_,
                unit,
                ja.text if ja and ja.text in free else "",
                en or "",
                tuple(label.text for label in labels if label.text in free),
            )

    def role(self, node: ScalarNode | None, type_: ColumnType, table: Table) -> str:
        """The column that says whose a record is, or when it counts; it must be of a *type_*."""
        column = table.column(node.text) if node else None
        if column is not None:
            if column.type != type_ and node:
                self.problems.report("column-type", node.span, name=node.text, **type_facts(column.type, type_))
            return column.name
        if node is not None and not self.known[table.name].columns.excuses(node.text):
            facts = {"name": node.text, "table": table.name, "what": "column", "what_ja": "列", **NO_HINT}
            self.problems.report("table-without-column", node.span, nearest(node.text, table.known_columns()), **facts)
        return ""
