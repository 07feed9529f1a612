"""The records of a frame, made ready to be counted: every value filled, dates as numbers, spans of time worked out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from kpi.columns.door import narwhals
from kpi.formulas.aggregates import Elapsed, Length
from kpi.formulas.tables import Table
from kpi.periods.calendar import Calendar
from kpi.records.frame_conditions import EPOCH, FrameConditions, Place
from kpi.records.periods import Grain

if TYPE_CHECKING:
    from kpi.columns.door import Expr

_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001  # days have no zone
_MINUTES_A_DAY: Final = 24 * 60
_DAY: Final = timedelta(days=1)
NO_YEAR: Final = -999_999
"""The fiscal year of a record without a date, until the groups are made; 1 January of the year 1 lies in the year 0."""


def ready(frame: Any, table: Table, names: tuple[str, ...]) -> tuple[Any, dict[str, Place]]:  # noqa: ANN401  # a frame of narwhals
    """The organisation as it stands, columns *names* of *table* filled where they are missing, and where they stand now.

    Dates are the number of days since 1970; a column of times counts as their days. They also stand there as moments, under
    `moment` and the name, for what takes them apart.
    """
    nw = narwhals()
    places = {name: Place(f"value {name}", f"known {name}") for name in names}
    known = {place.known: ~nw.col(name).is_null() for name, place in places.items()}
    values: dict[str, Expr] = {}
    for name, place in places.items():
        column = nw.col(name)
        match table.columns[name].type:
            case "text":
                values[place.value] = column.cast(nw.String).fill_null("")
            case "integer":
                values[place.value] = column.cast(nw.Int64).fill_null(0)
            case "boolean":
                values[place.value] = column.cast(nw.Boolean).fill_null(value=False)
            case "date":
                values[f"moment {name}"] = column.cast(nw.Datetime("us")).fill_null(_EPOCH)
    frame = frame.select(nw.col(table.organisation).alias("organisation"), **known, **values)
    days = {
        places[name].value: (nw.col(f"moment {name}") - _EPOCH).dt.total_minutes() // _MINUTES_A_DAY
        for name in names
        if table.columns[name].type == "date"
    }
    return (frame.with_columns(**days) if days else frame), places


def with_spans(
    frame: Any,  # noqa: ANN401  # a frame of narwhals
    columns: Mapping[str, Place],
    spans: tuple[Elapsed, ...],
    calendar: Calendar | None,
) -> tuple[Any, FrameConditions]:
    """The frame with a column for each of *spans*; *calendar* is there where business days are counted."""
    nw = narwhals()
    ends = dict.fromkeys(
        end.name for span in spans if span.length is Length.BUSINESS_DAYS for end in (span.start, span.end)
    )
    for name in ends:
        frame = _beside_calendar(frame, columns[name], name, calendar)
    places = {span: Place(f"span {number}", f"known span {number}") for number, span in enumerate(spans)}
    added: dict[str, Expr] = {}
    for span, place in places.items():
        start, end = columns[span.start.name], columns[span.end.name]
        added[place.value] = _elapsed(span, start, end)
        added[place.known] = nw.col(start.known) & nw.col(end.known) & (nw.col(end.value) >= nw.col(start.value))
    return (frame.with_columns(**added) if added else frame), FrameConditions(columns, places)


def outside(span: Elapsed, columns: Mapping[str, Place]) -> Expr:
    """Where one of the dates of a span is there, and is none of the calendar."""
    nw = narwhals()
    start, end = (nw.col(columns[end.name].known) & (nw.col(f"open {end.name}") < 0) for end in (span.start, span.end))
    return start | end  # type: ignore[no-any-return]  # narwhals is imported late


def keys(table: Table, by: Grain) -> dict[str, Expr]:
    """Organisation as it stands, fiscal year and period; `NO_YEAR` and 0 where there is no date."""
    nw = narwhals()
    known, moment = nw.col(f"known {table.date}"), nw.col(f"moment {table.date}")
    year, month = (part.cast(nw.Int64) for part in (moment.dt.year(), moment.dt.month()))
    before_april = (month < 4).cast(nw.Int64)  # noqa: PLR2004  # April
    since_april = month - 4 + 12 * before_april
    found = {"fiscal_year": nw.when(known).then(year - before_april).otherwise(nw.lit(NO_YEAR))}
    number = {
        "fiscal_year": None,
        "half_year": since_april // 6 + 1,
        "quarter": since_april // 3 + 1,
        "month": month,
    }[by]
    if number is not None:
        found[by] = nw.when(known).then(number).otherwise(nw.lit(0))
    return found


def _beside_calendar(frame: Any, place: Place, name: str, calendar: Calendar | None) -> Any:  # noqa: ANN401  # a frame of narwhals
    """The frame with how many business days there were up to each day of a column; -1 outside of the calendar."""
    nw = narwhals()
    numbers = calendar.numbers if calendar else ()
    first = (calendar.first - EPOCH).days if calendar else 0
    data = {"day of calendar": [first + index for index in range(len(numbers))], f"open {name}": [*numbers]}
    days = nw.from_dict(data, backend=frame.implementation)
    if isinstance(frame, nw.LazyFrame):
        days = days.lazy()
    joined = frame.join(days, left_on=place.value, right_on="day of calendar", how="left")
    return joined.with_columns(nw.col(f"open {name}").fill_null(-1).cast(nw.Int64))


def _elapsed(span: Elapsed, start: Place, end: Place) -> Expr:
    nw = narwhals()
    match span.length:
        case Length.DAYS:
            found = nw.col(end.value) - nw.col(start.value)
        case Length.BUSINESS_DAYS:
            found = nw.col(f"open {span.end.name}") - nw.col(f"open {span.start.name}")
        case Length.MONTHS:
            found = _months(span)
    return found  # type: ignore[no-any-return]  # narwhals is imported late


def _months(span: Elapsed) -> Expr:
    """As `kpi.formulas.aggregate_evaluator.months_between`: from the day after the start to the day after the end."""
    nw = narwhals()
    start, end = nw.col(f"moment {span.start.name}"), nw.col(f"moment {span.end.name}")
    first, behind = start + _DAY, end + _DAY
    years, months, days = (
        [getattr(moment.dt, part)().cast(nw.Int64) for moment in (behind, first)] for part in ("year", "month", "day")
    )
    begun = (days[0] > days[1]).cast(nw.Int64)
    ended = ((days[0] == 1) & (days[1] > end.dt.day().cast(nw.Int64))).cast(nw.Int64)
    return 12 * (years[0] - years[1]) + months[0] - months[1] + begun - ended  # type: ignore[no-any-return]  # narwhals is imported late
