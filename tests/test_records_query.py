"""`kpi.records_sql` and `kpi sql --plan`: the text of a query, written for people to read and engines to run."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import sqlglot
from attrs import evolve
from claims import CLAIMS, KPIS, TENDERS, formula
from language import expect_golden
from sql_texts import DATABASES, fill_counts, fill_records, quick_dialects

import kpi
from kpi.catalogue.loader import read_catalog
from kpi.errors import ColumnsError, RecordsError, UnknownNameError
from kpi.formulas.tables import Table, TableColumn
from kpi.records import evaluate_records, records_sql
from kpi.records.dialects import DIALECTS
from kpi.records.query import plan_sql

DATA = Path(__file__).parent / "data" / "sql"
CATALOG, _ = read_catalog((DATA / "catalog.yaml").read_text("utf-8"), "catalog.yaml")
PLAN = CATALOG.plans["iwate-r3"]
OF_IWATE = {"organisation": "iwate", "fiscal_year": 2021, "recovered_cards": 957, "cards_to_recover": 1000}
every_text = pytest.mark.parametrize("dialect", DIALECTS)


# ── texts as people read them ────────────────────────────────────────────────────────────────────────────────────────


@every_text
def test_records_with_business_days_and_a_named_condition(dialect):
    expect_golden(DATA / f"records.{dialect}.sql", plan_sql(PLAN, ["prompt_payment"], dialect, verdicts=True))


@every_text
def test_counts_with_last_year_and_a_case(dialect):
    text = plan_sql(PLAN, ["recovery", "single_bid_share"], dialect, verdicts=True)
    expect_golden(DATA / f"counts.{dialect}.sql", text)


@every_text
def test_a_text_is_read_back_as_it_stands(dialect):
    text = plan_sql(PLAN, ["prompt_payment"], dialect, verdicts=True)
    (tree,) = sqlglot.parse(text, dialect=dialect)
    assert sqlglot.parse_one(tree.sql(dialect=dialect), dialect=dialect) == tree
    assert [table.name for table in tree.find_all(sqlglot.exp.Table) if table.name in ("claims", "calendar")]


@pytest.mark.parametrize("dialect", ["bigquery", "snowflake"])
def test_texts_for_warehouses_mean_the_same_once_they_are_read_back(dialect):
    """What another reader makes of the text gives the verdicts that it should."""
    counts = [
        {**OF_IWATE, "fiscal_year": year, "recovered_cards": number} for year, number in ((2020, 950), (2021, 956))
    ]
    fill_counts("duckdb", counts)
    text = plan_sql(PLAN, ["recovery"], dialect, verdicts=True)
    back = sqlglot.transpile(text, read=dialect, write="duckdb")[0]
    assert [row["recovery_outcome"] for row in DATABASES["duckdb"].rows(back)] == ["not_evaluable", "missed"]


def test_the_same_question_gives_the_same_text():
    texts = {records_sql(KPIS, "duckdb", by=by, verdicts=True) for by in ("quarter", "quarter", "month")}
    assert len(texts) == 2


def test_comments_say_what_is_decided_and_where_that_stands():
    first, second, *_ = plan_sql(PLAN, ["recovery"], "sqlite", verdicts=True).splitlines()
    assert first == "-- recovery 保険証回収率: recovered_cards / cards_to_recover >= prior year (95.7%)"
    assert second == "--   計画の例, 2, p. 5 (catalog.yaml:82)"


def test_a_comment_cannot_be_left():
    """A name of several lines is a comment of several lines."""
    title = evolve(PLAN["recovery"].formula.title, ja="a\n; DROP TABLE claims\r\n--", source="b\nDELETE")
    text = records_sql(evolve(PLAN["recovery"].formula, title=title), "duckdb")
    assert [line for line in text.splitlines() if "DROP" in line or "DELETE" in line] == [
        "-- ; DROP TABLE claims",
        "--   DELETE",
    ]


# ── what is asked ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_without_verdicts_it_is_the_numbers_alone():
    assert records_sql(PLAN["recovery"], counts="mart.counts").splitlines()[2:] == [
        "SELECT",
        "  organisation,",
        "  fiscal_year,",
        "  recovered_cards,",
        "  cards_to_recover",
        "FROM mart.counts",
        "ORDER BY",
        "  1,",
        "  2",
    ]


@quick_dialects
def test_what_a_plan_states_of_last_year_holds_for_its_own_organisation_and_year(dialect):
    """Elsewhere last year is looked up, in data."""
    counts = [
        {**OF_IWATE, "organisation": organisation, "fiscal_year": year, "recovered_cards": number}
        for organisation, year, number in [
            ("岩手支部", 2021, 957), ("iwate", 2022, 957), ("iwate", 2021, 956), ("miyagi", 2020, 900), ("miyagi", 2021, 901),
        ]
    ]  # fmt: skip
    fill_counts(dialect, counts)
    found = DATABASES[dialect].rows(plan_sql(PLAN, ["recovery"], dialect, verdicts=True))
    assert {(row["organisation"], row["fiscal_year"]): row["recovery_outcome"] for row in found} == {
        ("岩手支部", 2021): "achieved",
        ("iwate", 2021): "missed",
        ("iwate", 2022): "achieved",
        ("miyagi", 2020): "not_evaluable",
        ("miyagi", 2021): "achieved",
    }


@quick_dialects
def test_a_plan_that_is_asked_as_such_decides_its_own_rows_alone(dialect):
    """As `kpi.evaluate_frame` and `kpi.evaluate_records` do; its entries decide every row as they stand."""
    counts = [OF_IWATE, {**OF_IWATE, "organisation": "miyagi"}, {**OF_IWATE, "fiscal_year": 2020}]
    fill_counts(dialect, [{**row, "single_bids": 1, "tenders": 3} for row in counts])
    one = evolve(PLAN, entries={key: PLAN[key] for key in ("recovery", "single_bid_share")})
    found = DATABASES[dialect].rows(records_sql(one, dialect, verdicts=True))
    assert [row["single_bid_share_outcome"] for row in found] == ["no_target", "achieved", "no_target"]
    assert [row["recovery_target"] for row in found] == [None, 95.7, None]
    found = DATABASES[dialect].rows(records_sql([*one], dialect, verdicts=True))
    assert [row["recovery_outcome"] for row in found] == ["achieved"] * 3


@quick_dialects
def test_two_plans_decide_their_own_rows(dialect):
    other = evolve(
        PLAN, fiscal_year=kpi.FiscalYear(2022), entries={"recovery": evolve(PLAN["recovery"], baseline="99%")}
    )
    fill_counts(dialect, [OF_IWATE, {**OF_IWATE, "fiscal_year": 2022}])
    one = evolve(PLAN, entries={"recovery": PLAN["recovery"]})
    found = DATABASES[dialect].rows(records_sql([one, other], dialect, verdicts=True))
    assert [(row["fiscal_year"], row["recovery_outcome"]) for row in found] == [(2021, "achieved"), (2022, "missed")]


@quick_dialects
def test_years_in_which_a_kpi_was_defined_otherwise_do_not_count(dialect):
    rules = {"prior": ">= prior year", "named": ">= fiscal year 2020"}
    entries = [
        evolve(PLAN["recovery"], formula=kpi.parse(f"recovered_cards / cards_to_recover {rule}"), baseline=None)
        for rule in rules.values()
    ]
    fill_counts(dialect, [{**OF_IWATE, "fiscal_year": year} for year in (2020, 2021, 2022)])
    for since, expected in ((None, "achieved"), (2021, "not_evaluable")):
        year = since and kpi.FiscalYear(since)
        asked = {key: evolve(one, comparable_from=year) for key, one in zip(rules, entries, strict=True)}
        found = DATABASES[dialect].rows(records_sql(asked, dialect, verdicts=True))
        assert [row["prior_outcome"] for row in found] == ["not_evaluable", expected, "achieved"]
        assert found[2]["named_outcome"] == expected


@quick_dialects
def test_last_year_is_the_same_period_of_the_year_before(dialect):
    rows = [{**OF_IWATE, "quarter": 1}, {**OF_IWATE, "fiscal_year": 2020, "quarter": 1, "recovered_cards": 958}]
    fill_counts(dialect, [*rows, {**OF_IWATE, "fiscal_year": 2020, "quarter": 2}], by=["quarter"])
    asked = kpi.parse("recovered_cards / cards_to_recover >= prior year")
    found = DATABASES[dialect].rows(records_sql(asked, dialect, by="quarter", verdicts=True))
    assert [row["outcome"] for row in found] == ["not_evaluable", "not_evaluable", "missed"]


@quick_dialects
def test_kpis_of_several_tables(dialect):
    """Where one table has no records of an organisation that another knows, none are counted."""
    claims = [{"branch": "iwate", "received": date(2021, 5, 6)}] * 2
    tenders = [{"branch": branch, "opened": claims[0]["received"], "bidders": 1} for branch in ("iwate", "miyagi")]
    asked = {
        "per_claim": formula("count(tenders where bidders = 1) / count(claims) <= 50%"),
        "least": formula("min(bidders of tenders) >= 2 company; count(claims) >= 1 when count(claims) = 0"),
    }
    fill_records(dialect, CLAIMS, claims)
    fill_records(dialect, TENDERS, tenders)
    found = DATABASES[dialect].rows(records_sql(asked, dialect, verdicts=True))
    expected = evaluate_records({"claims": claims, "tenders": tenders}, asked)
    assert [row["per_claim_outcome"] for row in found] == ["achieved", "not_evaluable"]
    for part in ("per_claim_outcome", "least_outcome"):
        assert [row[part] for row in found] == [row[part] for row in expected]


def test_a_formula_without_a_catalogue_is_told_what_its_tables_hold():
    share = kpi.parse("count(給付申請 where lost) / count(給付申請)")
    assert "FROM claims" in records_sql(share, tables=[CLAIMS])
    with pytest.raises(RecordsError, match="nothing is known of table '給付申請'"):
        records_sql(share)


def test_a_variable_that_is_counted_keeps_its_name_and_an_aggregate_gets_a_short_one():
    assert "-- count_1 = count(claims where lost or kind in ('x', '傷病'))" in records_sql(KPIS["lost"])
    assert "AS paid_within_standard" in records_sql(PLAN["prompt_payment"])


# ── what is refused ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kpis", "keywords", "said"),
    [
        ({"n": formula("count(claims) / staff >= 1")}, {}, "'staff' (for n) is not counted from records"),
        (PLAN, {}, "'recovered_cards' (for recovery) is not counted from records"),
        (KPIS, {"dialect": "duckbd"}, "dialect: found 'duckbd', expected duckdb, sqlite, postgres, spark, bigquery, snowflake; did you mean 'duckdb'?"),
        (KPIS, {"by": "week"}, "by: found 'week', expected fiscal_year, half_year, quarter, month"),
        ({"n": kpi.parse("A / a >= 1")}, {}, "two columns would have one name, 'A' and 'a'; rename one of them"),
        ({"n": kpi.parse("fiscal_year >= 1")}, {}, "two columns would have one name, 'fiscal_year' and 'fiscal_year'"),
        ({"a": kpi.parse("a_value / b >= 1")}, {"verdicts": True}, "two columns would have one name, 'a_value' and 'a_value'"),
        ({"N": kpi.parse("a >= 1"), "n": kpi.parse("b >= 1")}, {"verdicts": True}, "'N_outcome' and 'n_outcome'"),
        ({"件" * 21: kpi.parse("a >= 1")}, {"verdicts": True, "dialect": "postgres"}, "two columns would have one name"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told(kpis, keywords, said):
    with pytest.raises(RecordsError) as raised:
        records_sql(kpis, **keywords)
    assert said in str(raised.value)


def test_nothing_is_asked():
    with pytest.raises(ColumnsError, match="no KPI was given"):
        records_sql([])


def test_a_plan_names_the_nearest_kpi():
    with pytest.raises(UnknownNameError, match="did you mean 'recovery'"):
        plan_sql(PLAN, ["recovry"])


def test_records_may_not_be_called_as_the_calendar_that_they_need():
    days = Table.of(
        "calendar",
        [TableColumn("branch", "text"), TableColumn("day", "date"), TableColumn("paid", "date")],
        organisation="branch",
        date="day",
    )
    counted = kpi.parse("count(calendar where days(day, paid) <= 3)")
    assert records_sql(counted, tables=[days])
    with pytest.raises(RecordsError, match="table 'calendar': business days are in a table of this name"):
        records_sql(kpi.parse("count(calendar where business_days(day, paid) <= 3)"), tables=[days])


@pytest.mark.parametrize("name", ["numbers", "last_year", "counts", "nation", "Order", "t'x", 'a"b'])
def test_a_table_of_counts_may_have_any_name(name):
    rows = [{**OF_IWATE, "fiscal_year": year} for year in (2020, 2021)]
    fill_counts("duckdb", rows, name=name)
    fill_counts("sqlite", rows, name=name)
    asked = kpi.parse("recovered_cards / cards_to_recover >= prior year")
    for dialect in ("duckdb", "sqlite"):
        found = DATABASES[dialect].rows(records_sql(asked, dialect, verdicts=True, counts=name))
        assert [row["outcome"] for row in found] == ["not_evaluable", "achieved"]
