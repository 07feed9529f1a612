"""Three KPIs of 47 branches over simulated claims, in SQL as a careful user of DuckDB would write it.

Run with `python benchmarks/claims_by_hand.py FOLDER` on a folder that `claims.py` wrote. It prints seconds and peak
memory, and whether each count and outcome equals the true answer; with `--form` business days are found in another way.

The KPIs are those of the folder's README: claims paid within ten business days, claims returned against the prior year,
and the mean amount of injury allowance under a rule with a case. Holidays come as a table of closed days; all the rest
is SQL. Measured on a hundred million claims, looking up the last day on which a claim of that day of receipt is in time
costs least: one join, with a table of a thousand rows.
"""

from __future__ import annotations

import argparse
import csv
import resource
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import duckdb
from simulation.office_days import closed_days

Row = tuple[str | int, ...]

CALENDAR: Final = """
CREATE OR REPLACE TEMP TABLE calendar AS
WITH days AS (
    SELECT CAST(range AS DATE) AS day FROM range(DATE '2020-01-01', DATE '2023-01-01', INTERVAL 1 DAY)
), numbered AS (
    SELECT
        day,
        CAST(count(*) FILTER (isodow(day) <= 5 AND day NOT IN (FROM closed)) OVER (ORDER BY day) AS INTEGER) AS number
    FROM days
), last_days AS (
    SELECT number - 10 AS number, max(day) AS last_day FROM numbered GROUP BY number
)
SELECT day, year(day) - CAST(month(day) < 4 AS INTEGER) AS fiscal_year, number, last_day
FROM numbered LEFT JOIN last_days USING (number)
"""
"""Each day with its fiscal year, the number of business days up to it, and the last day that is no more than ten business
days away."""

COUNTS: Final = """
    SELECT
        branch,
        received_on.fiscal_year,
        count(*) AS claims,
        count_if(returned) AS returned,
        count_if(paid IS NOT NULL AND NOT lost_qualification) AS paid,
        count_if({in_time} AND NOT lost_qualification) AS in_time,
        count_if(kind = '傷病手当金') AS injury,
        count(CASE WHEN kind = '傷病手当金' AND NOT voluntary_continuation THEN amount END) AS amounts,
        sum(CASE WHEN kind = '傷病手当金' AND NOT voluntary_continuation THEN amount END) AS amount
    FROM read_parquet('{files}')
    JOIN calendar AS received_on ON received_on.day = received{joins}
    GROUP BY ALL
"""
FORMS: Final = {
    "last day": ("paid <= received_on.last_day", ""),
    "two joins": (
        "paid_on.number - received_on.number <= 10",
        "\n    LEFT JOIN calendar AS paid_on ON paid_on.day = paid",
    ),
}
"""How to tell that a claim was paid within ten business days, and the further joins that this takes."""

VERDICTS: Final = """
WITH counts AS MATERIALIZED ({counts})
SELECT
    now.branch,
    now.fiscal_year,
    now.in_time,
    now.paid,
    CASE WHEN now.paid = 0 THEN 'not_evaluable' WHEN now.in_time = now.paid THEN 'achieved' ELSE 'missed' END,
    now.returned,
    now.claims,
    CASE
        WHEN before.claims IS NULL THEN 'not_evaluable'
        WHEN now.returned * before.claims <= before.returned * now.claims THEN 'achieved'
        ELSE 'missed'
    END,
    coalesce(now.amount, 0),
    now.amounts,
    CASE
        WHEN now.amounts = 0 THEN 'not_evaluable'
        WHEN now.amount <= now.amounts * CASE WHEN 100 * now.injury >= 35 * now.claims THEN 210000 ELSE 200000 END
        THEN 'achieved'
        ELSE 'missed'
    END
FROM counts AS now
LEFT JOIN counts AS before ON before.branch = now.branch AND before.fiscal_year = now.fiscal_year - 1
ORDER BY ALL
"""
ANSWERS: Final = (
    "paid_within_10_not_lost", "paid_not_lost", "prompt_outcome", "returned", "claims", "returned_outcome",
    "injury_amount_not_voluntary", "injury_not_voluntary", "mean_amount_outcome",
)  # fmt: skip
"""The names of the same columns in the true answers."""

MEMBERS: Final = """
SELECT branch, fiscal_year, count(DISTINCT member) AS members
FROM read_parquet('{files}') JOIN calendar ON day = received
GROUP BY ALL ORDER BY ALL
"""


def hand_written(connection: duckdb.DuckDBPyConnection, folder: Path, form: str = "last day") -> list[Row]:
    """Branch, fiscal year, and of each of the three KPIs numerator, denominator and outcome, ordered by the first two."""
    in_time, joins = FORMS[form]
    counts = COUNTS.format(in_time=in_time, joins=joins, files=_files(folder))
    make_calendar(connection)
    return connection.execute(VERDICTS.format(counts=counts)).fetchall()


def distinct_members(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[Row]:
    """Branch, fiscal year and the number of members with a claim: the one answer that needs memory, as it must see them all."""
    make_calendar(connection)
    return connection.execute(MEMBERS.format(files=_files(folder))).fetchall()


def make_calendar(connection: duckdb.DuckDBPyConnection) -> None:
    """The temporary table `calendar`."""
    connection.execute("CREATE OR REPLACE TEMP TABLE closed (day DATE)")
    connection.executemany("INSERT INTO closed VALUES (?)", [[day] for day in closed_days().tolist()])
    connection.execute(CALENDAR)


def true_answers(folder: Path, names: Iterable[str]) -> list[Row]:
    """Branch, fiscal year and the answers of these *names*, as `claims.py` counted them, ordered by the first two."""
    with (folder / "answers" / "answers-simulated-by-year.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["branch"] != "national"]
    return sorted(
        (row["branch"], int(row["fiscal_year"]), *(_number_or_word(row[name]) for name in names)) for row in rows
    )


def _number_or_word(text: str) -> int | str:
    return int(text) if text.isdecimal() else text


def _files(folder: Path) -> str:
    return f"{folder}/claims/*.parquet"


def main() -> None:
    """Measures one form, or the distinct members, in a process of its own, for the peak of memory is the process's."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--form", choices=[*FORMS, "members"], default="last day")
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    connection = duckdb.connect()
    times = []
    for _ in range(chosen.rounds):
        start = time.perf_counter(), time.process_time()
        if chosen.form == "members":
            found = distinct_members(connection, chosen.folder)
        else:
            found = hand_written(connection, chosen.folder, chosen.form)
        times.append((time.perf_counter() - start[0], time.process_time() - start[1]))
    wall, processor = (min(taken) for taken in zip(*times, strict=True))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{chosen.form}: {wall:.2f} s, {processor:.2f} s of processors, peak {peak:,.0f} MiB")
    if found != true_answers(chosen.folder, ["members"] if chosen.form == "members" else ANSWERS):
        sys.exit("not the true answers")
    print("equal to the true answers")


if __name__ == "__main__":
    main()
