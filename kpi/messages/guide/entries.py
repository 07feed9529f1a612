"""Advice on entries of plans that read well and yet cannot be meant."""

from __future__ import annotations

from typing import Final

from kpi.messages.guide.advice import Advice

_GENERIC: Final = 'rule: ">= 81.0%"'
_CASES: Final = 'rule: "<= 20%; single_bid_tenders <= 1 case when open_tenders <= 4 cases"'
_EXPECTED: Final = 'expected: {numerator: "820", denominator: "1,000"}'
_BASELINE: Final = 'rule: ">= prior year"\n        published: 対前年度以上\n        baseline: 92.41%'
_UNLESS: Final = "single_bid_tenders <= 1 case when open_tenders <= 4 cases"


def _rule(meaning: str, wrong: str) -> Advice:
    return Advice(meaning, f'rule: "{wrong}"', _GENERIC)


def _cases(meaning: str, wrong: str) -> Advice:
    return Advice(meaning, f'rule: "{wrong}"', _CASES)


ENTRIES: Final = {
    "kpi-again": Advice(
        "A plan sets a KPI twice, and nothing says which rule counts.",
        'kpi: generic_share\n        rule: ">= 81.5%"',
        'kpi: generic_rate\n        rule: ">= 81.5%"',
    ),
    "direction-clash": _rule("The rule asks for less where more is better, or the reverse.", "<= 81.0%"),
    "impossible-target": _rule("No value can reach the target. Most often a decimal point is missing.", ">= 810%"),
    "always-met": _rule("Every value reaches the target, so the rule asks for nothing.", ">= 0%"),
    "never-holds": _cases(
        "A condition that no value satisfies. Its clause is never used.",
        "<= 20%; single_bid_tenders <= 1 case when open_tenders < 0 cases",
    ),
    "always-holds": _cases(
        "A condition that every value satisfies. The clauses behind it and the one without a condition are never used.",
        "<= 20%; single_bid_tenders <= 1 case when open_tenders >= 0 cases",
    ),
    "shadowed": _cases(
        "The clauses are tried in order, and an earlier one takes every case of this one. Put the narrower condition first.",
        f"<= 20%; {_UNLESS}; <= 50% when open_tenders <= 2 cases",
    ),
    "otherwise-shadowed": _cases(
        "The conditions cover everything, so the clause without one never decides.",
        f"<= 20%; {_UNLESS}; <= 30% when open_tenders >= 5 cases",
    ),
    "gap": _cases(
        "Two conditions leave out the single number between them. It is mostly meant to belong to one of them.",
        "<= 20%; <= 50% when open_tenders < 4 cases; <= 30% when open_tenders > 4 cases",
    ),
    "done-of-share": _rule("A share is measured, not done. Set it a number to reach.", "is done"),
    "branches-of-branch": _rule(
        "A branch cannot promise anything for every branch. Such a rule is the nation's.", ">= 81.0% every branch"
    ),
    "expected-contradicts": Advice(
        "The document took its target from counts that give another one. A digit may be wrong in either.",
        'expected: {numerator: "802", denominator: "1,000"}',
        _EXPECTED,
    ),
    "expected-of-nothing": Advice(
        "The expected denominator is 0, and nothing can be a share of it.",
        'expected: {numerator: "820", denominator: "0"}',
        _EXPECTED,
    ),
    "unreadable-count": Advice(
        "An expected count that is no number of things. Write digits alone, in quotes.",
        'expected: {numerator: "some 820", denominator: "1,000"}',
        _EXPECTED,
    ),
    "no-baseline": Advice(
        "The rule looks at last year, and the entry does not say what the document prints of it. "
        "Where it prints nothing, write `baseline: 記載なし`.",
        'rule: ">= prior year"\n        published: 対前年度以上',
        _BASELINE,
    ),
    "unused-baseline": Advice(
        "A baseline stands beside a rule that does not look at last year. The rule may have lost its reference.",
        "published: 81.0％以上\n        baseline: 80.4%",
        "published: 81.0％以上",
    ),
    "unused-area": Advice(
        "An area is named of which no section of the plan is a part. "
        "Its mark is how those sections begin, character by character: Ⅲ is one character, III are three.",
        "III: {ja: 組織・運営体制関係, en: Organisation and management}",
        "Ⅲ: {ja: 組織・運営体制関係, en: Organisation and management}",
    ),
    "ambiguous-baseline": Advice(
        "The rule looks at last year in two ways, and one baseline cannot be both values.",
        'rule: ">= max(prior year, same period last year)"\n        published: 対前年度以上\n        baseline: 92.41%',
        _BASELINE,
    ),
    "impossible-baseline": Advice(
        "The KPI can never have had this value. Most often a decimal point is missing.",
        "baseline: 9241%",
        "baseline: 92.41%",
    ),
    "unreadable-baseline": Advice(
        "The baseline is no number in the KPI's unit.",
        "baseline: 七千円あまり",
        "baseline: 7,445円",
    ),
    "baseline-differs": Advice(
        "The baseline and the value in the brackets of the rule are different numbers.",
        "baseline: 7,454円",
        "baseline: 7,445円",
    ),
    "baseline-contradicts": Advice(
        "Last year's published result is another number than the baseline. One of the two is misread or misprinted.",
        "baseline: 92.14%",
        "baseline: 92.41%",
    ),
    "another-scale": Advice(
        "The number is a hundredth, or the hundredfold, of what the other plans have for this KPI.",
        f"{_GENERIC}\n        published: 81.0％以上".replace("81.0", "0.81"),
        f"{_GENERIC}\n        published: 81.0％以上",
    ),
    "published-differs": Advice(
        "The rule and the phrase that the document prints say different things. Which is right stands in the document.",
        "published: 80.0％以上",
        "published: 81.0％以上",
    ),
}
"""The advice by code."""
