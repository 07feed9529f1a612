"""Simulated claims (模擬データ) of 47 branches over two fiscal years, with the true answers to what is asked about them.

Run with `python benchmarks/claims.py --rows 1e6 --seed 1 FOLDER`. It writes into FOLDER

- `claims/`: one Parquet file a month of receipt, in it one row group a branch, in the order of receipt;
- `answers/`: counts by branch and month, and by branch and fiscal year with the outcomes of three KPIs, as CSV;
- `README.md`: what columns and answers mean, and that nothing of it is real.

The same rows and seed give the same claims and answers, however many processes share the work.
"""

from __future__ import annotations

import argparse
import os
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from simulation.generating import generate


def main() -> None:
    """Reads the command line, generates, and says how long it took."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument(
        "--rows", type=_whole_number, default=1_000_000, help="how many claims, such as 1e6 or 1_000_000"
    )
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    chosen = options.parse_args()
    start = time.perf_counter()
    # Forked processes would share the threads of pyarrow, which must not be.
    with ProcessPoolExecutor(chosen.processes, get_context("spawn")) as workers:
        generate(chosen.folder, chosen.rows, chosen.seed, workers.map)
    size = sum(path.stat().st_size for path in (chosen.folder / "claims").iterdir())
    taken = time.perf_counter() - start
    print(f"{chosen.rows:,} simulated claims, {size / 1e6:,.1f} MB, {taken:.1f} s in {chosen.folder}")


def _whole_number(text: str) -> int:
    number = float(text.replace("_", ""))
    if not number.is_integer() or number < 0:
        raise argparse.ArgumentTypeError(f"found {text}, expected a whole number")
    return int(number)


if __name__ == "__main__":
    main()
