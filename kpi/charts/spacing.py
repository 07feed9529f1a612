"""Room between things that want to stand at nearly the same place."""

from __future__ import annotations

from collections.abc import Sequence


def spread(places: Sequence[float], apart: float) -> list[float]:
    """*places*, in the order given, each moved as little as it takes to stand *apart* from the others.

    Those that are too close share the room around their middle; their order from low to high stays.
    """
    order = sorted(range(len(places)), key=places.__getitem__)
    groups: list[list[float]] = []  # what members of a group want, each less the room that those before it take
    for index in order:
        group = [places[index]]
        while groups and _middle(group) < _middle(groups[-1]) + apart * len(groups[-1]):
            before = groups.pop()
            group = [*before, *(each - apart * len(before) for each in group)]
        groups.append(group)
    moved = [_middle(group) + apart * n for group in groups for n in range(len(group))]
    return [place for _, place in sorted(zip(order, moved, strict=True))]


def _middle(group: Sequence[float]) -> float:
    return sum(group) / len(group)
