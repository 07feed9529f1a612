"""A chart as SVG: text stays text, nothing is fetched, and it stands in a page by itself."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from kpi.charts.door import vl_convert

if TYPE_CHECKING:
    import altair as alt


def to_svg(chart: alt.TopLevelMixin) -> str:
    """The *chart* as an `<svg>` element, whose alternative text is the chart's description.

    Raises:
        MissingExtraError: vl-convert is not installed.
    """
    svg: str = vl_convert().vegalite_to_svg(chart.to_dict(), allowed_base_urls=[])
    description = escape(getattr(chart, "description", "") or "").replace("\n", "&#10;")
    return svg.replace("<svg ", f'<svg role="img" aria-label="{description}" ', 1)
