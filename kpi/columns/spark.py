"""The door to Spark: data frames in, data frames out, in the session that they belong to; Spark Connect as well."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kpi.columns.sql.dialects import SPARK
from kpi.columns.sql.keys import Table
from kpi.columns.sql.statement import statement

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from kpi.columns.request import Request


def evaluate(request: Request, frame: DataFrame, prior: DataFrame | None = None) -> DataFrame:
    """The data frame with the columns that were asked for; nothing is executed."""
    others = None if prior is None else _table("others", prior)
    text = statement(request, _table("rows", frame), others, SPARK)
    frames: dict[str, Any] = {"rows": frame} if prior is None else {"rows": frame, "others": prior}
    return frame.sparkSession.sql(_braced(text), **frames)


def _table(name: str, frame: DataFrame) -> Table:
    return Table(f"\x00{name}\x01", {field.name: field.dataType.simpleString() for field in frame.schema.fields})


def _braced(text: str) -> str:
    """Spark puts frames where names stand in braces; any other brace is doubled."""
    doubled = text.replace("{", "{{").replace("}", "}}")
    return re.sub("\x00(rows|others)\x01", r"{\1}", doubled)
