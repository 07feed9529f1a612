"""Charts: results beside their targets and over time, as pictures, as SVG and in words.

`bullet_chart` takes any results, those of a scorecard or a part of them, in the order in which they are to be read;
`line_chart` takes the moments of one KPI.
"""

from __future__ import annotations

from kpi.charts.alternatives import alternative_text, course_text
from kpi.charts.bullets import bullet_chart
from kpi.charts.lines import line_chart
from kpi.charts.moments import By, Moment
from kpi.charts.svg import enable_svg, to_svg

__all__ = ["By", "Moment", "alternative_text", "bullet_chart", "course_text", "enable_svg", "line_chart", "to_svg"]
