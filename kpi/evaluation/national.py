"""The nation beside a branch: its value, and how far the branch is from it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from kpi.evaluation.direction import rule_direction
from kpi.formulas.nodes import Name, Operation, Operator, Period, Reference, walk
from kpi.quantities import Quantity

if TYPE_CHECKING:
    from kpi.evaluation.result import Result

_DURATIONS: Final = frozenset({"day", "business_day", "month", "year", "hour", "minute"})


@frozen
class National:
    """The nation beside a branch, on the same day.

    Attributes:
        value: the nation's value of the KPI.
        difference: the branch's difference from it, positive where the branch is better. None where nothing tells which
            direction is better, and where the nation's counts contradict its published rate: one of them is wrong.
        published: the nation's published rate, where its counts contradict it.
    """

    value: Quantity
    difference: Quantity | None
    published: Quantity | None = None

    def to_dict(self) -> dict[str, Any]:
        """All three for programs, as exact text."""
        numbers = {"value": self.value, "difference": self.difference, "published": self.published}
        return {name: None if number is None else number.exact for name, number in numbers.items()}


def national(result: Result) -> National | None:
    """The nation beside *result*.

    None where either value is not known, for the nation itself, and for a total, of which a branch has but a part.
    The KPI's own values are compared, whichever quantity its rule looked at.
    """
    judge, situation = result.judge, result.situation
    reference = Reference(Period.NATIONAL)
    nation = judge.from_data(reference, None, situation)
    own = judge.own_value(situation.current, judge.environment(situation.current, None, situation))
    if not isinstance(nation, Fraction) or not isinstance(own, Fraction) or _is_total(result):
        return None
    value = judge.display.quantity(nation)
    observed = judge.observed_elsewhere(reference, situation)
    printed = observed.own if observed else None
    if isinstance(printed, Fraction) and judge.display.shown(nation) != judge.display.shown(printed):
        return National(value, None, judge.display.quantity(printed))
    direction = result.direction or rule_direction(result.rule)
    if direction is None:
        return National(value, None)
    return National(value, judge.display.difference(own - nation if direction == "higher" else nation - own))


def _is_total(result: Result) -> bool:
    """Whether branches add up to the nation: counts do; quotients, shares and durations do not."""
    formula, vocabulary = result.judge.formula, result.vocabulary
    is_quotient = any(isinstance(node, Operation) and node.operator is Operator.DIVIDE for node in walk(formula))
    if is_quotient or result.judge.display.unit.is_share:
        return False
    variable = vocabulary.find(formula.name) if vocabulary and isinstance(formula, Name) else None
    return not (variable and variable.kind == "stock" and variable.unit.name in _DURATIONS)
