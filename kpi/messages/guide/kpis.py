"""Advice on KPIs that read well and yet cannot be meant."""

from __future__ import annotations

from typing import Final

from kpi.messages.guide.advice import Advice

_SHARE: Final = "formula: single_bid_tenders / open_tenders"
_CARDS: Final = "formula: recovered_cards / cards_to_recover"

KPIS: Final = {
    "rule-in-formula": Advice(
        "A KPI says what is measured; what it must reach is for each plan to say.",
        "formula: posters >= 10 cards",
        "formula: posters",
    ),
    "direction-of-none": Advice(
        "Every plan sets the KPI a target that contradicts its direction, so the direction is what is wrong.",
        f'{_CARDS}\n    unit: "%"\n    direction: lower',
        f'{_CARDS}\n    unit: "%"\n    direction: higher',
    ),
    "same-parts": Advice(
        "Numerator and denominator are the same, or one is a multiple of the other. Whatever is counted, the value stays.",
        "formula: single_bid_tenders / single_bid_tenders",
        _SHARE,
    ),
    "constant-formula": Advice(
        "The formula gives the same value whatever is counted, so it measures nothing.",
        f"{_SHARE} - single_bid_tenders / open_tenders",
        _SHARE,
    ),
    "zero-denominator": Advice(
        "The denominator is 0 whatever is counted, so the KPI never has a value.",
        "formula: single_bid_tenders / (open_tenders - open_tenders)",
        _SHARE,
    ),
    "percent-twice": Advice(
        "The unit `%` says already that the value is shown in hundredths. The factor would make 20% out of 0.2%.",
        "formula: 100 * recovered_cards / cards_to_recover",
        _CARDS,
    ),
    "term-again": Advice(
        "A sum holds the same term twice. Mostly another was meant.",
        "formula: posters + posters",
        "formula: posters",
    ),
    "impossible-value": Advice(
        "What was observed gives more than the whole everywhere. Numerator and denominator have probably changed places.",
        "formula: cards_to_recover / recovered_cards",
        _CARDS,
    ),
    "same-definition": Advice(
        "Two KPIs are defined alike. One of them may be a copy in which the formula was never changed.",
        "    direction: higher\n  cost_per_tender",
        "    direction: higher\n    same_as: generic_share\n  cost_per_tender",
    ),
    "not-the-same": Advice(
        "The KPI claims to be another under a second name, and is not.",
        "same_as: single_bid_share",
        "same_as: generic_share",
    ),
    "name-of-another": Advice(
        "Two KPIs have one name, and nobody can tell them apart in a scorecard.",
        "ja: 後発医薬品の使用割合\n    en: generic drugs as the branches print them",
        "ja: 後発医薬品使用率\n    en: generic drugs as the branches print them",
    ),
}
"""The advice by code."""
