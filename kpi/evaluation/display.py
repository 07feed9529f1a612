"""How a KPI shows its numbers, and whether its rule compares the exact or the shown one."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final, Literal

from attrs import frozen

from kpi.formulas.checker import Measure, check_formula
from kpi.formulas.nodes import (
    Comparison,
    Expression,
    Number,
    Operation,
    Operator,
    Reference,
    Requirement,
    Rule,
    names,
    walk,
)
from kpi.formulas.vocabulary import Vocabulary
from kpi.quantities import Quantity, Rounding, finite_decimals, round_to
from kpi.source import Source
from kpi.units import NUMBER, PERCENT, PERCENTAGE_POINT, POINT, PURE, UNITS, Unit, UnitTable, agree

Compared = Literal["exact", "shown"]

_MOST_DECIMALS: Final = 6
"""Decimals that a number written in a rule or handed in can add to the display."""


@frozen
class Display:
    """Unit, decimals and rounding of a KPI's value.

    *compared* says which number its rule looks at: the `exact` one or the one `shown`.
    """

    unit: Unit = NUMBER
    decimals: int = 0
    rounding: Rounding = "half_up"
    compared: Compared = "exact"

    def quantity(self, number: Fraction, *, signed: bool = False) -> Quantity:
        """The plain *number* (0.596) in the unit shown (59.6 %)."""
        return Quantity(number * self.unit.per, self.unit, self.decimals, self.rounding, signed=signed)

    def difference(self, number: Fraction) -> Quantity:
        """A plain difference, with its sign: of shares in percentage points."""
        unit = PERCENTAGE_POINT if self.unit is PERCENT else self.unit
        return Quantity(number * self.unit.per, unit, self.decimals, signed=True)

    def shown(self, number: Fraction) -> Fraction:
        """The plain *number* after rounding as displayed."""
        return round_to(number * self.unit.per, self.decimals, self.rounding) / self.unit.per


def unit_of(
    expression: Expression, measure: Measure, requirements: tuple[Requirement, ...], vocabulary: Vocabulary | None
) -> Unit:
    """The unit in which a value is shown where no KPI declares one.

    It is the unit written in the target; else that of the formula's variables;
    a quotient of like things, or of things of unknown unit, is a share in percent.
    """
    units = vocabulary.units if vocabulary else UNITS
    written = _written_unit(requirements, units)
    if written is POINT and measure is None and _is_quotient(expression):
        written = PERCENT  # `prior year + 0.5 points` of a share
    if written is not None and (measure is None or agree(written.dimension, measure)):
        return written
    if measure == PURE:
        shares = [unit for unit in _units_of_names(expression, vocabulary) if unit.is_share]
        return PERCENT if _is_quotient(expression) else shares[0] if shares else NUMBER
    if measure is not None:
        return units.of_dimension(measure)
    literal = any(isinstance(node, Number) and node.unit for node in walk(expression))
    return PERCENT if _is_quotient(expression) and not literal else NUMBER


def decimals_for(unit: Unit, requirements: Iterable[Requirement], numbers: Iterable[Fraction] = ()) -> int:
    """Decimals to show where no KPI declares them.

    As many as the targets are written with, and the plain *numbers* handed in have; one at least for a share.
    """
    least = 1 if unit.is_share else 0
    nodes = (node for requirement in requirements for node in walk(requirement))
    written = (node.decimals for node in nodes if isinstance(node, Number) and node.unit in (None, unit.name, "pp"))
    given = (finite_decimals((number * unit.per).denominator) for number in numbers)
    return max((least, *written, *(count for count in given if count is not None and count <= _MOST_DECIMALS)))


def display_of(expression: Expression, requirement: Requirement, vocabulary: Vocabulary | None) -> Display:
    """How an expression that is not the KPI's own is shown where a clause compares it."""
    checked, _ = check_formula(expression, Source(""), vocabulary)
    unit = unit_of(expression, checked.measure, (requirement,), vocabulary)
    return Display(unit, decimals_for(unit, (requirement,)))


def own_requirements(rule: Rule | None) -> tuple[Requirement, ...]:
    """The requirements and conditions of a rule that look at the KPI itself, in the order of its text."""
    if rule is None:
        return ()
    in_cases = ((*case.requirements, *case.conditions) for case in rule.cases)
    every = (*rule.requirements, *(requirement for case in in_cases for requirement in case))
    return tuple(
        requirement for requirement in every if requirement.left is None or isinstance(requirement.left, Reference)
    )


def _written_unit(requirements: tuple[Requirement, ...], units: UnitTable) -> Unit | None:
    for requirement in requirements:
        if not isinstance(requirement, Comparison):
            continue
        if isinstance(requirement.right, Number) and requirement.right.unit is None:
            return NUMBER
        for node in walk(requirement.right):
            if isinstance(node, Number) and node.unit:
                unit = units.get(node.unit)
                if unit is not None and unit is not PERCENTAGE_POINT and not _is_factor(node, requirement.right):
                    return unit
    return None


def _units_of_names(expression: Expression, vocabulary: Vocabulary | None) -> list[Unit]:
    variables = [vocabulary.find(name) for name in names(expression)] if vocabulary else []
    return [variable.unit for variable in variables if variable]


def _is_factor(number: Number, target: Expression) -> bool:
    """Whether *number* is the 70 % of `70% of prior year`, which says nothing of the value's own unit."""
    return any(
        isinstance(node, Operation) and node.operator is Operator.MULTIPLY and number in (node.left, node.right)
        for node in walk(target)
    )


def _is_quotient(expression: Expression) -> bool:
    return isinstance(expression, Operation) and expression.operator is Operator.DIVIDE
