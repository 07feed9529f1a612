"""Verdicts as SQL over what was counted: whole numbers, rows of other years beside them, one comparison for each rule.

The text is DuckDB's SQL, as that of `kpi.records.sql`. Nothing is decided on a number that was rounded: all of them are whole,
and one that is too large for the engine, or no whole number, makes the query fail.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import Factory, define, field

from kpi.columns.asked import Asked, Place
from kpi.columns.questions import HERE, Elsewhere, elsewhere
from kpi.columns.sql.dialects import DUCKDB
from kpi.columns.sql.expressions import Expressions
from kpi.compilation.integers import Input
from kpi.evaluation.decision import Verdict
from kpi.observations.observation import NATION
from kpi.records.decidable import Decidable, bounds
from kpi.records.names import identifier, literal
from kpi.records.numbers import LARGEST, Width

PARTS: Final = ("outcome", "value", "target", "margin")
_COUNTED: Final = 10**12
"""How many records nobody has."""


def added(ones: tuple[Asked, ...]) -> dict[tuple[str, str], str]:
    """What each added column is called, by the key of the KPI and the part."""
    keys = dict.fromkeys(one.key for one in ones)
    return {(key, part): f"{key}_{part}" if key else part for key in keys for part in PARTS}


@define
class VerdictQuery:
    """The query over *source*, a table of whole numbers *columns*: the numbers, and the verdicts on each of *kpis*.

    *keys* are the columns that tell its rows apart: organisation, fiscal year, and period where a year has several.
    *stage* is what its first stage is called.
    *counted* are the columns that count records of a table: they are known to be whole and not negative, and the rows to
    be told apart by their keys.
    Where several of *kpis* have one key, the first that speaks of a row decides it.
    """

    kpis: tuple[Asked, ...]
    columns: tuple[str, ...]
    keys: tuple[str, ...]
    source: str
    stage: str
    width: Width
    counted: frozenset[str] | None = None
    decidable: tuple[Decidable, ...] = field(
        init=False, default=Factory(lambda self: tuple(map(Decidable.of, self.kpis)), takes_self=True)
    )
    bounds: Mapping[str, int] = field(
        init=False, default=Factory(lambda self: bounds(self.decidable, self.width), takes_self=True)
    )

    def numbers(self) -> str:
        """The first stage: the keys, and every column as a whole number."""
        *others, year = self.keys[:2]
        last = self.once(year) if self.counted is None and self.looked_at() else year
        keys = (*others, last, *self.keys[2:])
        numbers = [f"{self.number(name)} AS {identifier(name)}" for name in self.columns]
        selected = ",\n  ".join((*keys, *numbers))
        return f"SELECT\n  {selected}\nFROM {self.source}"

    def verdicts(self) -> str:
        """The last stage: numbers and verdicts."""
        parts = [f"{self.part(key, part)} AS {identifier(name)}" for (key, part), name in added(self.kpis).items()]
        columns = (f"{self.rows}.{identifier(name)}" for name in (*self.keys, *self.columns))
        selected = ",\n  ".join((*columns, *parts))
        order = ", ".join(str(number) for number in range(1, len(self.keys) + 1))
        return f"SELECT\n  {selected}\nFROM {self.rows}{''.join(self.joins())}\nORDER BY {order}"

    @property
    def rows(self) -> str:
        """How the text calls its first stage."""
        return identifier(self.stage)

    def number(self, name: str) -> str:
        """A column as a whole number of the engine's widest type; what is none makes the query fail."""
        column = identifier(name)
        wide = f"CAST({column} AS {self.width.type})"
        bound = self.bounds.get(name, LARGEST)
        if self.counted is not None and name in self.counted and bound >= _COUNTED:
            return wide
        told = literal(f"column {name}: expected a whole number from 0 to {bound}, found ")
        refused = f"{column} NOT BETWEEN 0 AND {bound} OR {column} <> {wide}"
        return f"CASE WHEN {refused} THEN {self.width.failure(column, told)} ELSE {wide} END"

    def once(self, year: str) -> str:
        """The fiscal year; where two rows are the one that another looks at, the query fails."""
        rows = f"COUNT(organisation) OVER (PARTITION BY {', '.join(self.keys)})"
        told = literal(f"expected one row for each {', '.join(self.keys)}; found ")
        # planners work out what fails over a constant, so it has to fail over the number of rows
        failure = self.width.failure(rows, told)
        return f"CASE WHEN {year} IS NOT NULL AND {rows} > 1 THEN {failure} ELSE {year} END AS {year}"

    def part(self, key: str, part: str) -> str:
        """One added column; rows of which no plan speaks have no target."""
        otherwise = literal(Verdict.NO_TARGET) if part == "outcome" else "CAST(NULL AS DOUBLE)"
        cases: dict[str, str] = {}
        for one in self.decidable:
            if one.asked.key == key and one.asked.places is None:
                otherwise = self.answer(one, part)
            elif one.asked.key == key:
                cases[" OR ".join(map(self.here, one.asked.places or ()))] = self.answer(one, part)
        if {*cases.values()} <= {otherwise}:
            return otherwise
        return f"CASE {' '.join(f'WHEN {here} THEN {answer}' for here, answer in cases.items())} ELSE {otherwise} END"

    def here(self, place: Place) -> str:
        """Whether a row is of one organisation and fiscal year."""
        named = ", ".join(map(literal, place.names))
        return f"({self.rows}.organisation IN ({named}) AND {self.rows}.fiscal_year = {place.fiscal_year.year})"

    def answer(self, one: Decidable, part: str) -> str:
        """One added column, for every row."""
        leaves = {each: self.leaf(one, each) for each in one.program.inputs}
        printed = Expressions(DUCKDB, leaves, self.width.type)
        return printed.outcome(one.answers.outcome) if part == "outcome" else printed.figure(one.answers.figures[part])

    def leaf(self, one: Decidable, found: Input) -> str:
        """Where an input stands."""
        if found.is_stated:
            return f"CAST({one.stated} AS {self.width.type})"
        where = elsewhere(found)
        column = f"{self.alias(where)}.{identifier(found.name)}"
        since = one.asked.comparable_from
        if since is None or not where.back:
            return column
        return f"CASE WHEN {self.rows}.fiscal_year >= {since.year + where.back} THEN {column} END"

    def looked_at(self) -> tuple[Elsewhere, ...]:
        """The rows of other years and of the nation that rules look at, each once."""
        found = (elsewhere(each) for one in self.decidable for each in one.program.inputs if not each.is_stated)
        return tuple(dict.fromkeys(where for where in found if where != HERE))

    def joins(self) -> Iterator[str]:
        """These rows beside the others."""
        for where in self.looked_at():
            alias = self.alias(where)
            yield f"\nLEFT JOIN {self.rows} AS {alias} ON {' AND '.join(self.on(alias, where))}"

    def alias(self, where: Elsewhere) -> str:
        """How the text calls a row that is looked at."""
        if where == HERE:
            return self.rows
        if where.is_national:
            return "nation"
        if where.year is not None:
            return f"year_{where.year}"
        return "last_year" if where.back == 1 else f"year_less_{where.back}"

    def on(self, alias: str, where: Elsewhere) -> Iterator[str]:
        """When a row is the one looked at."""
        organisation, year, *periods = self.keys
        here = literal(NATION) if where.is_national else f"{self.rows}.{organisation}"
        yield f"{alias}.{organisation} = {here}"
        if where.year is not None:
            yield f"{alias}.{year} = {where.year}"
        else:
            yield f"{alias}.{year} = {self.rows}.{year}{f' - {where.back}' if where.back else ''}"
        yield from (f"{alias}.{period} = {self.rows}.{period}" for period in periods)
