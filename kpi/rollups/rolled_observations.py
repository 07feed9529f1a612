"""Tables that are rolled up: the observations that branches or months make, ready for the evaluation of a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from attrs import field, frozen

from kpi.errors import RollUpError
from kpi.formulas.vocabulary import Vocabulary
from kpi.observations.observation import NATION, YEAR, Observation, Observations
from kpi.periods import FiscalYear, read_period
from kpi.quantities import exact_text
from kpi.rollups.additivity import Defined, Refusal, refusal_of
from kpi.rollups.branches import require_branches, together
from kpi.rollups.months import Record, record
from kpi.rollups.rolled_up import RolledUp
from kpi.rollups.span import Spanning, TimeSpan

Of = Callable[[Record], RolledUp]


@frozen(slots=False)
class RolledObservations(Observations):
    """Observations that were rolled up; a value from which something is missing is not among them.

    Attributes:
        rows: the observations.
        complete: the values of the rows, in the same order.
        incomplete: the values that would be rows if nothing were missing from them.
        refused: the quantities that do not add up.
    """

    complete: tuple[RolledUp, ...] = field(default=(), repr=False)
    incomplete: tuple[RolledUp, ...] = field(default=(), repr=False)
    refused: tuple[Refusal, ...] = ()

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is missing, each once: quantity, organisation and month."""
        reasons = (reason for value in self.incomplete for reason in value.reasons)
        return tuple(dict.fromkeys(reason.name for reason in reasons))


def roll_up(
    observations: Observations,
    vocabulary: Vocabulary,
    *,
    branches: Iterable[str] | None = None,
    span: Spanning | str | None = None,
    organisation: str = NATION,
    expected: int | None = None,
    kpis: Mapping[str, Defined] | None = None,
) -> RolledObservations:
    """The observations of *organisation*, which *branches* make together; of a *span* where one is given.

    Flows add up, of a stock the last value counts, and a plan divides its ratios again from these.
    Without a span there is a row for each date and month that the branches have; with one, for the span and its months.
    Without branches each organisation keeps its own name.
    What a branch or month lacks is never 0: such a value is no row, and is told of as incomplete.

    Args:
        observations: counts of the branches; those of others are not looked at.
        vocabulary: the variables, with their units and kinds.
        branches: the names of all branches, also of those that have no observations.
        span: a month, quarter, half or fiscal year, or its text, or a `TimeSpan` from April on.
        organisation: what the branches make together.
        expected: how many branches there are, so that a total of some cannot pass for one of all.
        kpis: those of a catalogue, by which a refused rate names its numerator and denominator.

    Raises:
        RollUpError: neither branches nor span is given; a branch is named twice, or not as many as *expected*; a table has
            no row for the span.
        ValueReadingError: the span is a text that names no period.
    """
    if branches is None and span is None:
        raise RollUpError("nothing to roll up over: give branches, a span of months, or both")
    named = None if branches is None else require_branches(branches, organisation, expected)
    rows = [row for row in observations if named is None or row.organisation in named]
    quantities = dict.fromkeys(row.quantity for row in rows)
    refused = {name: refusal for name in quantities if (refusal := refusal_of(name, vocabulary, kpis or {}))}
    rolling = _Rolling(
        observations, vocabulary, organisation if named else None, None if span is None else TimeSpan.of(span)
    )
    keys = dict.fromkeys((row.quantity, row.fiscal_year, named or (row.organisation,)) for row in rows)
    found = [value for key in keys if key[0] not in refused for value in rolling.values(*key)]
    complete = [(period, value) for period, value in found if value.is_complete]
    return RolledObservations(
        tuple(_row(period, value) for period, value in complete),
        tuple(value for _, value in complete),
        tuple(value for _, value in found if not value.is_complete),
        tuple(refused.values()),
    )


@frozen
class _Rolling:
    observations: Observations
    vocabulary: Vocabulary
    organisation: str | None
    span: TimeSpan | None

    def values(self, quantity: str, year: FiscalYear, parts: tuple[str, ...]) -> Iterator[tuple[str, RolledUp]]:
        """The values of one quantity and year, each with its period; an organisation that is alone stays itself."""
        if self.span is not None and self.span.fiscal_year != year:
            return
        variable = self.vocabulary.variables[quantity]
        records = [record(self.observations, self.vocabulary, variable, part, year) for part in parts]
        for period, of in _spots(records, self.span):
            yield period, together(records, self.organisation, of) if self.organisation else of(records[0])


def _spots(records: Iterable[Record], span: TimeSpan | None) -> Iterator[tuple[str, Of]]:
    """What rows there are to be, each by its period and how a record gives it: of every date, or within *span*."""
    periods = {
        row.period: TimeSpan.of(read_period(row.period)) for each in records for row in each.rows if row.period != YEAR
    }
    if span is None:
        for day in sorted({day for each in records for day in each.totals}):
            yield YEAR, partial(Record.at, day=day)
    else:
        periods = {period: part for period, part in periods.items() if part.lies_in(span)}
        periods.pop(period_of(span), None)
        yield period_of(span), partial(Record.over, span=span)
    for period, part in sorted(periods.items()):
        yield period, partial(Record.over, span=part)


def period_of(span: TimeSpan) -> str:
    """The period of a row for *span*: its month, `year` where it counts from April on, or its quarter or half.

    Raises:
        RollUpError: it is none of these.
    """
    year = span.fiscal_year
    for period in (*map(read_period, year.months), *year.quarters, *year.halves):
        if TimeSpan.of(period) == span and (period.length == 1 or not span.is_from_april):
            return str(period)
    if span.is_from_april:
        return YEAR
    expected = "expected a month, quarter or half, or a span from April on"
    raise RollUpError(f"a table of observations has no row for {span}; {expected}")


def _row(period: str, value: RolledUp) -> Observation:
    number, unit = value.value, value.display.unit
    text = exact_text(number) if number is not None else ""
    return Observation(value.organisation, value.span.fiscal_year, period, value.quantity, text, value.as_of, unit.ja)
