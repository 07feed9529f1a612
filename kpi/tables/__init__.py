"""Tables for notebooks, drawn by great-tables: results with a small bar against each target."""

from __future__ import annotations

from kpi.tables.results import results_table

__all__ = ["results_table"]
