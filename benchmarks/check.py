"""How long `kpi check` takes: on the shipped catalogue beside the imports it cannot do without, and as a catalogue grows.

Run with `python benchmarks/check.py start` and `python benchmarks/check.py growth`.

`start` runs the installed command in a new process, in turn with a new interpreter that imports the core dependencies
and nothing else, so that a slow moment hits both. The ratio of the two is to stay below 3.

`growth` checks catalogues of 1,250 to 10,000 KPIs, each with a variable, a formula and a rule of its own: sound ones,
ones in which every formula has another unknown name, and ones in which nothing but the names of the KPIs is unlike.
Where time grows with the size, the last column stays what it is.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

ROUNDS = 25
KPI = [str(Path(sys.executable).with_name("kpi")), "check"]
CORE = [sys.executable, "-c", "import attrs, dateutil.relativedelta, lark, yaml"]
SIZES = (1250, 2500, 5000, 10000)
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Installed packages have their byte code; a checkout needs to be allowed to write it once."""


def seconds(command: list[str]) -> tuple[float, float]:
    """Wall time and processor time of a new process that runs *command*."""
    before, start = getrusage(RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=False, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - start, getrusage(RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def start() -> None:
    """Prints the shortest and the median time of both commands, and the ratios."""
    for command in (CORE, KPI):
        seconds(command)  # the first run writes the byte code
    rounds = [(seconds(CORE), seconds(KPI)) for _ in range(ROUNDS)]
    print(f"{'':<16}{'core imports':>22}{'kpi check':>22}{'ratio':>16}")
    print(f"{'':<16}{'least  median':>22}{'least  median':>22}{'least  median':>16}")
    for index, name in enumerate(("wall time, ms", "processor, ms")):
        core, ours = ([each[which][index] * 1000 for each in rounds] for which in (0, 1))
        middle = median(mine / theirs for mine, theirs in zip(ours, core, strict=True))
        times = "".join(f"{min(each):15.0f}{median(each):7.0f}" for each in (core, ours))
        print(f"{name:<16}{times}{min(ours) / min(core):9.2f}{middle:7.2f}")


# ── catalogues of any size ───────────────────────────────────────────────────────────────────────────────────────────


def sound(size: int) -> Iterator[str]:
    """A catalogue of *size* KPIs in which nothing is wrong."""
    return _catalogue(size, lambda number: f"counted_{number}")


def misspelt(size: int) -> Iterator[str]:
    """One in which each formula has an unknown name, none of them twice and none like a known one."""
    return _catalogue(size, lambda number: f"{_word(number)}_{number}")


def alike(size: int) -> Iterator[str]:
    """One in which each formula has an unknown name that is like thousands of known ones."""
    return _catalogue(size, lambda number: f"countd_{number}")


def _catalogue(size: int, name: Callable[[int], str]) -> Iterator[str]:
    yield "documents:\n  plan: {ja: 計画, en: plan, publisher: 支部}\n"
    yield "organisations:\n  branch: {ja: 支部, en: branch, kind: branch}\n"
    yield "variables:\n  whole: {ja: 全数, en: all, unit: case, kind: flow}\n"
    for number in range(size):
        yield f"  counted_{number}: {{ja: 件数{number}, en: counted {number}, unit: case, kind: flow}}\n"
    yield "kpis:\n"
    for number in range(size):
        yield f"  share_{number}:\n    {{ja: 割合{number}, en: share {number}, unit: '%', direction: higher, decimals: 1,\n"
        yield f"     formula: 'counted_{number} / (whole + {name(number)})'}}\n"
    yield "plans:\n  of-branch:\n    ja: 支部 令和3年度計画\n    en: plan of 2021\n    organisation: branch\n"
    yield "    fiscal_year: FY2021\n    document: plan\n    entries:\n"
    for number in range(size):
        yield f"      - {{kpi: share_{number}, rule: '>= {number % 900 / 10 + 0.1:.1f}%', published: '{number % 900 / 10 + 0.1:.1f}％以上', section: '1', page: '1'}}\n"


def _word(number: int) -> str:
    """Six letters that are unlike those of the next *number*."""
    mixed = number * 2654435761 % 26**6
    return "".join(chr(ord("a") + mixed // 26**place % 26) for place in range(6))


def growth() -> None:
    """Prints the processor time of one check at each size, and what it comes to for a thousand KPIs."""
    print(f"{'catalogue':<12}{'KPIs':>8}{'s':>8}{'ms for 1,000':>15}")
    with tempfile.TemporaryDirectory() as folder:
        for make in (sound, misspelt, alike):
            for size in SIZES:
                file = Path(folder) / f"{make.__name__}_{size}.yaml"
                file.write_text("".join(make(size)), encoding="utf-8")
                _, took = min(seconds([*KPI, str(file)]) for _ in range(2))
                print(f"{make.__name__:<12}{size:>8}{took:8.1f}{took / size * 1e6:15.0f}")


if __name__ == "__main__":
    if sys.argv[1:] not in (["start"], ["growth"]):
        sys.exit(__doc__)
    globals()[sys.argv[1]]()
