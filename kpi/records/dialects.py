"""SQL in the words of other engines: sqlglot translates, and what it leaves as it is is mended here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, get_args

from kpi.errors import MissingExtraError, RecordsError
from kpi.problems import nearest
from kpi.records.names import is_plain

if TYPE_CHECKING:
    from sqlglot import exp

DialectName = Literal["duckdb", "sqlite", "postgres", "spark", "bigquery", "snowflake"]
DIALECTS: Final[tuple[DialectName, ...]] = get_args(DialectName)

_SETTINGS_OF_SPARK: Final = re.compile(r"['\\$]")
_SQLITE_PARTS: Final = {"YEAR": "%Y", "MONTH": "%m", "DAY": "%d"}


def dialect_name(name: str) -> DialectName:
    """The dialect of that name.

    Raises:
        RecordsError: there is none.
    """
    for known in DIALECTS:
        if name.casefold() == known:
            return known
    found = nearest(name, DIALECTS)
    hint = f"; did you mean {found[0]!r}?" if found else ""
    raise RecordsError(f"dialect: found {name!r}, expected {', '.join(DIALECTS)}{hint}")


def translated(text: str, dialect: DialectName, *, pretty: bool = False) -> str:
    """A query of DuckDB in another dialect.

    Raises:
        RecordsError: a name holds what the engine would replace.
        MissingExtraError: sqlglot is not installed.
    """
    try:
        import sqlglot
    except ImportError:
        raise MissingExtraError("sqlglot is not installed: pip install 'kpi[sql]'") from None
    tree: exp.Expr = sqlglot.parse_one(text, dialect="duckdb").transform(_readable, copy=False)
    mend = {
        "sqlite": _for_sqlite,
        "postgres": _for_postgres,
        "spark": _for_spark,
        "bigquery": _for_bigquery,
        "snowflake": _for_snowflake,
    }
    if dialect in mend:
        tree = tree.transform(mend[dialect], copy=False)
    found: str = tree.sql(dialect=dialect, pretty=pretty)
    if dialect == "spark" and "${" in found:
        raise RecordsError("a name of the catalogue holds '${', which Spark would replace")
    return found


def _readable(node: exp.Expr) -> exp.Expr:
    """Names without quotes where no engine needs them, since some then mind their case; `IS NOT NULL` in these words."""
    from sqlglot import exp

    match node:
        case exp.Identifier(quoted=True) if is_plain(node.name):
            return exp.to_identifier(node.name, quoted=False)
        case exp.Not(this=exp.Is(this=operand, expression=exp.Null())):
            found: exp.Expr = exp.Is(this=operand.transform(_readable, copy=False), expression=exp.Not(this=exp.Null()))
            return found
        case _:
            return node


def _for_sqlite(node: exp.Expr) -> exp.Expr:
    """SQLite has dates as text such as 2021-04-01, and takes them apart with strftime.

    It knows no day after 31 December 9999, which often stands for no end; 400 years earlier every month is the same.
    """
    from sqlglot import exp

    match node:
        case exp.Extract():
            part = exp.Literal.string(_SQLITE_PARTS[node.name.upper()])
            return _as_int(
                exp.Anonymous(this="STRFTIME", expressions=[part, node.expression.transform(_for_sqlite, copy=False)])
            )
        case exp.Add(expression=exp.Interval()):
            added: exp.Expr = exp.Anonymous(
                this="DATE", expressions=[node.this, *map(exp.Literal.string, ("-400 years", "+1 day"))]
            )
            return added
        case exp.Cast(to=exp.DataType(this=exp.DataType.Type.DATE), this=exp.Literal()):
            text: exp.Expr = node.this  # a date is its text
            return text
        case exp.IntDiv():
            return _divided(
                node.this.transform(_for_sqlite, copy=False), node.expression.transform(_for_sqlite, copy=False)
            )
        case _:
            return node


def _for_postgres(node: exp.Expr) -> exp.Expr:
    """PostgreSQL extracts parts of dates as numerics; its sums of whole numbers are numerics already."""
    from sqlglot import exp

    if isinstance(node, exp.Extract) and not isinstance(node.parent, exp.Cast):
        return _as_int(node)
    return node


def _for_spark(node: exp.Expr) -> exp.Expr:
    """Spark adds whole numbers in 64 bits, and beyond them it fails or is silently wrong, depending on its settings.

    They also say what a backslash, a quote or a dollar sign means, so a text that has one is given by its bytes.
    """
    from sqlglot import exp

    match node:
        case exp.Sum(this=summed) if not isinstance(summed, exp.Cast):
            return exp.Sum(this=exp.cast(summed.transform(_for_spark, copy=False), "DECIMAL(20, 0)"))
        case exp.Literal(is_string=True) if _SETTINGS_OF_SPARK.search(node.name):
            return exp.cast(exp.HexString(this=node.name.encode().hex()), "STRING")
        case _:
            return node


def _for_bigquery(node: exp.Expr) -> exp.Expr:
    """BigQuery adds a day to a date by a function."""
    from sqlglot import exp

    if isinstance(node, exp.Add) and isinstance(node.expression, exp.Interval):
        return exp.DateAdd(this=node.this, expression=exp.Literal.number(1), unit=exp.var("DAY"))
    return node


def _for_snowflake(node: exp.Expr) -> exp.Expr:
    """Snowflake rounds quotients to some decimals; one that comes out even is exact."""
    from sqlglot import exp

    if isinstance(node, exp.IntDiv):
        above, below = (part.transform(_for_snowflake, copy=False) for part in (node.this, node.expression))
        even = exp.Paren(this=exp.Sub(this=above, expression=exp.Mod(this=above.copy(), expression=below.copy())))
        return _divided(even, below)
    return node


def _divided(above: exp.Expr, below: exp.Expr) -> exp.Expr:
    """One number over another as the engine divides them, in the words `above / below`."""
    from sqlglot import exp

    found: exp.Expr = exp.Div(this=above, expression=below, typed=True, safe=False)
    return found


def _as_int(node: exp.Expr) -> exp.Expr:
    from sqlglot import exp

    found: exp.Expr = exp.cast(node, "INT")
    return found
