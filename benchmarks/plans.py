"""How long DuckDB and Spark take to understand the SQL text of many KPIs, before they look at any row.

Run with `python benchmarks/plans.py`, or with `duckdb` or `spark` behind it. The KPIs are of six kinds, each about two
columns of its own: a threshold, last year, a case, a count, the largest of two references, a gain in points.
The cost is to grow with the number of KPIs, not with its square. Processor time; the engine's is that of a second
request, when Java knows its own code.
"""

from __future__ import annotations

import os
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import kpi
from kpi.columns import evaluate_frame

COUNTS = (15, 30, 60)
KINDS = (
    "v{0} / w{0} >= 59.6%",
    "v{0} / w{0} >= prior year",
    "v{0} / w{0} <= 20%; v{0} <= 1 case when w{0} <= 4",
    "v{0} >= 57,000",
    "v{0} / w{0} >= max(prior year, mean of 3 years)",
    "v{0} / w{0} >= prior year + 0.5 points",
)


def kpis(count: int) -> dict[str, kpi.Formula]:
    """So many KPIs."""
    return {f"kpi{number}": kpi.parse(KINDS[number % len(KINDS)].format(number)) for number in range(count)}


def columns(count: int) -> str:
    """The columns that they look at, as SQL over a number *id*."""
    return ", ".join(f"id * {number} + 1 AS v{number}, id * {number} + 7 AS w{number}" for number in range(count))


def show(engine: str, count: int, text: float, plan: float) -> None:
    """Prints one line."""
    print(f"{engine:<8}{count:>4} KPIs   text {text:6.2f} s   plan {plan:6.2f} s   {text + plan:6.2f} s", flush=True)


def spent(work: Callable[[], Any], used: Callable[[], float]) -> tuple[Any, float]:
    """What *work* gives, and how much was used for it."""
    before = used()
    return work(), used() - before


def in_duckdb() -> None:
    """The text as relation, and its plan."""
    import duckdb

    for count in COUNTS:
        connection = duckdb.connect()
        connection.execute(f"CREATE TABLE t AS SELECT id AS organisation, 2021 AS fiscal_year, {columns(count)} FROM range(9) r(id)")  # fmt: skip
        asked, rows = kpis(count), connection.table("t")
        found, text = spent(lambda rows=rows, asked=asked: evaluate_frame(rows, asked), time.process_time)
        _, plan = spent(lambda found=found: found.explain(), time.process_time)
        show("DuckDB", count, text, plan)


def in_spark() -> None:
    """The text and its analysis, and the plan that is to be run."""
    warnings.simplefilter("ignore")  # about versions of pandas, which is not used
    from pyspark.sql import SparkSession

    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "OFF"}
    session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    java = Path(f"/proc/{session._jvm.ProcessHandle.current().pid()}/stat")  # noqa: SLF001  # the only way to it

    def used() -> float:
        ticks = sum(map(int, java.read_text().rpartition(")")[2].split()[11:13]))
        return ticks / os.sysconf("SC_CLK_TCK") + time.process_time()

    for count in COUNTS:
        rows = session.sql(f"SELECT id AS organisation, 2021 AS fiscal_year, {columns(count)} FROM range(9)")
        asked = kpis(count)
        for _ in range(2):
            found, text = spent(lambda rows=rows, asked=asked: evaluate_frame(rows, asked), used)
            _, plan = spent(lambda found=found: found._jdf.queryExecution().executedPlan(), used)  # noqa: SLF001
        show("Spark", count, text, plan)
    session.stop()


def main() -> None:
    """Runs what is named on the command line, or both."""
    asked = sys.argv[1:] or ["duckdb", "spark"]
    for name, run in {"duckdb": in_duckdb, "spark": in_spark}.items():
        if name in asked:
            run()


if __name__ == "__main__":
    main()
