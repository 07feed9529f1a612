"""`kpi.records.evaluate_records`: from records to verdicts in one call, the same for every kind of records."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import duckdb
import polars as pl
import pytest
from claims import CLAIMS, KPIS, RECORDS, TENDERS, formula
from hypothesis import HealthCheck, given, settings
from records_engines import ENGINES, needs, pandas_rows, polars_frame, spark_frame

import kpi
from kpi.errors import RecordsError
from kpi.periods.calendar import Calendar
from kpi.records import evaluate_records

READ = {
    "polars": lambda found: found.to_dicts(),
    "polars-lazy": lambda found: found.collect().to_dicts(),
    "pandas": pandas_rows,
    "pyarrow": lambda found: found.to_pylist(),
    "duckdb": lambda found: found.pl().to_dicts(),
    "spark": lambda found: [row.asDict() for row in found.orderBy("organisation", "fiscal_year").collect()],
}
MAKE = {
    **{name: ENGINES[name].make for name in READ},
    "duckdb": lambda table, records: duckdb.from_arrow(polars_frame(table, records).to_arrow()),
    "spark": spark_frame,
}
every_kind = pytest.mark.parametrize("kind", [pytest.param(name, marks=needs(name)) for name in READ])

OF_IWATE = {"branch": "iwate", "received": date(2021, 5, 6), "paid": date(2021, 5, 10), "amount": 100, "member": "a"}


def same(found, expected):
    """Whether outcomes are the same, and numbers as near as floats are."""
    return found == expected or (
        found is not None and expected is not None and float(found) == pytest.approx(float(expected), rel=1e-12)
    )


@every_kind
@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
@given(records=RECORDS)
def test_verdicts_are_those_of_the_evaluator(kind, records):
    expected = evaluate_records({"claims": records}, KPIS)
    found = READ[kind](evaluate_records({"claims": MAKE[kind](CLAIMS, records)}, KPIS))
    key = {(row["organisation"], row["fiscal_year"]): row for row in found}
    assert len(key) == len(expected)
    for row in expected:
        other = key[row["organisation"], row["fiscal_year"]]
        assert [*other] == [*row]
        assert all(other[name] == value for name, value in row.items() if name.endswith("outcome"))
        assert all(same(other[name], value) for name, value in row.items() if not name.endswith("outcome"))


def test_a_list_gives_exact_numbers():
    records = [OF_IWATE, {**OF_IWATE, "amount": 101}, {**OF_IWATE, "amount": 101}]
    (row,) = evaluate_records({"claims": records}, {"mean": formula("mean(amount of claims) >= 100 yen")})
    assert row["mean_outcome"] == "achieved"
    assert row["mean_value"] == Fraction(302, 3)
    assert isinstance(row["mean_margin"], kpi.Quantity)


def test_last_year_is_the_same_period_of_the_year_before():
    last, this = date(2020, 8, 1), date(2021, 8, 2)
    records = [{**OF_IWATE, "received": day, "lost": lost} for day, lost in ((last, True), (last, False), (this, True))]
    share = {"lost": formula("count(claims where lost) / count(claims) <= prior year")}
    by_quarter = evaluate_records({"claims": records}, share, by="quarter")
    assert [(row["fiscal_year"], row["quarter"], row["lost_outcome"]) for row in by_quarter] == [
        (2020, 2, "not_evaluable"),
        (2021, 2, "missed"),
    ]
    by_month = evaluate_records({"claims": records}, share, by="month")
    assert [row["month"] for row in by_month] == [8, 8]


def test_what_lacks_a_key_counts_in_a_row_of_its_own():
    records = [OF_IWATE, {**OF_IWATE, "branch": None}, {**OF_IWATE, "received": None}]
    found = evaluate_records({"claims": records}, {"n": formula("count(claims) >= 1")}, only="outcome")
    assert [(row["organisation"], row["fiscal_year"], row["count(claims)"]) for row in found] == [
        ("iwate", 2021, 1),
        ("iwate", None, 1),
        (None, 2021, 1),
    ]


@pytest.mark.parametrize("kind", ["list", "polars", "duckdb"])
def test_a_table_without_records_of_a_group_counts_none_there(kind):
    make = MAKE.get(kind, lambda _, records: records)
    records = {
        "claims": make(CLAIMS, [OF_IWATE, {**OF_IWATE, "branch": "miyagi"}]),
        "tenders": make(TENDERS, [{"branch": "iwate", "opened": date(2021, 4, 1), "bidders": 1}]),
    }
    kpis = {
        "per_claim": formula("count(tenders where bidders = 1) / count(claims) <= 20%"),
        "least": formula("min(bidders of tenders) >= 1 company"),
    }
    found = evaluate_records(records, kpis)
    rows = READ.get(kind, list)(found)
    assert [(row["organisation"], row["per_claim_outcome"], row["least_outcome"]) for row in rows] == [
        ("iwate", "missed", "achieved"),
        ("miyagi", "achieved", "not_evaluable"),
    ]


def test_files_are_read_by_duckdb(tmp_path):
    polars_frame(CLAIMS, [OF_IWATE]).write_parquet(tmp_path / "claims.parquet")
    polars_frame(CLAIMS, [OF_IWATE]).write_csv(tmp_path / "claims.csv")
    one = {"n": formula("count(claims) >= 1")}
    for path in (tmp_path, tmp_path / "claims.parquet", str(tmp_path / "*.csv")):
        assert evaluate_records({"claims": path}, one, only="outcome").fetchall() == [("iwate", 2021, 1, "achieved")]


def test_a_lazy_frame_stays_lazy():
    found = evaluate_records({"claims": polars_frame(CLAIMS, [OF_IWATE]).lazy()}, KPIS)
    assert isinstance(found, pl.LazyFrame)


def test_a_calendar_of_ones_own_says_which_days_are_business_days():
    closed = Calendar.of_japan(2021, 2021, closed=[date(2021, 5, 7), date(2021, 5, 10)])
    days = {"days": formula("max(business_days(received, paid) of claims) <= 1 business day")}
    outcomes = [
        evaluate_records({"claims": [OF_IWATE]}, days, calendar=calendar)[0]["days_outcome"]
        for calendar in (None, closed)
    ]
    assert outcomes == ["missed", "achieved"]


@pytest.mark.parametrize("kind", ["list", "polars", "pyarrow", "duckdb", pytest.param("spark", marks=needs("spark"))])
def test_what_ends_before_the_calendar_does_is_within_a_limit_that_reaches_beyond_it(kind):
    records = [{**OF_IWATE, "received": date(2021, 12, 27), "paid": date(2021, 12, day)} for day in (26, 27, 28)]
    made = MAKE[kind](CLAIMS, records) if kind in MAKE else records
    soon = {"soon": formula("count(claims where business_days(received, paid) <= 10) >= 1")}
    found = evaluate_records({"claims": made}, soon, calendar=Calendar.of_japan(2021, 2021), only="outcome")
    (row,) = READ.get(kind, list)(found)
    assert row["count(claims where business_days(received, paid) <= 10)"] == 2


@pytest.mark.parametrize(
    ("records", "kpis", "said"),
    [
        ({"claim": [OF_IWATE]}, {"n": formula("count(claims)")}, "no records of table 'claims'; did you mean 'claim'?"),
        (
            {"claims": [{"branch": "iwate", "recieved": None}]},
            {"n": formula("count(claims)")},
            "the records of table 'claims' have no column 'received' (did you mean 'recieved'?)",
        ),
        (
            {"claims": polars_frame(CLAIMS, [OF_IWATE]).with_columns(pl.col("received").cast(pl.String))},
            {"n": formula("count(claims)")},
            "table 'claims': column 'received' holds String, expected dates",
        ),
        (
            {"claims": polars_frame(CLAIMS, [OF_IWATE]), "tenders": [OF_IWATE]},
            {"n": formula("count(claims) / count(tenders)")},
            "records have to be of one kind: claims is polars.DataFrame, tenders is list",
        ),
        (
            {"claims": polars_frame(CLAIMS, [OF_IWATE]), "tenders": polars_frame(TENDERS, []).to_pandas()},
            {"n": formula("count(claims) / count(tenders)")},
            "records have to be of one kind: claims is polars.DataFrame, tenders is pandas.DataFrame",
        ),
        (
            {"claims": polars_frame(CLAIMS, [OF_IWATE]), "tenders": polars_frame(TENDERS, []).lazy()},
            {"n": formula("count(claims) / count(tenders)")},
            "records have to be of one kind: claims is polars.DataFrame, tenders is polars.LazyFrame",
        ),
        (
            {"claims": [OF_IWATE]},
            {"n": formula("staff / count(claims)")},
            "'staff' (for n) is not counted from records; give the variable 'records:' in the catalogue",
        ),
        (
            {"claims": [OF_IWATE]},
            {"n": kpi.parse("count(claims)")},
            "nothing is known of table 'claims'; declare its columns under 'tables' in the catalogue, or give tables=",
        ),
        ({"claims": [{**OF_IWATE, "amount": "many"}]}, {"n": formula("sum(amount of claims)")}, "'many'"),
    ],
)
def test_what_does_not_fit_is_told(records, kpis, said):
    with pytest.raises(RecordsError) as raised:
        evaluate_records(records, kpis)
    assert said in str(raised.value)


def test_a_formula_without_a_catalogue_counts_the_tables_it_is_given():
    share = kpi.parse("count(給付申請 where lost) / count(給付申請) <= 50%")
    (row,) = evaluate_records({"claims": [{**OF_IWATE, "lost": True}]}, share, tables=[CLAIMS])
    assert row["outcome"] == "missed"


def test_sums_that_would_not_fit_are_refused():
    records = [{**OF_IWATE, "amount": 2**62}, {**OF_IWATE, "amount": 2**62}]
    total = {"total": formula("sum(amount of claims) >= 1 yen")}
    with pytest.raises(RecordsError, match="might not add up in 64 bits"):
        evaluate_records({"claims": MAKE["pyarrow"](CLAIMS, records)}, total)
    (row,) = evaluate_records({"claims": records}, total)
    assert row["sum(amount of claims)"] == 2**63
    assert evaluate_records({"claims": MAKE["duckdb"](CLAIMS, records)}, total).fetchall()[0][2] == 2**63
