"""A KPI at one day of a fiscal year, as charts over time show it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Literal

from attrs import frozen

from kpi.evaluation.labels import target_text
from kpi.evaluation.result import Result
from kpi.periods import FiscalYear, Month
from kpi.periods.spans import FIRST_MONTH
from kpi.problems import Language
from kpi.quantities import Quantity

By = Literal["month", "year"]
"""What stands beside each other: the year so far at the ends of its months, or the ends of years."""


@frozen
class Moment:
    """What a KPI had come to by a day, and what it had to come to.

    Attributes:
        year: the fiscal year.
        day: the day up to which the value counts.
        value: the value; None where it is not known.
        target: the target; None where it is not known.
        result: what the rule of the plan says at that day; without a plan it has no target.
        published: what was published for the day, where it is another number than the counts give, which decide.
    """

    year: FiscalYear
    day: date
    value: Quantity | None
    target: Quantity | None
    result: Result
    published: Quantity | None = None

    @property
    def provisional(self) -> bool:
        """Whether the year was not over."""
        return self.day < self.year.end

    def place(self, by: By) -> float:
        """Where it stands: months since the year began, or the year itself."""
        if by == "year":
            return self.year.year
        return (self.day.month - FIRST_MONTH) % 12 + self.day.day / monthrange(self.day.year, self.day.month)[1]

    def name(self, by: By, language: Language) -> str:
        """The year, or the month up to whose end it counts; the day, where it lies within a month."""
        month = Month.of(self.day)
        period = self.year if by == "year" else month
        if by == "month" and self.day != month.end:
            return str(self.day)
        return period.ja if language == "ja" else str(period)

    def value_text(self, language: Language) -> str:
        """The value as displayed, with a sign where another was published; nothing where it is not known."""
        return "" if self.value is None else f"{self.value.text(language)}{'†' if self.published is not None else ''}"

    def target_text(self, language: Language) -> str:
        """The target with its comparator; nothing where it is not known."""
        return "" if self.target is None else target_text(self.result, language)
