"""Draws the claims of one branch in one month.

Chances are held in tables of 65,536 places, so that two random bytes and one look-up give a kind, an amount or a number
of days: this is what makes a hundred million claims a matter of a minute.
"""

from __future__ import annotations

from functools import cache
from statistics import NormalDist
from typing import Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from simulation.branches import Manner
from simulation.office_days import AS_OF, Days, open_days

PLACES: Final = 2**16

KINDS: Final = ("傷病手当金", "出産手当金", "出産育児一時金", "埋葬料", "療養費", "高額療養費")
"""Injury and sickness allowance, childbirth allowance, childbirth lump sum, funeral expense, medical expense, high-cost
medical expense."""
OTHER_KINDS: Final = (0.06, 0.05, 0.04, 0.50, 0.35)
"""How all but the first kind share what that leaves over."""
AMOUNTS: Final = ((170_000, 0.6), (450_000, 0.5), (420_000, 0.05), (50_000, 0.05), (12_000, 1.0), (60_000, 0.9))
"""The median in yen, and the spread of its logarithm."""

NO, YES, UNKNOWN = 0, 1, 2
LOST: Final = (0.025, 0.02)
"""The share of claims after loss of qualification, and the share of which nobody knows."""
VOLUNTARY: Final = (0.06, 0.01)
"""The share of claims of members who continue of their own will, and the share of which nobody knows."""
LATE_AFTER_LOSS: Final = 0.3
NEVER_PAID: Final = 0.004
AMOUNT_UNKNOWN: Final = 0.005

PROMPT_DAYS: Final = (2, 8, 40, 90, 150, 200, 190, 140, 100, 60, 20)
"""How often a claim takes 0, 1, … 10 business days; the tenth must not be rare, for it decides."""
LATE_DAYS: Final = tuple(0.85**day for day in range(30))
"""How often a late claim takes 11, 12, … business days."""

WEEKDAYS: Final = (1.35, 1.05, 0.95, 0.9, 0.95)
AFTER_CLOSED: Final = 0.4
"""The post of closed days comes on the next: receipts grow with this power of the days since the last open one."""
MONTH_END: Final = 1.25
"""How much more comes in on the last two open days of a month."""
FIRST_MEMBER: Final = 10_000_000_001


@frozen(eq=False)
class Claims:
    """The columns of one branch's claims in one month, in the order in which they were received."""

    received: Days
    paid: Days
    """NaT where not paid."""
    kind: NDArray[np.uint8]
    """The place in `KINDS`."""
    amount: NDArray[np.int64]
    """Yen; -1 where unknown."""
    member: NDArray[np.int64]
    """The member's place among all members of the simulation."""
    lost: NDArray[np.uint8]
    """`NO`, `YES` or `UNKNOWN`, as is the next."""
    voluntary: NDArray[np.uint8]
    returned: NDArray[np.bool_]


def draw_claims(
    number: int, month: np.datetime64, manner: Manner, members: tuple[int, int], random: np.random.Generator
) -> Claims:
    """*number* claims that a branch with that *manner* receives in *month* from its *members*, a range of places."""
    draws = random.integers(0, PLACES, (9, number), dtype=np.uint16)
    received, place = _receive(number, month, random)
    lost = _flags(LOST)[draws[0]]
    late = draws[1] < (PLACES * np.where(lost == NO, manner.late, max(LATE_AFTER_LOSS, manner.late))).astype(np.int64)
    took = np.where(late, _late_days()[draws[2]], _prompt_days()[draws[2]])
    paid = open_days()[place + took]
    paid[(paid > AS_OF) | (draws[3] < PLACES * NEVER_PAID)] = np.datetime64("NaT")
    kind = _kinds(manner.injury)[draws[4]]
    amount = np.rint(_amounts()[kind, draws[5]] * manner.level).astype(np.int64)
    amount[draws[6] >= PLACES * (1 - AMOUNT_UNKNOWN)] = -1
    first, last = members
    return Claims(
        received=received,
        paid=paid,
        kind=kind,
        amount=amount,
        # The square makes some members far more frequent than others.
        member=first + (random.random(number) ** 2 * (last - first)).astype(np.int64),
        lost=lost,
        voluntary=_flags(VOLUNTARY)[draws[7]],
        returned=draws[8] < PLACES * manner.returned,
    )


def _receive(number: int, month: np.datetime64, random: np.random.Generator) -> tuple[Days, NDArray[np.int64]]:
    """Days of receipt in order, and their places among the open days."""
    days = open_days()
    places = np.flatnonzero(days.astype("datetime64[M]") == month)
    weekday = (days[places].astype(np.int64) + 3) % 7  # 1 January 1970 was a Thursday
    weights = np.array(WEEKDAYS)[weekday] * (days[places] - days[places - 1]).astype(np.int64) ** AFTER_CLOSED
    weights[-2:] *= MONTH_END
    place = np.repeat(places, random.multinomial(number, weights / weights.sum()))
    return days[place], place


def _table(shares: tuple[float, ...], values: NDArray[np.generic]) -> NDArray[np.generic]:
    """The *values* in ascending places of the table, each as often as its share says."""
    ends = np.rint(np.cumsum(shares) / sum(shares) * PLACES).astype(np.int64)
    return np.repeat(values, np.diff(ends, prepend=0))


@cache
def _flags(shares: tuple[float, float]) -> NDArray[np.uint8]:
    yes, unknown = shares
    return _table((1 - yes - unknown, yes, unknown), np.array([NO, YES, UNKNOWN], dtype=np.uint8))


@cache
def _prompt_days() -> NDArray[np.int64]:
    return _table(PROMPT_DAYS, np.arange(len(PROMPT_DAYS)))


@cache
def _late_days() -> NDArray[np.int64]:
    return _table(LATE_DAYS, np.arange(len(LATE_DAYS)) + len(PROMPT_DAYS))


@cache
def _kinds(injury: float) -> NDArray[np.uint8]:
    shares = (injury, *(share * (1 - injury) for share in OTHER_KINDS))
    return _table(shares, np.arange(len(KINDS), dtype=np.uint8))


@cache
def _amounts() -> NDArray[np.float64]:
    """One row a kind: the quantiles of a lognormal distribution."""
    normal = np.array([NormalDist().inv_cdf((place + 0.5) / PLACES) for place in range(PLACES)])
    return np.array([median * np.exp(spread * normal) for median, spread in AMOUNTS])
