"""Lists of records: walked through one by one, and decided by the evaluator itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from kpi.columns.exact import exact_result
from kpi.columns.fitting import inputs_of
from kpi.columns.questions import HERE, Cell, Question, questions
from kpi.columns.request import Request, request
from kpi.errors import RecordsError, ValueReadingError
from kpi.evaluation.decision import Verdict
from kpi.formulas.aggregate_evaluator import Record, aggregate_of, plain
from kpi.formulas.nodes import Aggregate
from kpi.formulas.tables import Table
from kpi.observations.observation import NATION
from kpi.periods.calendar import Calendar
from kpi.periods.dates import read_date
from kpi.quantities import Value
from kpi.records.columns import missing_columns, needed
from kpi.records.counting import Counting
from kpi.records.periods import Grain, fiscal_year_of, period_column, period_of

if TYPE_CHECKING:
    from kpi.records.evaluating import Verdicts

Key = tuple[Any, ...]
"""Organisation, fiscal year, and the number of the period where a year has several."""
Row = dict[str, Any]


def evaluate(
    counting: Counting,
    records: Mapping[str, Iterable[Record]],
    by: Grain,
    calendar: Calendar | None,
    verdicts: Verdicts,
) -> list[Row]:
    """What was counted with the verdicts beside it: outcomes as text, the numbers exact, each a `kpi.Quantity` or None."""
    rows = count(counting, records, by, calendar)
    asked = request(
        counting.asked,
        period=period_column(by),
        baseline=verdicts.baseline,
        branch_target=verdicts.branch_target,
        names=verdicts.names,
        only=verdicts.only,
    )
    present = [*_heads(by), *counting.columns]
    found = questions(asked, {one: inputs_of(one) for one in asked.kpis}, present)
    by_key = {tuple(row[head] for head in _heads(by)): row for row in rows}
    return [{**row, **dict(_decided(row, key, by_key, found, asked))} for key, row in by_key.items()]


def count(
    counting: Counting, records: Mapping[str, Iterable[Record]], by: Grain, calendar: Calendar | None = None
) -> list[Row]:
    """What was counted, a row for each organisation and period, in their order.

    A number is an `int`, or None where something that it needs is missing.

    Raises:
        RecordsError: no record has a column, or one holds a value of another type than declared.
    """
    groups = {
        name: _grouped(table, [*records[name]], counting.of_table(name), by) for name, table in counting.tables.items()
    }
    keys = dict.fromkeys(key for found in groups.values() for key in found)
    rows = []
    for key in sorted(keys, key=_order):
        row: Row = dict(zip(_heads(by), key, strict=True))
        for name, one in counting.columns.items():
            row[name] = _number(one, groups[one.table].get(key, []), calendar)
        rows.append(row)
    return rows


def _heads(by: Grain) -> tuple[str, ...]:
    period = period_column(by)
    return ("organisation", "fiscal_year", *((period,) if period else ()))


def _grouped(
    table: Table, records: Sequence[Record], columns: Mapping[str, Aggregate], by: Grain
) -> dict[Key, list[Record]]:
    """The records of each organisation and period.

    Raises:
        RecordsError: a column is in none of the records, or a key is of another type than declared.
    """
    if records:
        missing_columns(table, needed(table, columns), {column for record in records for column in record})
    groups: dict[Key, list[Record]] = {}
    for number, record in enumerate(records, 1):
        try:
            key = _key(table, record, by)
        except ValueReadingError as error:
            raise RecordsError(f"table {table.name!r}, record {number}: {error}") from None
        groups.setdefault(key, []).append(record)
    return groups


def _key(table: Table, record: Record, by: Grain) -> Key:
    organisation, day = (plain(record.get(name)) for name in (table.organisation, table.date))
    if day is None:
        return (organisation, None) if by == "fiscal_year" else (organisation, None, None)
    day = read_date(day)
    year = fiscal_year_of(day.year, day.month)
    return (organisation, year) if by == "fiscal_year" else (organisation, year, period_of(by, day.month))


def _number(aggregate: Aggregate, records: Sequence[Record], calendar: Calendar | None) -> int | None:
    try:
        found = aggregate_of(aggregate, records, calendar)
    except ValueReadingError as error:
        raise RecordsError(f"{aggregate.name}: {error}") from None
    if not isinstance(found, Fraction):
        return None
    if found.denominator != 1:
        raise RecordsError(f"{aggregate.name}: found {found}; records hold whole numbers")
    return int(found)


def _order(key: Key) -> tuple[Any, ...]:
    """Organisations by name, then periods; what lacks one comes last, as in SQL."""
    return tuple((part is None, part) if part is not None else (True, "") for part in key)


def _decided(
    row: Row, key: Key, rows: Mapping[Key, Row], asked: Iterable[Question], request: Request
) -> Iterator[tuple[str, Any]]:
    """What is added to one row."""
    names = request.added()
    for question in asked:
        is_here = question.asked.places is None or any(
            key[0] in place.names and key[1] == place.fiscal_year.year for place in question.asked.places
        )
        if not is_here:
            for part in request.names:
                nothing = str(Verdict.NO_TARGET) if part == "outcome" else None
                yield names[question.asked.key, part], nothing
            continue
        values = {one: _looked_up(question, cell, key, row, rows) for one, cell in question.cells.items()}
        result = exact_result(question.asked.formula, {**question.constants, **values}, key[1])
        parts = {
            "outcome": str(result.outcome), "value": result.value, "target": result.target, "margin": result.margin
        }  # fmt: skip
        for part in request.names:
            yield names[question.asked.key, part], parts[part]


def _looked_up(question: Question, cell: Cell, key: Key, row: Row, rows: Mapping[Key, Row]) -> Value:
    """The number in a cell, of this row or of the one that it looks at."""
    if cell.where == HERE:
        return row[cell.column]  # type: ignore[no-any-return]  # a whole number or nothing
    if key[1] is None:
        return None
    organisation = NATION if cell.where.is_national else key[0]
    year = cell.where.year if cell.where.year is not None else key[1] - cell.where.back
    first = question.first_comparable(cell)
    if organisation is None or (first is not None and key[1] < first):
        return None
    there = rows.get((organisation, year, *key[2:]))
    return None if there is None else there[cell.column]
