"""Three KPIs in DuckDB and Spark, as ratios to SQL written by hand that is exact as well.

Run with `python benchmarks/sql.py` for both, or with `duckdb` or `spark` behind it; `--rounds 1` is for the impatient.

The KPIs: a threshold, a comparison with last year by a join of the rows with themselves, and a rule with a case.
Both sides give outcome, value, target and margin. By hand is what a careful user would write: whole numbers
multiplied crosswise, every missing number and zero denominator asked for. It does not look whether a product
overflows, whether last year has two rows, nor does it keep the rows in order. In DuckDB a second peer does the last,
and a third gives outcomes as an ENUM as well, which is what ours are there; by hand most people write text.
Sides take turns in an order that changes, so that a slow moment hits all, and the middle of the ratios within a round
counts: on a machine that is shared, single times differ by a third. Spark also shows how the cost grows with the rows.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import time
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

import kpi
from kpi.columns import evaluate_frame

ROWS = 10_000_000
SPARK_ROWS = (1_000_000, 3_000_000, 9_000_000)
YEARS = 10

KPIS = {
    "share": kpi.parse("n / d >= 59.6%"),
    "growth": kpi.parse("n / d >= prior year"),
    "bids": kpi.parse("n / d <= 20%; n <= 1 case when c <= 4"),
}
COUNTS = (
    "SELECT id % {organisations} AS organisation, 2010 + CAST(floor(id / {organisations}) AS BIGINT) AS fiscal_year,"
    " id * 7919 % 1000 AS n, 1000 + id * 104729 % 1000 AS d, id * 31 % 9 AS c FROM {ids}"
)

HAS_SHARE = "n IS NOT NULL AND d <> 0"
HAS_BOTH = f"{HAS_SHARE} AND n0 IS NOT NULL AND d0 <> 0"
SHARE = f"CASE WHEN {HAS_SHARE} THEN CAST(n AS DOUBLE) * 100 / d END"
ADDED = f"""
    CASE WHEN {HAS_SHARE} THEN CASE WHEN n * 1000 >= d * 596 THEN 'achieved' ELSE 'missed' END
         ELSE 'not_evaluable' END AS share_outcome,
    {SHARE} AS share_value,
    CAST(59.6 AS DOUBLE) AS share_target,
    CASE WHEN {HAS_SHARE} THEN CAST(n * 250 - d * 149 AS DOUBLE) * 100 / (d * 250) END AS share_margin,
    CASE WHEN {HAS_BOTH} THEN CASE WHEN n * d0 >= n0 * d THEN 'achieved' ELSE 'missed' END
         ELSE 'not_evaluable' END AS growth_outcome,
    {SHARE} AS growth_value,
    CASE WHEN n0 IS NOT NULL AND d0 <> 0 THEN CAST(n0 AS DOUBLE) * 100 / d0 END AS growth_target,
    CASE WHEN {HAS_BOTH} THEN CAST(n * d0 - n0 * d AS DOUBLE) * 100 / (d * d0) END AS growth_margin,
    CASE WHEN c IS NULL THEN 'not_evaluable'
         WHEN c <= 4 THEN CASE WHEN n <= 1 THEN 'achieved' WHEN n > 1 THEN 'missed' ELSE 'not_evaluable' END
         WHEN {HAS_SHARE} THEN CASE WHEN n * 5 <= d THEN 'achieved' ELSE 'missed' END
         ELSE 'not_evaluable' END AS bids_outcome,
    CASE WHEN c <= 4 THEN CAST(n AS DOUBLE) ELSE {SHARE} END AS bids_value,
    CASE WHEN c <= 4 THEN CAST(1 AS DOUBLE) WHEN c > 4 THEN CAST(20 AS DOUBLE) END AS bids_target,
    CASE WHEN c <= 4 THEN CAST(1 - n AS DOUBLE)
         WHEN c > 4 AND {HAS_SHARE} THEN CAST(d - n * 5 AS DOUBLE) * 100 / (d * 5) END AS bids_margin
"""
JOINED = (
    "SELECT here.*, there.n AS n0, there.d AS d0 FROM {rows} AS here LEFT JOIN {rows} AS there"
    " ON there.organisation = here.organisation AND there.fiscal_year = here.fiscal_year - 1"
)
BY_HAND = f"SELECT organisation, fiscal_year, n, d, c, {ADDED} FROM ({JOINED}) AS joined"
NUMBERED = "SELECT *, ROW_NUMBER() OVER () AS place FROM {rows}"
IN_ORDER = f"SELECT organisation, fiscal_year, n, d, c, {ADDED} FROM ({JOINED} ORDER BY place) AS joined"


Times = list[tuple[float, float]]
"""Wall and processor time, by round."""


def take_turns(
    sides: Mapping[str, Callable[[], object]],
    processor: Callable[[], float],
    rounds: int,
    clear: Callable[[], object] = lambda: None,
) -> dict[str, Times]:
    """Each of the *sides* once a round, in another order each round, after a first round that does not count.

    What was made before a side's turn is cleared away outside its time.
    """
    times: dict[str, Times] = {name: [] for name in sides}
    for turn in range(rounds + 1):
        for name in random.sample([*sides], len(sides)):
            clear()
            start, used = time.perf_counter(), processor()
            sides[name]()
            if turn:
                times[name].append((time.perf_counter() - start, processor() - used))
    return times


def middle(times: Times) -> tuple[float, float]:
    """The middle of the wall times, or of their ratios, and that of the processor."""
    return median(wall for wall, _ in times), median(used for _, used in times)


def show(times: Mapping[str, Times]) -> None:
    """Prints the middle wall and processor times, and the middle ratios of the last side to those before, by round."""
    *by_hand, (name, ours) = times.items()
    for peer, taken in by_hand:
        ratios = [(own[0] / other[0], own[1] / other[1]) for own, other in zip(ours, taken, strict=True)]
        wall, used = middle(ratios)
        print(f"{line(peer, taken)}   kpi is {wall:4.2f} and {used:4.2f} x")
    print(line(name, ours), flush=True)


def line(name: str, taken: Times) -> str:
    """What one side took."""
    wall, used = middle(taken)
    return f"  {name:<24} wall {wall:6.2f} s   processor {used:6.2f} s"


def run_duckdb(rounds: int) -> None:
    """DuckDB at ten million rows."""
    import duckdb

    connection = duckdb.connect()
    counts = COUNTS.format(organisations=ROWS // YEARS, ids=f"(SELECT range AS id FROM range({ROWS})) AS numbers")
    connection.execute(f"CREATE TABLE counts AS {counts}")
    rows = connection.table("counts")
    in_order = IN_ORDER.replace("{rows} AS here", f"({NUMBERED}) AS here").format(rows="counts")
    outcomes = ", ".join(f"'{one}'" for one in kpi.Verdict)
    with_enum = re.sub("'(achieved|missed|not_evaluable)'", f"CAST(\\g<0> AS ENUM ({outcomes}))", in_order)
    sides: dict[str, Callable[[], duckdb.DuckDBPyRelation]] = {
        "by hand": lambda: connection.sql(BY_HAND.format(rows="counts")),
        "by hand, rows in order": lambda: connection.sql(in_order),
        "the same with an ENUM": lambda: connection.sql(with_enum),
        "kpi": lambda: evaluate_frame(rows, KPIS),
    }

    counted = "SELECT share_outcome, growth_outcome, bids_outcome, count(*), sum(growth_margin) FROM found GROUP BY ALL ORDER BY ALL"  # fmt: skip
    answers = [[row[:-1] for row in build().query("found", counted).fetchall()] for build in sides.values()]
    print(f"DuckDB, {ROWS:,} rows; outcomes agree: {all(answer == answers[0] for answer in answers)}")
    kept = {name: lambda build=build: build().create("results") for name, build in sides.items()}
    show(take_turns(kept, time.process_time, rounds, lambda: connection.execute("DROP TABLE IF EXISTS results")))


def run_spark(rounds: int) -> None:
    """Spark at several sizes."""
    warnings.simplefilter("ignore")  # about versions of pandas, which is not used
    from pyspark.sql import SparkSession

    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "OFF"}
    settings |= {"spark.driver.memory": "6g", "spark.sql.shuffle.partitions": "8"}
    session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    java = Path(f"/proc/{session._jvm.ProcessHandle.current().pid()}/stat")  # noqa: SLF001  # the only way to it
    found = {}
    for size in SPARK_ROWS:
        rows = session.sql(COUNTS.format(organisations=size // YEARS, ids=f"range({size})")).cache()
        rows.count()
        sides = {
            "by hand": lambda rows=rows: session.sql(BY_HAND, rows=rows),
            "kpi": lambda rows=rows: evaluate_frame(rows, KPIS),
        }
        answers = [
            build().groupBy("share_outcome", "growth_outcome", "bids_outcome").count().collect()
            for build in sides.values()
        ]
        print(f"Spark, {size:,} rows; outcomes agree: {sorted(answers[0]) == sorted(answers[1])}")
        times = take_turns(
            {
                name: lambda build=build: build().write.format("noop").mode("overwrite").save()
                for name, build in sides.items()
            },
            lambda: sum(map(int, java.read_text().rpartition(")")[2].split()[11:13])) / os.sysconf("SC_CLK_TCK"),
            rounds,
        )
        show(times)
        found[size] = middle(times["kpi"])
        rows.unpersist()
    first, *others = found.items()
    for size, took in others:
        wall, used = (more / less for more, less in zip(took, first[1], strict=True))
        print(
            f"  {size / first[0]:.0f} times the rows: {wall:.1f} times the wall time, {used:.1f} times the processor time"
        )
    session.stop()


def main() -> None:
    """Runs what is named on the command line, or both."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("engine", nargs="?", choices=["duckdb", "spark"], help="both, if none is named")
    options.add_argument("--rounds", type=int, help="9 for DuckDB and 3 for Spark, if not given")
    chosen = options.parse_args()
    for name, run, rounds in (("duckdb", run_duckdb, 9), ("spark", run_spark, 3)):
        if chosen.engine in (name, None):
            run(chosen.rounds or rounds)


if __name__ == "__main__":
    main()
