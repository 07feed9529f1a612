"""What SQL engines write differently."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from attrs import frozen

from kpi.compilation.bounds import DECIMAL38, INT64
from kpi.errors import ColumnsError


@frozen
class Dialect:
    """One engine's words.

    *wide* is the type of whole numbers of more than 64 bits, *widest* the largest that it holds,
    *widest_divided* the largest that it divides without decimals.
    *error* names the function that fails with a message, *division* the operator that divides and cuts decimals off.
    *refused* finds names of columns that the engine would not take as they are.
    *closed_set* is the type of texts that are all known beforehand; empty: it has none.
    *split* is what to write around one expression of a long SELECT, where the engine would be slow over it otherwise.
    """

    name: str
    quote: str
    wide: str
    widest: int
    widest_divided: int
    error: str
    division: str
    string: Callable[[str], str]
    refused: re.Pattern[str] | None = None
    closed_set: str = ""
    split: Callable[[str], str] | None = None

    def identifier(self, name: str) -> str:
        """A column's name, whatever it holds.

        Raises:
            ColumnsError: the engine would read something else out of it.
        """
        if self.refused and self.refused.search(name):
            raise ColumnsError(f"column {name!r}: {self.name} would replace what stands in braces; rename the column")
        return f"{self.quote}{name.replace(self.quote, 2 * self.quote)}{self.quote}"

    def failure(self, *parts: str) -> str:
        """An expression that fails with a message put together from SQL texts."""
        return f"{self.error}({' || '.join(parts)})"


def _doubled(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _spelled(text: str) -> str:
    """Settings of Spark change what a backslash, a quote or a dollar sign means, so such a text is given by its bytes."""
    return f"CAST(X'{text.encode().hex()}' AS STRING)" if re.search(r"['\\$]", text) else f"'{text}'"


def _uncompiled(expression: str) -> str:
    """The expression inside one of which Spark makes no code.

    Spark makes one Java method of all expressions of a SELECT, and Java leaves a method of more than 8,000 bytes to its
    interpreter. With one such expression among them, each gets a method of its own, which takes a sixth of the time.
    """
    return f"zip_with(array({expression}), array(NULL), (found, nothing) -> found)[0]"


DUCKDB: Final = Dialect("DuckDB", '"', "HUGEINT", 2**127 - 1, 2**127 - 1, "error", "//", _doubled, closed_set="ENUM")
SPARK: Final = Dialect(
    "Spark",
    "`",
    "DECIMAL(38, 0)",
    DECIMAL38,
    INT64,
    "raise_error",
    "div",
    _spelled,
    re.compile(r"\$\{"),
    split=_uncompiled,
)
"""Multiplying and adding, decimals of 38 digits stay exact; `div` gives a number of 64 bits."""
