"""Ranks of organisations in one KPI, with a stated rule for ties, and who was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import groupby
from typing import Any, Final, Literal, get_args

from attrs import frozen

from kpi.comparison.measures import Comparable, direction_of, measures, require_one_of
from kpi.definitions import Direction
from kpi.errors import ComparisonError
from kpi.evaluation.display import Compared as ExactOrShown
from kpi.formulas.evaluator import Reason
from kpi.problems import look_up
from kpi.quantities import Quantity, exact_text

Ties = Literal["competition", "dense", "mean"]
"""Of 95, 90, 90 and 85 %: `competition` 1 2 2 4, `dense` 1 2 2 3, `mean` 1 2.5 2.5 4."""

_RULES: Final[dict[Ties, Callable[[int, int, int], Fraction]]] = {
    "competition": lambda better, _groups, _tied: Fraction(better + 1),
    "dense": lambda _better, groups, _tied: Fraction(groups + 1),
    "mean": lambda better, _groups, tied: better + Fraction(tied + 1, 2),
}
"""The rank from the number of better organisations, of better values, and of those that share the place."""


@frozen
class Place:
    """The place of one organisation.

    Attributes:
        rank: the rank; a mean rank may lie between two whole numbers.
        value: the value that was ranked.
        shared_by: how many share the place, itself included.
    """

    rank: Fraction
    value: Quantity
    shared_by: int = 1

    def __str__(self) -> str:
        return exact_text(self.rank)


@frozen
class Ranking(Mapping[str, Place]):
    """Places by organisation, best first.

    Attributes:
        places: the places of those who were ranked.
        left_out: why each of the others has none.
        direction: which values are better; None where nobody was ranked and nothing tells.
        ties: how equal values share places.
        compared: whether exact values were compared, or those shown.
    """

    places: Mapping[str, Place]
    left_out: Mapping[str, tuple[Reason, ...]]
    direction: Direction | None
    ties: Ties = "competition"
    compared: ExactOrShown = "exact"

    def __getitem__(self, organisation: str) -> Place:
        """The place of an organisation.

        Raises:
            UnknownNameError: it was not ranked; the message names the nearest that was.
        """
        return look_up(self.places, organisation, "organisation", "the ranking")

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)

    def to_dict(self) -> dict[str, Any]:
        """The ranking for programs: numbers as exact text."""
        return {
            "direction": self.direction,
            "ties": self.ties,
            "compared": self.compared,
            "places": [
                {"organisation": key, "rank": str(place), "value": place.value.exact, "shared_by": place.shared_by}
                for key, place in self.places.items()
            ],
            "left_out": [
                {"organisation": key, "lacking": [{"lack": each.lack, "name": each.name} for each in reasons]}
                for key, reasons in self.left_out.items()
            ],
        }

    def __str__(self) -> str:
        placed = [f"{place} {key} {place.value}" for key, place in self.places.items()]
        left = [f"– {key}" for key in self.left_out]
        return "\n".join((*placed, *left))


def rank(
    compared: Mapping[str, Comparable],
    *,
    direction: Direction | None = None,
    ties: Ties = "competition",
    by: ExactOrShown = "exact",
) -> Ranking:
    """The ranks of organisations by results of one KPI, or by plain numbers with a *direction*.

    Args:
        compared: a result, a number, or None for each organisation. Whether a target was met does not matter.
        direction: which values are better, `higher` or `lower`; without it what all the rules want.
        ties: how organisations with one value share a place.
        by: whether the `exact` values are compared, or those `shown`, as documents that rank rounded rates do.

    Raises:
        ComparisonError: the results are of several KPIs, units or dates, their rules want different directions,
            a choice is none of those that there are, or nothing tells how numbers are shown.
        ValueReadingError: a number cannot be read.
    """
    if ties not in _RULES:
        raise ComparisonError(f"unknown rule for ties {ties!r}; expected one of {', '.join(_RULES)}")
    require_one_of("comparison", by, get_args(ExactOrShown))
    found = measures(compared)
    if by == "shown" and not found.is_displayed:
        raise ComparisonError("plain numbers do not tell how they are shown; hand in results or quantities")
    wanted = direction_of(compared.values(), direction) if compared or direction else None
    keys = {key: found.display.shown(number) if by == "shown" else number for key, number in found.numbers.items()}
    order = sorted(keys, key=lambda key: keys[key], reverse=wanted == "higher")
    places: dict[str, Place] = {}
    for better_values, (_, group) in enumerate(groupby(order, keys.__getitem__)):
        tied = [*group]
        number = _RULES[ties](len(places), better_values, len(tied))
        places |= {key: Place(number, found.quantity(key), len(tied)) for key in tied}
    return Ranking(places, found.lacking, wanted, ties, by)
