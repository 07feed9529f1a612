"""Shares the claims out among months and branches, and draws, counts and writes those of one month."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from simulation.answers import Counts, count
from simulation.branches import SIZES, Manner, draw_manners
from simulation.drawing import Claims, draw_claims
from simulation.files import write_parquet
from simulation.office_days import MONTHS, YEARS, fiscal_year

Bits = NDArray[np.uint8]

BUSY: Final = (1.12, 1.0, 0.96, 1.02, 0.97, 0.98, 1.0, 0.99, 1.0, 0.94, 0.95, 1.07)
"""How much comes in, April to March."""
CLAIMS_A_MEMBER: Final = 10
"""Claims of a member over both years, on average; some have many more than others."""
MEMBERS_SHARED: Final = 0.03
"""The part of a branch's members who belong to the next branch as well, as those do who move."""


@frozen(eq=False)
class Simulation:
    """What is to be drawn."""

    seed: int
    numbers: NDArray[np.int64]
    """Claims by month and branch."""
    members: tuple[tuple[int, int], ...]
    """Where each branch's members begin and end among all members."""
    manners: dict[tuple[str, int], Manner]

    @classmethod
    def plan(cls, rows: int, seed: int) -> Simulation:
        """*rows* claims in all, shared out at random."""
        shares = np.array(list(SIZES.values())) / sum(SIZES.values())
        chances = np.outer(np.tile(BUSY, len(YEARS)) / (sum(BUSY) * len(YEARS)), shares)
        numbers = _random(seed, 1).multinomial(rows, chances.ravel()).reshape(chances.shape)
        sizes = np.maximum(1, np.rint(rows / CLAIMS_A_MEMBER * shares)).astype(int).tolist()
        ends = accumulate(sizes)
        members = tuple((end - size, end + int(size * MEMBERS_SHARED)) for size, end in zip(sizes, ends, strict=True))
        return cls(seed, numbers, members, draw_manners(_random(seed, 0)))

    def draw(self, month: int) -> Iterator[Claims]:
        """The claims of a month, counted from 0, one branch after the other."""
        year = fiscal_year(MONTHS[month])
        for place, branch in enumerate(SIZES):
            number = int(self.numbers[month, place])
            random = _random(self.seed, 2, month, place)
            yield draw_claims(number, MONTHS[month], self.manners[branch, year], self.members[place], random)

    def first_claim(self, month: int, branch: int) -> int:
        """The number of the first claim of a branch in a month."""
        return 1 + int(self.numbers[:month].sum() + self.numbers[month, :branch].sum())


@frozen(eq=False)
class MonthDrawn:
    """The answers of a month, by branch, and one bit for each of the branch's members: whether there was a claim."""

    counts: tuple[Counts, ...]
    members: tuple[Bits, ...]


def write_month(simulation: Simulation, folder: Path, month: int) -> MonthDrawn:
    """Draws the claims of a month and writes them into *folder*, holding one branch at a time."""
    counts: list[Counts] = []
    members: list[Bits] = []

    def parts() -> Iterator[tuple[str, int, Claims]]:
        for place, (branch, claims) in enumerate(zip(SIZES, simulation.draw(month), strict=True)):
            counts.append(count(claims))
            members.append(_members_with_claim(claims, *simulation.members[place]))
            yield branch, simulation.first_claim(month, place), claims

    write_parquet(folder / f"claims-simulated-{MONTHS[month]}.parquet", parts())
    return MonthDrawn(tuple(counts), tuple(members))


def _members_with_claim(claims: Claims, first: int, last: int) -> Bits:
    found = np.zeros(last - first, dtype=np.bool_)
    found[claims.member - first] = True
    return np.packbits(found)


def _random(seed: int, *key: int) -> np.random.Generator:
    """A stream of its own for each key, so that no month waits for another."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))
