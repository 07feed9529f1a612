"""How long the library takes to import, as ratios to `import lark, attrs`, which its language cannot do without.

Run with `python benchmarks/import_time.py`. The statements are started in turn, so that a slow moment hits all.
`import kpi` fetches nothing yet; `from kpi import *` fetches every public name, and should stay at or below 2.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from statistics import median

PEER = "import lark, attrs"
OURS = ("import kpi", "from kpi import *")
ROUNDS = 15
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Installed packages have their byte code; a checkout needs to be allowed to write it once."""


def seconds(statement: str) -> float:
    """Wall time of a fresh interpreter that runs *statement*."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True, env=ENVIRONMENT)
    return time.perf_counter() - start


def main() -> None:
    """Prints the median of each and its median ratio to the peer."""
    statements = (PEER, *OURS)
    for statement in statements:
        seconds(statement)  # the first run writes the byte code
    rounds = [{statement: seconds(statement) for statement in statements} for _ in range(ROUNDS)]
    for statement in statements:
        took = median(each[statement] for each in rounds) * 1000
        ratio = median(each[statement] / each[PEER] for each in rounds)
        print(f"{statement:<20} {took:6.0f} ms {ratio:6.2f}")


if __name__ == "__main__":
    main()
