"""Expressions under their names, in SELECTs that an engine is fast over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import define

from kpi.columns.sql.dialects import Dialect

_LONG: Final = 6_000
"""Characters of successive SELECTs that make 7,600 bytes of one Java method, of at most 8,000."""


@define
class Naming:
    """Names the expressions of one SELECT after the other; *together* is how long they are since the last split."""

    dialect: Dialect
    together: int = 0

    def named(self, expressions: Mapping[str, str]) -> Iterator[str]:
        """Expressions by name, as they stand in a SELECT; split where an engine would be slow over all so far."""
        self.together += sum(map(len, expressions.values()))
        if self.dialect.split and expressions and self.together > _LONG:
            longest = max(expressions, key=lambda name: len(expressions[name]))
            expressions = {**expressions, longest: self.dialect.split(expressions[longest])}
            self.together = 0
        for name, expression in expressions.items():
            yield f"{expression} AS {name}"
