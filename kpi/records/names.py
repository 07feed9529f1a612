"""Names as they stand in SQL: plain where every engine takes them so, and each used once."""

from __future__ import annotations

import re
from typing import Final

from attrs import define, field

_PLAIN: Final = re.compile("[a-z_][a-z0-9_]*")
_RESERVED: Final = frozenset(
    [
        "all",
        "and",
        "any",
        "array",
        "as",
        "asc",
        "between",
        "both",
        "by",
        "case",
        "cast",
        "check",
        "collate",
        "column",
        "constraint",
        "create",
        "cross",
        "current",
        "current_date",
        "default",
        "delete",
        "desc",
        "distinct",
        "drop",
        "else",
        "end",
        "except",
        "exists",
        "false",
        "fetch",
        "for",
        "foreign",
        "from",
        "full",
        "grant",
        "group",
        "having",
        "if",
        "in",
        "inner",
        "insert",
        "intersect",
        "interval",
        "into",
        "is",
        "join",
        "lateral",
        "left",
        "like",
        "limit",
        "lookup",
        "merge",
        "natural",
        "new",
        "no",
        "not",
        "null",
        "of",
        "on",
        "or",
        "order",
        "outer",
        "over",
        "partition",
        "primary",
        "range",
        "references",
        "right",
        "row",
        "rows",
        "select",
        "set",
        "some",
        "struct",
        "table",
        "then",
        "to",
        "trailing",
        "treat",
        "true",
        "unbounded",
        "union",
        "unique",
        "unnest",
        "update",
        "user",
        "using",
        "values",
        "when",
        "where",
        "window",
        "with",
        "within",
    ]
)
"""Words that one engine or another would read as its own."""


def identifier(name: str) -> str:
    """A name as it stands in SQL: in quotes only where it needs them, since some engines then mind its case."""
    if _PLAIN.fullmatch(name) and name not in _RESERVED:
        return name
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as it stands in SQL."""
    return "'" + text.replace("'", "''") + "'"


@define
class Names:
    """Gives names out, each once whatever its case."""

    taken: set[str] = field(factory=set)

    def new(self, wanted: str) -> str:
        """*wanted*, or with underscores behind it where that is taken."""
        while wanted.casefold() in self.taken:
            wanted += "_"
        self.taken.add(wanted.casefold())
        return wanted
