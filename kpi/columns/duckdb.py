"""The door to DuckDB: relations in, relations out, on the connection that they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpi.columns.sql.dialects import DUCKDB
from kpi.columns.sql.keys import Table
from kpi.columns.sql.statement import statement
from kpi.errors import MissingExtraError

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation

    from kpi.columns.request import Request

_VIEW: Final = "kpi_view_c27e9f41"
"""The name under which DuckDB knows the relation for the length of the call: one that no table or view of a user has."""
_WHOLE_TABLE: Final = "SELECT * FROM "
"""What DuckDB writes before the name of a table."""


def evaluate(request: Request, frame: DuckDBPyRelation, prior: DuckDBPyRelation | None = None) -> DuckDBPyRelation:
    """The relation with the columns that were asked for; nothing is executed.

    Raises:
        ColumnsError: see `statement`.
        MissingExtraError: DuckDB is older than 2.
    """
    check_version()
    kpi_rows_c27e9f41, kpi_others_c27e9f41 = frame, prior  # DuckDB looks for these names among Python's
    others = None if prior is None else _table("kpi_others_c27e9f41", prior)
    text = statement(request, _table("kpi_rows_c27e9f41", frame), others, DUCKDB)
    found = frame.query(_VIEW, text)
    del kpi_rows_c27e9f41, kpi_others_c27e9f41
    return found  # type: ignore[return-value]  # a SELECT always gives a relation


def check_version() -> None:
    """DuckDB before 2 would leave the name of a relation behind as a view.

    Raises:
        MissingExtraError: naming what is installed.
    """
    from duckdb import __version__

    if int(__version__.partition(".")[0]) < 2:  # noqa: PLR2004  # the first version that does not
        raise MissingExtraError(f"DuckDB {__version__} is installed, expected 2.0 or later: pip install 'kpi[duckdb]'")


def _table(name: str, relation: DuckDBPyRelation) -> Table:
    return Table(_own_name(relation) or name, dict(zip(relation.columns, map(str, relation.types), strict=True)))


def _own_name(relation: DuckDBPyRelation) -> str:
    """The name of the table that a relation is, if it is one: its rows are numbered by several threads, others by one."""
    before, _, name = (
        relation.sql_query().partition(_WHOLE_TABLE) if relation.type == "TABLE_RELATION" else ("", "", "")
    )
    return "" if before else name
