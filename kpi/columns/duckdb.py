"""The door to DuckDB: relations in, relations out, on the connection that they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpi.columns.sql.dialects import DUCKDB
from kpi.columns.sql.keys import Table
from kpi.columns.sql.statement import statement

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation

    from kpi.columns.request import Request

_VIEW: Final = "kpi_view_of_rows"
"""The name under which DuckDB knows the relation for the length of the call."""
_WHOLE_TABLE: Final = "SELECT * FROM "
"""What DuckDB writes before the name of a table."""


def evaluate(request: Request, frame: DuckDBPyRelation, prior: DuckDBPyRelation | None = None) -> DuckDBPyRelation:
    """The relation with the columns that were asked for; nothing is executed."""
    kpi_frame_of_rows, kpi_frame_of_other_years = frame, prior  # DuckDB looks for these names among Python's
    others = None if prior is None else _table("kpi_frame_of_other_years", prior)
    text = statement(request, _table("kpi_frame_of_rows", frame), others, DUCKDB)
    found = frame.query(_VIEW, text)
    frame.query(_VIEW, f"DROP VIEW IF EXISTS {_VIEW}")  # versions before 2 leave it behind
    del kpi_frame_of_rows, kpi_frame_of_other_years
    return found  # type: ignore[return-value]  # a SELECT always gives a relation


def _table(name: str, relation: DuckDBPyRelation) -> Table:
    return Table(_own_name(relation) or name, dict(zip(relation.columns, map(str, relation.types), strict=True)))


def _own_name(relation: DuckDBPyRelation) -> str:
    """The name of the table that a relation is, if it is one: its rows are numbered by several threads, others by one."""
    before, _, name = (
        relation.sql_query().partition(_WHOLE_TABLE) if relation.type == "TABLE_RELATION" else ("", "", "")
    )
    return "" if before else name
