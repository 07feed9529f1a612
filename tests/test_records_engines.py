"""One meaning, many ways to compute it: what the plain walk counts, every engine counts."""

from __future__ import annotations

from claims import AGGREGATES, CLAIMS, RECORDS, VOCABULARY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from records_engines import Engine, every_engine

import kpi
from kpi.definitions.aggregated import with_aggregates
from kpi.formulas.nodes import Aggregate
from kpi.records import rows
from kpi.records.counting import counting
from kpi.records.periods import GRAINS


def formulas(aggregates: list[Aggregate]) -> dict[str, kpi.Formula]:
    """A KPI for each aggregate."""
    vocabulary = with_aggregates(VOCABULARY, aggregates)
    return {f"kpi_{index}": kpi.Formula(one, vocabulary=vocabulary) for index, one in enumerate(aggregates)}


@every_engine
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(records=RECORDS, aggregates=st.lists(AGGREGATES, min_size=1, max_size=4), by=st.sampled_from(GRAINS))
def test_counts_what_the_walk_counts(engine: Engine, records, aggregates, by):
    asked = counting(formulas(aggregates))
    expected = rows.count(asked, {"claims": records}, by)
    assert engine.count(asked, {"claims": engine.make(CLAIMS, records)}, by) == expected
