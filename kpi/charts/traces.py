"""From moments to what is drawn of them: points in runs without a gap, targets in steps, and the scale around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

from attrs import frozen

from kpi.charts.moments import By, Moment
from kpi.evaluation.labels import verdict_text
from kpi.problems import Language
from kpi.quantities import Quantity
from kpi.units import NUMBER, Unit

_AROUND: Final = Fraction(1, 6)
"""How much room is above and below the numbers, as a part of their span."""
_YEAR_END: Final = 12


@frozen
class Traces:
    """What is drawn of *moments* and of *last_year*.

    All of it is in the unit of the last number that is known: what is in another unit is a gap.
    """

    moments: Sequence[Moment]
    last_year: Sequence[Moment]
    by: By

    @property
    def unit(self) -> Unit:
        """The unit of all numbers."""
        numbers = [number for moment in (*self.last_year, *self.moments) for number in (moment.target, moment.value)]
        return next((number.unit for number in reversed(numbers) if number is not None), NUMBER)

    def points(self, moments: Sequence[Moment], language: Language) -> list[dict[str, Any]]:
        """The values; those of one *run* are joined by a line."""
        found, run = [], 0
        for moment in moments:
            value = self._drawn(moment.value)
            if value is None:
                run += 1
                continue
            text, published = moment.value_text(language), moment.published
            facts = {"x": moment.place(self.by), "y": float(value), "text": text, "provisional": moment.provisional}
            told = {"name": moment.name(self.by, language), "target": moment.target_text(language)}
            told["published"] = "" if published is None else published.text(language)
            verdict = "" if moment.result.achieved is None else verdict_text(moment.result, language)
            found.append({**facts, **told, "verdict": verdict, "run": run})
        return found

    def steps(self) -> list[dict[str, float]]:
        """The targets, each for as long as it holds, from *x* to *x2*, and the rises between them from *y* to *y2*."""
        levels = [*self._levels()]
        rises = [
            {"x": after["x"], "x2": after["x"], "y": before["y"], "y2": after["y"]}
            for before, after in pairwise(levels)
            if before["x2"] == after["x"] and before["y"] != after["y"]
        ]
        return [*levels, *rises]

    @property
    def last_target(self) -> Moment | None:
        """The last moment of which the target is drawn."""
        return next((moment for moment in reversed(self.moments) if self._drawn(moment.target) is not None), None)

    @property
    def domain(self) -> tuple[float, float]:
        """The least and the most that the scale shows; no less than 0, and no more than 100 %, where no number is."""
        moments = (*self.moments, *self.last_year)
        numbers = [each for moment in moments for each in (self._drawn(moment.value), self._drawn(moment.target))]
        known = [Fraction(number) for number in numbers if number is not None] or [Fraction(0), Fraction(1)]
        least, most = min(known), max(known)
        around = (most - least) * _AROUND or abs(most) / 10 or Fraction(1)
        low, high = least - around, most + around
        if least >= 0:
            low = max(low, Fraction(0))
        if self.unit.is_share and most <= self.unit.per:
            high = min(high, Fraction(self.unit.per))
        return (float(low), float(high)) if low < high else (float(low) - 1, float(high))

    def _levels(self) -> Iterator[dict[str, float]]:
        known = [
            (moment.place(self.by), float(target), last)
            for last, moment in zip((None, *self.moments), self.moments, strict=False)
            if (target := self._drawn(moment.target)) is not None
        ]
        if self.by == "year":
            yield from ({"x": place - 0.5, "x2": place + 0.5, "y": level, "y2": level} for place, level, _ in known)
        elif len({level for _, level, _ in known}) == 1:
            yield {"x": 0.0, "x2": float(_YEAR_END), "y": known[0][1], "y2": known[0][1]}
        else:
            for place, level, last in known:
                yield {"x": last.place(self.by) if last else 0.0, "x2": place, "y": level, "y2": level}

    def _drawn(self, number: Quantity | None) -> Quantity | None:
        return number if number is not None and number.unit == self.unit else None
