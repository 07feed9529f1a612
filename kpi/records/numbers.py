"""The widest whole numbers of each SQL engine, and how a query of it is made to fail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from kpi.compilation.bounds import DECIMAL38, INT64
from kpi.records.dialects import DialectName

LARGEST: Final = 10**15
"""No count or amount is taken to be larger: up to here a float that an engine holds, or prints, is the number itself."""


@frozen
class Width:
    """The *type* of whole numbers in DuckDB's SQL, the *largest* that is exact (None: any), and what *fails*.

    *largest_quotient* is the largest that comes out where one whole number is divided by another, None: any.
    """

    name: str
    type: str
    largest: int | None
    fails: str
    largest_quotient: int | None = None

    def failure(self, column: str, message: str) -> str:
        """An expression about a *column* that fails, with *message*, a text of SQL, where the engine shows one."""
        return self.fails.format(column=column, message=message)


_CAST: Final = "CAST({message} || CAST({column} AS TEXT) AS DECIMAL(38, 0))"

WIDTHS: Final[Mapping[DialectName, Width]] = {
    "duckdb": Width("DuckDB", "HUGEINT", 2**127 - 1, "error({message} || CAST({column} AS TEXT))"),
    "sqlite": Width("SQLite", "BIGINT", INT64, "ABS(-9223372036854775807 - ({column} IS NOT NULL))"),
    "postgres": Width("PostgreSQL", "DECIMAL(100, 0)", None, _CAST),
    "spark": Width("Spark", "DECIMAL(38, 0)", DECIMAL38, "raise_error({message} || CAST({column} AS TEXT))", INT64),
    "bigquery": Width("BigQuery", "BIGDECIMAL", DECIMAL38, "ERROR({message} || CAST({column} AS TEXT))"),
    "snowflake": Width("Snowflake", "DECIMAL(38, 0)", DECIMAL38, _CAST, 10**32),
}
"""A text that is no number fails where it is cast to one; `ABS` of the least number fails in SQLite, without a message.

Spark divides whole numbers into 64 bits; Snowflake keeps six decimals of a quotient.
"""
