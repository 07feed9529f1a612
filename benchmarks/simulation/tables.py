"""The true answers as tables: by branch and month, and by branch and fiscal year."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Final

import numpy as np

from simulation.answers import MEMBERS, Counts, add_up, decide
from simulation.branches import SIZES
from simulation.months import MonthDrawn, Simulation
from simulation.office_days import MONTHS, YEARS, fiscal_year

Row = dict[str, int | str]

NATIONAL: Final = "national"


def by_month(simulation: Simulation, months: Sequence[MonthDrawn]) -> list[Row]:
    """The answers of each branch and the nation in each month."""
    return [
        {"branch": branch, "month": str(month), **answers}
        for month, drawn in zip(MONTHS, months, strict=True)
        for branch, answers in _answers(simulation, [drawn]).items()
    ]


def by_year(simulation: Simulation, months: Sequence[MonthDrawn]) -> list[Row]:
    """The answers and outcomes of each branch and the nation in each fiscal year."""
    rows: list[Row] = []
    prior: dict[str, Counts] = {}
    for year in YEARS:
        drawn = [drawn for month, drawn in zip(MONTHS, months, strict=True) if fiscal_year(month) == year]
        answers = _answers(simulation, drawn)
        rows += [
            {"branch": branch, "fiscal_year": year, **counts, **_outcomes(counts, prior.get(branch))}
            for branch, counts in answers.items()
        ]
        prior = answers
    return rows


def _outcomes(counts: Counts, prior: Counts | None) -> dict[str, str]:
    return {f"{kpi}_outcome": outcome for kpi, outcome in decide(counts, prior).items()}


def _answers(simulation: Simulation, months: Sequence[MonthDrawn]) -> dict[str, Counts]:
    """The answers over all *months* by branch, and the nation's, whose members are fewer than the branches' added up."""
    nation = np.zeros(max(last for _, last in simulation.members), dtype=np.bool_)
    found = {}
    for place, branch in enumerate(SIZES):
        first, last = simulation.members[place]
        bits = reduce(np.bitwise_or, [month.members[place] for month in months])
        members = np.unpackbits(bits, count=last - first).astype(np.bool_)
        nation[first:last] |= members
        found[branch] = add_up(month.counts[place] for month in months) | {MEMBERS: int(members.sum())}
    found[NATIONAL] = add_up(found.values()) | {MEMBERS: int(nation.sum())}
    return found
