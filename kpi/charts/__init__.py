"""Charts: the results of a plan beside their targets, as pictures, as SVG and in words.

Every function takes any results, those of a scorecard or a part of them, in the order in which they are to be read.
"""

from __future__ import annotations

from kpi.charts.alternatives import alternative_text
from kpi.charts.bullets import bullet_chart
from kpi.charts.svg import to_svg

__all__ = ["alternative_text", "bullet_chart", "to_svg"]
