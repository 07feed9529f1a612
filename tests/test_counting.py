"""`kpi records`, `kpi sql` and `kpi calendar`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from sql_engines import needs_java, session

from kpi.cli.commands import kpi
from kpi.periods.calendar import usual_calendar

CATALOG = Path(__file__).parents[1] / "docs" / "records" / "catalog.yaml"
CLAIM = {
    "branch": "iwate", "received": date(2021, 5, 6), "paid": date(2021, 5, 20), "kind": "傷病手当金", "amount": 150_000,
    "lost_qualification": False, "voluntary_continuation": False, "returned": False,
}  # fmt: skip


@pytest.fixture
def run(monkeypatch):
    """Runs a command in English; gives its exit code, answer and errors."""
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments):
        found = CliRunner().invoke(kpi, [*map(str, arguments)])
        assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
        return found.exit_code, found.stdout, found.stderr

    return run


@pytest.fixture
def records(run, tmp_path):
    """Runs `kpi records` over claims in a file."""

    def records(claims, *arguments, table="claims"):
        path = tmp_path / "claims.parquet"
        types = {"received": pl.Date, "paid": pl.Date, "amount": pl.Int64}
        pl.DataFrame(claims, schema_overrides=types).write_parquet(path)
        return run("records", "example-r3", "--catalog", CATALOG, "--records", f"{table}={path}", *arguments)

    return records


class TestRecords:
    def test_a_table_for_each_kpi(self, records):
        """Organisations stand in the order of the catalogue, those that it does not know last."""
        late = {**CLAIM, "branch": "tokyo", "paid": date(2021, 5, 21)}
        code, text, errors = records([late, {**CLAIM, "branch": "elsewhere"}, CLAIM])
        assert (code, errors) == (0, "")
        first, *_ = text.split("claims returned")
        assert "claims paid within ten business days of receipt  prompt_payment: = 100%" in first
        rows = [line.split("│")[1:-1] for line in first.splitlines() if line.startswith("│")]
        assert [[cell.strip() for cell in row] for row in rows] == [
            ["organisation", "fiscal year", "value", "target", "margin", "verdict"],
            ["Iwate branch", "2021", "100.00%", "100.00%", "+0.00 pp", "○ achieved"],
            ["Tokyo branch", "2021", "0.00%", "100.00%", "-100.00 pp", "× missed"],
            ["elsewhere", "2021", "100.00%", "100.00%", "+0.00 pp", "○ achieved"],
        ]
        assert "achieved 2, missed 1" in text

    def test_for_programs(self, records):
        code, text, _ = records([CLAIM], "--format", "json", "--by", "month", "--kpi", "prompt_payment")
        (found,) = json.loads(text)
        assert code == 0
        assert [found[key] for key in ("organisation", "fiscal_year", "period", "kpi", "outcome", "value")] == [
            "iwate", 2021, 5, "prompt_payment", "achieved", "100",
        ]  # fmt: skip

    def test_last_year_is_counted_where_the_plan_states_none(self, records):
        last = [{**CLAIM, "received": date(2020, 5, 7), "paid": None, "returned": one} for one in (True, False)]
        code, text, _ = records([*last, CLAIM], "--kpi", "returned_share", "--format", "json", "--all-years")
        found = json.loads(text)
        assert code == 0
        assert [(one["fiscal_year"], one["outcome"], one["target"]) for one in found] == [
            (2020, "not_evaluable", None),
            (2021, "achieved", "50"),
        ]

    @pytest.mark.parametrize(("outcome", "code"), [("missed", 1), ("not_applicable", 0)])
    def test_a_gate(self, records, outcome, code):
        late = {**CLAIM, "paid": date(2021, 5, 31)}
        assert records([CLAIM, late], "--fail-on", outcome, "--kpi", "prompt_payment")[0] == code

    def test_japanese_names(self, records):
        """The table may be named as the catalogue labels it."""
        code, text, _ = records([CLAIM], "--lang", "ja", "--kpi", "prompt_payment", table="給付申請")
        assert code == 0
        assert "サービススタンダードの達成率" in text
        assert "岩手支部" in text

    @needs_java
    def test_on_spark(self, records):
        """The session that runs is used, and the answer is the same."""
        session()
        asked = ("--format", "json", "--all-years")
        assert records([CLAIM], *asked, "--engine", "spark") == records([CLAIM], *asked)

    @pytest.mark.parametrize(
        ("claims", "told"),
        [
            ([{**CLAIM, "received": None}], "no records of fiscal year 2021; none has a date: --all-years shows them"),
            (
                [{**CLAIM, "received": date(2020, 5, 7)}, {**CLAIM, "received": date(2019, 5, 7)}],
                "no records of fiscal year 2021; those there are of 2019, 2020: --all-years shows them",
            ),
            ([{"branch": "iwate", "received": date(2021, 5, 6)}], "have no column 'paid', 'lost_qualification'"),
        ],
    )
    def test_no_gate_passes_for_want_of_records(self, records, claims, told):
        code, text, errors = records(claims, "--fail-on", "missed")
        assert (code, text) == (2, "")
        assert told in errors

    def test_empty_files(self, run, tmp_path):
        path = tmp_path / "claims.csv"
        path.write_text(f"{','.join(CLAIM)}\n", encoding="utf-8")
        code, _, errors = run("records", "example-r3", "--catalog", CATALOG, "--records", f"claims={path}")
        assert (code, errors) == (2, "kpi: --records: the files hold no records\n")

    @pytest.mark.parametrize(
        ("given", "told"),
        [
            (["claims"], "found 'claims', expected TABLE=FILES, such as claims=claims/"),
            (["claims="], "found 'claims=', expected TABLE=FILES, such as claims=claims/"),
            (["claim=x"], "no files of table 'claims'; add --records claims=FILES"),
            (["claims=x", "visits=y"], "no KPI counts 'visits'; counted are claims"),
            (["claims=x", "claims=y"], "'claims' is given twice; name all its files by one folder or pattern"),
        ],
    )
    def test_options_that_do_not_fit(self, run, given, told):
        options = [part for one in given for part in ("--records", one)]
        code, _, errors = run("records", "example-r3", "--catalog", CATALOG, *options)
        assert (code, errors) == (2, f"kpi: --records: {told}\n")

    @pytest.mark.parametrize("name", ["none.parquet", "broken.parquet"])
    @pytest.mark.parametrize("engine", ["duckdb", pytest.param("spark", marks=needs_java)])
    def test_files_that_cannot_be_read(self, run, tmp_path, name, engine):
        if engine == "spark":
            session()
        (tmp_path / "broken.parquet").write_bytes(b"no Parquet")
        options = ("--records", f"claims={tmp_path / name}", "--engine", engine)
        code, _, errors = run("records", "example-r3", "--catalog", CATALOG, *options)
        assert code == 2
        assert errors.startswith("kpi: table 'claims': ")
        assert name in errors
        assert errors.count("\n") == 1

    def test_a_plan_that_counts_no_records(self, run):
        code, _, errors = run("records", "iwate-r3", "--kpi", "single_bid_share", "--records", "claims=x")
        assert code == 2
        assert errors.startswith("kpi: not counted from records: single_bid_share; give their variables 'records:'")


class TestSql:
    def test_a_kpi(self, run):
        code, text, errors = run("sql", "returned_share", "--catalog", CATALOG, "--dialect", "postgres")
        assert (code, errors) == (0, "")
        assert text.startswith("-- returned_share 返戻率: returned_claims / claims_received\n")
        assert "FROM claims" in text

    def test_a_plan_with_verdicts_for_programs(self, run):
        options = ("--plan", "example-r3", "--verdicts", "--format", "json", "--catalog", CATALOG)
        code, text, _ = run("sql", "returned_share", *options)
        found = json.loads(text)
        assert (code, found["dialect"]) == (0, "duckdb")
        assert "returned_share_outcome" in found["sql"]

    def test_a_table_of_counts(self, run):
        code, text, _ = run("sql", "single_bid_share", "--counts", "mart.counts")
        assert code == 0
        assert "FROM mart.counts" in text

    def test_verdicts_need_a_plan(self, run):
        code, _, errors = run("sql", "returned_share", "--catalog", CATALOG, "--verdicts")
        assert (code, errors) == (2, "kpi: --verdicts needs --plan: a KPI has its target in a plan\n")


class TestCalendar:
    def test_as_a_table(self, run):
        code, text, _ = run("calendar", "--from", 2021, "--to", 2021)
        lines = text.splitlines()
        assert (code, lines[0], len(lines)) == (0, "day,business_days", 366)
        assert lines[4:6] == ["2021-01-04,1", "2021-01-05,2"]

    def test_for_programs(self, run):
        _, text, _ = run("calendar", "--format", "json")
        days = [(day.isoformat(), number) for day, number in usual_calendar().rows()]
        assert [(row["day"], row["business_days"]) for row in json.loads(text)] == days

    @pytest.mark.parametrize("options", [("--from", 2060), ("--from", 0), ("--to", 10_000), ("--from", 1800)])
    def test_years_that_are_not_known(self, run, options):
        code, text, errors = run("calendar", *options)
        assert (code, text) == (2, "")
        assert "no calendar reaches from" in errors or "are not known" in errors
