"""The one door to the libraries that draw: altair makes charts, vl-convert makes SVG of them."""

from __future__ import annotations

from types import ModuleType

from kpi.errors import MissingExtraError


def altair() -> ModuleType:
    """The library, imported where somebody asks for a chart.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        import altair as alt
    except ImportError:
        raise MissingExtraError("altair is not installed: pip install 'kpi[notebook]'") from None
    return alt


def vl_convert() -> ModuleType:
    """The library, imported where somebody asks for SVG.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        import vl_convert as found
    except ImportError:
        raise MissingExtraError("vl-convert-python is not installed: pip install 'kpi[notebook]'") from None
    return found
