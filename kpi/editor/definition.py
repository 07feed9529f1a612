"""Where in a catalogue something is defined."""

from __future__ import annotations

from kpi.editor.outline import Item, Outline
from kpi.editor.references import referred
from kpi.source import Span


def definition(text: str, offset: int) -> Span | None:
    """Where the variable, table, column, condition, KPI, unit, document or organisation that stands at *offset* is defined: its key."""
    outline = Outline.of(text)
    spot = outline.at(offset) if outline else None
    found = referred(outline, spot, offset) if outline and spot else None
    return found.target.key.span if found and isinstance(found.target, Item) else None
