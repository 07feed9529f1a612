"""The inputs of all questions as columns of whole numbers, and the ranges in which they lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from kpi.columns.door import narwhals
from kpi.columns.keys import ORGANISATION, YEAR
from kpi.columns.questions import Cell
from kpi.columns.reading import read_columns

if TYPE_CHECKING:
    from kpi.columns.door import Expr, Table
    from kpi.columns.translation import Truth


@frozen
class Numbers:
    """A *table* with a column of whole numbers for each cell, without nulls, and where they are present and unfit.

    *least* and *most* are the ends of each column.
    """

    table: Table
    whole: Mapping[Cell, Expr]
    present: Mapping[Cell, Truth]
    unfit: Mapping[Cell, Truth]
    decimals: Mapping[Cell, int]
    least: Mapping[Cell, int]
    most: Mapping[Cell, int]


def numbers_in(frame: Table, names: Mapping[Cell, str]) -> Numbers:
    """Reads the columns of *frame* that hold the cells; *names* says under which name each stands there.

    Raises:
        ColumnsError: naming every column that holds no exact numbers.
    """
    readings = read_columns(frame, {name: cell.column for cell, name in names.items()})
    keys = [key for key in (ORGANISATION, YEAR) if key in frame.columns]
    expressions: dict[str, Expr] = {}
    columns: dict[str, dict[Cell, Any]] = {"whole": {}, "present": {}, "unfit": {}}
    for cell, name in names.items():
        reading = readings[name]
        for part, expression in (("whole", reading.whole), ("present", reading.present), ("unfit", reading.unfit)):
            if isinstance(expression, bool):
                columns[part][cell] = expression
                continue
            expressions[f"{name} {part}"] = expression
            columns[part][cell] = narwhals().col(f"{name} {part}")
    table = frame.select(*keys, **expressions)
    decimals = {cell: readings[name].decimals for cell, name in names.items()}
    ends = _ends(table, [f"{name} whole" for name in names.values()])
    least, most = ({cell: end[f"{name} whole"] for cell, name in names.items()} for end in ends)
    return Numbers(table, columns["whole"], columns["present"], columns["unfit"], decimals, least, most)


def _ends(table: Table, columns: Sequence[str]) -> tuple[dict[str, int], dict[str, int]]:
    """The smallest and the largest number of each column; 0 where there are no rows."""
    if not columns or not len(table):
        return dict.fromkeys(columns, 0), dict.fromkeys(columns, 0)
    col = narwhals().col
    least, most = table.select(col(*columns).min()), table.select(col(*columns).max())
    return {name: int(least[name].item()) for name in columns}, {name: int(most[name].item()) for name in columns}
