"""The keys of rows in SQL: organisations as they are, fiscal years as whole numbers."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from kpi.columns.asked import Place
from kpi.columns.request import Keys
from kpi.columns.sql.dialects import Dialect
from kpi.columns.sql.years import year


@frozen
class Table:
    """A table: the *name* by which the text calls it, and the types of its columns."""

    name: str
    types: Mapping[str, str]


def keyed(table: Table, keys: Keys, others: Table | None, dialect: Dialect) -> dict[str, str]:
    """The key columns that *table* has, by role, as SQL; as texts where *others* has another type.

    Raises:
        ColumnsError: the column of fiscal years is of a type that holds none.
    """
    found = {}
    for role, name in (("organisation", keys.organisation), ("fiscal_year", keys.fiscal_year), ("period", keys.period)):
        if name is None or name not in table.types:
            continue
        column, kind = dialect.identifier(name), table.types[name]
        if role == "fiscal_year":
            column = year(column, name, kind, dialect)
        elif others is not None and others.types.get(name, kind) != kind:
            column = f"CAST({column} AS STRING)"
        found[role] = column
    return found


def is_at(places: tuple[Place, ...] | None, organisation: str, fiscal_year: str, dialect: Dialect) -> str:
    """Whether a row is one that a plan speaks of; empty: every row is."""
    if places is None:
        return ""
    return " OR ".join(
        f"({fiscal_year} = {place.fiscal_year.year} AND CAST({organisation} AS STRING)"
        f" IN ({', '.join(map(dialect.string, place.names))}))"
        for place in places
    )
