"""How long `import kpi` takes, as a ratio to `import lark, attrs`, which it cannot do without.

Run with `python benchmarks/import_time.py`. The two are started in turn, so that a slow moment hits both.
The median ratio should stay at or below 2.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from statistics import median

PEER = "import lark, attrs"
OURS = "import kpi"
ROUNDS = 15
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Installed packages have their byte code; a checkout needs to be allowed to write it once."""


def seconds(statement: str) -> float:
    """Wall time of a fresh interpreter that runs *statement*."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True, env=ENVIRONMENT)
    return time.perf_counter() - start


def main() -> None:
    """Prints both medians and the median ratio."""
    seconds(PEER), seconds(OURS)  # the first run writes the byte code
    pairs = [(seconds(PEER), seconds(OURS)) for _ in range(ROUNDS)]
    print(f"{PEER:<20} {median(peer for peer, _ in pairs) * 1000:6.0f} ms")
    print(f"{OURS:<20} {median(ours for _, ours in pairs) * 1000:6.0f} ms")
    print(f"ratio                {median(ours / peer for peer, ours in pairs):6.2f}")


if __name__ == "__main__":
    main()
