"""What KPIs ask of records: the numbers to make of each table, and the KPIs over these numbers.

A mean is a sum over a count, so that every number is whole; a variable that is counted from records is called as before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import define, evolve, field, frozen

from kpi.columns.asked import Asked, Kpis, asked
from kpi.errors import FormulaError, RecordsError
from kpi.formulas.aggregate_checker import check_aggregate
from kpi.formulas.aggregates import operands
from kpi.formulas.nodes import (
    Aggregate,
    Definition,
    Expression,
    Name,
    Number,
    Operation,
    Operator,
    Summary,
    aggregates,
    names,
)
from kpi.formulas.printer import canonical
from kpi.formulas.replacing import replaced
from kpi.formulas.tables import Table
from kpi.formulas.vocabulary import Vocabulary
from kpi.problems import Problem
from kpi.records.columns import EXPECTED, LARGEST, LEAST
from kpi.records.names import Names
from kpi.records.periods import KEYS
from kpi.source import Source, Span


@frozen
class Counting:
    """The columns to count, by name, and the KPIs over them.

    No aggregate among the *columns* is a mean; each is a whole number or missing. The names differ not only in case, and
    none is that of a column that tells rows apart; a name that is taken has underscores behind it.
    """

    asked: tuple[Asked, ...]
    columns: Mapping[str, Aggregate]
    tables: Mapping[str, Table]

    def of_table(self, table: str) -> dict[str, Aggregate]:
        """The columns that are made of one table."""
        return {name: one for name, one in self.columns.items() if one.table == table}


def counting(kpis: Kpis, tables: Mapping[str, Table] | None = None) -> Counting:
    """What *kpis* ask; their catalogue says what the tables hold, unless *tables* do.

    Raises:
        RecordsError: a KPI looks at something that is not counted from records, or at a table of which nothing is known.
        ColumnsError: nothing is asked, or several formulas have no name.
    """
    collected = _Collected(tables or {}, Names.without(KEYS))
    ones = tuple(collected.over_columns(one) for one in asked(kpis))
    collected.check()
    return Counting(ones, collected.columns, collected.used)


def is_counted(one: Asked) -> bool:
    """Whether anything that a KPI looks at is counted from records."""
    vocabulary = one.formula.vocabulary
    definition = Definition(one.formula.expression, one.formula.rule)
    variables = vocabulary.variables if vocabulary else {}
    counted = (variables[name].records for name in names(definition) if name in variables)
    return bool(aggregates(definition)) or any(found is not None for found in counted)


@define
class _Collected:
    given: Mapping[str, Table]
    taken: Names
    tables: dict[str, Table] = field(factory=dict)
    used: dict[str, Table] = field(factory=dict)
    columns: dict[str, Aggregate] = field(factory=dict)
    named: dict[tuple[str, Aggregate], str] = field(factory=dict)
    lacking: dict[str, list[str]] = field(factory=dict)

    def over_columns(self, one: Asked) -> Asked:
        """A KPI whose formula and rule are about the columns to count."""
        formula, vocabulary = one.formula, one.formula.vocabulary
        self.tables.update({**(vocabulary.tables if vocabulary else {}), **self.given})
        counted = {name: self.column(name, vocabulary) for name in self.counted(one, vocabulary)}

        def over(name: Name) -> Expression:
            if isinstance(name, Aggregate):
                return self.whole(name.name, name)
            return counted.get(name.name, name)

        expression = replaced(formula.expression, over)
        rule = formula.rule and replaced(formula.rule, over)
        return evolve(one, formula=evolve(formula, expression=expression, rule=rule))

    def counted(self, one: Asked, vocabulary: Vocabulary | None) -> Iterator[str]:
        """The variables that are counted from records; those that are not are noted."""
        definition = Definition(one.formula.expression, one.formula.rule)
        written = {found.name for found in aggregates(definition)}
        for name in names(definition):
            variable = vocabulary.variables.get(name) if vocabulary else None
            if name in written:
                continue
            if variable is not None and variable.records is not None:
                yield name
            else:
                self.lacking.setdefault(name, []).append(one.key)

    def column(self, name: str, vocabulary: Vocabulary | None) -> Expression:
        """A variable as a column, or a quotient of two columns."""
        variable = vocabulary.variables[name] if vocabulary else None
        if variable is None or variable.records is None:
            raise KeyError(name)  # only those that are counted are asked for
        return self.whole(name, variable.records)

    def checked(self, aggregate: Aggregate) -> Aggregate:
        """An aggregate by the names of its table, where that was given beside a formula that knows no tables.

        Raises:
            FormulaError: it does not fit the table.
        """
        if aggregate.table in self.tables and aggregate.table not in self.given:
            return aggregate
        problems: list[Problem] = []
        source = Source(aggregate.name)

        def report(code: str, _: Span, suggestions: tuple[str, ...] = (), /, **facts: object) -> None:
            problems.append(Problem(code, source, Span(0, len(source.text)), facts, suggestions))

        known = Vocabulary.of(tables=self.given.values())
        if known.table(aggregate.table) is None:
            return aggregate
        found, _ = check_aggregate(aggregate, known, report)
        if problems:
            raise FormulaError(problems)
        return found

    def whole(self, name: str, aggregate: Aggregate) -> Expression:
        """An aggregate as a column called *name*; a mean as one column over another."""
        aggregate = self.checked(aggregate)
        if aggregate.summary is not Summary.MEAN:
            return self.column_for(name, aggregate)
        total = evolve(aggregate, summary=Summary.SUM)
        number = evolve(aggregate, summary=Summary.COUNT, measure=None)
        above, below = (self.column_for(canonical(part), part) for part in (total, number))
        return Operation(Operator.DIVIDE, above, below)

    def column_for(self, wanted: str, aggregate: Aggregate) -> Name:
        """The column that holds an aggregate, under the name *wanted* where no other has it.

        Raises:
            RecordsError: another KPI knows its table otherwise, or it compares with a number that no record can hold.
        """
        aggregate = evolve(aggregate, name=canonical(aggregate))
        _check_numbers(aggregate)
        table = self.tables.get(aggregate.table)
        if table and self.used.setdefault(table.name, table) != table:
            raise RecordsError(f"table {table.name!r} is declared in two ways; give it once, in tables=")
        if (wanted, aggregate) not in self.named:
            name = self.named[wanted, aggregate] = self.taken.new(wanted)
            self.columns[name] = aggregate
        return Name(self.named[wanted, aggregate])

    def check(self) -> None:
        """Everything has to be counted, and every table known.

        Raises:
            RecordsError: naming all that is not.
        """
        said = [
            f"{name!r}{_for(users)} is not counted from records; give the variable 'records:' in the catalogue"
            for name, users in self.lacking.items()
        ]
        said += [
            f"nothing is known of table {name!r}; declare its columns under 'tables' in the catalogue, or give tables="
            for name in dict.fromkeys(one.table for one in self.columns.values())
            if name not in self.tables
        ]
        if said:
            raise RecordsError("\n".join(said))


def _check_numbers(aggregate: Aggregate) -> None:
    """What is compared with the whole numbers of records has to be one itself, since engines differ in what they make of others.

    Raises:
        RecordsError: naming the number that is none, or that 64 bits do not hold.
    """
    for operand in operands(aggregate):
        if isinstance(operand, Number) and not (operand.value.denominator == 1 and LEAST <= operand.value <= LARGEST):
            raise RecordsError(f"{aggregate.name}: found {operand.value}, expected {EXPECTED['integer']}")


def _for(users: list[str]) -> str:
    named = ", ".join(user for user in users if user)
    return f" (for {named})" if named else ""
