"""What a judge decides: verdict, checks made, and why there is none where there is none."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from attrs import field, frozen

from kpi.formulas.evaluator import Outcome, Reason, Undefined
from kpi.formulas.nodes import Case, Comparator, Comparison, Requirement


class Verdict(StrEnum):
    """The outcome of an evaluation: a closed set."""

    ACHIEVED = "achieved"
    """達成: every requirement of the clause that applies holds."""
    MISSED = "missed"
    """未達成: one requirement does not hold."""
    NOT_APPLICABLE = "not_applicable"
    """該当なし: all that is lacking was handed in as not applicable."""
    NOT_EVALUABLE = "not_evaluable"
    """判定不能: the verdict hangs on something that is not known."""
    NO_TARGET = "no_target"
    """目標なし: there is no rule."""


@frozen
class Check:
    """One requirement, looked at once: *value* against *target*, and whether it held (None: cannot be known).

    *at* is the month or branch where the requirement is for each of them.
    *counted* says that value and target are numbers of branches: those that met it, and all.
    """

    requirement: Requirement
    value: Outcome
    target: Outcome | None
    held: bool | None
    at: str = ""
    counted: bool = field(default=False, kw_only=True)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why it cannot be known."""
        sides = (side for side in (self.value, self.target) if isinstance(side, Undefined))
        return tuple(dict.fromkeys(reason for side in sides for reason in side.reasons))

    @property
    def margin(self) -> Fraction | None:
        """The signed distance to the target as a plain number; positive is good."""
        if not isinstance(self.value, Fraction) or not isinstance(self.target, Fraction):
            return None
        if self.counted:  # of branches that met a rule there cannot be too many
            return self.value - self.target
        return signed_distance(self.requirement, self.value, self.target)


@frozen
class Judgement:
    """What was decided, and how: the *case* chosen (None: none applied), each check made, the conditions looked at."""

    verdict: Verdict
    case: Case | None = None
    checks: tuple[Check, ...] = ()
    conditions: tuple[tuple[Case, tuple[Check, ...]], ...] = ()

    @property
    def decisive(self) -> Check | None:
        """The check to show: the first missed, else the first that cannot be known, else the one met most narrowly."""
        if len(self.checks) == 1:
            return self.checks[0]
        for wanted in (False, None):
            for check in self.checks:
                if check.held is wanted:
                    return check
        return min(self.checks, key=_closeness, default=None)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every reason why there is no verdict."""
        looked_at = (*self.checks, *(check for _, checks in self.conditions for check in checks))
        return tuple(dict.fromkeys(reason for check in looked_at if check.held is None for reason in check.reasons))


def signed_distance(requirement: Requirement, value: Fraction, target: Fraction) -> Fraction:
    """The one definition of margin: how far *value* is on the good side of *target*."""
    if lower_is_better(requirement):
        return target - value
    if isinstance(requirement, Comparison) and requirement.comparator is Comparator.EQUAL:
        return -abs(value - target)
    return value - target


def lower_is_better(requirement: Requirement) -> bool:
    """Whether the requirement sets an upper bound."""
    return isinstance(requirement, Comparison) and requirement.comparator in (Comparator.AT_MOST, Comparator.BELOW)


def _closeness(check: Check) -> tuple[bool, Fraction]:
    margin = check.margin
    if margin is None or not isinstance(check.target, Fraction):
        return True, Fraction(0)
    return False, margin / abs(check.target) if check.target else margin
