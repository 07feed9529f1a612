"""What a formula with its rule compiles to: conditions and exact fractions over whole-number inputs."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from kpi.compilation.integers import Condition, Input, Integer, Whole
from kpi.evaluation.decision import Verdict


@frozen
class Ratio:
    """A plain number (0.596, not 59.6 %) as numerator over denominator, where it is *defined*."""

    numerator: Integer
    denominator: Integer
    defined: Condition


@frozen
class Program:
    """How one KPI is decided for one row of whole numbers.

    *outcomes* are asked in order: the first condition that holds gives the verdict, the last always holds.
    *value*, *target* and *margin* are those of the check that decided; where none was made, *value* is the KPI's.
    *per* is by what to multiply them to have them in the unit in which they are shown: 100 for %, 1 for a count.
    It is an expression where clauses compare things of different units.
    *positive* are the denominators that the program takes to be positive: of a row where one is below zero it does
    not speak, and the row has to be decided another way. A program compiled `signed` has none.
    """

    inputs: tuple[Input, ...]
    outcomes: tuple[tuple[Condition, Verdict], ...]
    value: Ratio
    target: Ratio
    margin: Ratio
    positive: tuple[Integer, ...] = ()
    per: Integer = Whole(1)

    @property
    def ratios(self) -> dict[str, Ratio]:
        """The three numbers by name."""
        return {"value": self.value, "target": self.target, "margin": self.margin}

    @property
    def parts(self) -> Iterator[Integer | Condition]:
        """All expressions and conditions."""
        yield from (condition for condition, _ in self.outcomes)
        for ratio in self.ratios.values():
            yield from (ratio.defined, ratio.numerator, ratio.denominator)
        yield from (*self.positive, self.per)
