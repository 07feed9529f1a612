"""A result in a few words, for cells and charts: its verdict with a sign, its target with a comparator."""

from __future__ import annotations

from typing import Final

from kpi.evaluation.decision import Verdict
from kpi.evaluation.result import Result
from kpi.evaluation.wording import WORDS
from kpi.evaluation.writing import Writer
from kpi.formulas.japanese import PHRASES, japanese
from kpi.formulas.nodes import Comparison, Number, Rule
from kpi.formulas.printer import canonical
from kpi.problems import Language
from kpi.quantities import Quantity, finite_decimals

MARKS: Final = {
    Verdict.ACHIEVED: "○",
    Verdict.MISSED: "×",
    Verdict.NOT_APPLICABLE: "–",
    Verdict.NOT_EVALUABLE: "?",
    Verdict.NO_TARGET: "–",
}
"""Verdicts as signs that read without colour."""


def verdict_text(result: Result, language: Language) -> str:
    """The verdict with its sign, and a star where it is provisional."""
    return f"{MARKS[result.outcome]} {WORDS[language][result.outcome]}{'*' if result.provisional else ''}"


def attainment_text(result: Result, language: Language) -> str:
    """The attainment, with more decimals where rounding would hide on which side of 100 % it lies; or nothing."""
    write = Writer(language, result.judge, result.rule, result.situation, result.vocabulary)
    return "" if result.attainment is None else write.telling(result.attainment, 100)


def target_text(result: Result, language: Language) -> str:
    """The target with its comparator: `>= 59.6%`, `59.6%以上`."""
    check, target = result.check, result.target
    if check is None or target is None or not isinstance(check.requirement, Comparison):
        rule = result.rule and Rule(result.rule.requirements)
        return "" if rule is None else japanese(rule) if language == "ja" else canonical(rule)
    comparator, right = check.requirement.comparator, check.requirement.right
    # as printed, or as many decimals as last year's value has, but no more than the KPI shows
    ends = right.decimals if isinstance(right, Number) else finite_decimals(target.denominator)
    if ends is not None and ends < target.decimals:
        target = Quantity(target, target.unit, ends)
    if language == "ja":
        return f"{target.text('ja')}{PHRASES[comparator]}"
    return f"{comparator} {target.text('en')}"
