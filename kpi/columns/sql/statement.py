"""The whole text: rows, look-ups, whole numbers, how each row is decided, and the added columns, one stage each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from attrs import define, field

from kpi.columns.questions import HERE, Cell, Elsewhere, Question, questions
from kpi.columns.request import Request
from kpi.columns.sql.deciding import Decided, merged
from kpi.columns.sql.dialects import DUCKDB, Dialect
from kpi.columns.sql.fitting import Found, fit
from kpi.columns.sql.keys import Table, is_at, keyed
from kpi.columns.sql.lookups import Lookup, fails_for_several, looked_up, lookup
from kpi.columns.sql.naming import Naming
from kpi.columns.sql.pivot import pivoted
from kpi.columns.sql.readings import read
from kpi.columns.sql.stage import selected
from kpi.columns.sql.stages import Stages
from kpi.columns.tidy import wide
from kpi.compilation.integers import Input
from kpi.errors import ColumnsError
from kpi.evaluation.decision import Verdict


def statement(request: Request, rows: Table, prior: Table | None, dialect: Dialect) -> str:
    """The text that selects all columns of *rows* and those asked for; *prior* holds rows of other years.

    Raises:
        ColumnsError: columns are missing, of a kind that holds no exact numbers, or differ in case only.
    """
    for table in (rows, *((prior,) if prior else ())):
        _check_cases(table)
    pivots = {}
    if request.tidy is not None:
        rows, pivots["kpi_pivoted"] = pivoted(rows, request, request.tidy, "kpi_pivoted", dialect)
        if prior is not None:
            prior, pivots["kpi_others"] = pivoted(prior, request, request.tidy, "kpi_others", dialect)
        request = wide(request)
    in_prior = None if prior is None else [*prior.types]
    found = questions(request, [*rows.types], in_prior)
    return _Statement(request, rows, prior, dialect, found, pivots).text()


def _check_cases(table: Table) -> None:
    """Engines take names that differ in case only for the same."""
    by_case: dict[str, list[str]] = {}
    for name in table.types:
        by_case.setdefault(name.casefold(), []).append(name)
    clashes = [" and ".join(map(repr, names)) for names in by_case.values() if len(names) > 1]
    if clashes:
        raise ColumnsError(f"columns {', '.join(clashes)} differ in case only; SQL takes one for the other")


@define
class _Statement:
    request: Request
    rows: Table
    prior: Table | None
    dialect: Dialect
    questions: Sequence[Question]
    pivots: Mapping[str, str]
    lookups: dict[tuple[Elsewhere, bool], Lookup] = field(factory=dict)

    def text(self) -> str:
        self.lookups = self.looked_at()
        stages = Stages.called(self.prefix, self.dialect, has_outcomes="outcome" in self.request.names)
        decided = [self.decided(one, stages) for one in self.questions]
        ctes = {**self.pivots}
        source = self.rows.name
        naming = Naming(self.dialect)
        for name, text in self.staged(stages, naming):
            ctes[f"{self.prefix}{name}"] = text(source)
            source = f"{self.prefix}{name}"
        own = [self.dialect.identifier(name) for name in self.rows.types]
        added = self.added(decided, stages.outcomes[Verdict.NO_TARGET])
        last = selected([*own, *naming.named(added)], source)
        staged = ",\n".join(f"{name} AS (\n{text}\n)" for name, text in ctes.items())
        return f"WITH {staged}\n{last}" if staged else last

    def decided(self, question: Question, stages: Stages) -> tuple[Decided, str]:
        """A question fitted to the columns, and the column that holds whether a row is decided in wide numbers."""
        how = fit(question, self.found(question), stages, self.dialect)
        found = Decided(question.asked.key, how, self.here(question), self.several(question))
        path = found.path(stages.bounds.name(found.outside) if found.outside else "")
        path = stages.widths.name(path) if path else ""
        for number in how.numbers:
            stages.wide_numbers.ask(number, path)
        return found, path

    def added(self, decided: Sequence[tuple[Decided, str]], no_target: str) -> dict[str, str]:
        """The columns that were asked for, by name."""
        found = {}
        for (key, part), name in self.request.added().items():
            own = [(one, path) for one, path in decided if one.key == key]
            found[self.dialect.identifier(name)] = merged(own, part, no_target)
        return found

    def staged(self, stages: Stages, naming: Naming) -> Iterator[tuple[str, Callable[[str], str]]]:
        """The stages that there are, in order, each as a SELECT over the one before."""
        if self.needs_keys:
            yield "rows", lambda _: self.keyed()
        if self.lookups:
            row = f"{self.prefix}row"
            yield "found", lambda source: looked_up([*self.lookups.values()], source, row, self.dialect)
        for name, stage in stages:
            if stage.columns:
                yield name, partial(stage.select, naming)

    @property
    def prefix(self) -> str:
        """What the text's own names begin with, and none of the user's."""
        found = "kpi_"
        while any(name.casefold().startswith(found) for name in self.rows.types):
            found += "_"
        return found

    @property
    def needs_keys(self) -> bool:
        return any(question.needs_keys for question in self.questions)

    def keyed(self) -> str:
        """The rows with their keys; numbered where they have an order that a join would lose."""
        keys = keyed(self.rows, self.request.keys, self.prior, self.dialect)
        columns = [f"{column} AS {self.prefix}{role}" for role, column in keys.items()]
        if self.lookups and self.dialect is DUCKDB:
            columns.append(f"ROW_NUMBER() OVER () AS {self.prefix}row")
            return f"{selected(['*', *columns], self.rows.name)}\n  WHERE {fails_for_several(self.dialect)}"
        return selected(["*", *columns], self.rows.name)

    def looked_at(self) -> dict[tuple[Elsewhere, bool], Lookup]:
        """The look-ups of all questions, each place once."""
        cells = [cell for one in self.questions for cell in one.cells.values() if cell.where != HERE]
        found = {}
        here = keyed(self.rows, self.request.keys, self.prior, self.dialect)
        for number, (where, in_prior) in enumerate(dict.fromkeys((cell.where, cell.in_prior) for cell in cells), 1):
            table, other = (self.prior, self.rows) if in_prior and self.prior else (self.rows, self.prior)
            there = keyed(table, self.request.keys, other, self.dialect)
            keys = [(role, column, f"{self.prefix}{role}") for role, column in there.items() if role in here]
            columns = [
                self.dialect.identifier(cell.column)
                for cell in cells
                if (cell.where, cell.in_prior) == (where, in_prior)
            ]
            found[where, in_prior] = lookup(where, table.name, columns, keys, f"{self.prefix}there{number}")
        return found

    def found(self, question: Question) -> dict[Input, Found]:
        """The cells of a question as whole numbers.

        Raises:
            ColumnsError: naming every column that holds no exact numbers.
        """
        found, refused = {}, []
        for one, cell in question.cells.items():
            column, kind = self.column(question, cell), self.table(cell).types[cell.column]
            reading = read(column, kind, self.dialect, is_rate=not one.name)
            if reading is None:
                refused.append(f"column {cell.column!r} holds {kind}")
            else:
                found[one] = Found(cell, column, reading)
        if refused:
            raise ColumnsError(
                f"{', '.join(dict.fromkeys(refused))}; expected integers, decimals, 64-bit floats or booleans"
            )
        return found

    def table(self, cell: Cell) -> Table:
        """Where a cell stands."""
        return self.prior if cell.in_prior and self.prior else self.rows

    def column(self, question: Question, cell: Cell) -> str:
        """A cell as SQL, beside the row that looks at it."""
        column = self.dialect.identifier(cell.column)
        if cell.where != HERE:
            column = self.lookups[cell.where, cell.in_prior].cell(column)
        first = question.first_comparable(cell)
        return column if first is None else f"CASE WHEN {self.prefix}fiscal_year >= {first} THEN {column} END"

    def here(self, question: Question) -> str:
        """Whether a row is one that the question decides."""
        return is_at(question.asked.places, f"{self.prefix}organisation", f"{self.prefix}fiscal_year", self.dialect)

    def several(self, question: Question) -> tuple[tuple[str, str], ...]:
        """Where several rows would be the one looked at; DuckDB sees to that itself."""
        if self.dialect is DUCKDB:
            return ()
        places = dict.fromkeys((cell.where, cell.in_prior) for cell in question.cells.values() if cell.where != HERE)
        keys = ", ".join(self.request.keys)
        failure = self.dialect.failure(
            self.dialect.string(f"several rows are the one that another looks at; expected one for each {keys}")
        )
        return tuple((f"{self.lookups[place].rows()} > 1", failure) for place in places)
