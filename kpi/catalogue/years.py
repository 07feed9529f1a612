"""Fiscal years in a catalogue."""

from __future__ import annotations

from kpi.catalogue.fields import Fields
from kpi.errors import ValueReadingError
from kpi.periods import FiscalYear, fiscal_year


def read_year(fields: Fields, key: str, *, required: bool = True) -> FiscalYear | None:
    """The fiscal year that stands under *key*."""
    node = fields.scalar(key, required=required)
    if node is None:
        return None
    try:
        return fiscal_year(node.text)
    except ValueReadingError:
        fields.problems.report("not-a-year", node.span, found=node.text)
        return None
