"""Results of branches as inputs of a KPI of the nation: how many achieved, and whether every one did."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from kpi.definitions import Formula
from kpi.errors import ComparisonError
from kpi.evaluation.decision import Verdict
from kpi.evaluation.observed import Observed, Situation
from kpi.evaluation.result import Result
from kpi.formulas.evaluator import Outcome, Reason, Undefined


def tally(results: Mapping[str, Result | None]) -> dict[str, int]:
    """How many *results* have each outcome, by names that a formula can take.

    `achieved`, `missed`, `not_applicable`, `not_evaluable` and `no_target`; `evaluated` are those with a verdict, and
    `branches` all of them. No result at all (None) is not evaluable.
    """
    outcomes = [Verdict.NOT_EVALUABLE if result is None else result.outcome for result in results.values()]
    counts = {str(verdict): outcomes.count(verdict) for verdict in Verdict}
    evaluated = counts["achieved"] + counts["missed"]
    return {**counts, "evaluated": evaluated, "branches": len(outcomes)}


def decide(formula: Formula, results: Mapping[str, Result | None], branches: int | None = None) -> Result:
    """The result of a KPI whose rule is for every branch, from the *results* of the branches.

    A branch that missed decides. Where none missed and one has no verdict, the KPI is not evaluable and the branch is
    named. A branch to which the rule does not apply counts neither way.

    Args:
        formula: the KPI with its rule, all of it `every branch`.
        results: the result of each branch.
        branches: how many branches there are; those without a result are missing. Without it those of *results*.

    Raises:
        ComparisonError: the rule is not for every branch, or there are more results than branches.
    """
    if not formula.is_for_branches:
        found = formula.rule_text() or "no rule"
        raise ComparisonError(f"expected a rule that is for every branch, such as '>= 80% every branch'; found {found}")
    if branches is not None and len(results) > branches:
        raise ComparisonError(f"found results of {len(results)} branches; expected at most {branches}")
    count = tally(results)
    absent = 0 if branches is None else branches - len(results)
    total = count["branches"] + absent - count["not_applicable"]
    situations = [result.situation for result in results.values() if result is not None]
    years = {situation.fiscal_year for situation in situations}
    dates = {situation.as_of for situation in situations}
    situation = Situation(
        Observed(branches_met=_met(results, count, absent, branches)),
        fiscal_year=years.pop() if len(years) == 1 else None,
        as_of=dates.pop() if len(dates) == 1 else None,
        branches=total,
    )
    return formula.result(situation)


def _met(results: Mapping[str, Result | None], count: Mapping[str, int], absent: int, branches: int | None) -> Outcome:
    """How many branches met the rule; why that is not known where it would decide."""
    reasons = [
        Reason("no_verdict", key)
        for key, result in results.items()
        if result is None or result.outcome in (Verdict.NOT_EVALUABLE, Verdict.NO_TARGET)
    ]
    if absent:
        reasons.append(Reason("missing", f"{absent} of {branches} branches"))
    if not results and not absent:
        return Undefined.because("missing", "the results of all branches")
    if not reasons and count["branches"] == count["not_applicable"]:
        return Undefined.because("not_applicable", "branches")
    return Undefined(tuple(reasons)) if reasons and not count["missed"] else Fraction(count["achieved"])
