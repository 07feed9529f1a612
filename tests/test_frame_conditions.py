"""`kpi.records.frame_conditions`: where conditions are true and where they are false, in frames of every library."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import pytest
from claims import CLAIMS, CONDITIONS, RECORDS
from hypothesis import given, settings
from records_engines import polars_frame

from kpi.formulas.aggregate_evaluator import RecordWalk
from kpi.formulas.aggregates import Column, Elapsed, Known, Length, operands
from kpi.formulas.nodes import Aggregate
from kpi.frames import pandas_typed
from kpi.periods.calendar import usual_calendar
from kpi.records.frame_records import ready, with_spans

TYPES = {name: column.type for name, column in CLAIMS.columns.items()}
MAKE = {
    "polars": lambda frame: frame,
    "polars-lazy": lambda frame: frame.lazy(),
    "pandas": lambda frame: pandas_typed(frame.to_pandas(), TYPES),
    "pyarrow": lambda frame: frame.to_arrow(),
}
every_library = pytest.mark.parametrize("make", [pytest.param(make, id=name) for name, make in MAKE.items()])


def with_columns(frame, spans, columns):
    """The values of *columns*, which are made of the conditions over a frame and its places, in the order of the records."""
    rows, places = ready(nw.from_native(frame), CLAIMS, tuple(TYPES))
    rows, conditions = with_spans(rows, places, spans, usual_calendar())
    found = rows.with_columns(**columns(conditions)).sort("value member")
    found = found.collect() if isinstance(found, nw.LazyFrame) else found
    return {name: found[name].to_list() for name in columns(conditions)}


def numbered(records):
    """Records that can be put into their order again."""
    return [{**record, "member": f"{number:03}"} for number, record in enumerate(records)]


@every_library
@settings(max_examples=25)
@given(records=RECORDS, condition=CONDITIONS)
def test_what_is_neither_true_nor_false_is_in_neither_column(make, records, condition):
    looked_at = operands(Aggregate("", table="claims", where=condition))
    spans = tuple(dict.fromkeys(one for one in looked_at if isinstance(one, Elapsed)))
    records = numbered(records)
    found = with_columns(
        make(polars_frame(CLAIMS, records)),
        spans,
        lambda conditions: dict(zip(("true", "false"), conditions.truth(condition), strict=True)),
    )
    expected = [RecordWalk().condition(condition, record) for record in records]
    assert found == {"true": [one is True for one in expected], "false": [one is False for one in expected]}


@every_library
@settings(max_examples=15)
@given(records=RECORDS)
def test_spans_take_as_long_as_the_walk_says(make, records):
    spans = tuple(Elapsed(length, Column("received"), Column("paid")) for length in Length)
    records = numbered(records)

    def columns(conditions):
        known = {f"known {span.length}": conditions.truth(Known(span))[0] for span in spans}
        return known | {str(span.length): conditions.operand(span)[0] for span in spans}

    found = with_columns(make(polars_frame(CLAIMS, records)), spans, columns)
    for span in spans:
        expected = [RecordWalk().elapsed(span, record) for record in records]
        assert found[f"known {span.length}"] == [one is not None for one in expected]
        both = zip(found[span.length], expected, strict=True)
        assert [None if one is None else value for value, one in both] == expected
