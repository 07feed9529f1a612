"""Lists of records: walked through one by one, and decided by the evaluator itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from numbers import Rational
from typing import Any, Final

from kpi.columns.exact import exact_result
from kpi.columns.questions import HERE, Cell, Question, questions
from kpi.columns.request import Request
from kpi.errors import RecordsError, ValueReadingError
from kpi.evaluation.decision import Verdict
from kpi.evaluation.result import Result
from kpi.formulas.aggregate_evaluator import Record, aggregate_of, plain
from kpi.formulas.nodes import Aggregate
from kpi.formulas.tables import ColumnType, Table
from kpi.observations.observation import NATION
from kpi.periods.calendar import Calendar
from kpi.periods.dates import read_date
from kpi.quantities import Value
from kpi.records.columns import EXPECTED, missing_columns, needed
from kpi.records.counting import Counting
from kpi.records.periods import Grain, fiscal_year_of, heads, period_of

Key = tuple[Any, ...]
"""Organisation, fiscal year, and the number of the period where a year has several."""
Row = dict[str, Any]

_FITS: Final[Mapping[ColumnType, Callable[[Any], bool]]] = {
    "text": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, Rational) and value.denominator == 1 and not isinstance(value, bool),
    "date": lambda value: isinstance(value, date),
    "boolean": lambda value: isinstance(value, bool) or (isinstance(value, int) and value in (0, 1)),
}
"""Whether a value is of the type that a table declares."""


def decide(rows: Sequence[Row], request: Request) -> list[Row]:
    """What was counted with the verdicts beside it: outcomes as text, the numbers exact, each a `kpi.Quantity` or None."""
    names = request.added()
    added: list[Row] = [{} for _ in rows]
    for row, key, result in results(rows, request):
        parts: dict[str, Any] = {"outcome": str(Verdict.NO_TARGET), "value": None, "target": None, "margin": None}
        if result is not None:
            parts = {part: getattr(result, part) for part in parts} | {"outcome": str(result.outcome)}
        added[row] |= {names[key, part]: parts[part] for part in request.names}
    return [{**row, **more} for row, more in zip(rows, added, strict=True)]


def results(rows: Sequence[Row], request: Request) -> Iterator[tuple[int, str, Result | None]]:
    """The index of each row, each KPI and its result for that row; none where no plan speaks of the row."""
    keys = [*request.keys]
    if not rows:
        return
    found = questions(request, [*rows[0]])
    by_key = {tuple(row[name] for name in keys): row for row in rows}
    for index, row in enumerate(rows):
        key = tuple(row[name] for name in keys)
        for kpi in request.kpi_keys:
            here = (one for one in found if one.asked.key == kpi and _speaks_of(one, key))
            question = next(here, None)
            yield index, kpi, None if question is None else _result(question, key, row, by_key)


def count(
    counting: Counting, records: Mapping[str, Iterable[Record]], by: Grain, calendar: Calendar | None = None
) -> list[Row]:
    """What was counted, a row for each organisation and period, in their order.

    A number is an `int`, or None where something that it needs is missing.

    Raises:
        RecordsError: there are no records but something else, none of them has a column, or one holds a value of another
            type than declared.
    """
    groups = {
        name: _grouped(table, _listed(table, records[name]), counting.of_table(name), by)
        for name, table in counting.tables.items()
    }
    keys = dict.fromkeys(key for found in groups.values() for key in found)
    rows = []
    for key in sorted(keys, key=order):
        row: Row = dict(zip(heads(by), key, strict=True))
        for name, one in counting.columns.items():
            row[name] = _number(one, groups[one.table].get(key, []), calendar)
        rows.append(row)
    return rows


def _listed(table: Table, records: Iterable[Record]) -> list[Record]:
    """The records, each of which maps columns to values.

    Raises:
        RecordsError: they are something else.
    """
    is_list = isinstance(records, Iterable) and not isinstance(records, Mapping | str | bytes)
    found = [*records] if is_list else []
    others = [one for one in found if not isinstance(one, Mapping)] if is_list else [records]
    if others:
        told = f"{'a list of ' if is_list else ''}{type(others[0]).__name__}"
        raise RecordsError(f"table {table.name!r}: expected a list of mappings, a frame or a path; found {told}")
    return found


def _grouped(
    table: Table, records: Sequence[Record], columns: Mapping[str, Aggregate], by: Grain
) -> dict[Key, list[Record]]:
    """The records of each organisation and period.

    Raises:
        RecordsError: a column is in none of the records, or holds a value of another type than declared.
    """
    names = needed(table, columns)
    if records:
        missing_columns(table, names, {column for record in records for column in record})
    groups: dict[Key, list[Record]] = {}
    for number, record in enumerate(records, 1):
        try:
            for name in names:
                _check(name, record.get(name), table.columns[name].type)
            key = _key(table, record, by)
        except ValueReadingError as error:
            raise RecordsError(f"table {table.name!r}, record {number}: {error}") from None
        groups.setdefault(key, []).append(record)
    return groups


def _check(name: str, value: Any, declared: ColumnType) -> None:  # noqa: ANN401  # whatever a record holds
    """A value is missing, or as the table declares it; a date may be a text, a whole number a float.

    Raises:
        ValueReadingError: it is not.
    """
    found = plain(value)
    if found is None:
        return
    if declared == "date" and isinstance(found, str):
        found = read_date(found)
    has_zone = getattr(value, "tzinfo", None) is not None
    if has_zone or not _FITS[declared](found):
        what = f"{value} in a time zone" if has_zone else repr(value)
        raise ValueReadingError(f"column {name!r} holds {what}, expected {EXPECTED[declared]}")


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
    return int(found) if isinstance(found, Fraction) else None  # a whole number, as all records hold


def order(key: Key) -> tuple[Any, ...]:
    """Where a row stands: organisations by name, then periods; what lacks one comes last, as in SQL."""
    return tuple((part is None, part) if part is not None else (True, "") for part in key)


def _speaks_of(question: Question, key: Key) -> bool:
    places = question.asked.places
    return places is None or any(key[0] in place.names and key[1] == place.fiscal_year.year for place in places)


def _result(question: Question, key: Key, row: Row, rows: Mapping[Key, Row]) -> Result:
    values = {one: _looked_up(question, cell, key, row, rows) for one, cell in question.cells.items()}
    return exact_result(question.asked.formula, {**question.constants, **values}, key[1])


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
