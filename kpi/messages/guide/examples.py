"""Advice on the examples that stand beside a KPI or an entry of a plan."""

from __future__ import annotations

from typing import Final

from kpi.messages.guide.advice import Advice

_MET: Final = "inputs: {posters: 10}, outcome: achieved, value: 10 cards"
_NOT_MET: Final = "          - {inputs: {posters: 9}, outcome: missed}\n"
_RULE: Final = 'rule: ">= 10 cards"\n        published: 10枚以上'

EXAMPLES: Final = {
    "example-outcome": Advice(
        "The rule decides an example otherwise than its author meant. One of the two is wrong.",
        "inputs: {posters: 10}, outcome: missed, value: 10 cards",
        _MET,
    ),
    "example-value": Advice(
        "The formula gives an example another value than its author meant. "
        "Write the value exactly, or rounded as the KPI shows it.",
        "inputs: {posters: 10}, outcome: achieved, value: 11 cards",
        _MET,
    ),
    "unknown-input": Advice(
        "An example gives a number that nothing looks at. The variable is probably misspelt, or left the formula.",
        "inputs: {poster: 10}, outcome: achieved, value: 10 cards",
        _MET,
    ),
    "unreadable-input": Advice(
        "An input of an example is no number, or has another unit than its variable.",
        "inputs: {posters: 10 yen}, outcome: achieved, value: 10 cards",
        _MET,
    ),
    "clause-without-example": Advice(
        "The entry carries examples, and none of them shows what this clause does. `kpi examples` proposes some.",
        'rule: ">= 10 cards; >= 15 cards when posters >= 30 cards"\n'
        "        published: 10枚以上。掲示物が30枚以上の場合は15枚以上",
        _RULE,
    ),
    "outcome-without-example": Advice(
        "The entry carries examples, and all of them are met, or all missed. They would not notice a rule that decides nothing.",
        _NOT_MET.replace("9}, outcome: missed", "11}, outcome: achieved"),
        _NOT_MET,
    ),
    "boundary-without-example": Advice(
        "No example stands where the verdict turns, so they would not notice `>` for `>=`, nor a target that is one off. "
        "Of things counted there is to be one exactly at the target and one a single step beyond it.",
        "inputs: {posters: 12}, outcome: achieved, value: 12 cards",
        _MET,
    ),
}
"""The advice by code."""
