"""From a checked formula with its rule to a program on whole numbers.

The meaning is that of `kpi.evaluation.judge`: the first `when` that holds decides, a clause that is not chosen is not
evaluated, one failed requirement decides even where another cannot be known.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen

from kpi.compilation.checks import Checks, Look, all_hold, any_failed, checks, decisive, holds, missed, unknown
from kpi.compilation.folding import ALWAYS, NEVER, every, implies, negation
from kpi.compilation.integers import Condition, Input
from kpi.compilation.program import Program
from kpi.compilation.quantities import Decided, Quantities
from kpi.compilation.terms import UNDEFINED, Term, constant, either
from kpi.compilation.walking import inputs_of
from kpi.evaluation.decision import Verdict
from kpi.formulas.nodes import Rule

Outcomes = tuple[tuple[Condition, Verdict], ...]


def lower(
    decided: Decided,
    *,
    scales: Mapping[Input, int] | None = None,
    signed: bool = False,
    presence: Mapping[Input, bool] | None = None,
) -> Program:
    """The program that decides a formula with its rule.

    Every input is a whole number; its plain value is that number / 10**scale / per, where *per* is that of the
    variable's unit (100 for %), or of the KPI's unit for its own value and stated baseline.
    A branch target is a value of the KPI, never one of its variables.

    Args:
        decided: the formula; a `kpi.Formula` is one.
        scales: the decimals of inputs that have any.
        signed: whether denominators may be negative. Otherwise they are taken to be positive or zero,
            and listed in `Program.positive`.
        presence: inputs that have a value in every row (True) or in none (False).

    Raises:
        KpiError: the rule compares the value as shown, and the KPI does not declare its decimals.
    """
    quantities = Quantities(decided, scales or {}, presence or {}, signed=signed)
    rule = Clauses.of(quantities, decided.rule)
    value = rule.looked_at(lambda check: check.value, quantities.own()).ratio
    target = rule.looked_at(lambda check: check.target, UNDEFINED).ratio
    margin = rule.looked_at(lambda check: check.margin, UNDEFINED).ratio
    own_per = constant(Fraction(quantities.own_per))
    per = rule.looked_at(lambda check: constant(Fraction(check.per)), own_per).numerator
    outcomes = rule.outcomes()
    ratios = [part for ratio in (value, target, margin) for part in (ratio.defined, ratio.numerator, ratio.denominator)]
    inputs = inputs_of(*(condition for condition, _ in outcomes), *ratios, per)
    positive = tuple(one for one in quantities.positive if {*inputs_of(one)} <= {*inputs})
    return Program(inputs, outcomes, value, target, margin, positive, per)


@frozen
class Clauses:
    """The checks of a rule: conditions and requirements of each case, and what is required otherwise."""

    cases: tuple[tuple[Checks, Checks], ...] = ()
    otherwise: Checks = ()

    @classmethod
    def of(cls, quantities: Quantities, rule: Rule | None) -> Clauses:
        """The checks of *rule*; without one there are none."""
        if rule is None:
            return cls()
        cases = ((checks(quantities, case.conditions), checks(quantities, case.requirements)) for case in rule.cases)
        return cls(tuple(cases), checks(quantities, rule.requirements))

    def outcomes(self) -> Outcomes:
        """What is decided, in the order in which it is asked."""
        found: list[tuple[Condition, Verdict]] = []
        for conditions, requirements in self.cases:
            found += _required(all_hold(conditions), requirements)
            found.append((negation(any_failed(conditions)), Verdict.NOT_EVALUABLE))
        if self.otherwise:
            found += _required(ALWAYS, self.otherwise)
        found.append((ALWAYS, Verdict.NOT_EVALUABLE if self.otherwise else Verdict.NO_TARGET))
        possible: list[tuple[Condition, Verdict]] = []
        for condition, verdict in found:
            if condition != NEVER and not any(implies(condition, earlier) for earlier, _ in possible):
                possible.append((condition, verdict))
        return tuple(possible)

    def looked_at(self, look: Look, unchecked: Term) -> Term:
        """What one sees of the check that decided; *unchecked* where a condition cannot be known, so that none did."""
        if not self.otherwise:
            return unchecked
        found = decisive(self.otherwise, look)
        for conditions, requirements in reversed(self.cases):
            if found == unchecked:
                found = either(all_hold(conditions), decisive(requirements, look), found)
            else:
                found = either(holds(conditions), decisive(requirements, look), found)
                found = either(unknown(conditions), unchecked, found)
        return found


def _required(chosen: Condition, requirements: Checks) -> Outcomes:
    """What requirements decide where they are *chosen*; the second is asked where the first does not hold."""
    return (
        (every(chosen, all_hold(requirements)), Verdict.ACHIEVED),
        (every(chosen, missed(requirements)), Verdict.MISSED),
    )
