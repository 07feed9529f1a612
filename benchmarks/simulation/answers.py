"""The true answers, counted by numpy while the claims are drawn: no SQL engine and nothing of `kpi` takes part.

A condition that is unknown for a claim leaves the claim out, whether it is asked for or its contrary.
So of four claims, one after loss of qualification and one of which nobody knows, two are `not lost`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final

import numpy as np

from simulation.drawing import KINDS, NO, UNKNOWN, YES, Claims
from simulation.office_days import business_days

Counts = dict[str, int]

LIMIT: Final = 10
"""Business days within which a claim is to be paid."""
USUAL: Final = 200_000
HIGHER: Final = 210_000
"""The mean amount that is allowed, and the one where injury allowance makes up a large part of the claims."""
LARGE_PART: Final = 35
"""In percent."""
INJURY: Final = KINDS[0]

MEANINGS: Final = {
    "claims": "claims received",
    "paid": "of them paid",
    "paid_within_10": "paid within ten business days; the day of receipt is day 0",
    "business_days": "business days that the paid took, added up",
    "lost": "claims after loss of qualification",
    "lost_unknown": "claims of which nobody knows",
    "paid_not_lost": "paid claims, those after loss of qualification or of which nobody knows left out",
    "paid_within_10_not_lost": "of them paid within ten business days",
    "paid_lost_unknown": "paid claims of which nobody knows",
    "paid_within_10_lost_unknown": "of them paid within ten business days",
    "voluntary": "claims of members who continue of their own will",
    "voluntary_unknown": "claims of which nobody knows",
    "returned": "claims returned for correction",
    "amount": "yen, where known, added up",
    "amount_known": "claims whose amount is known",
    "injury": "claims for injury allowance",
    "injury_not_voluntary": "of them those of members who do not continue of their own will, their amount known",
    "injury_amount_not_voluntary": "the yen of those, added up",
}
"""What can be added up over months and branches."""
MEMBERS: Final = "members"
"""Distinct members with a claim, which cannot."""


def count(claims: Claims) -> Counts:
    """The answers named in `MEANINGS` for these claims."""
    paid = ~np.isnat(claims.paid)
    took = np.zeros(len(paid), dtype=np.int64)
    took[paid] = business_days(claims.received[paid], claims.paid[paid])
    within = paid & (took <= LIMIT)
    lost = {state: claims.lost == state for state in (NO, YES, UNKNOWN)}
    known = claims.amount >= 0
    injury = claims.kind == KINDS.index(INJURY)
    injury_kept = injury & (claims.voluntary == NO) & known
    found = {
        "claims": len(paid),
        "paid": paid.sum(),
        "paid_within_10": within.sum(),
        "business_days": took.sum(),
        "lost": lost[YES].sum(),
        "lost_unknown": lost[UNKNOWN].sum(),
        "paid_not_lost": (paid & lost[NO]).sum(),
        "paid_within_10_not_lost": (within & lost[NO]).sum(),
        "paid_lost_unknown": (paid & lost[UNKNOWN]).sum(),
        "paid_within_10_lost_unknown": (within & lost[UNKNOWN]).sum(),
        "voluntary": (claims.voluntary == YES).sum(),
        "voluntary_unknown": (claims.voluntary == UNKNOWN).sum(),
        "returned": claims.returned.sum(),
        "amount": claims.amount[known].sum(),
        "amount_known": known.sum(),
        "injury": injury.sum(),
        "injury_not_voluntary": injury_kept.sum(),
        "injury_amount_not_voluntary": claims.amount[injury_kept].sum(),
    }
    return {name: int(number) for name, number in found.items()}


def add_up(parts: Iterable[Mapping[str, int]]) -> Counts:
    """The answers for all claims of the *parts* together."""
    parts = list(parts)
    return {name: sum(part[name] for part in parts) for name in MEANINGS}


def decide(year: Mapping[str, int], prior: Mapping[str, int] | None) -> dict[str, str]:
    """The outcomes of the three KPIs for a branch's *year*, given the *prior* one.

    `prompt`: all paid claims, those after loss of qualification left out, were paid within ten business days.
    `returned`: the share of claims that are returned is not above the prior year's.
    `mean_amount`: injury allowance per claim, voluntarily continued members left out, is at most 200,000 yen, or 210,000
    where the injury allowance makes up at least 35 % of the claims.
    """
    late = year["paid_not_lost"] - year["paid_within_10_not_lost"]
    many = 100 * year["injury"] >= LARGE_PART * year["claims"]
    return {
        "prompt": _at_most(_ratio(late, year["paid_not_lost"]), Fraction(0)),
        "returned": _at_most(
            _ratio(year["returned"], year["claims"]), prior and _ratio(prior["returned"], prior["claims"])
        ),
        "mean_amount": _at_most(
            _ratio(year["injury_amount_not_voluntary"], year["injury_not_voluntary"]),
            Fraction(HIGHER if many else USUAL),
        ),
    }


def _ratio(numerator: int, denominator: int) -> Fraction | None:
    return Fraction(numerator, denominator) if denominator else None


def _at_most(value: Fraction | None, target: Fraction | None) -> str:
    if value is None or target is None:
        return "not_evaluable"
    return "achieved" if value <= target else "missed"
