"""DuckDB relations and Spark frames for tests; without Java, Spark is left out."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, Final

import duckdb
import pytest

HAS_JAVA: Final = bool(shutil.which("java") or os.environ.get("JAVA_HOME"))
WITHOUT_JAVA: Final = "Spark needs Java 17, and there is none: verdicts on Spark are not tested"
needs_java = pytest.mark.skipif(not HAS_JAVA, reason=WITHOUT_JAVA)

_DUCKDB: Final = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE", bool: "BOOLEAN", Decimal: "DECIMAL(38, 4)"}
_SPARK: Final = {str: "string", int: "bigint", float: "double", bool: "boolean", Decimal: "decimal(38,4)"}


def typed(columns: Mapping[str, Sequence[Any]], types: Mapping[type, str]) -> dict[str, str]:
    """The SQL type of each column, by its first value."""
    firsts = {name: next((one for one in values if one is not None), 0) for name, values in columns.items()}
    return {name: types[type(first)] for name, first in firsts.items()}


_ORDER: Final = "place of the row"

# ── DuckDB ───────────────────────────────────────────────────────────────────────────────────────────────────────────

CONNECTION: Final = duckdb.connect()


def relation(columns: Mapping[str, Sequence[Any]], types: Mapping[str, str] | None = None) -> duckdb.DuckDBPyRelation:
    """A relation of columns on a connection of its own."""
    types = {**typed(columns, _DUCKDB), **(types or {})}
    names = ['"' + name.replace('"', '""') + '"' for name in columns]
    casts = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, kind in zip(names, types.values(), strict=True))
    markers = ", ".join(f"({', '.join('?' * len(columns))})" for _ in next(iter(columns.values())))
    values = [_written(value) for row in zip(*columns.values(), strict=True) for value in row]
    given = f"VALUES {markers}" if values else f"SELECT {', '.join('1' * len(names))} WHERE FALSE"
    text = f"SELECT {casts} FROM ({given}) AS given({', '.join(names)})"  # names are quoted, values are parameters
    return CONNECTION.sql(text, params=values) if values else CONNECTION.sql(text)


def _written(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


def relation_rows(found: duckdb.DuckDBPyRelation) -> list[dict[str, Any]]:
    """The rows of a relation."""
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


# ── Spark ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def session() -> Any:
    """One small local session for the whole run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about versions of pandas, which is not used
        from pyspark.sql import SparkSession

        settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "2", "spark.log.level": "OFF"}
        settings |= {"spark.ui.showConsoleProgress": "false", "spark.driver.memory": "1g"}
        # what takes long for few rows is to compile Java: that of the JVM itself, and that of each query
        settings |= {"spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1", "spark.sql.adaptive.enabled": "false"}
        settings |= {"spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN"}
        return SparkSession.builder.master("local[1]").config(map=settings).getOrCreate()


def spark_frame(columns: Mapping[str, Sequence[Any]], types: Mapping[str, str] | None = None) -> Any:
    """A Spark frame of columns."""
    spark = session()
    from pyspark.sql.types import DataType, StructType

    schema = StructType()
    for name, kind in {**typed(columns, _SPARK), **(types or {})}.items():
        schema.add(name, DataType.fromDDL(kind))
    schema.add(_ORDER, DataType.fromDDL("int"))
    given = [
        _floats(values) if schema[name].dataType.typeName() == "double" else values for name, values in columns.items()
    ]
    return spark.createDataFrame([*zip(*given, range(len(given[0])), strict=True)], schema)


def _floats(values: Sequence[Any]) -> list[float | None]:
    return [None if value is None else float(value) for value in values]


def spark_rows(found: Any) -> list[dict[str, Any]]:
    """The rows of a Spark frame, which has no order, in the order in which they were given."""
    ordered = found.orderBy(_ORDER).drop(_ORDER) if _ORDER in found.columns else found
    return [row.asDict() for row in ordered.collect()]
