"""What was counted from several tables, side by side.

Each table gives rows of its own, in which the numbers of the others are null and a mark says whose row it is.
Where a table has no records of an organisation and period that another knows, its counts and sums are 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kpi.formulas.nodes import Summary
from kpi.records.counting import Counting
from kpi.records.names import identifier
from kpi.records.periods import Grain, heads
from kpi.records.sql import CountingQuery

_NOTHING: Final = "CAST(NULL AS BIGINT)"
"""Without a type, some engines would take it for a text."""


def mark(table: str) -> str:
    """The column that is 1 in rows of *table*, as SQL."""
    return identifier(f"kpi records of {table}")


def padded(query: CountingQuery, counting: Counting, records: str = "") -> str:
    """A query over one table with a column for each number of every table, so that the rows of several can stand in one.

    *records* is the name of its first stage, where that stands elsewhere.
    """
    text = query.groups(records) if records else query.text()
    if len(counting.tables) == 1:
        return text
    own = [
        identifier(name) if name in query.columns else f"{_NOTHING} AS {identifier(name)}" for name in counting.columns
    ]
    marks = [f"{1 if name == query.table.name else _NOTHING} AS {mark(name)}" for name in counting.tables]
    selected = ", ".join((*query.record.keys, *own, *marks))
    return f"SELECT {selected} FROM (\n{text}\n) AS counted"


def together(counting: Counting, by: Grain, source: str, *, ordered: bool = True) -> str:
    """The query over the rows of all tables: one row for each organisation and period, in their order if *ordered*."""
    keys = heads(by)
    grouped = ", ".join(str(number) for number in range(1, len(keys) + 1))
    positions = ", ".join(f"{number} NULLS LAST" for number in range(1, len(keys) + 1))
    order = f"\nORDER BY {positions}" if ordered else ""
    if len(counting.tables) == 1:
        names = ", ".join((*keys, *map(identifier, counting.columns)))
        return f"SELECT {names} FROM {source}{order}"
    selected = ",\n  ".join((*keys, *_columns(counting)))
    return f"SELECT\n  {selected}\nFROM {source}\nGROUP BY {grouped}{order}"


def _columns(counting: Counting) -> Iterator[str]:
    for name, one in counting.columns.items():
        found = f"MAX({identifier(name)})"
        if one.summary in (Summary.COUNT, Summary.SUM):
            found = f"CASE WHEN COUNT({mark(one.table)}) = 0 THEN 0 ELSE {found} END"
        yield f"{found} AS {identifier(name)}"
