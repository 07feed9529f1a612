"""The one door to great-tables."""

from __future__ import annotations

from types import ModuleType

from kpi.errors import MissingExtraError


def great_tables() -> ModuleType:
    """The library, imported where somebody asks for a table.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        import great_tables as found
    except ImportError:
        raise MissingExtraError("great-tables is not installed: pip install 'kpi[notebook]'") from None
    return found
