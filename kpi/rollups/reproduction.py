"""Which months, and which rounding, give a figure that was printed."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement
from typing import Any, Final

from attrs import frozen

from kpi.definitions import Formula
from kpi.errors import ValueReadingError
from kpi.evaluation.observed import plain_value
from kpi.formulas.evaluator import Environment, evaluate
from kpi.formulas.vocabulary import Vocabulary
from kpi.observations.observation import Observations
from kpi.periods import FiscalYear, fiscal_year, read_date
from kpi.problems import Language
from kpi.quantities import Quantity, Rounding, finite_decimals, fixed_text, round_to, unit_text
from kpi.rollups.months import record, rolled
from kpi.rollups.printed import last_digit
from kpi.rollups.rolled_up import RolledUp
from kpi.rollups.span import TimeSpan
from kpi.rollups.wording import WORDS

ROUNDINGS: Final[tuple[Rounding, ...]] = ("half_up", "floor", "ceil")
"""The roundings by which documents print."""
_FURTHER_DECIMALS: Final = 4
"""Decimals of a calculation beyond those printed."""


@frozen
class Attempt:
    """What the counts of one span of months give.

    Attributes:
        value: the value.
        roundings: the roundings that make the printed figure of it.
    """

    value: RolledUp
    roundings: tuple[Rounding, ...]

    @property
    def span(self) -> TimeSpan:
        """The months."""
        return self.value.span


@frozen
class Reproduction:
    """A printed figure, and what each span of months gives.

    Attributes:
        printed: the figure.
        attempts: each span of months that has all counts, with the roundings that give the figure.
        as_of: the date that is printed with the figure, if there is one.
        undefined: how many further spans have all counts and no value, as their denominator is 0.
    """

    printed: Quantity
    attempts: tuple[Attempt, ...]
    as_of: date | None = None
    undefined: int = 0

    @property
    def found(self) -> tuple[Attempt, ...]:
        """The spans that give the printed figure in some rounding."""
        return tuple(attempt for attempt in self.attempts if attempt.roundings)

    @property
    def settled(self) -> Attempt | None:
        """The only span that gives the printed figure, of those that end on its date; None where there is not exactly one."""
        fitting = [each for each in self.found if self.as_of in (None, each.span.end)]
        return fitting[0] if len(fitting) == 1 else None

    def explain(self, language: Language = "en") -> str:
        """The spans and roundings that give the figure, with their calculation; and what all months together give."""
        words = WORDS[language]
        told = {"printed": self.printed.text(language), "count": len(self.found), "tried": len(self.attempts)}
        lines = [words["some" if self.found else "none_of"].format(**told)]
        lines += [self._line("attempt", attempt, language) for attempt in self.found]
        longest = max(self.attempts, key=lambda attempt: len(attempt.span.months), default=None)
        if longest and not longest.roundings:
            lines.append(self._line("otherwise", longest, language))
        if self.undefined:
            lines.append(words["undefined" if self.undefined == 1 else "undefined_spans"].format(count=self.undefined))
        if self.as_of and self.settled:
            lines.append(self._line("settled", self.settled, language))
        elif self.as_of and not any(each.span.end == self.as_of for each in self.found):
            lines.append(words["not_settled"].format(as_of=self.as_of))
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """The search for programs: numbers as exact text in the printed unit."""
        return {
            "printed": self.printed.exact,
            "unit": self.printed.unit.name,
            "as_of": self.as_of and self.as_of.isoformat(),
            "tried": len(self.attempts),
            "undefined": self.undefined,
            "found": [
                {
                    "start": each.span.start.isoformat(),
                    "end": each.span.end.isoformat(),
                    "value": each.value.value and each.value.value.exact,
                    "roundings": list(each.roundings),
                }
                for each in self.found
            ],
        }

    def __str__(self) -> str:
        return self.explain()

    def _line(self, key: str, attempt: Attempt, language: Language) -> str:
        words = WORDS[language]
        roundings = words["or"].join(words[rounding] for rounding in attempt.roundings)
        if attempt.roundings == ROUNDINGS:
            roundings = words["unrounded"]
        span, calculation = attempt.span.text(language), _calculation(attempt.value, self.printed.decimals, language)
        return words[key].format(span=span, roundings=roundings, calculation=calculation, as_of=self.as_of)


def reproduce(
    observations: Observations,
    vocabulary: Vocabulary,
    quantity: str | Formula,
    organisation: str,
    year: str | int | FiscalYear,
    printed: str,
    as_of: str | date | None = None,
) -> Reproduction:
    """Which months following each other in *year* give the figure *printed*, and in which rounding.

    Every span of months is tried for which the table has all that *quantity* needs. *printed* is the figure with its
    decimals and, where it has one, its unit: `95.6%`; a bare number is in the unit of the quantity.
    *as_of* is the date that is printed with it.

    Raises:
        RollUpError: the quantity does not add up.
        UnitError: the figure is printed in another unit.
        ValueReadingError: it is no number, or *year* or *as_of* cannot be read.
    """
    in_year = year if isinstance(year, FiscalYear) else fiscal_year(year)
    pairs = combinations_with_replacement(in_year.months, 2)
    spans = (TimeSpan.of_months(first, last) for first, last in pairs)
    of_variable = cache(lambda variable: record(observations, vocabulary, variable, organisation, in_year))
    values = [rolled(quantity, vocabulary, lambda variable: of_variable(variable).over(span)) for span in spans]  # noqa: B023  # called at once
    unit = values[0].display.unit
    figure = plain_value("printed", printed, unit, vocabulary)
    if not isinstance(figure, Fraction):
        raise ValueReadingError(f"{printed!r} is no printed figure; expected a number such as 95.6%")
    step = last_digit(printed)
    attempts = tuple(Attempt(value, _roundings(value, figure, step)) for value in values if value.is_complete)
    shown = Quantity(figure * unit.per, unit, finite_decimals(step.denominator) or 0)
    undefined = sum({reason.lack for reason in value.reasons} == {"zero_denominator"} for value in values)
    return Reproduction(shown, attempts, None if as_of is None else read_date(as_of), undefined)


def _roundings(value: RolledUp, figure: Fraction, step: Fraction) -> tuple[Rounding, ...]:
    """The roundings to a multiple of *step* that make *figure* of the value."""
    if value.value is None:
        return ()
    steps, printed = Fraction(value.value) / step, figure * value.display.unit.per / step
    return tuple(rounding for rounding in ROUNDINGS if round_to(steps, 0, rounding) == printed)


def _calculation(value: RolledUp, decimals: int, language: Language) -> str:
    """`25,291 / 26,440 = 95.65431…%`, or the number alone where it is no quotient."""
    number = "" if value.value is None else _unrounded(value.value, decimals + _FURTHER_DECIMALS, language)
    formula = value.formula
    if formula is None or formula.denominator is None:
        return number
    sides = (evaluate(side, _environment(value, formula)) for side in (formula.numerator, formula.denominator))
    above, below = (
        fixed_text(side, finite_decimals(side.denominator) or 0, separators=True) if isinstance(side, Fraction) else ""
        for side in sides
    )
    return f"{above} / {below} = {number}"


def _environment(value: RolledUp, formula: Formula) -> Environment:
    return Environment({name: part.outcome for name, part in value.parts.items()}, units=formula.units)


def _unrounded(number: Quantity, decimals: int, language: Language) -> str:
    """The digits up to *decimals*; `…` stands behind a number that goes on."""
    needed = finite_decimals(number.denominator)
    if needed is not None and needed <= decimals:
        return Quantity(number, number.unit, needed).text(language)
    digits = fixed_text(round_to(number, decimals, "floor"), decimals, separators=True)
    return f"{digits}…{unit_text(number.unit, language)}"
