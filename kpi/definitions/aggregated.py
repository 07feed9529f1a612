"""Aggregates as variables: how they are called, and what they count."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from attrs import evolve

from kpi.formulas.aggregate_printer import JAPANESE, AggregatePrinter
from kpi.formulas.aggregates import Column, Elapsed
from kpi.formulas.japanese import japanese
from kpi.formulas.nodes import Aggregate, Summary
from kpi.formulas.operand_checker import unit_of_time
from kpi.formulas.tables import Table
from kpi.formulas.vocabulary import Kind, Variable, Vocabulary
from kpi.units import NUMBER, Unit


def with_aggregates(vocabulary: Vocabulary, aggregates: Iterable[Aggregate]) -> Vocabulary:
    """A vocabulary in which checked aggregates are variables by their canonical text."""
    found = {one.name: _variable(one, vocabulary) for one in aggregates}
    return evolve(vocabulary, variables={**vocabulary.variables, **found})


def _variable(aggregate: Aggregate, vocabulary: Vocabulary) -> Variable:
    table = vocabulary.tables[aggregate.table]
    number = partial(japanese, unit=vocabulary.units.get)
    printer = AggregatePrinter(JAPANESE, number, lambda _, name: table.label(name))
    kind: Kind = "flow" if aggregate.adds_up else "stock"
    return Variable(aggregate.name, _unit(aggregate, table), printer.aggregate(aggregate), kind=kind)


def _unit(aggregate: Aggregate, table: Table) -> Unit:
    """What the number counts: records, what a distinct value stands for, what is summed, or time."""
    match aggregate.measure:
        case None:
            return table.unit
        case Elapsed(length):
            return unit_of_time(length)
        case Column(name):
            unit = table.columns[name].unit
            return unit or (table.unit if aggregate.summary is Summary.COUNT else NUMBER)
