"""One stage of the text: a SELECT that keeps all columns and adds some."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import define, field

from kpi.columns.sql.naming import Naming

_PLAIN = re.compile(r'"(?:[^"]|"")*"|`(?:[^`]|``)*`|[a-z_0-9]+')


@define
class Stage:
    """Expressions under names of their own, each once; *prefix* is none of the user's columns' names."""

    prefix: str
    columns: dict[str, str] = field(factory=dict)

    def name(self, expression: str) -> str:
        """The name under which an expression stands from the next stage on; a column keeps its own."""
        if _PLAIN.fullmatch(expression):
            return expression
        return self.columns.setdefault(expression, f"{self.prefix}{len(self.columns) + 1}")

    def select(self, naming: Naming, source: str) -> str:
        """The stage as a SELECT over the one before."""
        return selected(["*", *naming.named(self.expressions())], source)

    def expressions(self) -> dict[str, str]:
        """What the stage adds, by name."""
        return {name: expression for expression, name in self.columns.items()}


@define
class WideStage(Stage):
    """Expressions that are worked out in those rows only where one of the columns holds that asked for them."""

    askers: dict[str, list[str]] = field(factory=dict)

    def ask(self, expression: str, asker: str) -> None:
        """Has an expression worked out in the rows where the column *asker* holds."""
        asking = self.askers.setdefault(expression, [])
        if asker not in asking:
            asking.append(asker)

    def expressions(self) -> dict[str, str]:
        """What the stage adds, by name."""
        return {
            name: f"CASE WHEN {' OR '.join(self.askers[expression])} THEN {expression} END"
            for expression, name in self.columns.items()
            if expression in self.askers
        }


def selected(columns: Iterable[str], source: str) -> str:
    """A SELECT, one column a line."""
    return "  SELECT\n    " + ",\n    ".join(columns) + f"\n  FROM {source}"
