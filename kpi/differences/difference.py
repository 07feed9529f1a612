"""What a difference consists of: changed definitions, and changed verdicts."""

from __future__ import annotations

from typing import Any, Literal

from attrs import frozen

from kpi.evaluation.decision import Verdict
from kpi.evaluation.result import Result

Kind = Literal["organisation", "variable", "table", "column", "condition", "kpi", "plan", "entry"]
How = Literal["added", "removed", "renamed", "meaning", "text"]
Turn = Literal["flipped", "became_evaluable", "became_not_evaluable", "outcome", "margin", "value"]

_DECIDED = (Verdict.ACHIEVED, Verdict.MISSED)


@frozen
class Change:
    """One changed definition: its *kind* and *key* (`iwate-r3/single_bid_share` for an entry, `claims/paid` for a column), and *how* it changed.

    *field* is what changed of it, from *old* to *new*; of what was renamed the two are the keys.
    """

    kind: Kind
    key: str
    how: How
    field: str = ""
    old: str = ""
    new: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is more than text. A new name is: tables of observations and programs call things by their key."""
        return self.how != "text"

    def to_dict(self) -> dict[str, str]:
        """The change for programs."""
        return {
            "kind": self.kind, "key": self.key, "how": self.how, "field": self.field, "old": self.old, "new": self.new,
        }  # fmt: skip


@frozen
class VerdictChange:
    """The result of one entry from both catalogues; one that could not be evaluated at all is told by its *error*."""

    plan: str
    kpi: str
    old: Result | None
    new: Result | None
    error: str = ""

    @property
    def turn(self) -> Turn | None:
        """What changed most: the verdict, whether there is one, the margin, the value; None where nothing did."""
        before, after = (None if result is None else result.outcome for result in (self.old, self.new))
        if before is not after:
            if before in _DECIDED and after in _DECIDED:
                return "flipped"
            if before in _DECIDED:
                return "became_not_evaluable"
            return "became_evaluable" if after in _DECIDED else "outcome"
        if self.old is None or self.new is None:
            return None
        if _number(self.old.margin) != _number(self.new.margin):
            return "margin"
        return None if _number(self.old.value) == _number(self.new.value) else "value"

    def to_dict(self) -> dict[str, Any]:
        """The change for programs; numbers as exact text."""
        sides = {
            side: None if result is None else {
                key: value for key, value in result.to_dict().items() if key in ("outcome", "value", "target", "margin", "unit")
            }
            for side, result in (("old", self.old), ("new", self.new))
        }  # fmt: skip
        return {"plan": self.plan, "kpi": self.kpi, "turn": self.turn, **sides, "error": self.error}


@frozen
class Difference:
    """Everything that differs between two catalogues."""

    changes: tuple[Change, ...] = ()
    verdicts: tuple[VerdictChange, ...] = ()

    @property
    def in_meaning(self) -> bool:
        """Whether anything but text differs."""
        return bool(self.verdicts) or any(change.counts for change in self.changes)

    def to_dict(self) -> dict[str, Any]:
        """The difference for programs."""
        return {
            "in_meaning": self.in_meaning,
            "definitions": [change.to_dict() for change in self.changes],
            "verdicts": [verdict.to_dict() for verdict in self.verdicts],
        }


def _number(quantity: object) -> object:
    return quantity and (quantity, getattr(quantity, "unit", None))
