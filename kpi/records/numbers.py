"""The widest whole numbers of each SQL engine, and how a query of it is made to fail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from kpi.records.dialects import DialectName


@frozen
class Width:
    """The *type* of whole numbers in DuckDB's SQL, the *largest* that is exact (None: any), and a failing expression."""

    name: str
    type: str
    largest: int | None
    fails: str

    def failure(self, message: str) -> str:
        """An expression that fails, with *message* where the engine has one."""
        return self.fails.format(message)


_DECIMAL38: Final = 10**38 - 1

WIDTHS: Final[Mapping[DialectName, Width]] = {
    "duckdb": Width("DuckDB", "HUGEINT", 2**127 - 1, "error({})"),
    "sqlite": Width("SQLite", "BIGINT", 2**63 - 1, "ABS(-9223372036854775807 - 1)"),
    "postgres": Width("PostgreSQL", "DECIMAL(100, 0)", None, "CAST({} AS DECIMAL(100, 0))"),
    "spark": Width("Spark", "DECIMAL(38, 0)", _DECIMAL38, "raise_error({})"),
    "bigquery": Width("BigQuery", "BIGDECIMAL", _DECIMAL38, "ERROR({})"),
    "snowflake": Width("Snowflake", "DECIMAL(38, 0)", _DECIMAL38, "CAST({} AS DECIMAL(38, 0))"),
}
"""A text that is no number fails where it is cast to one; of SQLite's functions, `ABS` of the least number fails."""
