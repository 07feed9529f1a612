"""How much a problem weighs: whether it can lead to a wrong or missing verdict."""

from __future__ import annotations

from typing import Final, Literal

Severity = Literal["error", "warning"]

WARNINGS: Final = frozenset(
    {
        "unused-variable",  # no formula, rule or observation speaks of it, so no verdict can
        "clause-without-example",  # what the examples leave open is decided by the rule all the same
        "outcome-without-example",
        "boundary-without-example",
    }
)
"""The codes of what cannot lead to a wrong or missing verdict; the severity of a code never changes.

What may be a slip of a formula, a rule or a figure is an error, even where the verdict is right as it stands:
a clause that is never reached, a baseline that nothing looks at, a KPI that is defined twice.
"""


def severity_of(code: str) -> Severity:
    """How much problems of a *code* weigh."""
    return "warning" if code in WARNINGS else "error"
