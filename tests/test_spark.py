"""Spark frames: lazy, the same in every mode of the session, and nothing is left behind."""

from __future__ import annotations

import pytest
from frames_of import SQL_KINDS
from sql_engines import needs_java, session, spark_frame

import kpi
from kpi.columns import evaluate_frame

pytestmark = needs_java

SPARK = SQL_KINDS["spark"]
PRIOR = kpi.parse("a / b >= prior year")
ROWS = {
    "organisation": ["x", "x", "y", "y", "z"],
    "fiscal_year": [2020, 2021, 2020, 2021, 2021],
    "a": [1, 1, 2**62, 2**62, 1],
    "b": [2, 3, -(2**62), 2**62 - 1, 0],
}


@pytest.fixture
def settings():
    """Lets a test change settings of the session."""
    changed = []

    def change(name, value):
        changed.append((name, session().conf.get(name)))
        session().conf.set(name, value)

    yield change
    for name, value in reversed(changed):
        session().conf.set(name, value)


@pytest.mark.parametrize("ansi", ["true", "false"])
@pytest.mark.parametrize("compiled", ["FALLBACK", "NO_CODEGEN"])
def test_same_in_every_mode(settings, ansi, compiled):
    """Where Spark would fail, wrap around or give null, nothing depends on it."""
    settings("spark.sql.ansi.enabled", ansi)
    settings("spark.sql.codegen.factoryMode", compiled)
    settings("spark.sql.codegen.wholeStage", str(compiled == "FALLBACK").lower())
    found = SPARK.rows(evaluate_frame(SPARK.make(ROWS), PRIOR))
    assert [row["outcome"] for row in found] == [
        "not_evaluable",
        "missed",
        "not_evaluable",
        "achieved",
        "not_evaluable",
    ]
    assert [row["value"] for row in found] == [50.0, pytest.approx(100 / 3), -100.0, 100.0, None]
    assert [row["target"] for row in found] == [None, 50.0, None, -100.0, None]


@pytest.mark.parametrize("lossless", ["true", "false"])
def test_decimals_in_every_mode(settings, lossless):
    """Spark may keep fewer decimals of a product than it has; no product here has any."""
    settings("spark.sql.decimalOperations.allowPrecisionLoss", lossless)
    columns = {"a": [0.3, 0.1, 1.5, -0.7], "b": [1.0, 1.0, 3.0, 1.25]}
    found = SPARK.rows(evaluate_frame(SPARK.make(columns), kpi.parse("a / b >= 30%")))
    assert [row["outcome"] for row in found] == ["achieved", "missed", "achieved", "missed"]


def test_nothing_left_behind():
    """No view stays in the session, and no setting changes."""
    before = (session().sql("SHOW VIEWS").collect(), session().conf.getAll)
    evaluate_frame(spark_frame(ROWS), PRIOR)
    assert (session().sql("SHOW VIEWS").collect(), session().conf.getAll) == before


def test_lazy():
    """Building looks at no row: one that fails tells of it later."""
    frame = session().sql("SELECT CAST(raise_error('looked at') AS BIGINT) AS a")
    found = evaluate_frame(frame, kpi.parse("a >= 1"))
    assert found.columns == ["a", "outcome", "value", "target", "margin"]
    with pytest.raises(Exception, match="looked at"):
        found.collect()


def test_several_rows_of_last_year():
    """Two rows that could be last year's make the query fail."""
    columns = {"organisation": ["x"] * 3, "fiscal_year": [2020, 2020, 2021], "a": [1, 2, 3], "b": [4, 4, 4]}
    with pytest.raises(Exception, match="several rows are the one that another looks at; expected one for each"):
        evaluate_frame(spark_frame(columns), PRIOR).collect()
