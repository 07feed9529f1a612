"""What examples reach of a rule: its clauses, both verdicts, and the boundary of each comparison."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from attrs import field, frozen

from kpi.definitions import Formula
from kpi.evaluation.decision import Check, Verdict
from kpi.evaluation.result import Result
from kpi.examples.steps import is_counted
from kpi.formulas.nodes import Comparison, Reference, Requirement, Rule
from kpi.formulas.printer import canonical

_VERDICTS: Final = (Verdict.ACHIEVED, Verdict.MISSED)
_BESIDE: Final = {"beside": ", and one a single step beyond it", "beside_ja": "、その一つ先の値の例も"}
_ALONE: Final = {"beside": "", "beside_ja": ""}


@frozen
class Unreached:
    """Something that no example reaches: the *code* of the problem that says so, and its facts."""

    code: str
    facts: Mapping[str, str] = field(factory=dict)


def unreached(formula: Formula, results: Sequence[Result]) -> Iterator[Unreached]:
    """What none of the *results* of a formula's examples reaches; nothing is asked of a formula without a rule."""
    rule = formula.rule
    if rule is None:
        return
    judgements = [result.judgement for result in results]
    decided = [judgement.case for judgement in judgements if judgement.checks]
    for case in rule.cases:
        if case not in decided:
            yield Unreached("clause-without-example", {"clause": canonical(case)})
    if None not in decided:
        yield Unreached("clause-without-example", {"clause": canonical(Rule(rule.requirements))})
    lacking = [verdict for verdict in _VERDICTS if verdict not in {judgement.verdict for judgement in judgements}]
    for verdict in lacking:
        from kpi.evaluation.wording import WORDS

        words = {"outcome": WORDS["en"][verdict], "outcome_ja": WORDS["ja"][verdict]}
        yield Unreached("outcome-without-example", words)
    looked_at: dict[Requirement, list[Check]] = {}
    for judgement in judgements:
        conditions = (check for case, checks in judgement.conditions if case in decided for check in checks)
        for check in (*judgement.checks, *conditions):
            looked_at.setdefault(check.requirement, []).append(check)
    for requirement, checks in looked_at.items():
        if isinstance(requirement, Comparison):
            yield from _boundary(requirement, checks, formula, only_target=bool(lacking))


def _boundary(
    requirement: Comparison, checks: list[Check], formula: Formula, *, only_target: bool
) -> Iterator[Unreached]:
    """One check stands exactly at the target; of things counted another a step beyond, where it comes out otherwise.

    *only_target* asks for the first alone: where a verdict is reached by no example, that is told already.
    """
    distances = {
        check.value - check.target: check.held
        for check in checks
        if isinstance(check.value, Fraction) and isinstance(check.target, Fraction)
    }
    left = formula.expression if requirement.left is None else requirement.left
    counted = not only_target and not isinstance(left, Reference) and is_counted(left, formula)
    at_target = distances.get(Fraction(0))
    beyond = any(abs(distance) == 1 and held is not at_target for distance, held in distances.items())
    if at_target is None or (counted and not beyond):
        yield Unreached(
            "boundary-without-example", {"requirement": canonical(requirement), **(_BESIDE if counted else _ALONE)}
        )
