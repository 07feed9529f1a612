"""From an aggregate as written to one that makes sense: its table and columns found, their types agreed.

A table of which nothing is known takes every column, as a formula without a vocabulary takes every name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

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
    Match,
    Negated,
    OneOf,
    Operand,
    Text,
    depth,
    is_long,
)
from kpi.formulas.nodes import Aggregate, Comparator, Number, Summary
from kpi.formulas.operand_checker import NO_HINT, OperandChecker, Typed, hint, operand_text, unit_of_time
from kpi.formulas.printer import canonical
from kpi.formulas.tables import TYPE_NAMES, Table, type_facts
from kpi.formulas.vocabulary import Vocabulary
from kpi.problems import nearest
from kpi.units import PURE, Dimension, UnitTable


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
class _Checker(OperandChecker):
    """Checks the tests of a condition, and what is summed."""

    def measure(self, aggregate: Aggregate) -> tuple[Column | Elapsed | None, Dimension | None]:
        """What is summed or told apart, and the dimension of the result."""
        match aggregate.measure:
            case None:
                return None, self.table.unit.dimension
            case Column() as measure:
                column = self.column(measure)
                if column is None:
                    return measure, None
                is_count = aggregate.summary is Summary.COUNT
                if not is_count and column.type != "integer":
                    self.report("column-type", measure.span, name=column.name, **type_facts(column.type, "integer"))
                unit = column.unit or (self.table.unit if is_count else None)
                return evolve(measure, name=column.name), unit.dimension if unit else None
            case Elapsed() as measure:
                return self.elapsed(measure), unit_of_time(measure.length).dimension

    def condition(self, condition: Condition) -> Condition:
        """A condition whose columns are there and whose types agree."""
        match condition:
            case Match(left, comparator, right):
                left, right = self.agreed(condition, comparator, left, right)
                return evolve(condition, left=left, right=right)
            case OneOf(operand, values):
                operand, *others = self.agreed(condition, Comparator.EQUAL, operand, *values)
                return evolve(condition, operand=operand, values=tuple(others))
            case Between(operand, low, high):
                operand, low, high = self.agreed(condition, "between", operand, low, high)
                if _is_above(low, high):
                    self.report("empty-between", condition.span, low=operand_text(low), high=operand_text(high))
                return evolve(condition, operand=operand, low=low, high=high)
            case Known(operand):
                self.looks_at_column(condition, operand)
                return evolve(condition, operand=self.operand(operand).operand)
            case Flag():
                return self.flag(condition)
            case AllOf(parts) | AnyOf(parts):
                return evolve(condition, parts=tuple(map(self.condition, parts)))
            case Negated(part):
                return evolve(condition, part=self.condition(part))
            case _:
                assert_never(condition)

    def agreed(self, test: Condition, sign: str, *operands: Operand) -> list[Operand]:
        """The operands of a *test* by their canonical names; all of them may be compared with the first, by *sign*."""
        answer = next((one for one in operands if isinstance(one, Column) and self.is_flag(one.name)), None)
        if answer is not None:
            self.report("boolean-compared", answer.span, name=answer.name)
            return [*operands]
        self.looks_at_column(test, *operands)
        is_text = any(isinstance(one, Text) or self.type_of(one) == "text" for one in operands)
        first, *others = typed = [self.operand(operand, is_text=is_text) for operand in operands]
        for other in others:
            if first.type and other.type and first.type != other.type:
                self.clash(first, other)
            elif first.measure and other.measure and first.measure != other.measure:
                names = [self.units.of_dimension(side.measure or PURE) for side in (first, other)]
                facts = {"left": names[0].en, "right": names[1].en, "left_ja": names[0].ja, "right_ja": names[1].ja}
                self.report("unit-clash", test.span, joined="compared", joined_ja="比較", **facts)
        if first.type == "text" and sign != Comparator.EQUAL and all(one.type == "text" for one in others):
            self.report("text-order", test.span, comparator=sign)
        return [one.operand for one in typed]

    def looks_at_column(self, test: Condition, *operands: Operand) -> None:
        """Reports a *test* that is the same for every record."""
        if not any(isinstance(operand, Column | Elapsed) for operand in operands):
            self.report("constant-test", test.span)

    def flag(self, flag: Flag) -> Flag:
        """A boolean column or a named condition."""
        named = self.table.condition(flag.name)
        if named is not None:
            return evolve(flag, name=named.name, meaning=named.condition)
        found = self.table.column(flag.name)
        if found is None:
            facts = {"name": flag.name, "table": self.table.name, "what": "column or condition", "what_ja": "列や条件"}
            suggestions = nearest(flag.name, self.table.known_names())
            self.report("table-without-column", flag.span, suggestions, **facts, **NO_HINT)
            return flag
        if found.type != "boolean":
            self.report("column-type", flag.span, name=found.name, **type_facts(found.type, "boolean"))
        return evolve(flag, name=found.name)

    def clash(self, left: Typed, right: Typed) -> None:
        """Reports two sides of different types, and how the right one may have been meant."""
        (one, one_ja), (other, other_ja) = (TYPE_NAMES[side.type or "text"] for side in (left, right))
        facts = {"left": one, "right": other, "left_ja": one_ja, "right_ja": other_ja}
        told = hint(None if isinstance(right.operand, Column) else right.operand, left.type)
        self.report("column-clash", right.operand.span, **facts, **told)


def _is_above(low: Operand, high: Operand) -> bool:
    match low, high:
        case Number(one), Number(other):
            return one > other
        case Day(one), Day(other):
            return one > other
        case _:
            return False
