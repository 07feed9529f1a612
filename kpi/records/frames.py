"""The door to frames of polars, pandas and pyarrow: records in, a frame of what was counted out; what is lazy stays lazy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from kpi.columns.arrays.frame import evaluate
from kpi.columns.door import narwhals
from kpi.columns.request import Request
from kpi.errors import RecordsError
from kpi.formulas.aggregates import Elapsed, operands, spans_of_business_days
from kpi.formulas.nodes import Summary
from kpi.formulas.tables import ColumnType, Table
from kpi.frames import pandas_typed, pandas_whole
from kpi.periods.calendar import Calendar, usual_calendar
from kpi.records.columns import EXPECTED, LARGEST, LEAST, check_types, needed
from kpi.records.counting import Counting
from kpi.records.frame_aggregates import FrameAggregate
from kpi.records.frame_records import NO_YEAR, keys, ready, with_spans
from kpi.records.periods import Grain, heads

Frame = Any
"""A frame of narwhals, eager or lazy."""

_TYPES: Final[Mapping[str, ColumnType | None]] = {
    "NULL": None, "STRING": "text", "CATEGORICAL": "text", "ENUM": "text", "DATE": "date", "DATETIME": "date", "BOOLEAN": "boolean",
    **dict.fromkeys(("INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32", "UINT64"), "integer"),
}  # fmt: skip


def count(counting: Counting, records: Mapping[str, Any], by: Grain, calendar: Calendar | None = None) -> Any:  # noqa: ANN401  # the same kind as the records
    """A frame of what is counted, in the order of organisations and periods.

    Raises:
        RecordsError: a column is missing or of another type than declared, or a sum may not fit into 64 bits.
        MissingExtraError: narwhals is not installed.
    """
    groups = [_counted(table, counting, records[name], by, calendar) for name, table in counting.tables.items()]
    return _finished(_together(groups, heads(by)), counting, heads(by))


def decide(counted: Any, request: Request) -> Any:  # noqa: ANN401  # the same kind as the records
    """What was counted with the verdicts beside it."""
    return evaluate(request, counted)


def _counted(table: Table, counting: Counting, native: Any, by: Grain, calendar: Calendar | None) -> Frame:  # noqa: ANN401  # any frame
    """One row for each group of one table, in whole numbers without nulls; the numbers of other tables are 0."""
    columns = counting.of_table(table.name)
    names = needed(table, columns)
    frame = _known(table, pandas_typed(native, {name: table.columns[name].type for name in names}))
    check_types(table, names, {name: _type(frame, name, kind) for name, kind in frame.collect_schema().items()}, _TYPES)
    _check_width(frame, table, names)
    rows, places = ready(frame, table, names)
    spans = dict.fromkeys(one for each in columns.values() for one in operands(each) if isinstance(one, Elapsed))
    asks_calendar = any(spans_of_business_days(one) for one in columns.values())
    used = (calendar or usual_calendar()) if asks_calendar else None
    rows, conditions = with_spans(rows, places, tuple(spans), used)
    is_wide = frame.implementation.is_polars()
    every = [FrameAggregate(index, one, is_wide) for index, one in enumerate(counting.columns.values())]
    own = [one for one in every if one.aggregate.table == table.name]
    heads = keys(table, by)
    rows = rows.with_columns(**heads, **_merged(one.of_records(conditions) for one in own))
    if not is_wide:
        _check_sums(rows, own)
    groups = rows.group_by("organisation", *heads).agg(*(part for one in own for part in one.of_groups()))
    _check_totals(groups, own)
    return groups.select("organisation", *heads, **_merged(one.raw() if one in own else one.nothing() for one in every))


def _known(table: Table, native: Any) -> Frame:  # noqa: ANN401  # any frame
    """A frame of narwhals.

    Raises:
        RecordsError: two of its columns have one name, or it is a single column.
    """
    from narwhals.exceptions import DuplicateError

    nw = narwhals()
    try:
        return nw.from_native(native)
    except DuplicateError as error:
        raise RecordsError(f"table {table.name!r}: {error}") from None
    except TypeError:
        raise RecordsError(f"table {table.name!r}: expected a frame, found {type(native).__name__}") from None


def _type(frame: Frame, name: str, kind: Any) -> str:  # noqa: ANN401  # a type of narwhals
    """What a column holds, in words of the library that it comes from where narwhals has none."""
    nw = narwhals()
    if kind == nw.Datetime and kind.time_zone:
        return f"moments in the time zone {kind.time_zone}"
    if isinstance(kind, nw.Decimal) and hasattr(kind, "scale"):
        return f"decimal({kind.precision},{kind.scale})"
    if kind == nw.Object and isinstance(frame, nw.DataFrame):
        kinds = dict.fromkeys(type(value).__name__ for value in frame[name].to_list() if value is not None)
        return f"objects of Python: {', '.join(kinds)}"
    if kind == nw.Unknown:
        native = frame.to_native()
        types = native.schema if hasattr(native, "schema") else native.dtypes
        return str(types.field(name).type if hasattr(types, "field") else types[name])
    return type(kind).__name__ if not isinstance(kind, type) else kind.__name__


def _check_width(frame: Frame, table: Table, names: Sequence[str]) -> None:
    """Numbers are looked at in 64 bits with their sign; what does not fit is refused, in a lazy frame when it is collected.

    Raises:
        RecordsError: naming the column.
    """
    nw = narwhals()
    schema = frame.collect_schema()
    for name in names:
        if isinstance(frame, nw.DataFrame) and (schema[name] == nw.UInt64 or isinstance(schema[name], nw.Decimal)):
            least, most = frame[name].min(), frame[name].max()
            if most is not None and not LEAST <= least <= most <= LARGEST:
                told = f"column {name!r} holds {most if most > LARGEST else least}, expected {EXPECTED['integer']}"
                raise RecordsError(f"table {table.name!r}: {told}")


def _merged(columns: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {name: column for each in columns for name, column in each.items()}


def _check_sums(rows: Frame, aggregates: Sequence[FrameAggregate]) -> None:
    """These libraries add in 64 bits and wrap around silently; what might do so is refused.

    Raises:
        RecordsError: naming the sum and the bound.
    """
    nw = narwhals()
    for one in aggregates:
        if one.aggregate.summary is Summary.SUM and len(rows):
            number = nw.col(one.number)
            least, most = rows.select(number.min().alias("least"), number.max().alias("most")).row(0)
            bound = LARGEST // len(rows)
            if max(-least, most) > bound:
                told = f"{one.aggregate.name}: numbers up to {max(-least, most):,} in {len(rows):,} records might not add up in 64 bits"
                raise RecordsError(f"{told}; expected at most {bound:,}, or records in polars, DuckDB or Spark")


def _check_totals(groups: Frame, aggregates: Sequence[FrameAggregate]) -> None:
    """What adds up to more than 64 bits hold is refused, in a lazy frame when it is collected.

    Raises:
        RecordsError: naming the sum.
    """
    nw = narwhals()
    for one in aggregates:
        if one.aggregate.summary is Summary.SUM and isinstance(groups, nw.DataFrame) and len(groups):
            for total in (groups[one.number].min(), groups[one.number].max()):
                if not LEAST <= total <= LARGEST:
                    told = f"{one.aggregate.name}: found {total:,}, which 64 bits do not hold"
                    raise RecordsError(f"{told}; hand in the records as a list, in DuckDB or on Spark")


def _together(groups: Sequence[Frame], keys: Sequence[str]) -> Frame:
    """The groups of all tables, each once."""
    nw = narwhals()
    first, *others = groups
    if not others:
        return first
    numbers = [name for name in first.collect_schema().names() if name not in keys]
    return nw.concat([first, *others], how="vertical").group_by(*keys).agg(*(nw.col(name).sum() for name in numbers))


def _finished(groups: Frame, counting: Counting, keys: Sequence[str]) -> Any:  # noqa: ANN401  # the same kind as the records
    """The numbers under their names, null where they are unknown."""
    nw = narwhals()
    _, *times = keys
    numbers = [name for name in groups.collect_schema().names() if name != "organisation"]
    groups = nw.from_native(pandas_whole(groups.to_native(), numbers))
    made = {name: FrameAggregate(index, one) for index, (name, one) in enumerate(counting.columns.items())}
    known = nw.col("fiscal_year") != NO_YEAR
    dated = {name: nw.when(known).then(nw.col(name)) for name in times}
    found = groups.select("organisation", **dated, **{name: one.answer() for name, one in made.items()})
    return found.sort(*keys, nulls_last=True).to_native()
