"""Roll-ups: months to half-years and years, branches to the nation, reconciled with what was published."""

from __future__ import annotations

from kpi.rollups.additivity import Refusal
from kpi.rollups.branches import over_branches
from kpi.rollups.months import over_months
from kpi.rollups.reconciliation import Reconciliation, reconcile
from kpi.rollups.reproduction import Reproduction, reproduce
from kpi.rollups.rolled_observations import RolledObservations, roll_up
from kpi.rollups.rolled_up import RolledUp
from kpi.rollups.span import TimeSpan

__all__ = [
    "Reconciliation",
    "Refusal",
    "Reproduction",
    "RolledObservations",
    "RolledUp",
    "TimeSpan",
    "over_branches",
    "over_months",
    "reconcile",
    "reproduce",
    "roll_up",
]
