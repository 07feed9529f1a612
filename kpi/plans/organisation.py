"""Organisations: branches and the nation, and what became of branches over the years."""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

from kpi.periods import FiscalYear


@frozen
class Organisation:
    """A branch, or the nation.

    An organisation names others that exist already, so no chain of them has a circle.

    Attributes:
        key: the key in the catalogue.
        ja: its Japanese name.
        en: its English name.
        kind: `branch` or `nation`.
        branches: how many branches it has.
        formerly: the organisations in whose place it stands.
        split_from: the organisation that it was a part of.
        since: the first fiscal year of that.
    """

    key: str
    ja: str = ""
    en: str = ""
    kind: Literal["branch", "nation"] = "branch"
    branches: int | None = None
    formerly: tuple[Organisation, ...] = field(default=(), kw_only=True)
    split_from: Organisation | None = field(default=None, kw_only=True)
    since: FiscalYear | None = field(default=None, kw_only=True)

    def was_merged_after(self, year: FiscalYear) -> bool:
        """Whether others stood in its place in *year*."""
        return bool(self.formerly) and self.since is not None and year < self.since

    def was_split_after(self, year: FiscalYear) -> bool:
        """Whether it was a part of another in *year*, of which nothing tells how large a part."""
        return self.split_from is not None and self.since is not None and year < self.since
