"""`kpi.records.files`: files counted in DuckDB and on Spark give the same rows, and tell how far they have come."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date

import pytest
from claims import CLAIMS, KPIS, TENDERS, formula
from records_engines import needs, polars_frame
from sql_engines import session

from kpi.errors import RecordsError
from kpi.progress import watched
from kpi.records import rows
from kpi.records.counting import counting
from kpi.records.files import ENGINES

CLAIM = dict.fromkeys(CLAIMS.columns) | {
    "branch": "iwate",
    "received": date(2021, 5, 6),
    "paid": date(2021, 5, 10),
    "amount": 100,
}
CLAIMED = [
    CLAIM,
    {**CLAIM, "branch": "aomori", "amount": 2**62},
    {**CLAIM, "branch": "aomori", "amount": 2**62},
    {**CLAIM, "received": None},
]
TENDERED = [{"branch": "miyagi", "opened": date(2021, 4, 1), "bidders": 1}]
every_engine = pytest.mark.parametrize("engine", ["duckdb", pytest.param("spark", marks=needs("spark"))])


@pytest.fixture
def counted(tmp_path):
    """What an engine counts of tables that are written to files."""

    def counted(engine, asked, by, **tables):
        if engine == "spark":
            session()
        for name, (table, records) in tables.items():
            polars_frame(table, records).write_parquet(tmp_path / f"{name}.parquet")
        files = {name: tmp_path / f"{name}.parquet" for name in tables}
        return ENGINES[engine](asked, files, by)

    return counted


@every_engine
def test_rows_are_those_of_the_walk(counted, engine):
    """In their order, and with whole numbers however large."""
    asked = counting(
        {"lost": KPIS["lost"], "tenders": formula("count(tenders) >= 1"), "sum": formula("sum(amount of claims) >= 1")}
    )
    found = counted(engine, asked, "month", claims=(CLAIMS, CLAIMED), tenders=(TENDERS, TENDERED))
    assert found == rows.count(asked, {"claims": CLAIMED, "tenders": TENDERED}, "month")
    assert all(isinstance(value, int | str | None) for row in found for value in row.values())


@every_engine
def test_what_fails_while_it_is_counted_is_told(tmp_path, engine):
    if engine == "spark":
        session()
    path = tmp_path / "claims.csv"
    path.write_text("branch,received,amount\niwate,2021-05-06,1\niwate,2021-05-06,many\n", encoding="utf-8")
    with pytest.raises(RecordsError, match="table 'claims': column 'amount' holds many, expected whole numbers"):
        ENGINES[engine](counting(formula("sum(amount of claims)")), {"claims": path}, "fiscal_year")


@every_engine
def test_progress_is_told(counted, engine):
    told = []

    class Watcher:
        @contextmanager
        def stage(self, work, total, of):
            told.append((work, total, of))
            yield told.append

    with watched(Watcher()):
        counted(engine, counting(KPIS), "fiscal_year", claims=(CLAIMS, CLAIMED))
    (stage, *steps) = [one for one in told if one[:1] == ("counting",)] if engine == "spark" else told
    assert stage == ("counting", {"duckdb": 100, "spark": None}[engine], "")
    assert sum(steps) <= 100
