"""The query that counts and decides KPIs, written for people to read and engines to run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve, field, frozen

from kpi.columns.asked import Asked, Kpis, asked
from kpi.formulas.nodes import Definition, Summary, names
from kpi.formulas.printer import canonical
from kpi.formulas.replacing import renamed
from kpi.records.counting import Counting, counting, is_counted
from kpi.records.dialects import dialect_name, translated
from kpi.records.names import Names, identifier
from kpi.records.numbers import WIDTHS, Width
from kpi.records.periods import Grain, grain, period_column
from kpi.records.sql import CountingQuery
from kpi.records.together import padded, together
from kpi.records.verdict_sql import VerdictQuery


def records_sql(
    kpis: Kpis, dialect: str = "duckdb", *, by: str = "fiscal_year", verdicts: bool = False, counts: str = "counts"
) -> str:
    """The SQL text that counts *kpis* out of tables of records, or reads their variables out of a table of counts.

    Tables and columns are called as the catalogue calls them. Where business days are counted, a table `calendar` has to
    be there, with `day` and `business_days`, how many there were up to that day: see `kpi.periods.calendar`.
    A table of counts has one row for each organisation and fiscal year, and a column for each variable.

    Args:
        kpis: as `kpi.evaluate_records` takes them; all of them counted from records, or none.
        dialect: `duckdb`, `sqlite`, `postgres`, `spark`, `bigquery` or `snowflake`.
        by: `fiscal_year`, `half_year`, `quarter` or `month`.
        verdicts: whether outcome, value, target and margin of each KPI are added.
        counts: how the table of counts is called.

    Raises:
        RecordsError: some KPIs are counted from records and others are not, or the dialect or *by* is unknown.
        MissingExtraError: sqlglot is not installed.
    """
    name, grouped = dialect_name(dialect), grain(by)
    ones = asked(kpis)
    source = _counted(ones, grouped) if any(map(is_counted, ones)) else _given(ones, grouped, counts)
    text = source.verdicts(WIDTHS[name]) if verdicts else source.counts()
    comments = "".join(f"-- {line}\n" for line in (*_about(ones), *source.comments()))
    return f"{comments}{translated(text, name, pretty=True)}\n"


@frozen
class _Source:
    """Where numbers come from: *stages* end in rows of *columns*, whose table or last stage is called *name*.

    *whole* are the columns that are known to hold whole numbers, none of them negative.
    *explained* says what a column holds.
    """

    asked: tuple[Asked, ...]
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    stages: Mapping[str, str]
    name: str
    whole: frozenset[str] = frozenset()
    explained: Mapping[str, str] = field(factory=dict)

    def counts(self) -> str:
        """The numbers alone."""
        selected = ",\n  ".join((*self.keys, *map(identifier, self.columns)))
        return f"{_with(self.stages)}SELECT\n  {selected}\nFROM {self.name}\nORDER BY {_positions(self.keys)}"

    def verdicts(self, width: Width) -> str:
        """The numbers with the verdicts."""
        query = VerdictQuery(
            self.asked, self.columns, self.keys, self.name, width, self.whole, _baselines(self.asked)
        )  # fmt: skip
        return f"{_with({**self.stages, **query.stages()})}{query.last()}"

    def comments(self) -> Iterator[str]:
        """What each column holds."""
        yield from (f"{name} = {meaning}" for name, meaning in self.explained.items())


def _given(ones: tuple[Asked, ...], by: Grain, counts: str) -> _Source:
    """A table of counts."""
    variables = tuple(dict.fromkeys(name for one in ones for name in names(_definition(one))))
    return _Source(ones, _keys(by), variables, {}, identifier(counts))


def _counted(ones: tuple[Asked, ...], by: Grain) -> _Source:
    """Tables of records, counted."""
    found = _with_short_names(counting(ones))
    stages: dict[str, str] = {}
    taken = Names({*found.tables, "calendar"})
    for table in found.tables.values():
        query = CountingQuery(table, found.of_table(table.name), by, identifier(table.name))
        stages[taken.new(f"{table.name}_records")] = query.record.text(query.source, query.calendar)
        records = [*stages][-1]
        stages[taken.new(f"{table.name}_counts")] = padded(query, found, records)
    counted = [*stages][1::2]
    if len(counted) > 1:
        stages[taken.new("every_count")] = "\nUNION ALL\n".join(f"SELECT * FROM {identifier(name)}" for name in counted)
        stages[taken.new("counts")] = together(found, by, [*stages][-1], ordered=False)
    whole = frozenset(name for name, one in found.columns.items() if one.summary is Summary.COUNT)
    explained = {name: one.name for name, one in found.columns.items()}
    return _Source(found.asked, _keys(by), tuple(found.columns), stages, [*stages][-1], whole, explained)


def _with_short_names(found: Counting) -> Counting:
    """Aggregates under names that every engine takes: `count_1`; variables keep theirs."""
    taken = Names(set())
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
    """What is decided: each formula with its rule, and where that comes from."""
    for one in ones:
        formula = one.formula
        names = " ".join(filter(None, (one.key, formula.title.ja)))
        yield f"{names}: {canonical(_definition(one))}" if names else canonical(_definition(one))
        if formula.title.source:
            yield f"  {formula.title.source}"


def _baselines(ones: tuple[Asked, ...]) -> dict[str, tuple[tuple[str, ...], int]]:
    """For which organisation and year a plan's stated baselines hold; those of other rows are not known."""
    return {
        one.key: (one.places[0].names, one.places[0].fiscal_year.year)
        for one in ones
        if one.baseline is not None and one.places
    }


def _definition(one: Asked) -> Definition:
    return Definition(one.formula.expression, one.formula.rule)


def _keys(by: Grain) -> tuple[str, ...]:
    period = period_column(by)
    return ("organisation", "fiscal_year", *((period,) if period else ()))


def _positions(keys: tuple[str, ...]) -> str:
    return ", ".join(str(number) for number in range(1, len(keys) + 1))


def _with(stages: Mapping[str, str]) -> str:
    staged = ",\n".join(f"{identifier(name)} AS (\n{text}\n)" for name, text in stages.items())
    return f"WITH {staged}\n" if staged else ""
