"""Everything that belongs into a folder: claims, true answers, and a README that says that they are simulated."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from simulation.files import write_answers
from simulation.months import MonthDrawn, Simulation, write_month
from simulation.office_days import MONTHS
from simulation.readme import write_readme
from simulation.tables import by_month, by_year

Spread = Callable[[Callable[[int], MonthDrawn], Iterable[int]], Iterable[MonthDrawn]]


def generate(folder: Path, rows: int, seed: int, spread: Spread = map) -> None:
    """Writes claims and answers into *folder*; *spread* is `map`, or one that shares the months among processes."""
    simulation = Simulation.plan(rows, seed)
    write_readme(folder / "README.md", rows, seed)
    months = list(spread(partial(write_month, simulation, folder / "claims"), range(len(MONTHS))))
    write_answers(folder / "answers" / "answers-simulated-by-month.csv", by_month(simulation, months))
    write_answers(folder / "answers" / "answers-simulated-by-year.csv", by_year(simulation, months))
