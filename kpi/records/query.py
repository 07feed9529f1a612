"""The query that counts and decides KPIs, written for people to read and engines to run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve, field, frozen

from kpi.columns.asked import Asked, Kpis, asked
from kpi.errors import RecordsError
from kpi.formulas.nodes import Definition, Summary, names
from kpi.formulas.printer import canonical
from kpi.formulas.replacing import renamed
from kpi.formulas.tables import Table
from kpi.plans.plan import Plan
from kpi.records.branches import unstated
from kpi.records.calendar_sql import CALENDAR
from kpi.records.columns import needed
from kpi.records.counting import Counting, counting, is_counted
from kpi.records.dialects import DialectName, dialect_name, translated
from kpi.records.names import Names, check_different, identifier, qualified
from kpi.records.numbers import WIDTHS, Width
from kpi.records.periods import Grain, grain, heads
from kpi.records.sql import CountingQuery
from kpi.records.together import padded, together
from kpi.records.verdict_sql import VerdictQuery, added


def records_sql(
    kpis: Kpis,
    dialect: str = "duckdb",
    *,
    by: str = "fiscal_year",
    tables: Iterable[Table] = (),
    verdicts: bool = False,
    counts: str = "counts",
) -> str:
    """The SQL text that counts *kpis* out of tables of records, or reads their variables out of a table of counts.

    Tables and columns are called as the catalogue calls them. Where business days are counted, a table `calendar` has to
    be there, with `day` and `business_days`, how many there were up to that day: see `kpi.periods.calendar`.
    A table of counts has one row for each organisation and fiscal year (a whole number), and a column for each variable.

    Verdicts are those of `kpi.evaluate_records`. A number that is negative, broken or too large to be exact makes the
    query fail, and so do two rows of counts of which another looks at one. Published values of a KPI itself and branch
    targets stand in no table: what rests on them is not evaluable.

    Args:
        kpis: as `kpi.evaluate_records` takes them; all of them counted from records, or none.
        dialect: `duckdb`, `sqlite`, `postgres`, `spark`, `bigquery` or `snowflake`.
        by: `fiscal_year`, `half_year`, `quarter` or `month`.
        tables: what the tables of records hold, where no catalogue says it.
        verdicts: whether outcome, value, target and margin of each KPI are added.
        counts: how the table of counts is called; it may lie in a schema: `mart.counts`.

    Raises:
        RecordsError: some KPIs are counted from records and others are not, two columns would have one name, or the
            dialect or *by* is unknown.
        MissingExtraError: sqlglot is not installed.
    """
    known = {table.name: table for table in tables}
    return _Request(asked(kpis), dialect_name(dialect), grain(by), counts, known, verdicts=verdicts).text()


def plan_sql(
    plan: Plan,
    kpis: Iterable[str] = (),
    dialect: str = "duckdb",
    *,
    by: str = "fiscal_year",
    verdicts: bool = False,
    counts: str = "counts",
) -> str:
    """The same for the rules of a *plan*, or those of some of its *kpis*, applied to every organisation and year.

    A baseline that the plan states is that of its own organisation and year; elsewhere last year is looked up.

    Raises:
        UnknownNameError: the plan has no such KPI.
        RecordsError: as `records_sql`.
        MissingExtraError: sqlglot is not installed.
    """
    keys = [plan[key].kpi.key for key in kpis] or [*plan.entries]
    own = {one.key: one for one in asked(plan)}
    ones = tuple(one for key in keys for one in _everywhere(own[key]))
    return _Request(ones, dialect_name(dialect), grain(by), counts, verdicts=verdicts).text()


def _everywhere(own: Asked) -> Iterator[Asked]:
    """An entry of a plan as it is, for the plan's own rows, and without what it states of last year for all others."""
    other = unstated(own)
    if other.question != own.question:
        yield own
    yield evolve(other, places=None)


@frozen
class _Request:
    """What is asked of which engine."""

    asked: tuple[Asked, ...]
    dialect: DialectName
    by: Grain
    counts: str
    tables: Mapping[str, Table] = field(factory=dict)
    verdicts: bool = field(default=False, kw_only=True)

    def text(self) -> str:
        """The whole text."""
        is_any_counted = any(map(is_counted, self.asked))
        if is_any_counted:
            found = counting(self.asked, self.tables)
            for table in found.tables.values():
                check_different(needed(table, found.of_table(table.name)), self.dialect)
            source = _counted(found, self.by)
        else:
            source = _given(self.asked, self.by, self.counts)
        wanted = added(source.asked).values() if self.verdicts else ()
        check_different((*source.keys, *source.columns, *wanted), self.dialect)
        text = source.verdicts(WIDTHS[self.dialect]) if self.verdicts else source.counts()
        comments = "".join(f"-- {line}\n" for line in (*_about(self.asked), *source.comments()))
        return f"{comments}{translated(text, self.dialect, pretty=True)}\n"


@frozen
class _Source:
    """Where numbers come from: *stages* end in rows of *columns*; *name* is the table or last stage, as SQL.

    *taken* are the names that stages and tables have.
    *counted* are the columns that count records; None: the numbers are given.
    *explained* says what a column holds.
    """

    asked: tuple[Asked, ...]
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    stages: Mapping[str, str]
    name: str
    taken: Names
    counted: frozenset[str] | None = None
    explained: Mapping[str, str] = field(factory=dict)

    def counts(self) -> str:
        """The numbers alone."""
        selected = ",\n  ".join((*self.keys, *map(identifier, self.columns)))
        return f"{_with(self.stages)}SELECT\n  {selected}\nFROM {self.name}\nORDER BY {_positions(self.keys)}"

    def verdicts(self, width: Width) -> str:
        """The numbers with the verdicts."""
        stage = self.taken.new("numbers")
        query = VerdictQuery(self.asked, self.columns, self.keys, self.name, stage, width, self.counted)
        return f"{_with({**self.stages, stage: query.numbers()})}{query.verdicts()}"

    def comments(self) -> Iterator[str]:
        """What each column holds."""
        for name, meaning in self.explained.items():
            yield from f"{name} = {meaning}".splitlines()


def _given(ones: tuple[Asked, ...], by: Grain, counts: str) -> _Source:
    """A table of counts."""
    variables = tuple(dict.fromkeys(name for one in ones for name in names(_definition(one))))
    return _Source(ones, heads(by), variables, {}, qualified(counts), Names.without([counts]))


def _counted(found: Counting, by: Grain) -> _Source:
    """Tables of records, counted.

    Raises:
        RecordsError: a table of records is called as that of business days.
    """
    found = _with_short_names(found, by)
    stages: dict[str, str] = {}
    taken = Names.without((*found.tables, CALENDAR))
    for table in found.tables.values():
        query = CountingQuery(table, found.of_table(table.name), by, identifier(table.name))
        if query.needs_calendar and table.name.casefold() == CALENDAR:
            raise RecordsError(f"table {table.name!r}: business days are in a table of this name; rename the records")
        stages[taken.new(f"{table.name}_records")] = query.record.text(query.source, query.calendar)
        records = [*stages][-1]
        stages[taken.new(f"{table.name}_counts")] = padded(query, found, records)
    counted = [*stages][1::2]
    if len(counted) > 1:
        stages[taken.new("every_count")] = "\nUNION ALL\n".join(f"SELECT * FROM {identifier(name)}" for name in counted)
        stages[taken.new("counts")] = together(found, by, identifier([*stages][-1]), ordered=False)
    whole = frozenset(name for name, one in found.columns.items() if one.summary is Summary.COUNT)
    explained = {name: one.name for name, one in found.columns.items()}
    last = identifier([*stages][-1])
    return _Source(found.asked, heads(by), tuple(found.columns), stages, last, taken, whole, explained)


def _with_short_names(found: Counting, by: Grain) -> Counting:
    """Aggregates under names that every engine takes: `count_1`; variables keep theirs."""
    taken = Names.without(heads(by))
    short = {
        name: taken.new(name if name != one.name else f"{one.summary}_{number}")
        for number, (name, one) in enumerate(found.columns.items(), 1)
    }
    ones = tuple(
        evolve(
            one,
            formula=evolve(
                one.formula,
                expression=renamed(one.formula.expression, short),
                rule=one.formula.rule and renamed(one.formula.rule, short),
            ),
        )
        for one in found.asked
    )
    return evolve(found, asked=ones, columns={short[name]: one for name, one in found.columns.items()})


def _about(ones: tuple[Asked, ...]) -> Iterator[str]:
    """What is decided: each formula with its rule, and where that comes from, in lines."""
    first = {one.key: one for one in reversed(ones)}
    for one in reversed(first.values()):
        formula = one.formula
        named = " ".join(filter(None, (one.key, formula.title.ja)))
        yield from (f"{named}: {canonical(_definition(one))}" if named else canonical(_definition(one))).splitlines()
        yield from (f"  {line}" for line in formula.title.source.splitlines())


def _definition(one: Asked) -> Definition:
    return Definition(one.formula.expression, one.formula.rule)


def _positions(keys: tuple[str, ...]) -> str:
    return ", ".join(str(number) for number in range(1, len(keys) + 1))


def _with(stages: Mapping[str, str]) -> str:
    staged = ",\n".join(f"{identifier(name)} AS (\n{text}\n)" for name, text in stages.items())
    return f"WITH {staged}\n" if staged else ""
