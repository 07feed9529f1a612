"""How far apart two neighbouring values of a quantity lie: one thing counted, or the last decimal shown."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from kpi.definitions import Formula
from kpi.formulas.nodes import Expression, Name, Operation, Operator, walk
from kpi.units import Unit

_MEASURED: Final = frozenset({"yen", "point", "minute", "hour", "day", "business_day", "month", "year"})
"""Base units of what is measured or averaged, so that fractions are possible."""


def variable_unit(name: str, formula: Formula) -> Unit | None:
    """The unit of a variable; None where it is not known."""
    variable = formula.vocabulary.find(name) if formula.vocabulary else None
    return variable.unit if variable else None


def is_counted(expression: Expression, formula: Formula) -> bool:
    """Whether *expression* is a sum of things counted, which is always a whole number."""
    for node in walk(expression):
        match node:
            case Name(name):
                unit = variable_unit(name, formula)
                if unit is None or unit.dimension != ((unit.name, 1),) or unit.name in _MEASURED:
                    return False
            case Operation(Operator.ADD | Operator.SUBTRACT):
                pass
            case _:
                return False
    return True


def step(name: str, formula: Formula) -> Fraction:
    """The step between two neighbouring plain values of a variable: 1, or the last decimal shown of a share."""
    unit = variable_unit(name, formula)
    if unit is None or not unit.is_share:
        return Fraction(1)
    decimals = 1 if formula.style.decimals is None else formula.style.decimals
    return Fraction(1, 10**decimals * unit.per)
