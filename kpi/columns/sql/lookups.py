"""Rows of other years and of the nation beside the rows that look at them, joined once for all KPIs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from attrs import frozen

from kpi.columns.questions import Elsewhere
from kpi.columns.sql.dialects import DUCKDB, Dialect
from kpi.columns.sql.stage import selected
from kpi.observations.observation import NATION

_FAILS: Final = "scalar_subquery_error_on_multiple_rows"
"""DuckDB's setting by which a subquery of several rows fails where one is expected."""


@frozen
class Lookup:
    """Which row is looked at, in which table, and which of its *columns*; all given as SQL.

    *pairs* are the keys: there, and seen from here. *name* is that of the looked-up row beside the own one.
    """

    where: Elsewhere
    table: str
    columns: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    conditions: tuple[str, ...]
    name: str

    def cell(self, column: str) -> str:
        """The name of a looked-up column beside the row that looks at it."""
        return f"{self.name}_{self.columns.index(column)}"

    def rows_there(self) -> str:
        """A SELECT of the rows that may be looked at, their keys as seen from here."""
        keys = [f"{there} AS k{index}" for index, (there, _) in enumerate(self.pairs)]
        columns = [f"{column} AS v{index}" for index, column in enumerate(self.columns)]
        return f"SELECT {', '.join((*keys, *columns))} FROM {self.table} WHERE {' AND '.join(self.conditions)}"  # noqa: S608  # names are quoted, texts escaped

    def rows(self) -> str:
        """The name of the number of rows there; DuckDB fails by itself where it is not one."""
        return f"{self.name}_rows"


def lookup(
    where: Elsewhere, table: str, columns: Sequence[str], keys: Sequence[tuple[str, str, str]], name: str
) -> Lookup:
    """The look-up of *columns*; *keys* are role (`organisation`, `fiscal_year`, `period`), column there, column here."""
    pairs: list[tuple[str, str]] = []
    conditions: list[str] = []
    for role, there, here in keys:
        if role == "organisation" and where.is_national:
            conditions.append(f"CAST({there} AS STRING) = '{NATION}'")
        elif role == "fiscal_year" and where.year is not None:
            conditions.append(f"{there} = {where.year}")
        else:
            conditions.append(f"{there} IS NOT NULL")
            pairs.append((f"{there} + {where.back}" if role == "fiscal_year" and where.back else there, here))
    return Lookup(where, table, tuple(dict.fromkeys(columns)), tuple(pairs), tuple(conditions), name)


def looked_up(lookups: Sequence[Lookup], source: str, row: str, dialect: Dialect) -> str:
    """A SELECT that adds the looked-up columns of each of *lookups*; rows stay in the order of the column *row*."""
    return _as_subqueries(lookups, source, row) if dialect is DUCKDB else _as_joins(lookups, source)


def fails_for_several(dialect: Dialect) -> str:
    """A condition that always holds, and fails where DuckDB was told to pick any of several rows."""
    told = dialect.failure(dialect.string(f"one of several rows would be picked: SET {_FAILS} = true"))
    return f"CASE WHEN current_setting('{_FAILS}') THEN TRUE ELSE {told} END"


def _as_subqueries(lookups: Sequence[Lookup], source: str, row: str) -> str:
    """DuckDB joins rows to a subquery of one row nearly as fast as by hand, and fails where it has several.

    Conditions must compare columns, not expressions, for the engine to see that it is a join.
    """
    found, flat = [], []
    for one in lookups:
        values = ", ".join(f"v{index} := there.v{index}" for index in range(len(one.columns)))
        equal = " AND ".join(f"there.k{index} = here.{here}" for index, (_, here) in enumerate(one.pairs)) or "TRUE"
        found.append(f"(SELECT struct_pack({values}) FROM ({one.rows_there()}) AS there WHERE {equal}) AS {one.name}")  # noqa: S608  # names are quoted, texts escaped
        flat += [f"{one.name}.v{index} AS {one.cell(column)}" for index, column in enumerate(one.columns)]
    inner = selected(["here.*", *found], f"{source} AS here")
    return f"{selected(['*', *flat], f'({inner})')}\n  ORDER BY {row}"


def _as_joins(lookups: Sequence[Lookup], source: str) -> str:
    """One row for each key, so that rows are never multiplied; how many there were is counted, and looked at later."""
    joined, flat = [f"{source} AS here"], []
    for one in lookups:
        keys = [f"k{index}" for index in range(len(one.pairs))]
        values = [f"max(v{index}) AS v{index}" for index in range(len(one.columns))]
        inner = f"SELECT {', '.join((*keys, 'count(*) AS rows', *values))} FROM ({one.rows_there()}) AS there"  # noqa: S608  # names are quoted, texts escaped
        grouped = f" GROUP BY {', '.join(keys)}" if keys else ""
        equal = " AND ".join(f"{one.name}.k{index} = here.{here}" for index, (_, here) in enumerate(one.pairs))
        joined.append(f"LEFT JOIN ({inner}{grouped}) AS {one.name} ON {equal or 'TRUE'}")
        flat.append(f"{one.name}.rows AS {one.rows()}")
        flat += [f"{one.name}.v{index} AS {one.cell(column)}" for index, column in enumerate(one.columns)]
    return selected(["here.*", *flat], "\n  ".join(joined))
