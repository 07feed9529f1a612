"""From an aggregate as written to one that makes sense: its table and columns found, their types agreed.

A table of which nothing is known takes every column, as a formula without a vocabulary takes every name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, assert_never

from attrs import evolve, frozen

from kpi.formulas.aggregates import (
    MAX_CONDITIONS,
    MAX_DEPTH,
    AllOf,
    AnyOf,
    Between,
    Column,
    Condition,
    Day,
    Elapsed,
    Flag,
    Known,
    Length,
    Match,
    Negated,
    OneOf,
    Operand,
    Text,
    depth,
    is_long,
)
from kpi.formulas.nodes import Aggregate, Comparator, Number, Summary
from kpi.formulas.printer import canonical
from kpi.formulas.tables import TYPE_NAMES, ColumnType, Table, TableColumn, type_facts
from kpi.formulas.vocabulary import Vocabulary
from kpi.problems import nearest
from kpi.source import Span
from kpi.units import PURE, UNITS, Dimension, UnitTable

_UNITS_OF_TIME: Final = {Length.DAYS: "day", Length.BUSINESS_DAYS: "business_day", Length.MONTHS: "month"}


@frozen
class Typed:
    """An operand that makes sense: its type (None: unknown), and the dimension of a number (None: unknown or bare)."""

    operand: Operand
    type: ColumnType | None
    measure: Dimension | None = None


def check_aggregate(
    aggregate: Aggregate, vocabulary: Vocabulary, report: Callable[..., None]
) -> tuple[Aggregate, Dimension | None]:
    """The aggregate by its canonical names, and its dimension; None where that cannot be known.

    Problems go to *report*, which takes a code, a span, suggestions and facts.
    """
    table = vocabulary.table(aggregate.table)
    if table is None:
        report(
            "unknown-table", aggregate.table_span, nearest(aggregate.table, vocabulary.known_tables()),
            name=aggregate.table,
        )  # fmt: skip
        return aggregate, None
    measure, dimension = _Checker(table, vocabulary.units, report).measure(aggregate)
    where = None if aggregate.where is None else check_condition(aggregate.where, table, vocabulary.units, report)
    found = evolve(aggregate, table=table.name, measure=measure, where=where)
    return evolve(found, name=canonical(found)), dimension


def check_condition(condition: Condition, table: Table, units: UnitTable, report: Callable[..., None]) -> Condition:
    """A condition whose columns are there, whose types agree, and which named conditions do not make too large."""
    found = _Checker(table, units, report).condition(condition)
    if depth(found) > MAX_DEPTH:
        report("condition-too-deep", condition.span, limit=MAX_DEPTH)
    elif is_long(found):
        report("condition-too-long", condition.span, limit=MAX_CONDITIONS)
    else:
        return found
    return condition


@frozen
class _Checker:
    """Checks what is said about the records of one *table*."""

    table: Table
    units: UnitTable
    report: Callable[..., None]

    def measure(self, aggregate: Aggregate) -> tuple[Column | Elapsed | None, Dimension | None]:
        """What is summed or told apart, and the dimension of the result."""
        if aggregate.measure is None:
            return None, self.table.unit.dimension
        typed = self.operand(aggregate.measure)
        found = typed.operand
        if not isinstance(found, Column | Elapsed):
            raise TypeError(found)  # a column stays a column
        column = self.table.column(found.name) if isinstance(found, Column) else None
        unit = column.unit if column else None
        if aggregate.summary is Summary.COUNT:
            return found, (unit or self.table.unit).dimension
        if typed.type not in (None, "integer"):
            self._wrong_type(found, typed.type, "integer", aggregate.measure.span)
        return found, typed.measure

    def condition(self, condition: Condition) -> Condition:
        """A condition whose columns are there and whose types agree."""
        match condition:
            case Match(left, comparator, right):
                sides = self.agreed(condition.span, comparator, left, right)
                return evolve(condition, left=sides[0], right=sides[1])
            case OneOf(operand, values):
                first, *others = self.agreed(condition.span, Comparator.EQUAL, operand, *values)
                return evolve(condition, operand=first, values=tuple(others))
            case Between(operand, low, high):
                operand, low, high = self.agreed(condition.span, Comparator.AT_LEAST, operand, low, high)
                return evolve(condition, operand=operand, low=low, high=high)
            case Known(operand):
                return evolve(condition, operand=self.operand(operand).operand)
            case Flag():
                return self.flag(condition)
            case AllOf(parts) | AnyOf(parts):
                return evolve(condition, parts=tuple(map(self.condition, parts)))
            case Negated(part):
                return evolve(condition, part=self.condition(part))
            case _:
                assert_never(condition)

    def agreed(self, span: Span, comparator: Comparator, *operands: Operand) -> list[Operand]:
        """Operands that may be compared with the first of them."""
        first, *others = typed = [self.operand(operand) for operand in operands]
        for one, operand in zip(typed, operands, strict=True):
            if one.type == "boolean":
                self.report("boolean-compared", operand.span, name=_named(one.operand))
                return [each.operand for each in typed]
        for other in others:
            if first.type and other.type and first.type != other.type:
                self._clash(span, first, other)
            elif first.type == "text" and comparator is not Comparator.EQUAL:
                self.report("text-order", span, comparator=comparator.value)
            elif first.measure and other.measure and first.measure != other.measure:
                names = [self.units.of_dimension(side.measure or PURE) for side in (first, other)]
                facts = {"left": names[0].en, "right": names[1].en, "left_ja": names[0].ja, "right_ja": names[1].ja}
                self.report("unit-clash", span, joined="compared", joined_ja="比較", **facts)
        return [one.operand for one in typed]

    def operand(self, operand: Operand) -> Typed:
        """An operand with its type."""
        match operand:
            case Column():
                column = self.column(operand)
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
            case Elapsed(length, start, end):
                ends = [self.date(column) for column in (start, end)]
                dimension = UNITS[_UNITS_OF_TIME[length]].dimension
                return Typed(evolve(operand, start=ends[0], end=ends[1]), "integer", dimension)
            case _:
                assert_never(operand)

    def number(self, number: Number) -> Typed:
        """A number with its unit, which counts whole things: a share of a record is none."""
        if number.unit is None:
            return Typed(number, "integer")
        unit = self.units.get(number.unit)
        if unit is None or unit.per != 1:
            self.report("unknown-unit", number.span, nearest(number.unit, self.units), name=number.unit)
            return Typed(number, "integer")
        return Typed(evolve(number, unit=unit.name), "integer", unit.dimension)

    def date(self, column: Column) -> Column:
        """One end of a span of time."""
        found = self.column(column)
        if found is None:
            return column
        if found.type != "date":
            self._wrong_type(column, found.type, "date", column.span)
        return evolve(column, name=found.name)

    def flag(self, flag: Flag) -> Flag:
        """A boolean column or a named condition."""
        named = self.table.condition(flag.name)
        if named is not None:
            return evolve(flag, name=named.name, meaning=named.condition)
        found = self.column(Column(flag.name, span=flag.span))
        if found is None:
            return flag
        if found.type != "boolean":
            self._wrong_type(Column(flag.name), found.type, "boolean", flag.span)
        return evolve(flag, name=found.name)

    def column(self, column: Column) -> TableColumn | None:
        """The column of that name; where there is none, that is told."""
        found = self.table.column(column.name)
        if found is None:
            suggestions = nearest(column.name, self.table.known_names())
            self.report("table-without-column", column.span, suggestions, name=column.name, table=self.table.name)
        return found

    def _wrong_type(self, found: Operand, type_: ColumnType | None, expected: ColumnType, span: Span) -> None:
        self.report("column-type", span, name=_named(found), **type_facts(type_ or "text", expected))

    def _clash(self, span: Span, left: Typed, right: Typed) -> None:
        (one, one_ja), (other, other_ja) = (TYPE_NAMES[side.type or "text"] for side in (left, right))
        facts = {"left": one, "right": other, "left_ja": one_ja, "right_ja": other_ja}
        self.report("column-clash", span, **facts)


def _named(operand: Operand) -> str:
    match operand:
        case Column(name):
            return name
        case Elapsed(length):
            return length.value
        case _:
            return ""
