"""From a rule and a situation to a decision: the first case that applies decides, otherwise the rule's requirements.

A clause that is not chosen is not evaluated: with no tenders at all, a rule on the count of tenders is decided
by that count and not by 0/0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import assert_never

from attrs import evolve, frozen

from kpi.evaluation.decision import Check, Judgement, Verdict
from kpi.evaluation.display import Compared, Display
from kpi.evaluation.observed import Observed, Situation
from kpi.formulas.evaluator import Environment, Outcome, Reason, Series, Undefined, evaluate, plain_value
from kpi.formulas.nodes import (
    Case,
    Comparator,
    Comparison,
    Done,
    Expression,
    Period,
    Reference,
    Requirement,
    Rule,
    Scope,
    names,
    references,
)
from kpi.formulas.printer import canonical
from kpi.periods import month_end
from kpi.units import UNITS, UnitTable

STATED_FOR = frozenset({Period.PRIOR_YEAR, Period.PRIOR_YEAR_END, Period.SAME_PERIOD_LAST_YEAR})
"""The references that a plan's stated baseline may stand for."""


def stated_for(rule: Rule | None) -> frozenset[Period]:
    """The references that the one baseline of a plan stands for.

    It is last year's final value; where the rule looks at the same period last year and at no final value, it is that.
    """
    same_period = frozenset({Period.SAME_PERIOD_LAST_YEAR})
    mentioned = {reference.period for reference in references(rule)} if rule else set()
    return same_period if mentioned & STATED_FOR == same_period else STATED_FOR - same_period


@frozen
class Judge:
    """Decides rules about one *formula*; a stated baseline counts for the references *stated_for*."""

    formula: Expression
    display: Display
    units: UnitTable = UNITS
    stated_for: frozenset[Period] = STATED_FOR

    def compared(self, compared: Compared) -> Judge:
        """The same judge, comparing exact or shown numbers."""
        return evolve(self, display=evolve(self.display, compared=compared))

    def judge(self, rule: Rule | None, situation: Situation) -> Judgement:
        """The decision; without a rule there is none to make."""
        if rule is None:
            return Judgement(Verdict.NO_TARGET)
        if situation.current.branches_met is not None:
            return self._counted(rule, situation.current.branches_met, situation.branches)
        conditions = []
        for case in rule.cases:
            checks = self._checks(case.conditions, situation)
            conditions.append((case, checks))
            holds = _all_held(checks)
            if holds is None:
                return Judgement(_without_verdict(checks), None, (), tuple(conditions))
            if holds:
                return self._decided(case, case.requirements, situation, tuple(conditions))
        return self._decided(None, rule.requirements, situation, tuple(conditions))

    def own_value(self, observed: Observed, environment: Environment) -> Outcome:
        """The formula's value: from its variables, or as published where those are missing."""
        computed = evaluate(self.formula, environment)
        if isinstance(computed, Fraction) or observed.own is None:
            return computed
        only_missing = all(reason.lack == "missing" for reason in computed.reasons)
        return observed.own if only_missing else computed

    def reference(self, reference: Reference, subject: Expression | None, situation: Situation) -> Outcome:
        """The compared quantity at another time or place: as stated where a plan states it, else from the data."""
        stated = self.stated(reference, subject, situation)
        return stated if stated is not None else self.from_data(reference, subject, situation)

    def stated(self, reference: Reference, subject: Expression | None, situation: Situation) -> Fraction | None:
        """The baseline that the plan states for *reference*, if it does."""
        if subject is None and situation.baseline is not None and reference.period in self.stated_for:
            return situation.baseline
        return plain_value(reference.stated, self.units) if reference.stated else None

    def from_data(self, reference: Reference, subject: Expression | None, situation: Situation) -> Outcome:
        """The compared quantity at another time or place, computed from what was observed there."""
        observed = self.observed_elsewhere(reference, situation)
        if observed is not None and observed.barred is not None:
            return Undefined.because(observed.barred, canonical(evolve(reference, stated=None)))
        if observed is not None:
            found = self._subject(subject, observed, situation)
            return found if isinstance(found, Fraction) else _at(reference, found, observed)
        years = self.years_of_mean(reference, situation)
        if not years:
            return Undefined.because("missing", canonical(evolve(reference, stated=None)))
        values = [self.from_data(Reference(Period.FISCAL_YEAR, year), subject, situation) for year in years]
        numbers = [value for value in values if isinstance(value, Fraction)]
        if len(numbers) < len(values):
            undefined = [value for value in values if isinstance(value, Undefined)]
            return Undefined(tuple(dict.fromkeys(reason for value in undefined for reason in value.reasons)))
        return sum(numbers, Fraction(0)) / len(numbers)

    def observed_elsewhere(self, reference: Reference, situation: Situation) -> Observed | None:
        """What was observed where *reference* looks; last year may be given by its number or as the prior year."""
        others, year = situation.others, situation.fiscal_year
        found = others.get((reference.period, reference.years))
        if found is None and year is not None:
            if reference.period is Period.PRIOR_YEAR:
                return others.get((Period.FISCAL_YEAR, year.prior.year))
            if (reference.period, reference.years) == (Period.FISCAL_YEAR, year.prior.year):
                return others.get((Period.PRIOR_YEAR, None))
        return found

    def years_of_mean(self, reference: Reference, situation: Situation) -> tuple[int, ...]:
        """The fiscal years of a mean, latest first; each year's value counts the same."""
        if reference.period is not Period.MEAN_OF_YEARS or situation.fiscal_year is None:
            return ()
        return tuple(situation.fiscal_year.year - back for back in range(1, (reference.years or 1) + 1))

    def environment(self, observed: Observed, subject: Expression | None, situation: Situation) -> Environment:
        """What an expression about *subject* may look at, given what was *observed*."""
        return Environment(
            observed.variables, lambda reference: self.reference(reference, subject, situation), self.units
        )

    def _counted(self, rule: Rule, met: Outcome, branches: int | None) -> Judgement:
        """The decision where it is known only how many branches met a rule that is for every branch."""
        total = Undefined.because("missing", "branches") if branches is None else Fraction(branches)
        checks = (Check(rule.requirements[0], met, total, holds(met, Comparator.EQUAL, total), counted=True),)
        return Judgement(_verdict(checks), None, checks)

    def _decided(
        self,
        case: Case | None,
        requirements: tuple[Requirement, ...],
        situation: Situation,
        conditions: tuple[tuple[Case, tuple[Check, ...]], ...],
    ) -> Judgement:
        checks = self._checks(requirements, situation)
        return Judgement(_verdict(checks), case, checks, conditions)

    def _checks(self, requirements: tuple[Requirement, ...], situation: Situation) -> tuple[Check, ...]:
        return tuple(check for requirement in requirements for check in self._each(requirement, situation))

    def _each(self, requirement: Requirement, situation: Situation) -> Iterator[Check]:
        if requirement.every is None:
            yield self._check(requirement, situation)
            return
        mentioned = names(requirement) if requirement.left is not None else (*names(self.formula), *names(requirement))
        variables = situation.current.variables
        series = {name: given for name in mentioned if isinstance(given := variables.get(name), Series)}
        given_keys = dict.fromkeys(key for given in series.values() for key in given.values)
        keys = given_keys if requirement.every is Scope.BRANCH else _months(given_keys, situation)
        if not given_keys:
            missing = Undefined(tuple(Reason("no_series", name) for name in mentioned))
            yield Check(requirement, missing, None, None)
            return
        if (
            requirement.every is Scope.BRANCH
            and situation.branches is not None
            and len(given_keys) < situation.branches
        ):
            lacking = f"{situation.branches - len(given_keys)} of {situation.branches} branches"
            yield Check(requirement, Undefined.because("missing", lacking), None, None)
        for key in keys:
            at_key = {
                name: given.values.get(key, Undefined.because("missing", f"{name} ({key})"))
                for name, given in series.items()
            }
            current = evolve(situation.current, variables={**variables, **at_key}, own=None)
            yield evolve(self._check(requirement, evolve(situation, current=current)), at=key)

    def _check(self, requirement: Requirement, situation: Situation) -> Check:
        left = requirement.left
        subject = None if isinstance(left, Reference) else left
        if isinstance(left, Reference):
            value = self.reference(left, None, situation)
        else:
            value = self._subject(left, situation.current, situation)
        match requirement:
            case Done():
                return Check(requirement, value, None, value >= 1 if isinstance(value, Fraction) else None)
            case Comparison(_, comparator, right):
                target = evaluate(right, self.environment(situation.current, subject, situation))
                if left is None and self.display.compared == "shown":
                    value, target = self._shown(value), self._shown(target)
                return Check(requirement, value, target, holds(value, comparator, target))
            case _:
                assert_never(requirement)

    def _subject(self, subject: Expression | None, observed: Observed, situation: Situation) -> Outcome:
        environment = self.environment(observed, subject, situation)
        return self.own_value(observed, environment) if subject is None else evaluate(subject, environment)

    def _shown(self, outcome: Outcome) -> Outcome:
        return self.display.shown(outcome) if isinstance(outcome, Fraction) else outcome


def holds(value: Outcome, comparator: Comparator, target: Outcome) -> bool | None:
    """Whether *value* stands to *target* as the comparator says; None where either is undefined."""
    if isinstance(value, Undefined) or isinstance(target, Undefined):
        return None
    match comparator:
        case Comparator.AT_LEAST:
            return value >= target
        case Comparator.AT_MOST:
            return value <= target
        case Comparator.ABOVE:
            return value > target
        case Comparator.BELOW:
            return value < target
        case Comparator.EQUAL:
            return value == target
        case _:
            assert_never(comparator)


def _months(given: Iterable[str], situation: Situation) -> Iterable[str]:
    """The months that a requirement for every month looks at: those given, and those that should have been.

    Where the fiscal year is known, each of its months up to the as-of date counts, given or not.
    """
    if situation.fiscal_year is None:
        return given
    ended = [
        month
        for month in situation.fiscal_year.months
        if situation.as_of is None or month_end(month) <= situation.as_of
    ]
    numbered = all(key.isdecimal() for key in given)
    due = [str(number) for number in range(1, len(ended) + 1)] if numbered else ended
    return dict.fromkeys((*due, *given))


def _at(reference: Reference, undefined: Undefined, observed: Observed) -> Undefined:
    """Reasons that lie at another time or place, named as such: `open_tenders (prior year)`."""
    place = canonical(evolve(reference, stated=None))
    named = (f"{reason.name} ({place})" if observed.variables else place for reason in undefined.reasons)
    # what did not apply last year is, for this year's verdict, simply not there
    lacks = ("missing" if reason.lack == "not_applicable" else reason.lack for reason in undefined.reasons)
    return Undefined(tuple(dict.fromkeys(map(Reason, lacks, named))))


def _all_held(checks: tuple[Check, ...]) -> bool | None:
    """One that fails decides, even where another cannot be known."""
    held = [check.held for check in checks]
    return False if False in held else None if None in held else True


def _verdict(checks: tuple[Check, ...]) -> Verdict:
    held = _all_held(checks)
    return _without_verdict(checks) if held is None else Verdict.ACHIEVED if held else Verdict.MISSED


def _without_verdict(checks: tuple[Check, ...]) -> Verdict:
    """Not applicable where everything that the values lack does not apply; what their targets lack is another matter."""
    values = (check.value for check in checks if isinstance(check.value, Undefined))
    lacks = {reason.lack for value in values for reason in value.reasons}
    return Verdict.NOT_APPLICABLE if lacks == {"not_applicable"} else Verdict.NOT_EVALUABLE
