"""Whether two rules say the same, where one writes the unit of a count and the other leaves it out."""

from __future__ import annotations

from attrs import fields, has

from kpi.formulas.nodes import Number
from kpi.units import UnitTable


def say_the_same(one: object, other: object, units: UnitTable) -> bool:
    """Whether two trees, or parts of them, mean the same: a bare 4 beside a number of cases is 4 cases.

    Both are checked already, so a unit that is written is that of the count beside it. A bare 20 is never 20 %.
    """
    match one, other:
        case Number(value, unit), Number(other_value, other_unit) if (unit is None) is not (other_unit is None):
            return value == other_value and not units[unit or other_unit or ""].is_share
        case tuple(), tuple():
            return len(one) == len(other) and all(map(say_the_same, one, other, [units] * len(one)))
    kind = type(one)
    if kind is type(other) and has(kind):
        parts = (part.name for part in fields(kind) if part.eq)
        return all(say_the_same(getattr(one, name), getattr(other, name), units) for name in parts)
    return one == other
