"""Names as they stand in SQL, each used once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from attrs import define, field

from kpi.errors import RecordsError

_PLAIN: Final = re.compile("[a-z_][a-z0-9_]*")
_RESERVED_WORDS: Final = """
account add all alter analyse analyze and anti any array as asc asof assert_rows_modified asymmetric at authorization
autoincrement between binary both by case cast check collate collation column columns commit concurrently connect
connection constraint contains create cross cube current current_catalog current_date current_role current_schema
current_time current_timestamp current_user database default deferrable define delete desc describe distinct do drop
else end enum escape except exclude exists extract false fetch following for foreign freeze from full generated glob
grant group grouping groups gscluster hash having if ignore ilike in increment index initially inner insert intersect
interval into is isnull issue join lambda lateral leading left like limit localtime localtimestamp lookup map merge
minus natural new no not nothing notnull null nulls of offset on only or order organization outer over overlaps
partition pivot pivot_longer pivot_wider placing positional preceding primary proto qualify range recursive references
regexp respect returning revoke right rlike rollup row rows sample schema select semi session_user set show similar
some start struct summarize symmetric table tablesample then to trailing transaction treat trigger true try_cast tuple
unbounded union unique unnest unpack unpivot update user using values variadic verbose view when whenever where window
with within
"""
_RESERVED: Final = frozenset(_RESERVED_WORDS.split())
"""Words that one engine or another reads as its own."""


def is_plain(name: str) -> bool:
    """Whether every engine takes a name without quotes."""
    return bool(_PLAIN.fullmatch(name)) and name not in _RESERVED


def identifier(name: str) -> str:
    """A name as it stands in SQL; `kpi.records.dialects` leaves its quotes out where it needs none."""
    return '"' + name.replace('"', '""') + '"'


def qualified(name: str) -> str:
    """The name of a table, which may lie in a schema: `mart.counts`."""
    return ".".join(map(identifier, name.split(".")))


def literal(text: str) -> str:
    """A text as it stands in SQL."""
    return "'" + text.replace("'", "''") + "'"


_POSTGRES_BYTES: Final = 63
"""PostgreSQL cuts names off behind so many."""


@define
class Names:
    """Gives names out, each once whatever its case."""

    taken: set[str] = field(factory=set)

    @classmethod
    def without(cls, names: Iterable[str]) -> Names:
        """Gives out none of *names*."""
        return cls({name.casefold() for name in names})

    def new(self, wanted: str) -> str:
        """*wanted*, or with underscores behind it where that is taken."""
        while wanted.casefold() in self.taken:
            wanted += "_"
        self.taken.add(wanted.casefold())
        return wanted


def check_different(names: Iterable[str], engine: str) -> None:
    """Columns of one query need names that an *engine* can tell apart: it looks neither at case, nor at the end of a long one.

    Raises:
        RecordsError: naming those that it cannot.
    """
    seen: dict[str, str] = {}
    for name in names:
        cut = name.encode()[:_POSTGRES_BYTES].decode(errors="ignore") if engine == "postgres" else name
        other = seen.get(cut.casefold())
        if other is not None:
            raise RecordsError(f"two columns would have one name, {other!r} and {name!r}; rename one of them")
        seen[cut.casefold()] = name
