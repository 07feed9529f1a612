"""From records to the number that an aggregate makes of them: the plain walk, which says what every engine must give.

A test of a missing value is neither true nor false, and a record counts where its condition is true.
`count` and `sum` of no records are 0; of nothing there is no least, greatest or mean.
What is to be summed and is missing makes the whole missing, and so does a date that lies outside the calendar.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from numbers import Integral, Rational, Real
from typing import Any, Final, assert_never

from attrs import frozen

from kpi.errors import ValueReadingError
from kpi.formulas.aggregates import (
    AllOf,
    AnyOf,
    Between,
    Column,
    Condition,
    Day,
    Elapsed,
    Flag,
    Known,
    Length,
    Match,
    Negated,
    OneOf,
    Operand,
    Text,
    spans_of_business_days,
)
from kpi.formulas.evaluator import Outcome, Undefined
from kpi.formulas.nodes import Aggregate, Comparator, Number, Summary
from kpi.periods.calendar import Calendar, usual_calendar
from kpi.periods.dates import read_date

Record = Mapping[str, Any]
"""One record by column; what is None or NaN, or not there at all, is missing."""

_HOLDS: Final[dict[Comparator, Callable[[Any, Any], bool]]] = {
    Comparator.AT_LEAST: lambda left, right: left >= right,
    Comparator.AT_MOST: lambda left, right: left <= right,
    Comparator.ABOVE: lambda left, right: left > right,
    Comparator.BELOW: lambda left, right: left < right,
    Comparator.EQUAL: lambda left, right: left == right,
}
_MISSING_TYPES: Final = frozenset({"NAType", "NaTType"})
"""The types of what pandas calls missing, known by name so that nothing has to be imported."""


class OutsideCalendarError(ValueReadingError):
    """A date whose business days are not known."""


def aggregate_of(aggregate: Aggregate, records: Iterable[Record], calendar: Calendar | None = None) -> Outcome:
    """The exact number that *aggregate* makes of *records*.

    *calendar* holds the business days; without one, those of Japan.

    Raises:
        ValueReadingError: a value is of another kind than what it is compared with.
        MissingExtraError: business days are counted, and the library of holidays is not installed.
    """
    walk = RecordWalk(calendar)
    spans = spans_of_business_days(aggregate)
    measures: list[Any] = []
    known = True
    for record in records:
        try:
            for span in spans:
                walk.elapsed(span, record)
            counts = aggregate.where is None or walk.condition(aggregate.where, record) is True
        except OutsideCalendarError:
            known = False
            continue
        if counts:
            measures.append(None if aggregate.measure is None else walk.operand(aggregate.measure, record))
    if not known:
        return Undefined.because("missing", aggregate.name)
    return _summary(aggregate, measures)


def _summary(aggregate: Aggregate, measures: list[Any]) -> Outcome:  # noqa: PLR0911  # one for each summary
    """The number made of the measures of the records that count."""
    missing = Undefined.because("missing", aggregate.name)
    if aggregate.measure is None:
        return Fraction(len(measures))
    if any(measure is None for measure in measures):
        return missing
    match aggregate.summary:
        case Summary.COUNT:
            return Fraction(len(set(measures)))
        case _ if wrong := [one for one in measures if isinstance(one, bool) or not isinstance(one, Rational)]:
            raise ValueReadingError(f"{wrong[0]!r} is no number")
        case Summary.SUM:
            return Fraction(sum(measures))
        case _ if not measures:
            return missing
        case Summary.MEAN:
            return Fraction(sum(measures), len(measures))
        case Summary.MIN:
            return Fraction(min(measures))
        case Summary.MAX:
            return Fraction(max(measures))
        case _:
            assert_never(aggregate.summary)


@frozen
class RecordWalk:
    """Looks at one record at a time."""

    calendar: Calendar | None = None

    def condition(self, condition: Condition, record: Record) -> bool | None:  # noqa: PLR0911  # one for each kind of condition
        """Whether a condition is true, false, or neither (None)."""
        match condition:
            case Match(left, comparator, right):
                return _compared(comparator, self.operand(left, record), self.operand(right, record))
            case OneOf(operand, values):
                found = self.operand(operand, record)
                return _any([_compared(Comparator.EQUAL, found, self.operand(value, record)) for value in values])
            case Between(operand, low, high):
                found, least, most = (self.operand(one, record) for one in (operand, low, high))
                return _all([_compared(Comparator.AT_LEAST, found, least), _compared(Comparator.AT_MOST, found, most)])
            case Known(operand):
                return self.operand(operand, record) is not None
            case Flag(name, None):
                return _truth(name, record.get(name))
            case Flag(_, meaning):
                return None if meaning is None else self.condition(meaning, record)
            case AllOf(parts):
                return _all([self.condition(part, record) for part in parts])
            case AnyOf(parts):
                return _any([self.condition(part, record) for part in parts])
            case Negated(part):
                found = self.condition(part, record)
                return None if found is None else not found
            case _:
                assert_never(condition)

    def operand(self, operand: Operand, record: Record) -> Any:  # noqa: ANN401  # a number, a text, a date or None
        """A value of the record, or None where it is missing."""
        match operand:
            case Column(name):
                return plain(record.get(name))
            case Number(value):
                return value
            case Text(value) | Day(value):
                return value
            case Elapsed():
                return self.elapsed(operand, record)
            case _:
                assert_never(operand)

    def elapsed(self, span: Elapsed, record: Record) -> int | None:
        """How long it took, or None where an end is missing or the second lies before the first.

        Raises:
            OutsideCalendarError: business days are counted, and a date is none of the calendar.
        """
        start, end = (_day(column.name, record.get(column.name)) for column in (span.start, span.end))
        if span.length is Length.BUSINESS_DAYS:
            numbers = [day and self._number(day) for day in (start, end)]
        if start is None or end is None or end < start:
            return None
        match span.length:
            case Length.DAYS:
                return (end - start).days
            case Length.BUSINESS_DAYS:
                return (numbers[1] or 0) - (numbers[0] or 0)
            case Length.MONTHS:
                return months_between(start, end)
            case _:
                assert_never(span.length)

    def _number(self, day: date) -> int:
        calendar = self.calendar or usual_calendar()
        found = calendar.number(day)
        if found is None:
            raise OutsideCalendarError(f"{day} lies outside of the calendar, {calendar.first} to {calendar.last}")
        return found


def months_between(start: date, end: date) -> int:
    """The least number of months within which *end* lies, counted from the day after *start* (see `kpi.periods`)."""
    (year, month, day), (behind_year, behind_month, behind_day) = _day_after(start), _day_after(end)
    months = 12 * (behind_year - year) + behind_month - month
    if behind_day > day:
        return months + 1
    # a period that begins on a day its last month does not have ends with that month
    return months - 1 if behind_day == 1 and day > end.day else months


def _day_after(day: date) -> tuple[int, int, int]:
    """Year, month and day; 31 December 9999, which often stands for no end, has a day after it as well."""
    if day == date.max:
        return day.year + 1, 1, 1
    later = day + timedelta(days=1)
    return later.year, later.month, later.day


def plain(value: Any) -> Any:  # noqa: ANN401, PLR0911  # whatever a record holds
    """A value as it is compared: a number, a text, a day or a truth value; None where it is missing.

    Raises:
        ValueReadingError: it is none of them.
    """
    match value:
        case None | bool() | str():
            return value
        case Integral():
            return int(value)
        case Real():
            if not math.isfinite(value):
                return None
            return Fraction(str(value))
        case date():
            return _day("", value)
        case _ if type(value).__name__ in _MISSING_TYPES:
            return None
        case _ if type(value).__name__ == "Decimal":
            return Fraction(value) if value.is_finite() else None
        case _:
            raise ValueReadingError(f"{value!r} is no number, text, date or truth value")


def _day(name: str, value: Any) -> date | None:  # noqa: ANN401  # whatever a record holds
    if value is None or type(value).__name__ in _MISSING_TYPES or (isinstance(value, float) and math.isnan(value)):
        return None
    try:
        return read_date(value)
    except ValueReadingError as error:
        raise ValueReadingError(f"{name}: {error}" if name else str(error)) from None


def _truth(name: str, value: Any) -> bool | None:  # noqa: ANN401  # whatever a record holds
    found = plain(value)
    if found is None or isinstance(found, bool):
        return found
    if found in (0, 1) and isinstance(found, int):
        return bool(found)
    raise ValueReadingError(f"{name}: {value!r} is neither true nor false")


def _compared(comparator: Comparator, left: Any, right: Any) -> bool | None:  # noqa: ANN401  # two plain values
    if left is None or right is None:
        return None
    if isinstance(right, date) and isinstance(left, str):
        left = read_date(left)
    if isinstance(left, date) and isinstance(right, str):
        right = read_date(right)
    if _kind(left) != _kind(right):
        raise ValueReadingError(f"{left!r} and {right!r} cannot be compared")
    return _HOLDS[comparator](left, right)


def _kind(value: Any) -> str:  # noqa: ANN401  # a plain value
    return "date" if isinstance(value, date) else "text" if isinstance(value, str) else "number"


def _all(parts: list[bool | None]) -> bool | None:
    if False in parts:
        return False
    return None if None in parts else True


def _any(parts: list[bool | None]) -> bool | None:
    if True in parts:
        return True
    return None if None in parts else False
