"""Which values are better: the higher or the lower ones."""

from __future__ import annotations

from typing import Literal

from kpi.formulas.nodes import Comparator, Comparison, Done, Requirement, Rule

Direction = Literal["higher", "lower"]


def rule_direction(rule: Rule | None) -> Direction | None:
    """Which values a rule wants of the KPI itself; None where it has no bound, or bounds of both kinds."""
    if rule is None:
        return None
    requirements = (*rule.requirements, *(each for case in rule.cases for each in case.requirements))
    found = {wanted_by(requirement) for requirement in requirements if requirement.left is None} - {None}
    return found.pop() if len(found) == 1 else None


def wanted_by(requirement: Requirement) -> Direction | None:
    """Which values one requirement wants; an equality does not tell."""
    match requirement:
        case Comparison(_, Comparator.AT_LEAST | Comparator.ABOVE, _) | Done():
            return "higher"
        case Comparison(_, Comparator.AT_MOST | Comparator.BELOW, _):
            return "lower"
        case _:
            return None
