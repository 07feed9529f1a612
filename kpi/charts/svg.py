"""Charts as SVG: text stays text, nothing is fetched, and each picture stands by itself with its alternative text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any, Final

from kpi.charts.door import altair, vl_convert

if TYPE_CHECKING:
    import altair as alt

_MIME: Final = "image/svg+xml"
_NAME: Final = "kpi"
_PARTS: Final = re.compile(' (?:role="graphics-[a-z]+"|aria-(?:roledescription|label)="[^"]*")')
"""What presents the groups of a drawing as pictures of their own, which have no alternative text."""


def to_svg(chart: alt.TopLevelMixin) -> str:
    """The *chart* as an `<svg>` element, whose alternative text is the chart's description.

    Raises:
        MissingExtraError: vl-convert is not installed.
    """
    return _svg(chart.to_dict())


def enable_svg() -> None:
    """From now on notebooks show every chart of altair as SVG with its description as alternative text.

    So it is seen without a network, in pages exported from the notebook and on forges; nothing in it moves.

    Raises:
        MissingExtraError: altair is not installed.
    """
    renderers = altair().renderers
    renderers.register(_NAME, _rendered)
    renderers.enable(_NAME)


def _rendered(spec: Mapping[str, Any], **_: object) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    description = _description(spec)
    return {_MIME: _svg(spec), "text/plain": description}, {_MIME: {"alt": description}}


def _svg(spec: Mapping[str, Any]) -> str:
    svg: str = vl_convert().vegalite_to_svg(spec, allowed_base_urls=[])
    svg = _PARTS.sub("", svg)
    description = escape(_description(spec)).replace("\n", "&#10;")
    return svg.replace("<svg ", f'<svg role="img" aria-label="{description}" ', 1) if description else svg


def _description(spec: Mapping[str, Any]) -> str:
    """The description of a chart, or its title, or nothing."""
    title = spec.get("title") or ""
    return str(spec.get("description") or (title.get("text", "") if isinstance(title, Mapping) else title))
