"""One SQL text for DuckDB and Spark: the same exact verdicts as the evaluator, or an error that says why not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from frames_of import SQL_KINDS, each_sql
from hypothesis import given, settings
from hypothesis import strategies as st
from sql_engines import CONNECTION, needs_java, relation, spark_frame
from test_columns import FORMULAS, PARTS, expected, keyed

import kpi
from kpi.columns import evaluate_frame
from kpi.columns.request import request
from kpi.columns.sql.dialects import DUCKDB, SPARK
from kpi.columns.sql.keys import Table
from kpi.columns.sql.statement import statement
from kpi.errors import ColumnsError

EVERY = {key: formula for key, formula in FORMULAS.items() if key != "undeclared"}
"""A rule about the value as shown needs the KPI's decimals: they are the same in every row of a column."""
OF_TWO_FACTORS = {key: EVERY[key] for key in ("threshold", "decimals", "prior", "conditional", "named", "national", "count", "equal")}  # fmt: skip
"""Rules that multiply no more than two inputs, so that wide numbers hold all products of 62 bits."""


def assert_as_evaluated(kind, columns, formulas):
    """Every formula has, in every row, the verdict of the evaluator and its numbers."""
    frame = kind.make(columns)
    rows = kind.rows(frame)
    found = kind.rows(evaluate_frame(frame, formulas))
    assert repr([{name: row[name] for name in columns} for row in found]) == repr(rows)  # NaN is like NaN
    for row, answers in zip(rows, found, strict=True):
        for key, formula in formulas.items():
            result = expected(formula, row, rows)
            assert answers[f"{key}_outcome"] == result.outcome, (key, row)
            for part in PARTS[1:]:
                exact, shown = getattr(result, part), answers[f"{key}_{part}"]
                assert (shown is None) is (exact is None), (key, part, row)
                assert exact is None or shown == pytest.approx(float(exact), rel=1e-9, abs=1e-6), (key, part, row)


SMALL = st.integers(-3, 12)
HARD = st.sampled_from([0, 1, 4, 5, 149, 148_999, 149_000, 250, 250_000, 596, 1_000, 57_000, 56_999])
LARGE = st.sampled_from([10**12, 10**12 + 1, 2**31, 3_037_000_500, 2**53 - 1, 2**53 + 1, 2**62 - 1, 1 - 2**62])
FLOATS = st.one_of(
    SMALL.map(float),
    HARD.map(float),
    st.sampled_from([0.1, 0.2, 0.3, 59.6, 0.596, 1.005, 95.7, -0.0, float("nan"), float("inf"), float("-inf")]),
    st.decimals(0, 10**3, places=2).map(float),
)
DECIMALS = st.decimals(-5, 10**3, places=4)
PLACES = ["national", *(f"branch {number:02}" for number in range(40))]
NUMBERS = {"whole": (SMALL | HARD, EVERY), "large": (SMALL | HARD | LARGE, OF_TWO_FACTORS), "float": (FLOATS, OF_TWO_FACTORS), "decimal": (DECIMALS, OF_TWO_FACTORS), "bool": (st.booleans(), EVERY)}  # fmt: skip
each_kind_of_number = pytest.mark.parametrize(("numbers", "formulas"), NUMBERS.values(), ids=NUMBERS)


def tables(numbers, places, least, most):
    """Rows with different keys."""
    rows = st.tuples(st.sampled_from(places), st.integers(2018, 2022), numbers | st.none(), numbers | st.none())
    return st.lists(rows, min_size=least, max_size=most, unique_by=lambda row: row[:2]).map(keyed)


@each_kind_of_number
@settings(max_examples=6)
@given(data=st.data())
def test_duckdb_decides_as_the_evaluator_does(numbers, formulas, data):
    assert_as_evaluated(SQL_KINDS["duckdb"], data.draw(tables(numbers, PLACES, 1, 100)), formulas)


@needs_java
@each_kind_of_number
@settings(max_examples=2)
@given(data=st.data())
def test_spark_decides_as_the_evaluator_does(numbers, formulas, data):
    """Many rows in one frame: a plan costs Spark more than its rows."""
    assert_as_evaluated(SQL_KINDS["spark"], data.draw(tables(numbers, PLACES, 100, 200)), formulas)


# ── refused ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def decided(kind, columns, formula, types=None, **known):
    """The outcomes of one formula over columns of given SQL types."""
    frame = {"duckdb": relation, "spark": spark_frame}[kind.name](columns, types)
    return [row["outcome"] for row in kind.rows(evaluate_frame(frame, kpi.parse(formula), **known))]


@each_sql
def test_numbers_beyond_the_proven_range(kind):
    """Where not even wide numbers hold a product, the query fails and names KPI, column and bound."""
    columns = {"a": [1, 2**62], "b": [1, 2**62], "c": [1, 2**62]}
    with pytest.raises(Exception, match=r'column "[abc]" holds 4611686018427387904; to be exact .* from -\d+ to \d+'):
        decided(kind, columns, "a / b >= b / c + c / a")
    assert decided(kind, {name: values[:1] for name, values in columns.items()}, "a / b < b / c + c / a") == [
        "achieved"
    ]


@each_sql
def test_doubles_without_exact_decimals(kind):
    """A double counts at its shortest decimal of up to six digits behind the point; any other is refused."""
    assert decided(kind, {"a": [0.1, 0.3, 1e15, 0.125]}, "a >= 0.3") == ["missed", "achieved", "achieved", "missed"]
    for number in (0.1234567, 1 / 3, 1e16, 123456789012.5):
        with pytest.raises(Exception, match=r'column "a" holds .* a number of at most 6 decimals'):
            decided(kind, {"a": [1.0, number]}, "a >= 0.3")


@each_sql
def test_columns_that_hold_no_numbers(kind):
    """Texts and single-precision floats are no exact numbers."""
    with pytest.raises(ColumnsError, match=r"column 'a' holds (VARCHAR|string); expected integers, decimals"):
        decided(kind, {"a": ["1", "2"]}, "a >= 1")
    with pytest.raises(ColumnsError, match=r"column 'a' holds (FLOAT|float)"):
        decided(kind, {"a": [1.0]}, "a >= 1", {"a": "FLOAT"})


@each_sql
def test_shown_without_decimals(kind):
    """How many decimals are shown would depend on each row's data."""
    with pytest.raises(ColumnsError, match="how many decimals are shown is not declared"):
        kind.rows(evaluate_frame(kind.make({"a": [1], "b": [2]}), FORMULAS["undeclared"]))


# ── types ────────────────────────────────────────────────────────────────────────────────────────────────────────────

INTEGERS = {"duckdb": ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "UINTEGER", "UBIGINT", "HUGEINT", "UHUGEINT"), "spark": ("tinyint", "smallint", "int", "bigint")}  # fmt: skip


@each_sql
def test_integers_of_every_width(kind):
    for name in INTEGERS[kind.name]:
        types = {"a": name, "b": name}
        assert decided(kind, {"a": [120, 119, None], "b": [1, 1, 1]}, "a / b >= 12,000%", types) == [
            "achieved", "missed", "not_evaluable",
        ]  # fmt: skip


@pytest.mark.parametrize("name", ["UBIGINT", "HUGEINT", "UHUGEINT", "DECIMAL(38, 0)"])
def test_integers_of_more_than_64_bits(name):
    """They are decided exactly as far as wide numbers hold them."""
    columns = {"a": [2**64 - 1, 2**64 - 2], "b": [2**64 - 1] * 2}
    assert decided(SQL_KINDS["duckdb"], columns, "a / b >= 100%", {"a": name, "b": name}) == ["achieved", "missed"]


@each_sql
@pytest.mark.parametrize(
    "name", ["DECIMAL(9, 2)", "DECIMAL(18, 6)", "DECIMAL(20, 2)", "DECIMAL(30, 6)", "DECIMAL(38, 18)"]
)
def test_decimals(kind, name):
    """Decimals are scaled to whole numbers."""
    columns = {"a": [Decimal("0.29"), Decimal("0.30"), None], "b": [Decimal(1)] * 3}
    types = {"a": name, "b": name}
    assert decided(kind, columns, "a / b >= 30%", types) == ["missed", "achieved", "not_evaluable"]


@each_sql
def test_decimals_of_many_digits(kind):
    columns = {"a": [Decimal("0.1234567")], "b": [Decimal(1)]}
    with pytest.raises(Exception, match=r'column "a" holds 0\.1234567'):
        decided(kind, columns, "a / b >= 30%", {"a": "DECIMAL(38, 18)", "b": "DECIMAL(38, 18)"})


@each_sql
def test_nothing_known(kind):
    """A column in which nothing stands has no type of its own."""
    assert decided(kind, {"a": [None]}, "a >= 1", {"a": {"duckdb": '"NULL"', "spark": "void"}[kind.name]}) == [
        "not_evaluable"
    ]


# ── names ────────────────────────────────────────────────────────────────────────────────────────────────────────────

ODD_NAMES = [
    "一般競争入札件数",
    'a "b" `c`',
    "it's",
    "a; DROP TABLE x --",
    "x.y",
    "{rows}",
    "{}",
    "back\\slash",
    "kpi_rows",
    "select",
]


@each_sql
@pytest.mark.parametrize("name", ODD_NAMES)
def test_any_name_of_a_column(kind, name):
    """A column may be called anything; nothing in a name is executed."""
    found = kind.rows(evaluate_frame(kind.make({name: [2, 1]}), kpi.parse("a >= 2"), columns={"a": name}))
    assert [(row[name], row["outcome"]) for row in found] == [(2, "achieved"), (1, "missed")]


@each_sql
def test_any_name_of_a_kpi(kind):
    """Names of KPIs stand in messages as they are, whatever they hold."""
    for name in ("it's", "back\\slash", "${x}", 'a "b"', "件数"):
        frame = kind.make({"n": [1 / 3]})
        with pytest.raises(Exception) as caught:  # noqa: PT011  # each engine has its own
            kind.rows(evaluate_frame(frame, {name: kpi.parse("n >= 2")}, names="found {part}"))
        assert f'{name}: column "n" holds 0.333' in str(caught.value)


@each_sql
def test_names_that_differ_in_case_only(kind):
    """SQL would silently read one for the other."""
    frame = CONNECTION.sql('SELECT 1 AS a, 2 AS "A"') if kind.name == "duckdb" else spark_frame({"a": [1], "A": [2]})
    with pytest.raises(ColumnsError, match="columns 'a' and 'A' differ in case only"):
        evaluate_frame(frame, kpi.parse("a >= 1"))


def test_what_spark_would_replace():
    with pytest.raises(ColumnsError, match="Spark would replace what stands in braces"):
        SPARK.identifier("${x}")


# ── one text ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_text():
    """The text for a rule on two small columns, whole."""
    table = Table("rows", {"a": "INTEGER", "b": "INTEGER"})
    assert (
        statement(request(kpi.parse("a + b > 3"), only="outcome"), table, None, DUCKDB)
        == """\
WITH kpi_numbers AS (
  SELECT
    *,
    CAST("a" AS BIGINT) AS kpi_n1,
    CAST("b" AS BIGINT) AS kpi_n2
  FROM rows
),
kpi_verdicts AS (
  SELECT
    *,
    CAST('achieved' AS ENUM ('achieved', 'missed', 'not_applicable', 'not_evaluable', 'no_target')) AS kpi_achieved,
    CAST('missed' AS ENUM ('achieved', 'missed', 'not_applicable', 'not_evaluable', 'no_target')) AS kpi_missed,
    CAST('not_applicable' AS ENUM ('achieved', 'missed', 'not_applicable', 'not_evaluable', 'no_target')) AS kpi_not_applicable,
    CAST('not_evaluable' AS ENUM ('achieved', 'missed', 'not_applicable', 'not_evaluable', 'no_target')) AS kpi_not_evaluable,
    CAST('no_target' AS ENUM ('achieved', 'missed', 'not_applicable', 'not_evaluable', 'no_target')) AS kpi_no_target
  FROM kpi_numbers
)
  SELECT
    "a",
    "b",
    CASE WHEN kpi_n1 IS NOT NULL AND kpi_n2 IS NOT NULL THEN CASE WHEN kpi_n1 + kpi_n2 > 3 THEN kpi_achieved ELSE kpi_missed END ELSE kpi_not_evaluable END AS "outcome"
  FROM kpi_verdicts"""
    )


def test_outcomes_are_a_type():
    """DuckDB knows all outcomes that there are; they compare with text, and may be kept."""
    rows = relation({"a": [1, 5, None]})
    found = evaluate_frame(rows, kpi.parse("a > 3"), only="outcome")
    assert str(found.types[-1]) == f"ENUM({', '.join(repr(str(one)) for one in kpi.Verdict)})"
    assert found.filter("outcome = 'missed' OR outcome LIKE 'not%'").fetchall() == [
        (1, "missed"),
        (None, "not_evaluable"),
    ]
    again = found.union(evaluate_frame(rows, kpi.parse("a > 3"), only="outcome"))
    assert again.types == found.types
    assert "ENUM" not in statement(
        request(kpi.parse("a > 3"), only="value"), Table("rows", {"a": "BIGINT"}), None, DUCKDB
    )


def test_same_text():
    """The same request gives the same text."""
    table = Table("rows", {"organisation": "BIGINT", "fiscal_year": "BIGINT", "a": "DOUBLE", "b": "BIGINT"})
    for dialect in (DUCKDB, SPARK):
        first, second = (statement(request(EVERY), table, None, dialect) for _ in range(2))
        assert first == second
