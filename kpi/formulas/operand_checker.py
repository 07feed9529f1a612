"""From what a test compares to something that makes sense: columns found, and of what type and unit they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, assert_never

from attrs import evolve, frozen

from kpi.formulas.aggregate_printer import AggregatePrinter, text_text
from kpi.formulas.aggregates import Column, Day, Elapsed, Length, Operand, Text
from kpi.formulas.nodes import Number
from kpi.formulas.printer import number_text
from kpi.formulas.tables import ColumnType, Table, TableColumn, type_facts
from kpi.problems import nearest
from kpi.units import UNITS, Dimension, Unit, UnitTable

_UNITS_OF_TIME: Final = {Length.DAYS: "day", Length.BUSINESS_DAYS: "business_day", Length.MONTHS: "month"}
_DIGITS: Final = re.compile("[0-9]+")
_DATE: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
NO_HINT: Final = {"hint": "", "hint_ja": ""}


@frozen
class Typed:
    """An operand that makes sense: its type (None: unknown), and the dimension of a number (None: unknown or bare)."""

    operand: Operand
    type: ColumnType | None
    measure: Dimension | None = None


@frozen
class OperandChecker:
    """Checks what is said about the records of one *table*; what makes no sense is told to *report*."""

    table: Table
    units: UnitTable
    report: Callable[..., None]

    def operand(self, operand: Operand, *, is_text: bool = False) -> Typed:
        """An operand with its type; *is_text* says that a text would be right."""
        match operand:
            case Column():
                column = self.column(operand, is_text=is_text)
                if column is None:
                    return Typed(operand, None)
                dimension = column.unit.dimension if column.unit and column.type == "integer" else None
                return Typed(evolve(operand, name=column.name), column.type, dimension)
            case Number():
                return self.number(operand)
            case Text():
                return Typed(operand, "text")
            case Day():
                return Typed(operand, "date")
            case Elapsed():
                return Typed(self.elapsed(operand), "integer", unit_of_time(operand.length).dimension)
            case _:
                assert_never(operand)

    def number(self, number: Number) -> Typed:
        """A whole number with its unit; nothing else can be in a record."""
        unit = self.units.get(number.unit) if number.unit else None
        if number.unit and unit is None:
            self.report("unknown-unit", number.span, nearest(number.unit, self.units), name=number.unit)
        elif number.value.denominator != 1 or (unit and unit.per != 1):
            self.report("number-not-whole", number.span, found=number_text(number))
        elif unit is not None:
            return Typed(evolve(number, unit=unit.name), "integer", unit.dimension)
        return Typed(number, "integer")

    def elapsed(self, elapsed: Elapsed) -> Elapsed:
        """A span of time whose ends are dates."""
        start, end = map(self.date, (elapsed.start, elapsed.end))
        return evolve(elapsed, start=start, end=end)

    def date(self, column: Column) -> Column:
        """One end of a span of time."""
        found = self.column(column)
        if found is None:
            return column
        if found.type != "date":
            self.report("column-type", column.span, name=found.name, **type_facts(found.type, "date"))
        return evolve(column, name=found.name)

    def is_flag(self, name: str) -> bool:
        """Whether a name stands for something that holds or does not hold by itself."""
        column = self.table.column(name)
        return column.type == "boolean" if column else self.table.condition(name) is not None

    def type_of(self, operand: Operand) -> ColumnType | None:
        """The type of a column, where it is one."""
        column = self.table.column(operand.name) if isinstance(operand, Column) else None
        return column.type if column else None

    def column(self, column: Column, *, is_text: bool = False) -> TableColumn | None:
        """The column of that name; where there is none, that is told, and where *is_text*, how a text is written."""
        found = self.table.column(column.name)
        if found is not None:
            return found
        if self.table.condition(column.name) is not None:
            self.report("condition-as-column", column.span, name=column.name)
            return None
        suggestions = nearest(column.name, self.table.known_columns())
        facts = {"name": column.name, "table": self.table.name, "what": "column", "what_ja": "列"}
        self.report("table-without-column", column.span, suggestions, **facts, **hint(column if is_text else None))
        return None


def unit_of_time(length: Length) -> Unit:
    """The unit in which a span of time is counted."""
    return UNITS[_UNITS_OF_TIME[length]]


def operand_text(operand: Operand) -> str:
    """What is compared, as it stands in a formula."""
    return AggregatePrinter().operand(operand, "")


def hint(operand: Operand | None, type_: ColumnType | None = "text") -> dict[str, str]:
    """How to write what was meant as a value of a type: texts stand in quotes, numbers and dates do not."""
    match operand, type_:
        case (Text(value), "date") if _DATE.fullmatch(value):
            meant = value
        case (Text(value), "integer") if _DIGITS.fullmatch(value):
            meant = value
        case (Column() | Number(unit=None) | Day(), "text"):
            meant = text_text(operand.name if isinstance(operand, Column) else operand_text(operand).replace(",", ""))
        case _:
            return NO_HINT
    if meant.startswith("'"):
        return {
            "hint": f"; a text stands in single quotes: {meant}",
            "hint_ja": f"。文字列なら {meant} と書いてください",
        }
    return {"hint": f"; write it without quotes: {meant}", "hint_ja": f"。引用符なしで {meant} と書いてください"}
