"""What branches add up to, beside the total that was published for the nation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import partial
from typing import Any

from attrs import frozen

from kpi.evaluation.observed import plain_value
from kpi.formulas.vocabulary import Vocabulary
from kpi.observations.observation import NATION, YEAR, Observation, Observations
from kpi.periods import read_period
from kpi.problems import Language
from kpi.quantities import Quantity, exact_text, finite_decimals
from kpi.rollups.additivity import refusal_of
from kpi.rollups.branches import require_branches, together
from kpi.rollups.months import Record, record
from kpi.rollups.printed import precision
from kpi.rollups.rolled_up import RolledUp
from kpi.rollups.span import TimeSpan
from kpi.rollups.wording import WORDS


@frozen
class Reconciliation:
    """What the branches add up to, and the published number for the same quantity and date.

    Attributes:
        total: the total of the branches. Where some are missing it is a partial one,
            and the residual is what they would have to hold.
        published: the published number.
        row: the observation that has it.
        slack: how far the true number may lie from one that is published approximately, else 0.
    """

    total: RolledUp
    published: Quantity
    row: Observation
    slack: Fraction = Fraction(0)

    @property
    def residual(self) -> Quantity | None:
        """The published number less the total; None where no branch has a number."""
        if self.total.value is None:
            return None
        difference = self.published - self.total.value
        return Quantity(difference, self.published.unit, finite_decimals(difference.denominator) or 0, signed=True)

    @property
    def missing(self) -> tuple[str, ...]:
        """The branches that are not in the total."""
        return self.total.missing

    @property
    def agrees(self) -> bool | None:
        """Whether the branches add up to what is published; None where that cannot be told, because some are missing."""
        if self.missing or self.residual is None:
            return None
        return abs(self.residual) <= self.slack

    def text(self, language: Language = "en") -> str:
        """The comparison in one line."""
        words = WORDS[language]
        return words["reconciled"].format(
            quantity=self.total.quantity,
            as_of=self.row.as_of if self.row.period == YEAR else self.row.period,
            total=self.total.text(language),
            published=self.published.text(language),
            residual="–" if self.residual is None else self.residual.text(language),
            finding=self._finding(language),
        )

    def to_dict(self) -> dict[str, Any]:
        """The comparison for programs: numbers as exact text in the quantity's unit."""
        return {
            "quantity": self.total.quantity,
            "organisation": self.total.organisation,
            "period": self.row.period,
            "as_of": self.row.as_of.isoformat(),
            "branches": None if self.total.value is None else self.total.value.exact,
            "published": self.published.exact,
            "slack": exact_text(self.slack),
            "residual": None if self.residual is None else self.residual.exact,
            "unit": self.published.unit.name,
            "missing": list(self.missing),
            "agrees": self.agrees,
        }

    def __str__(self) -> str:
        return self.text()

    def _finding(self, language: Language) -> str:
        words = WORDS[language]
        if self.agrees is None:
            return words["cannot_tell"].format(names=words["comma"].join(self.missing))
        return words["about" if self.agrees and self.slack else "agrees" if self.agrees else "differs"]


def reconcile(
    observations: Observations,
    vocabulary: Vocabulary,
    *,
    branches: Iterable[str],
    organisation: str = NATION,
    expected: int | None = None,
) -> tuple[Reconciliation, ...]:
    """Each published number of *organisation* beside what its *branches* add up to, in the order of the table.

    Looked at are the counts of which at least one branch has observations in that year; rates do not add up.
    Numbers printed approximately, such as 約301万, agree with every total that rounds to them.
    *expected* is how many branches there are.

    Raises:
        RollUpError: a branch is named twice, or not as many as *expected*.
    """
    named = require_branches(branches, organisation, expected)
    return tuple(_reconciled(observations, vocabulary, named, organisation))


def _reconciled(
    observations: Observations, vocabulary: Vocabulary, branches: tuple[str, ...], organisation: str
) -> Iterator[Reconciliation]:
    counted = {(row.quantity, row.fiscal_year) for row in observations if row.organisation in branches}
    for row in observations:
        is_counted = (row.quantity, row.fiscal_year) in counted
        if row.organisation != organisation or not is_counted or refusal_of(row.quantity, vocabulary, {}):
            continue
        variable = vocabulary.variables[row.quantity]
        published = plain_value(row.quantity, row.written, variable.unit, vocabulary)
        if not isinstance(published, Fraction):
            continue
        records = [record(observations, vocabulary, variable, branch, row.fiscal_year) for branch in branches]
        total = together(records, organisation, _of_same_days(row))
        quantity = Quantity(published, variable.unit, finite_decimals(published.denominator) or 0)
        yield Reconciliation(total.partial(), quantity, row, precision(row) / 2)


def _of_same_days(row: Observation) -> Callable[[Record], RolledUp]:
    """How a record gives the value of the days that *row* counts."""
    if row.period == YEAR:
        return partial(Record.at, day=row.as_of)
    period = read_period(row.period)
    return partial(Record.over, span=TimeSpan(period.start, min(row.as_of, period.end)))
