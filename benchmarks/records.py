"""How long KPIs take from records to verdicts, as a ratio to the query that a careful user of DuckDB writes by hand.

    python benchmarks/claims.py --rows 1e8 /tmp/claims
    python benchmarks/records.py /tmp/claims
    python benchmarks/records.py --engine spark /tmp/claims-1e6 /tmp/claims-1e7 /tmp/claims-1e8

The three KPIs are those of `docs/records/catalog.yaml`, over simulated claims of 47 branches and two fiscal years. Both
queries run in turn, so that a slow moment hits both, and the shortest times count. The counts and outcomes of both have to be
the true answers, which were counted while the claims were drawn. On Spark each folder is counted, to show how the time grows.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
from claims_by_hand import ANSWERS, hand_written, true_answers

import kpi
from kpi.records import evaluate_records

CATALOG = Path(__file__).parents[1] / "docs" / "records" / "catalog.yaml"
PLAN = "example-r3"
COLUMNS = (
    "organisation", "fiscal_year", "paid_within_standard", "claims_paid", "prompt_payment_outcome",
    "returned_claims", "claims_received", "returned_share_outcome",
    "sum(amount of claims where usual_injury_allowance)", "count(claims where usual_injury_allowance)",
    "mean_injury_allowance_outcome",
)  # fmt: skip
"""What the query by hand gives, as the library calls it."""


@cache
def entries() -> list[Any]:
    """The three KPIs with their rules."""
    return [*kpi.load_catalog(CATALOG).plans[PLAN]]


def with_kpi(folder: Path) -> list[tuple[Any, ...]]:
    """Counts and outcomes by the library, in DuckDB."""
    with duckdb.connect() as connection:
        claims = connection.read_parquet(f"{folder}/claims/*.parquet")
        found = evaluate_records({"claims": claims}, entries())
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    return sorted(tuple(row[name] for name in COLUMNS) for row in rows)


def by_hand(folder: Path) -> list[tuple[Any, ...]]:
    """The same by hand."""
    with duckdb.connect() as connection:
        return hand_written(connection, folder)


def taken(call: Callable[[Path], list[tuple[Any, ...]]], folder: Path) -> tuple[float, float, list[tuple[Any, ...]]]:
    """Seconds, seconds of processors, and what came out."""
    start = time.perf_counter(), time.process_time()
    found = call(folder)
    return time.perf_counter() - start[0], time.process_time() - start[1], found


def in_duckdb(folder: Path, rounds: int) -> None:
    """Prints the ratio to the query by hand."""
    entries()  # the catalogue is read once, however many queries are run
    times: dict[str, list[tuple[float, float]]] = {"by hand": [], "kpi": []}
    for _ in range(rounds):
        for name, call in (("by hand", by_hand), ("kpi", with_kpi)):
            wall, processors, found = taken(call, folder)
            times[name].append((wall, processors))
            if found != true_answers(folder, ANSWERS):
                sys.exit(f"{name}: not the true answers")
    least = {name: tuple(min(each) for each in zip(*one, strict=True)) for name, one in times.items()}
    for name, (wall, processors) in least.items():
        print(f"{name}: {wall:.2f} s, {processors:.2f} s of processors")
    ratios = [mine / hand for mine, hand in zip(least["kpi"], least["by hand"], strict=True)]
    print(f"ratio: {ratios[0]:.2f}, of processors {ratios[1]:.2f}; all counts and outcomes are the true ones")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


def on_spark(folders: list[Path]) -> None:
    """Prints how the time grows with the number of claims."""
    from pyspark.sql import SparkSession

    settings = {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "8", "spark.log.level": "ERROR"}
    session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    java = session.sparkContext._gateway.proc.pid  # noqa: SLF001  # it has no other name
    asked = entries()
    for folder in folders:
        frame = session.read.parquet(str(folder / "claims"))
        start, before = time.perf_counter(), _used(java)
        rows = [row.asDict() for row in evaluate_records({"claims": frame}, asked, only="outcome").collect()]
        seconds, used = time.perf_counter() - start, _used(java) - before
        claims = frame.count()
        found = sorted(tuple(row[name] if "outcome" in name else _plain(row[name]) for name in COLUMNS) for row in rows)
        is_true = "all true" if found == true_answers(folder, ANSWERS) else "NOT the true answers"
        print(
            f"{claims:>12,} claims: {seconds:6.2f} s, {used:6.2f} s of processors, {1e6 * used / claims:6.3f} µs a claim; {is_true}"
        )


def _used(process: int) -> float:
    """Seconds of processors that a process of this machine, which runs Linux, has used."""
    ticks = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def _plain(value: str | float) -> str | int:
    return value if isinstance(value, str) else int(value)


def main() -> None:
    """Reads the options."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folders", type=Path, nargs="+")
    options.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb")
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    if chosen.engine == "spark":
        on_spark(chosen.folders)
    else:
        for folder in chosen.folders:
            in_duckdb(folder, chosen.rounds)


if __name__ == "__main__":
    main()
