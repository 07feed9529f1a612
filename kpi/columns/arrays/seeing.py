"""What the rows of a frame see, in their own columns and in those of other rows, and what is decided from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from kpi.columns.arrays.cells import Seen
from kpi.columns.arrays.deciding import Decisions
from kpi.columns.arrays.lookups import Keyed, Lookups
from kpi.columns.arrays.reading import read
from kpi.columns.questions import HERE, Cell, Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kpi.columns.door import Array, Table
    from kpi.columns.request import Request


def added(request: Request, asked: Sequence[Question], frame: Table, prior: Table | None = None) -> dict[str, Array]:
    """The added columns by name: places of verdicts, and floats, NaN where there is none.

    Raises:
        ColumnsError: naming every column that holds no exact numbers, or rows that others look at as one.
    """
    needs_keys = any(question.needs_keys for question in asked)
    rows = Keyed.of(frame, request.keys) if needs_keys else Keyed(request.keys, None, None, None, len(frame))
    others = Keyed.of(prior, request.keys) if needs_keys and prior is not None else rows
    lookups = {False: Lookups(rows, rows), True: Lookups(rows, others)}
    decisions = Decisions(request, _seen(asked, frame, prior, lookups), rows.fiscal_year, len(frame))
    for question in asked:
        decisions.decide(question, rows.at(question.asked.places))
    return {name: decisions.added[one] for one, name in request.added().items()}


def _seen(
    asked: Iterable[Question], frame: Table, prior: Table | None, lookups: dict[bool, Lookups]
) -> dict[Cell, Seen]:
    cells = dict.fromkeys(cell for question in asked for cell in question.cells.values())
    columns = {cell: evolve(cell, where=HERE) for cell in cells}
    tables = {column: prior if column.in_prior and prior is not None else frame for column in columns.values()}
    readings = read({column: table[column.column] for column, table in tables.items()})
    looked_at = dict.fromkeys((cell.in_prior, cell.where) for cell in cells if cell.where != HERE)
    places = {one: lookups[one[0]].places(one[1]) for one in looked_at}
    return {cell: Seen(readings[column], places.get((cell.in_prior, cell.where))) for cell, column in columns.items()}
