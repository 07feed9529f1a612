"""`kpi.records.numbers`: whole numbers of each engine, and queries that fail."""

from __future__ import annotations

import pytest
from sql_texts import DATABASES, every_dialect

from kpi.records.dialects import DIALECTS, translated
from kpi.records.names import literal
from kpi.records.numbers import LARGEST, WIDTHS


def test_every_dialect_has_a_width():
    assert [*WIDTHS] == [*DIALECTS]


@every_dialect
def test_the_largest_number_is_exact(dialect):
    width = WIDTHS[dialect]
    largest = width.largest or 10**99
    text = f"SELECT CAST('{largest}' AS {width.type}) - CAST(1 AS {width.type}) AS less"
    assert DATABASES[dialect].rows(translated(text, dialect)) == [{"less": largest - 1}]


def test_up_to_the_largest_count_a_float_is_the_number_itself():
    assert int(float(LARGEST)) == LARGEST
    assert float(LARGEST - 1) != float(LARGEST)


@every_dialect
def test_a_failure_fails_where_it_is_reached(dialect):
    failure = WIDTHS[dialect].failure("n", literal("it's "))
    database = DATABASES[dialect]
    database.fill("failing", {"n": "BIGINT"}, [[1], [2]])
    text = f"SELECT CASE WHEN n > {{}} THEN {failure} ELSE n END AS n FROM failing"
    assert len(database.rows(translated(text.format(2), dialect))) == 2
    with pytest.raises(Exception, match="overflow" if dialect == "sqlite" else "it's 2"):
        database.rows(translated(text.format(1), dialect))
