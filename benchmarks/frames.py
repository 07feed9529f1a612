"""How long `kpi.evaluate_frame` takes over 10 million rows, as a ratio to code written by hand for the same columns.

Run with `python benchmarks/frames.py` (`--rows 1_000_000` for a short run, `--only polars-lazy` for one library).
Three KPIs: a threshold, last year's value by a self-join, and a condition; each with outcome, value, target and margin.
The peers decide in whole numbers as well, keep the order of rows, and check nothing: neither overflow nor two rows
for one year. The two run in turn, so that a slow moment hits both, and the shortest times count; on a machine that
does other things as well, look at processor time.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl

import kpi
from kpi.columns import evaluate_frame

KPIS = {
    "checkups": kpi.parse("a / b >= 59.6%"),
    "recovery": kpi.parse("a / b >= prior year"),
    "tenders": kpi.parse("c / d <= 20%; c <= 1 case when d <= 4 cases"),
}
YEARS = 10
PARTS = ("outcome", "value", "target", "margin")


def counts(rows: int) -> dict[str, np.ndarray]:
    """Counts of organisations in ten years; a few denominators are zero."""
    random = np.random.default_rng(2021)
    organisations = np.array([f"branch-{number:07d}" for number in range(rows // YEARS)])
    return {
        "organisation": np.repeat(organisations, YEARS),
        "fiscal_year": np.tile(np.arange(2012, 2012 + YEARS), rows // YEARS),
        "a": random.integers(0, 600_000, rows),
        "b": random.integers(0, 1_000_000, rows) * random.integers(0, 1_000, rows).astype(bool),
        "c": random.integers(0, 5, rows),
        "d": random.integers(0, 30, rows),
    }


def with_polars(frame: pl.LazyFrame) -> pl.LazyFrame:
    """The same columns, written by hand."""
    a, b, a0, b0, c, d = (pl.col(name) for name in ("a", "b", "a0", "b0", "c", "d"))
    prior = frame.select("organisation", pl.col("fiscal_year") + 1, a0="a", b0="b")
    joined = frame.join(prior, on=["organisation", "fiscal_year"], how="left", maintain_order="left")
    there, before = b != 0, b0.is_not_null() & (b0 != 0)
    few = d <= 4  # noqa: PLR2004  # the rule's number
    share = pl.when(there).then(100 * a / b)
    last = pl.when(before).then(100 * a0 / b0)
    bids = pl.when(few).then(c.cast(pl.Float64)).when(d != 0).then(100 * c / d)
    return joined.with_columns(
        checkups_outcome=_polars_outcome(~there, 1000 * a >= 596 * b),
        checkups_value=share,
        checkups_target=pl.lit(59.6),
        checkups_margin=pl.when(there).then((1000 * a - 596 * b) / (10 * b)),
        recovery_outcome=_polars_outcome(~(there & before), a * b0 >= a0 * b),
        recovery_value=share,
        recovery_target=last,
        recovery_margin=pl.when(there & before).then(100 * (a * b0 - a0 * b) / (b * b0)),
        tenders_outcome=pl.when(few)
        .then(pl.when(c <= 1).then(pl.lit("achieved")).otherwise(pl.lit("missed")))
        .otherwise(_polars_outcome(d == 0, 5 * c <= d)),
        tenders_value=bids,
        tenders_target=pl.when(few).then(1.0).otherwise(20.0),
        tenders_margin=pl.when(few).then((1 - c).cast(pl.Float64)).when(d != 0).then((20 * d - 100 * c) / d),
    ).drop("a0", "b0")


def _polars_outcome(lacks: pl.Expr, achieved: pl.Expr) -> pl.Expr:
    return (
        pl.when(lacks).then(pl.lit("not_evaluable")).when(achieved).then(pl.lit("achieved")).otherwise(pl.lit("missed"))
    )


def with_pandas(frame: pd.DataFrame) -> pd.DataFrame:
    """The same columns, written by hand: one join, the rest in arrays, and words taken by their numbers."""
    keys = ["organisation", "fiscal_year"]
    prior = frame[[*keys, "a", "b"]].assign(fiscal_year=frame["fiscal_year"] + 1)
    joined = frame[keys].merge(prior, on=keys, how="left")
    known = joined["b"].notna().to_numpy()
    a0, b0 = (joined[name].fillna(0).to_numpy().astype("int64") for name in ("a", "b"))
    a, b, c, d = (frame[name].to_numpy() for name in ("a", "b", "c", "d"))
    there, before, few = b != 0, known & (b0 != 0), d <= 4  # noqa: PLR2004  # the rule's number
    both, share, growth = there & before, 1000 * a - 596 * b, a * b0 - a0 * b
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(there, 100 * a / b, np.nan)
        return frame.assign(
            checkups_outcome=_words(~there, share >= 0),
            checkups_value=value,
            checkups_target=59.6,
            checkups_margin=np.where(there, share / (10 * b), np.nan),
            recovery_outcome=_words(~both, growth >= 0),
            recovery_value=value,
            recovery_target=np.where(before, 100 * a0 / b0, np.nan),
            recovery_margin=np.where(both, 100 * growth / (b * b0), np.nan),
            tenders_outcome=_words(~few & (d == 0), np.where(few, c <= 1, 5 * c <= d)),
            tenders_value=np.where(few, c, np.where(d != 0, 100 * c / d, np.nan)),
            tenders_target=np.where(few, 1.0, 20.0),
            tenders_margin=np.where(few, 1 - c, np.where(d != 0, (20 * d - 100 * c) / d, np.nan)),
        )


_WORDS = pd.Series(["not_evaluable", "achieved", "missed"]).array


def _words(lacks: np.ndarray, achieved: np.ndarray) -> object:
    return _WORDS.take(np.where(lacks, 0, np.where(achieved, 1, 2)))


def seconds(work: Callable[[], Any]) -> tuple[float, float]:
    """Wall and processor time of *work*."""
    gc.collect()
    start, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - used


def compare(ours: Callable[[], Any], peer: Callable[[], Any], rounds: int) -> list[tuple[float, float]]:
    """The shortest wall and processor time of each, run in turn."""
    pairs = [(seconds(ours), seconds(peer)) for _ in range(rounds)]
    return [tuple(map(min, zip(*times, strict=True))) for times in zip(*pairs, strict=True)]


def check(ours: pl.DataFrame, peer: pl.DataFrame) -> None:
    """Both come to the same outcomes and, but for the last digits of floats, the same numbers."""
    for key in KPIS:
        wrong = int((ours[f"{key}_outcome"] != peer[f"{key}_outcome"]).sum())
        far = [
            int(((ours[name] - peer[name]).abs() > 1e-6).sum() + (ours[name].is_null() != peer[name].is_null()).sum())  # noqa: PLR2004
            for name in (f"{key}_{part}" for part in PARTS[1:])
        ]
        print(f"  {key}: {wrong} outcomes differ, {sum(far)} numbers")


def main() -> None:
    """Prints the times and ratios."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=lambda text: int(text.replace("_", "")), default=10_000_000)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--only", choices=["polars-lazy", "pandas"])
    chosen = options.parse_args()
    columns = counts(chosen.rows)
    if chosen.only != "pandas":
        lazy = pl.DataFrame(columns).lazy()
        print("polars-lazy")
        check(evaluate_frame(lazy, KPIS).collect(), with_polars(lazy).collect())
        report(
            *compare(lambda: evaluate_frame(lazy, KPIS).collect(), lambda: with_polars(lazy).collect(), chosen.rounds),
            1.15,
        )
        del lazy
    if chosen.only != "polars-lazy":
        frame = pd.DataFrame(columns)
        print("pandas")
        check(pl.DataFrame(evaluate_frame(frame, KPIS)), pl.DataFrame(with_pandas(frame)))
        report(*compare(lambda: evaluate_frame(frame, KPIS), lambda: with_pandas(frame), chosen.rounds), 1.0)


def report(ours: tuple[float, float], peer: tuple[float, float], bound: float) -> None:
    """Prints one comparison."""
    for what, own, other in zip(("wall", "processor"), ours, peer, strict=True):
        print(
            f"  {what:<9} evaluate_frame {own:6.2f} s   by hand {other:6.2f} s   ratio {own / other:5.2f} (bound {bound})"
        )


if __name__ == "__main__":
    main()
