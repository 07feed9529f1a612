"""The text of SQL, executed, decides as the evaluator does; what it cannot decide exactly makes the query fail."""

from __future__ import annotations

import pytest
from claims import CLAIMS, KPIS, RECORDS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sql_texts import DATABASES, dialects, every_dialect, fill_counts, fill_records, quick_dialects
from test_columns import FORMULAS

import kpi
from kpi.columns.asked import asked
from kpi.columns.request import request
from kpi.records import evaluate_records, records_sql
from kpi.records import rows as walk
from kpi.records.decidable import Decidable, bounds
from kpi.records.numbers import LARGEST, WIDTHS
from kpi.records.periods import GRAINS, heads

RULES = {key: rule for key, rule in FORMULAS.items() if key != "undeclared"}
REFUSED = {
    "duckdb": "expected a whole number from 0 to",
    "sqlite": "integer overflow",
    "postgres": "expected a whole number from 0 to",
    "spark": "expected a whole number from 0 to",
}
slowly = settings(max_examples=2, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
quickly = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def decided(dialect, counts, formulas, kind="BIGINT"):
    """What the text gives for a table of counts."""
    fill_counts(dialect, counts, kind)
    return DATABASES[dialect].rows(records_sql(formulas, dialect, verdicts=True))


def outcomes(dialect, counts, text, kind="BIGINT", **known):
    """The outcomes of one formula."""
    return [row["outcome"] for row in decided(dialect, counts, kpi.parse(text, **known), kind)]


def limits(dialect, formulas):
    """The largest number of each variable that the text decides."""
    return bounds([Decidable.of(one) for one in asked(formulas)], WIDTHS[dialect])


def assert_same(found, expected, keys):
    """The same rows with the same verdicts, and numbers as near as floats are."""
    by_key = {tuple(row[key] for key in keys): row for row in found}
    assert len(by_key) == len(found) == len(expected)
    for row in expected:
        other = by_key[tuple(row[key] for key in keys)]
        for name, value in row.items():
            if name.endswith("outcome"):
                assert other[name] == value, (name, row)
            elif name.endswith(("value", "target", "margin")):
                assert (other[name] is None) is (value is None), (name, row)
                assert value is None or float(other[name]) == pytest.approx(float(value), rel=1e-9, abs=1e-9), name


# ── over tables of counts ────────────────────────────────────────────────────────────────────────────────────────────

SMALL = st.integers(0, 12)
HARD = st.sampled_from([149, 148_999, 149_000, 250, 250_000, 596, 1_000, 57_000, 56_999, 1345, 13_449, 10_000, 100_000])
LARGE = st.sampled_from([10**12 - 1, 10**12, 10**12 + 1, 59_600_000_000, 10**11, LARGEST, LARGEST - 1])
NUMBERS = st.none() | SMALL | HARD | LARGE
ROWS = st.tuples(st.sampled_from(["iwate", "miyagi", "national"]), st.integers(2018, 2022), NUMBERS, NUMBERS)


def tables(least, most):
    """Counts of different organisations and years; some years are missing."""
    found = st.lists(ROWS, min_size=least, max_size=most, unique_by=lambda row: row[:2])
    names = ("organisation", "fiscal_year", "a", "b")
    return found.map(lambda rows: [dict(zip(names, row, strict=True)) for row in rows])


def some_of(least, most):
    """Some of the rules."""
    return st.lists(st.sampled_from([*RULES]), min_size=least, max_size=most, unique=True)


def assert_as_evaluated(dialect, counts, formulas):
    """The verdicts of the evaluator, or a query that fails where a number is too large."""
    most = limits(dialect, formulas)
    if any((row[name] or 0) > bound for row in counts for name, bound in most.items()):
        with pytest.raises(Exception, match=REFUSED[dialect]):
            decided(dialect, counts, formulas)
    else:
        expected = walk.decide(counts, request(formulas))
        assert_same(decided(dialect, counts, formulas), expected, ("organisation", "fiscal_year"))


@quick_dialects
@quickly
@given(counts=tables(1, 8), keys=some_of(1, 3))
def test_counts_are_decided_as_the_evaluator_does(dialect, counts, keys):
    assert_as_evaluated(dialect, counts, {key: RULES[key] for key in keys})


@dialects("spark")
@slowly
@given(counts=tables(8, 15), keys=some_of(5, 8))
def test_counts_are_decided_on_spark_as_well(dialect, counts, keys):
    assert_as_evaluated(dialect, counts, {key: RULES[key] for key in keys})


@pytest.mark.parametrize(
    ("dialect", "expected"),
    [("duckdb", [10**15, 10**15, 10**9]), ("sqlite", [10**15, 10**9, 10**4]), ("spark", [10**15, 10**15, 10**9])],
)
def test_how_large_counts_may_be(dialect, expected):
    """As large as a nation's, but for SQLite, whose whole numbers have 64 bits: there a rule about last year holds a billion."""
    assert [limits(dialect, RULES[key])["a"] for key in ("threshold", "prior", "mean")] == expected
    assert limits(dialect, {"kpi": RULES["mean"], "other": kpi.parse("c >= 5")})["c"] == LARGEST


ONE = {"organisation": "iwate", "fiscal_year": 2021, "a": 149, "b": 250}


@every_dialect
@pytest.mark.parametrize("wrong", [-1, LARGEST + 1])
def test_numbers_that_cannot_be_counts_make_the_query_fail(dialect, wrong):
    with pytest.raises(Exception, match=REFUSED[dialect]):
        decided(dialect, [ONE, {**ONE, "fiscal_year": 2020, "a": wrong}], RULES["threshold"])


@every_dialect
def test_floats_count_where_they_are_whole(dialect):
    assert outcomes(dialect, [{**ONE, "a": 149.0, "b": 250.0}], "a / b >= 59.6%", "DOUBLE PRECISION") == ["achieved"]
    for wrong in (2.5, 149.00000000000003, 1e300, float("inf")):
        with pytest.raises(Exception, match=REFUSED[dialect]):
            decided(dialect, [{**ONE, "a": wrong, "b": 250.0}], RULES["threshold"], "DOUBLE PRECISION")


@dialects("duckdb", "postgres", "spark")
def test_nan_is_no_number(dialect):
    """SQLite has none: it takes it for null."""
    with pytest.raises(Exception, match=REFUSED[dialect]):
        decided(dialect, [{**ONE, "a": float("nan"), "b": 250.0}], RULES["threshold"], "DOUBLE PRECISION")


@pytest.mark.parametrize("text", ["many", "12.5", "1e3", "-3"])
def test_sqlite_holds_texts_among_numbers(text):
    """Its columns have no type, and a text there is no count."""
    fill_counts("sqlite", [{**ONE, "a": text}], "")
    with pytest.raises(Exception, match="integer overflow"):
        DATABASES["sqlite"].rows(records_sql(RULES["threshold"], "sqlite", verdicts=True))


@quick_dialects
def test_what_fails_is_not_worked_out_beforehand(dialect):
    """A planner that knows the numbers, or that none is null, works nothing out that no row asks for."""
    database = DATABASES[dialect]
    text = records_sql({key: RULES[key] for key in ("threshold", "prior")}, dialect, verdicts=True, counts="known")
    at = database.connect()
    for made in ("VIEW known AS SELECT 'iwate' AS organisation, 2021 AS fiscal_year, 149 AS a, 250 AS b",):
        at.execute(f"CREATE {made}")
        assert [row["threshold_outcome"] for row in database.rows(text)] == ["achieved"]
        at.execute("DROP VIEW known")
    at.execute(
        "CREATE TABLE known (organisation TEXT NOT NULL, fiscal_year INT NOT NULL, a INT NOT NULL, b INT NOT NULL)"
    )
    assert database.rows(text) == []
    at.execute("INSERT INTO known VALUES ('iwate', 2021, 149, 250)")
    assert [row["threshold_outcome"] for row in database.rows(text)] == ["achieved"]
    at.execute("DROP TABLE known")


@every_dialect
def test_two_rows_that_another_looks_at_make_the_query_fail(dialect):
    twice = [{**ONE, "fiscal_year": 2020}, {**ONE, "fiscal_year": 2020, "a": 150}, ONE]
    with pytest.raises(Exception, match="integer overflow" if dialect == "sqlite" else "expected one row for each"):
        decided(dialect, twice, RULES["prior"])
    nobody = [{**row, "organisation": None} for row in twice]
    assert outcomes(dialect, [ONE, *nobody], "a / b >= prior year") == ["not_evaluable"] * 4
    assert len(decided(dialect, twice, RULES["threshold"])) == 3


@quick_dialects
def test_a_rule_about_the_shown_value_rounds_without_floats(dialect):
    """Close to a boundary the quotient of two floats is the boundary itself."""
    half = 2 * 10**14 + 1
    found = outcomes(
        dialect,
        [{**ONE, "a": half - 1, "b": 2 * half}, {**ONE, "fiscal_year": 2022, "a": half, "b": 2 * half}],
        "a / b >= 1",
        decimals=0,
        compared="shown",
    )
    assert found == ["missed", "achieved"]


@every_dialect
def test_what_stands_in_no_table_is_not_evaluable(dialect):
    rules = {"branch": kpi.parse("a / b >= branch target"), "monthly": kpi.parse("a is done every month")}
    (row,) = decided(dialect, [ONE], rules)
    assert (row["branch_outcome"], row["monthly_outcome"]) == ("not_evaluable", "not_evaluable")


def test_a_constant_that_an_engine_cannot_hold_is_told():
    large = kpi.parse("a * 100,000,000,000,000,000,000 >= 1")
    with pytest.raises(kpi.KpiError, match="the constants of a rule are too large for SQLite"):
        records_sql(large, "sqlite", verdicts=True)
    assert records_sql(large, "postgres", verdicts=True)


# ── over records ─────────────────────────────────────────────────────────────────────────────────────────────────────


def assert_records_as_evaluated(dialect, records, by):
    """The verdicts of the evaluator over the same records, or a query that fails where a sum is below zero."""
    expected = evaluate_records({"claims": records}, KPIS, by=by)
    fill_records(dialect, CLAIMS, records)
    text = records_sql(KPIS, dialect, by=by, verdicts=True)
    numbers = [value for row in expected for name, value in row.items() if name.startswith("sum(")]
    if any(number is not None and number < 0 for number in numbers):
        with pytest.raises(Exception, match=REFUSED[dialect]):
            DATABASES[dialect].rows(text)
    else:
        assert_same(DATABASES[dialect].rows(text), expected, heads(by))


@quick_dialects
@quickly
@given(records=RECORDS, by=st.sampled_from(GRAINS))
def test_records_are_decided_as_the_evaluator_does(dialect, records, by):
    assert_records_as_evaluated(dialect, records, by)


@dialects("spark")
@slowly
@given(records=RECORDS, by=st.sampled_from(GRAINS))
def test_records_are_decided_on_spark_as_well(dialect, records, by):
    assert_records_as_evaluated(dialect, records, by)
