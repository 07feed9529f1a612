"""Definitions: formulas and rules that parsed and checked, ready to be evaluated.

A definition exists only if its text makes sense; what is left to go wrong in an evaluation is the data.
`kpi.parse` and `kpi.parse_rule` stand in `kpi.definitions.reading`.
"""

from __future__ import annotations

from kpi.definitions.defining import define
from kpi.definitions.formula import Formula, Style
from kpi.evaluation.direction import Direction

__all__ = ["Direction", "Formula", "Style", "define"]
