"""`kpi.records.frame_aggregates`: what each record brings, and the number that a group of them makes."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import pytest
from claims import AGGREGATES, CLAIMS, RECORDS, formula
from hypothesis import assume, given, settings
from records_engines import polars_frame
from test_frame_conditions import MAKE, TYPES

from kpi.formulas.aggregate_evaluator import aggregate_of
from kpi.formulas.aggregates import Elapsed, operands
from kpi.formulas.evaluator import Undefined
from kpi.formulas.nodes import Summary
from kpi.periods.calendar import usual_calendar
from kpi.records.frame_aggregates import FrameAggregate
from kpi.records.frame_records import ready, with_spans


def grouped(frame, one):
    """The three columns of a group of all records, and the number."""
    rows, places = ready(nw.from_native(frame), CLAIMS, tuple(TYPES))
    spans = dict.fromkeys(each for each in operands(one.aggregate) if isinstance(each, Elapsed))
    rows, conditions = with_spans(rows, places, tuple(spans), usual_calendar())
    rows = rows.with_columns(all_of_them=nw.lit(1), **one.of_records(conditions))
    groups = rows.group_by("all_of_them").agg(*one.of_groups()).select(**one.raw())
    groups = groups.with_columns(answer=one.answer())
    found = groups.collect() if isinstance(groups, nw.LazyFrame) else groups
    return found.schema, found.row(0)


@pytest.mark.parametrize("library", ["polars", "polars-lazy", "pyarrow"])
@settings(max_examples=20)
@given(records=RECORDS, aggregate=AGGREGATES)
def test_the_number_is_that_of_the_walk(library, records, aggregate):
    """Three columns of whole numbers stand for it, so that those of several tables can be added; a mean is a quotient of two."""
    assume(aggregate.summary is not Summary.MEAN)
    one = FrameAggregate(0, aggregate, is_wide=library != "pyarrow")
    schema, (_, unknown, counting, answer) = grouped(MAKE[library](polars_frame(CLAIMS, records)), one)
    expected = aggregate_of(aggregate, records)
    assert answer == (None if isinstance(expected, Undefined) else expected)
    assert {schema[name] for name in (one.number, one.unknown, one.counting)} == {nw.Int64}
    assert 0 <= unknown + counting <= 2 * len(records)


def test_columns_are_told_apart_by_their_place_and_named_by_the_aggregate():
    """A lazy frame that fails tells the name of the column."""
    aggregate = formula("sum(amount of claims)").expression
    first, second = FrameAggregate(0, aggregate), FrameAggregate(1, aggregate)
    assert first.number == "number 0: sum(amount of claims)"
    assert not {*first.nothing()} & {*second.nothing()}
