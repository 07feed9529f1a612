"""SQL in the words of other engines: sqlglot translates, and what it leaves as it is is mended here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

from kpi.errors import MissingExtraError, RecordsError
from kpi.problems import nearest

if TYPE_CHECKING:
    from sqlglot import exp

DialectName = Literal["duckdb", "sqlite", "postgres", "spark", "bigquery", "snowflake"]
DIALECTS: Final[tuple[DialectName, ...]] = get_args(DialectName)

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
        MissingExtraError: sqlglot is not installed.
    """
    try:
        import sqlglot
    except ImportError:
        raise MissingExtraError("sqlglot is not installed: pip install 'kpi[sql]'") from None
    tree: exp.Expr = sqlglot.parse_one(text, dialect="duckdb")
    mend = {"sqlite": _for_sqlite, "postgres": _for_postgres, "spark": _for_spark, "bigquery": _for_bigquery}
    if dialect in mend:
        tree = tree.transform(mend[dialect])
    found: str = tree.sql(dialect=dialect, pretty=pretty)
    return found


def _for_sqlite(node: exp.Expr) -> exp.Expr:
    """SQLite has dates as text such as 2021-04-01, and takes them apart with strftime."""
    from sqlglot import exp

    match node:
        case exp.Extract():
            part = exp.Literal.string(_SQLITE_PARTS[node.name.upper()])
            return _as_int(exp.Anonymous(this="STRFTIME", expressions=[part, node.expression.transform(_for_sqlite)]))
        case exp.Add(expression=exp.Interval()):
            added: exp.Expr = exp.Anonymous(this="DATE", expressions=[node.this, exp.Literal.string("+1 day")])
            return added
        case exp.Cast(to=exp.DataType(this=exp.DataType.Type.DATE), this=exp.Literal()):
            text: exp.Expr = node.this  # a date is its text
            return text
        case _:
            return node


def _for_postgres(node: exp.Expr) -> exp.Expr:
    """PostgreSQL extracts parts of dates as numerics; its sums of whole numbers are numerics already."""
    from sqlglot import exp

    if isinstance(node, exp.Extract) and not isinstance(node.parent, exp.Cast):
        return _as_int(node)
    return node


def _for_spark(node: exp.Expr) -> exp.Expr:
    """Spark adds whole numbers in 64 bits, and beyond them it fails or is silently wrong, depending on its settings."""
    from sqlglot import exp

    if isinstance(node, exp.Sum) and not isinstance(node.this, exp.Cast):
        return exp.Sum(this=exp.cast(node.this, "DECIMAL(20, 0)"))
    return node


def _for_bigquery(node: exp.Expr) -> exp.Expr:
    """BigQuery adds a day to a date by a function."""
    from sqlglot import exp

    if isinstance(node, exp.Add) and isinstance(node.expression, exp.Interval):
        return exp.DateAdd(this=node.this, expression=exp.Literal.number(1), unit=exp.var("DAY"))
    return node


def _as_int(node: exp.Expr) -> exp.Expr:
    from sqlglot import exp

    found: exp.Expr = exp.cast(node, "INT")
    return found
