"""Cases on the boundary of a rule: the target hit exactly, and one unit on either side.

Every second case of last year's value is in yen, with amounts as near to each other as any two can be.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

CASES = 1_000


def boundary(rule: str) -> Iterator[tuple[str, dict[str, int], bool]]:
    """The percentage in the rule, a row on its target or one unit beside it, and the verdict in exact fractions."""
    chance = random.Random(2021)  # noqa: S311  # the same cases each time
    for number in range(CASES):
        percent = f"{chance.randint(1, 999) / 10}"
        target = Fraction(percent) / 100
        beside = chance.choice((-1, 0, 0, 1))
        if rule == "prior year":
            row = _beside_last_year(chance, target, beside, in_yen=number % 2 == 1)
            yield "", row, Fraction(row["a"], row["b"]) >= Fraction(row["a0"], row["b0"])
            continue
        whole = target.denominator * chance.randint(1, 2_000)
        row = {"a": int(target * whole) + beside, "b": whole}
        if rule == "threshold":
            yield percent, row, Fraction(row["a"], whole) >= target
        else:
            few = whole <= 4  # noqa: PLR2004  # the rule's number
            yield percent, row, row["a"] <= 1 if few else Fraction(row["a"], whole) <= target


def _beside_last_year(chance: random.Random, target: Fraction, beside: int, *, in_yen: bool) -> dict[str, int]:
    """Two years of equal value, or one unit apart; amounts in yen lie as near to each other as any two can."""
    if not in_yen:
        last, now = (target.denominator * chance.randint(1, 10**6) for _ in range(2))
        return {"a": int(target * now) + beside, "b": now, "a0": int(target * last), "b0": last}
    a, b = chance.randint(10**9, 10**10), chance.randint(10**10, 10**11)
    a, b = Fraction(a, b).as_integer_ratio()
    if not beside:
        return {"a": a, "b": b, "a0": 3 * a, "b0": 3 * b}
    b0 = pow(a, -1, b) if beside == 1 else b - pow(a, -1, b)
    return {"a": a, "b": b, "a0": (a * b0 - beside) // b, "b0": b0}
