"""Organisations: branches and the nation, and what became of branches over the years."""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

from kpi.periods import FiscalYear


@frozen
class Organisation:
    """A branch, or the nation; *branches* is how many branches it has.

    From the fiscal year *since* on it stands in the place of the organisations that it was *formerly*,
    or was *split_from* another. An organisation names others that exist already, so no chain of them has a circle.
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
