"""Tidy tables in SQL, one value a row, made into one row for each organisation and fiscal year."""

from __future__ import annotations

from kpi.columns.request import Request, Tidy
from kpi.columns.sql.dialects import DUCKDB, Dialect
from kpi.columns.sql.keys import Table
from kpi.columns.sql.stage import selected
from kpi.columns.tidy import check_columns, several


def pivoted(table: Table, request: Request, tidy: Tidy, name: str, dialect: Dialect) -> tuple[Table, str]:
    """The pivoted table, to be called *name*, and its SELECT; rows stand in the order in which they first appear.

    Raises:
        ColumnsError: columns are missing.
    """
    check_columns(request, tidy, [*table.types])
    keys = [dialect.identifier(key) for key in request.keys]
    quantity, value = dialect.identifier(tidy.quantity), dialect.identifier(tidy.value)
    cells = []
    for column, known in request.quantities().items():
        is_here = f"CASE WHEN {quantity} IN ({', '.join(map(dialect.string, known))}) THEN"
        failure = dialect.failure(dialect.string(several([column], request.keys)))
        the_only = f"CASE WHEN count({is_here} 1 END) > 1 THEN {failure} ELSE max({is_here} {value} END) END"
        cells.append(f"{the_only} AS {dialect.identifier(column)}")
    types = {key: table.types[key] for key in request.keys} | dict.fromkeys(
        request.quantities(), table.types[tidy.value]
    )
    source, order = table.name, ""
    if dialect is DUCKDB:
        source, order = f"(SELECT *, ROW_NUMBER() OVER () AS {name}_row FROM {source})", f"\n  ORDER BY min({name}_row)"  # noqa: S608  # names are quoted, texts escaped
    return Table(name, types), f"{selected([*keys, *cells], source)}\n  GROUP BY {', '.join(keys)}{order}"
