"""What conditions leave for later clauses: parts of all the values that the quantities of a rule can take together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from kpi.catalogue.intervals import Interval
from kpi.formulas.nodes import Expression

Quantity = Expression | None
"""What a condition compares; None is the KPI itself."""

Box = Mapping[Quantity, Interval]
"""A range for each of several quantities; one that is not named may be any of its numbers."""

MOST: Final = 200
"""Boxes that are kept apart. Real rules need a handful; the number of parts can double with each clause."""


def meets(box: Box, other: Box) -> bool:
    """Whether some values lie in both boxes."""
    return not any(interval.meet(other.get(quantity, interval)).is_empty for quantity, interval in box.items())


def without(box: Box, other: Box, natural: Callable[[Quantity], Interval]) -> list[Box]:
    """The parts of *box* that are not in *other*; *natural* is the whole range of a quantity."""
    parts: list[Box] = []
    for quantity, interval in other.items():
        own = box[quantity] if quantity in box else natural(quantity)
        parts += [{**box, quantity: part} for part in own.without(interval)]
        shared = own.meet(interval)
        if shared.is_empty:
            break
        box = {**box, quantity: shared}
    return parts
