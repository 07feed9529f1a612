"""The 47 branches: how large they are, and how each works in each fiscal year.

The keys are the prefectures'. Sizes are round numbers that look like the prefectures', and all else is drawn at random:
nothing here is a figure of a real branch.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from attrs import frozen

from simulation.office_days import YEARS

SIZES: Final = {
    "hokkaido": 40, "aomori": 10, "iwate": 10, "miyagi": 18, "akita": 8, "yamagata": 9, "fukushima": 15,
    "ibaraki": 17, "tochigi": 13, "gunma": 14, "saitama": 30, "chiba": 22, "tokyo": 110, "kanagawa": 38,
    "niigata": 19, "toyama": 9, "ishikawa": 10, "fukui": 7, "yamanashi": 6, "nagano": 15, "gifu": 17,
    "shizuoka": 24, "aichi": 55, "mie": 12, "shiga": 9, "kyoto": 21, "osaka": 80, "hyogo": 35, "nara": 8,
    "wakayama": 7, "tottori": 5, "shimane": 6, "okayama": 18, "hiroshima": 25, "yamaguchi": 11, "tokushima": 6,
    "kagawa": 9, "ehime": 12, "kochi": 6, "fukuoka": 45, "saga": 7, "nagasaki": 11, "kumamoto": 15, "oita": 10,
    "miyazaki": 9, "kagoshima": 15, "okinawa": 13,
}  # fmt: skip

PROMPT_BRANCHES: Final = 0.4
"""The share of branches that pay within ten business days in a year, but for claims after loss of qualification."""


@frozen
class Manner:
    """How a branch works in one fiscal year."""

    late: float
    """The share of claims that take longer than ten business days."""
    returned: float
    """The share of claims that are returned for correction."""
    injury: float
    """The share of injury allowance among its claims."""
    level: float
    """Its amounts, as a multiple of the nation's."""


def draw_manners(random: np.random.Generator) -> dict[tuple[str, int], Manner]:
    """How each branch works in each fiscal year."""
    return {(branch, year): _draw_manner(random) for branch in SIZES for year in YEARS}


def _draw_manner(random: np.random.Generator) -> Manner:
    is_prompt = random.random() < PROMPT_BRANCHES
    return Manner(
        late=0.0 if is_prompt else float(random.uniform(0.002, 0.04)),
        returned=float(random.uniform(0.04, 0.08)),
        injury=float(random.uniform(0.25, 0.45)),
        level=float(random.uniform(0.9, 1.1)),
    )
