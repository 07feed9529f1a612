"""Verdicts over data frames and relations: a table of counts goes in, the same kind of table with verdicts comes out."""

from __future__ import annotations

from kpi.columns.evaluating import evaluate_frame

__all__ = ["evaluate_frame"]
