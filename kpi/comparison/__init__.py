"""Comparison: results of several organisations side by side, and of one plan beside last year."""

from __future__ import annotations

from kpi.comparison.changes import Change, changes, missed, worsening
from kpi.comparison.comparison import Comparison, compare, differences
from kpi.comparison.ranking import Place, Ranking, rank
from kpi.comparison.tally import decide, tally

__all__ = [
    "Change",
    "Comparison",
    "Place",
    "Ranking",
    "changes",
    "compare",
    "decide",
    "differences",
    "missed",
    "rank",
    "tally",
    "worsening",
]
