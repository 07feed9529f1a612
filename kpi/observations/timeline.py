"""What a year's observations of one quantity say, at each date for which they say something.

A flow adds up wherever its months, quarters, halves and printed totals follow each other from April on;
of a stock the last value counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from attrs import field, frozen

from kpi.formulas.evaluator import Outcome, Series, Undefined
from kpi.formulas.vocabulary import Kind
from kpi.observations.observation import YEAR, Observation
from kpi.periods import FiscalYear, Month, read_period

Read = Callable[[Observation], Outcome]
_DAY = timedelta(days=1)
_period = lru_cache(maxsize=1024)(read_period)


@frozen
class Total:
    """A total from April on, and the observations that it was added up from: one where it was printed."""

    value: Outcome
    pieces: tuple[Observation, ...] = ()


@frozen
class Conflict:
    """Two numbers for one date that differ: the total that counts, and another that the observations give."""

    day: date
    taken: Total
    other: Total


@frozen
class Timeline:
    """Values of one quantity by the date up to which they count, and its months.

    *conflicts* stand where observations contradict each other, each at the first date at which they do.
    """

    totals: Mapping[date, Outcome] = field(factory=dict)
    months: Mapping[str, Outcome] = field(factory=dict)
    conflicts: tuple[Conflict, ...] = ()

    @property
    def series(self) -> Series:
        """The months, for a rule that is for each of them."""
        return Series(self.months)


@frozen
class _Piece:
    """A value with the days that it counts: up to its as-of date, but no longer than its period lasts."""

    row: Observation
    value: Outcome
    start: date
    until: date
    is_month: bool = False

    @classmethod
    def of(cls, row: Observation, value: Outcome, year: FiscalYear) -> _Piece:
        if row.period == YEAR:
            return cls(row, value, year.start, row.as_of)
        period = _period(row.period)
        until = min(row.as_of, period.end)
        return cls(row, value, period.start, until, isinstance(period, Month) and until == period.end)


def timeline(rows: tuple[Observation, ...], year: FiscalYear, kind: Kind, read: Read) -> Timeline:
    """The timeline of *rows*, all of one quantity.

    For one date the total of the fewest pieces counts, so that one printed comes before one added up; then the one
    whose last piece is the longest, and `year` before a period of the same days.
    A blank says as much as no row at all. Up to the last month that has a value, each month without one is missing;
    what was observed before its month ended is no month yet.
    """
    if not rows:
        return Timeline()
    pieces = [_Piece.of(row, value, year) for row in rows if not _is_missing(value := read(row))]
    found = _totals(pieces, kind, year.start)
    months = {piece.row.period: piece.value for piece in pieces if piece.is_month}
    return Timeline(
        {day: totals[0].value for day, totals in found.items()},
        {
            month: months.get(month, _missing(rows[0], month))
            for month in year.months
            if month <= max(months, default="")
        },
        tuple(conflict for day, totals in found.items() for conflict in _conflicts(day, *totals)),
    )


def totals_from(
    start: date, rows: tuple[Observation, ...], year: FiscalYear, kind: Kind, read: Read
) -> Mapping[date, Total]:
    """The totals from *start* on, by the date up to which they count; *rows* as in `timeline`."""
    pieces = [_Piece.of(row, value, year) for row in rows if not _is_missing(value := read(row))]
    return {day: totals[0] for day, totals in _totals(pieces, kind, start).items()}


def _totals(pieces: Iterable[_Piece], kind: Kind, start: date) -> dict[date, list[Total]]:
    """Every total of each date; the first is the one that counts, and on which later pieces build."""
    eve = start - _DAY
    found = {eve: [Total(Fraction(0))]}
    for until, group in groupby(sorted(pieces, key=attrgetter("until")), attrgetter("until")):
        longest_first = sorted(group, key=lambda piece: (piece.start, piece.row.period != YEAR))
        totals = [_total(piece, kind, found) for piece in longest_first]
        known = sorted((total for total in totals if total), key=lambda total: len(total.pieces))
        if known:
            found[until] = known
    del found[eve]
    return found


def _total(piece: _Piece, kind: Kind, found: Mapping[date, list[Total]]) -> Total | None:
    """The total up to the end of *piece*; none where a flow lacks the days before it."""
    if kind == "stock":
        return Total(piece.value, (piece.row,))
    before = found.get(piece.start - _DAY)
    return Total(_sum(before[0].value, piece.value), (*before[0].pieces, piece.row)) if before else None


def _conflicts(day: date, taken: Total, *others: Total) -> Iterator[Conflict]:
    """The numbers that contradict the one *taken*, each once; what does not apply contradicts none."""
    seen = {taken.value}
    for other in others if isinstance(taken.value, Fraction) else ():
        if isinstance(other.value, Fraction) and other.value not in seen:
            seen.add(other.value)
            yield Conflict(day, taken, other)


def _missing(row: Observation, month: str) -> Undefined:
    return Undefined.because("missing", f"{row.quantity} ({month})")


def _is_missing(outcome: Outcome) -> bool:
    return isinstance(outcome, Undefined) and any(reason.lack == "missing" for reason in outcome.reasons)


def _sum(left: Outcome, right: Outcome) -> Outcome:
    if isinstance(left, Undefined) or isinstance(right, Undefined):
        sides = (side for side in (left, right) if isinstance(side, Undefined))
        return Undefined(tuple(reason for side in sides for reason in side.reasons))
    return left + right
