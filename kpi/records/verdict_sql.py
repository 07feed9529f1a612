"""Verdicts as SQL over what was counted: whole numbers, rows of other years beside them, one comparison for each rule.

The text is DuckDB's SQL, as that of `kpi.records.sql`. Nothing is decided on a number that was rounded: all of them are whole,
and one that is too large for the engine, or no whole number, makes the query fail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import define, field, frozen

from kpi.columns.asked import Asked
from kpi.columns.fitting import inputs_of
from kpi.columns.questions import HERE, Elsewhere, elsewhere
from kpi.columns.sql.dialects import DUCKDB
from kpi.columns.sql.expressions import Expressions
from kpi.compilation.bounds import largest_number
from kpi.compilation.integers import Input, Integer, Product, Sum, Whole
from kpi.compilation.lowering import lower
from kpi.compilation.program import Program
from kpi.compilation.walking import inputs_of as inputs_in
from kpi.errors import RecordsError
from kpi.evaluation.observed import plain_value
from kpi.formulas.nodes import Period
from kpi.observations.observation import NATION
from kpi.quantities import finite_decimals
from kpi.records.names import identifier, literal
from kpi.records.numbers import Width

PARTS: Final = ("outcome", "value", "target", "margin")
_COUNTED: Final = 10**12
"""How large the numbers of a nation's records are taken to be where a text is written before they are known: yen of a year."""


@frozen
class Decidable:
    """One KPI with its rule, as a program over whole numbers.

    *stated* is last year's value as the plan states it, as a whole number of so many *decimals*, for the plan's own
    organisation and year only.
    """

    asked: Asked
    program: Program
    stated: int | None = None


@define
class VerdictQuery:
    """The query over *source*, a table of whole numbers *columns*: the numbers, and the verdicts on each of *kpis*.

    *keys* are the columns that tell its rows apart: organisation, fiscal year, and period where a year has several.
    *whole* are the columns that are known to be whole and not negative, since they were counted.
    *baselines* says, by KPI, for which organisations and year its stated baseline holds.
    """

    kpis: tuple[Asked, ...]
    columns: tuple[str, ...]
    keys: tuple[str, ...]
    source: str
    width: Width
    whole: frozenset[str] = frozenset()
    baselines: Mapping[str, tuple[tuple[str, ...], int]] = field(factory=dict)

    def stages(self) -> dict[str, str]:
        """The stages before the last one, by name."""
        numbers = [f"{self.number(name)} AS {identifier(name)}" for name in self.columns]
        selected = ",\n  ".join((*self.keys, *numbers))
        return {"numbers": f"SELECT\n  {selected}\nFROM {self.source}"}

    def last(self) -> str:
        """The last stage: numbers and verdicts."""
        added = [
            f"{self.part(one, part)} AS {identifier(_name(one, part))}" for one in self.decidable() for part in PARTS
        ]
        columns = (f"numbers.{identifier(name)}" for name in (*self.keys, *self.columns))
        selected = ",\n  ".join((*columns, *added))
        order = ", ".join(str(number) for number in range(1, len(self.keys) + 1))
        return f"SELECT\n  {selected}\nFROM numbers{''.join(self.joins())}\nORDER BY {order}"

    def number(self, name: str) -> str:
        """A column as a whole number of the engine's widest type; what is none makes the query fail."""
        column = identifier(name)
        wide = f"CAST({column} AS {self.width.type})"
        refused = [] if name in self.whole else [f"{column} <> {wide}", f"{column} < 0"]
        if self.width.largest is not None:
            bound = self.bound()
            if bound < _COUNTED or name not in self.whole:
                refused.append(f"ABS({column}) > {bound}")
        if not refused:
            return wide
        to = f" to {self.bound()}" if self.width.largest else ""
        failure = self.width.failure(column, literal(f"column {name}: expected a whole number from 0{to}, found "))
        return f"CASE WHEN {' OR '.join(refused)} THEN {failure} ELSE {wide} END"

    def bound(self) -> int:
        """How large a number may be so that nothing that is worked out from it is too large for the engine."""
        largest = self.width.largest
        if largest is None:
            return 0
        found = min((_bound(one.program, largest) for one in self.decidable()), default=largest)
        if found < 1:
            raise RecordsError(f"the constants of a rule are too large for {self.width.name}")
        return found

    def decidable(self) -> tuple[Decidable, ...]:
        """The KPIs as programs."""
        return tuple(self._decidable(one) for one in self.kpis)

    def _decidable(self, one: Asked) -> Decidable:
        stated = _stated(one) if one.key in self.baselines else None
        scales = {} if stated is None else {_BASELINE: stated[1]}
        known: dict[Input, bool] = {
            found: False
            for found in inputs_of(one)
            if (not found.name and (stated is None or not found.is_stated)) or found.period is Period.BRANCH_TARGET
        }
        program = lower(one.formula, scales=scales, presence=known)
        if not all(map(_is_positive, program.positive)):
            program = lower(one.formula, scales=scales, presence=known, signed=True)
        return Decidable(one, program, None if stated is None else stated[0])

    def part(self, one: Decidable, part: str) -> str:
        """One added column."""
        leaves = {each: self.leaf(one, each) for each in one.program.inputs}
        printed = Expressions(DUCKDB, leaves, self.width.type)
        if part == "outcome":
            return printed.outcome(one.program)
        ratio = {"value": one.program.value, "target": one.program.target, "margin": one.program.margin}[part]
        return printed.shown(ratio, one.program.per)

    def leaf(self, one: Decidable, found: Input) -> str:
        """Where an input stands."""
        if found.is_stated:
            organisations, year = self.baselines[one.asked.key]
            named = ", ".join(map(literal, organisations))
            here = f"numbers.organisation IN ({named}) AND numbers.fiscal_year = {year}"
            return f"CASE WHEN {here} THEN CAST({one.stated} AS {self.width.type}) END"
        where = elsewhere(found)
        column = f"{_alias(where)}.{identifier(found.name)}"
        since = one.asked.comparable_from
        if since is None or not where.back:
            return column
        return f"CASE WHEN numbers.fiscal_year >= {since.year + where.back} THEN {column} END"

    def joins(self) -> Iterator[str]:
        """The rows of other years and of the nation that rules look at, each once."""
        looked_at = (
            elsewhere(found) for one in self.decidable() for found in one.program.inputs if not found.is_stated
        )
        for where in dict.fromkeys(where for where in looked_at if where != HERE):
            alias = _alias(where)
            yield f"\nLEFT JOIN numbers AS {alias} ON {' AND '.join(_on(alias, where, self.keys))}"


_BASELINE: Final = Input("", is_stated=True)


def _name(one: Decidable, part: str) -> str:
    return f"{one.asked.key}_{part}" if one.asked.key else part


def _alias(where: Elsewhere) -> str:
    if where == HERE:
        return "numbers"
    if where.is_national:
        return "nation"
    if where.year is not None:
        return f"year_{where.year}"
    return "last_year" if where.back == 1 else f"year_less_{where.back}"


def _on(alias: str, where: Elsewhere, keys: tuple[str, ...]) -> Iterator[str]:
    """When a row is the one looked at."""
    organisation, year, *periods = keys
    yield f"{alias}.{organisation} = {literal(NATION) if where.is_national else f'numbers.{organisation}'}"
    if where.year is not None:
        yield f"{alias}.{year} = {where.year}"
    else:
        yield f"{alias}.{year} = numbers.{year}{f' - {where.back}' if where.back else ''}"
    yield from (f"{alias}.{period} = numbers.{period}" for period in periods)


def _is_positive(number: Integer) -> bool:
    """Whether a number that is made of numbers that are not negative is none either."""
    match number:
        case Input():
            return True
        case Whole(value):
            return value >= 0
        case Sum(left, right) | Product(left, right):
            return _is_positive(left) and _is_positive(right)
        case _:
            return False


def _stated(one: Asked) -> tuple[int, int] | None:
    """Last year's stated value as a whole number, and its decimals."""
    if one.baseline is None:
        return None
    formula = one.formula
    value = plain_value("baseline", one.baseline, formula.unit, formula.vocabulary)
    if not hasattr(value, "denominator"):
        return None
    number = value * formula.unit.per  # type: ignore[operator]  # a number, as asked just before
    decimals = finite_decimals(number.denominator)
    return None if decimals is None else (int(number * 10**decimals), decimals)


def _bound(program: Program, largest: int) -> int:
    """How far from zero inputs may be so that nothing is larger than *largest*, to a power of ten; 0 where something always is."""
    bound = 1
    while largest_number(program, dict.fromkeys(_inputs(program), 10 * bound)) <= largest and bound < largest:
        bound *= 10
    return bound if largest_number(program, dict.fromkeys(_inputs(program), bound)) <= largest else 0


def _inputs(program: Program) -> Iterable[Input]:
    return program.inputs or inputs_in(program.value.numerator)
