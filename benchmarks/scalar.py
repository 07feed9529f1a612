"""How long one evaluation takes, and how often it is wrong, as ratios to whole numbers compared by hand.

Run with `python benchmarks/scalar.py`; `pip install 'kpi[benchmark]'` installs the engines it is compared with.
Three rules: a threshold, last year's value, a condition. Each is timed with verdict and margin, on one row of counts
as it stands in a table. All take turns, so that a slow moment hits every one, and the shortest times count.

The 1,000 boundary cases of a rule hit its target exactly or miss it by one unit on either side. Each engine is shown
with the worst of the spellings that a careful user would write; what it refuses to decide counts as wrong.
"""

from __future__ import annotations

import math
import time
import timeit
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import count
from typing import Any

from boundary import boundary
from engines import Engine, Function, Row, installed

import kpi

FIRST = "whole numbers by hand"
ROUNDS = 9
RULES = {
    "threshold": "a / b >= {percent}%",
    "prior year": "a / b >= prior year",
    "tenders": "a / b <= {percent}%; a <= 1 case when b <= 4",
}
PERCENT = {"threshold": "59.6", "prior year": "", "tenders": "20"}
ROWS: dict[str, Row] = {
    "threshold": {"a": 149, "b": 250},
    "prior year": {"a": 149, "b": 250, "a0": 148, "b0": 251},
    "tenders": {"a": 3, "b": 16},
}

# ── by hand ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def threshold_in_integers(row: Row) -> tuple[bool | None, int | None, int | None]:
    """59.6 % or more; the margin as numerator and denominator."""
    a, b = row["a"], row["b"]
    if not b:
        return None, None, None
    margin = 1000 * a - 596 * b
    return margin >= 0, margin, 1000 * b


def prior_in_integers(row: Row, prior: Row) -> tuple[bool | None, int | None, int | None]:
    """Last year's value or more."""
    a, b, a0, b0 = row["a"], row["b"], prior["a"], prior["b"]
    if not b or not b0:
        return None, None, None
    margin = a * b0 - a0 * b
    return margin >= 0, margin, b * b0


def tenders_in_integers(row: Row) -> tuple[bool | None, int | None, int | None]:
    """At most 20 %, or one where there are four or fewer."""
    a, b = row["a"], row["b"]
    if b <= 4:  # noqa: PLR2004  # the rule's number
        return a <= 1, 1 - a, 1
    margin = b - 5 * a
    return margin >= 0, margin, 5 * b


def threshold_in_fractions(row: Row) -> tuple[bool | None, Fraction | None]:
    """59.6 % or more."""
    a, b = row["a"], row["b"]
    if not b:
        return None, None
    margin = Fraction(a, b) - Fraction(596, 1000)
    return margin >= 0, margin


def prior_in_fractions(row: Row, prior: Row) -> tuple[bool | None, Fraction | None]:
    """Last year's value or more."""
    a, b, a0, b0 = row["a"], row["b"], prior["a"], prior["b"]
    if not b or not b0:
        return None, None
    margin = Fraction(a, b) - Fraction(a0, b0)
    return margin >= 0, margin


def tenders_in_fractions(row: Row) -> tuple[bool | None, Fraction | None]:
    """At most 20 %, or one where there are four or fewer."""
    a, b = row["a"], row["b"]
    if b <= 4:  # noqa: PLR2004  # the rule's number
        return a <= 1, Fraction(1 - a)
    margin = Fraction(1, 5) - Fraction(a, b)
    return margin >= 0, margin


# ── the same rules as expressions ────────────────────────────────────────────────────────────────────────────────────


def verdicts(engine: Engine, rule: str, percent: str) -> Iterator[str]:
    """The spellings of a verdict that a careful user would write; the first is the one that is timed."""
    share = str(Fraction(percent or 0) / 100 + 0.0)
    match rule:
        case "threshold":
            yield from (f"a / b >= {share}", f"a / b * 100.0 >= {percent}", f"a >= {share} * b")
        case "prior year":
            yield from ("a / b >= a0 / b0", "a / b - a0 / b0 >= 0.0")
        case _:
            for ratio in (f"a / b <= {share}", f"a / b * 100.0 <= {percent}", f"a <= {share} * b"):
                yield f"(b <= 4.0 {engine.and_} a <= 1.0) {engine.or_} (b > 4.0 {engine.and_} {ratio})"


def margin(engine: Engine, rule: str) -> str:
    """The margin."""
    choice = engine.choice.format(condition="b <= 4.0", then="1.0 - a", otherwise="0.2 - a / b")
    return {"threshold": "a / b - 0.596", "prior year": "a / b - a0 / b0", "tenders": choice}[rule]


def row_for(engine: Engine, row: Row) -> Row:
    """The row in the numbers that an engine divides as numbers."""
    return {name: engine.number(value) for name, value in row.items()}


# ── wrong verdicts ─────────────────────────────────────────────────────────────────────────────────────────────────────


def wrong_of_engine(engine: Engine, rule: str) -> int:
    """Wrong or refused verdicts of the worst spelling."""
    spellings = len([*verdicts(engine, rule, "1")])
    wrong = [0] * spellings
    known: dict[str, list[Function]] = {}
    for percent, row, expected in boundary(rule):
        if percent not in known:
            known[percent] = [engine.function(text) for text in verdicts(engine, rule, percent)]
        for number, function in enumerate(known[percent]):
            wrong[number] += _asked(function, row_for(engine, row)) is not expected
    return max(wrong)


def _asked(function: Function, row: Row) -> bool | None:
    try:
        return bool(function(row))
    except Exception:  # noqa: BLE001  # whatever an engine raises is no verdict
        return None


def wrong_of_ours(rule: str, decide: Callable[[kpi.Formula], Callable[..., bool]]) -> int:
    """Wrong verdicts of what *decide* makes of a formula."""
    known: dict[str, Callable[..., bool]] = {}
    wrong = 0
    for percent, row, expected in boundary(rule):
        if percent not in known:
            known[percent] = decide(kpi.parse(RULES[rule].format(percent=percent)))
        now, prior = _years(row)
        wrong += known[percent](now, prior=prior) is not expected
    return wrong


def _years(row: Row) -> tuple[Row, Row | None]:
    """The row of this year, and that of last year where the rule looks at it."""
    now = {name: row[name] for name in ("a", "b")}
    return now, {"a": row["a0"], "b": row["b0"]} if "a0" in row else None


# ── the table ────────────────────────────────────────────────────────────────────────────────────────────────────────


def contestants(engines: list[Engine]) -> Iterator[tuple[str, str, Callable[[], Any]]]:
    """Who decides, which rule, and the call to be timed."""
    by_hand: Mapping[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
        "threshold": (threshold_in_integers, threshold_in_fractions),
        "prior year": (prior_in_integers, prior_in_fractions),
        "tenders": (tenders_in_integers, tenders_in_fractions),
    }
    for rule, row in ROWS.items():
        now, prior = _years(row)
        rows = (now,) if prior is None else (now, prior)
        integers, fractions = by_hand[rule]
        yield FIRST, rule, lambda f=integers, rows=rows: f(*rows)
        yield "Fraction by hand", rule, lambda f=fractions, rows=rows: f(*rows)
        formula = kpi.parse(RULES[rule].format(percent=PERCENT[rule]))
        compiled = formula.compile()
        yield "kpi, compile()", rule, lambda f=compiled, row=now, prior=prior: f(row, prior=prior)
        yield "kpi, evaluate()", rule, lambda f=formula, row=now, prior=prior: _full(f.evaluate(row, prior=prior))
        for engine in engines:
            verdict = engine.function(next(verdicts(engine, rule, PERCENT[rule])))
            distance = engine.function(margin(engine, rule))
            taken = row_for(engine, row)
            yield engine.package, rule, lambda v=verdict, m=distance, row=taken: (v(row), m(row))


def _full(result: kpi.Result) -> tuple[Any, Any]:
    return result.outcome, result.margin


def microseconds(call: Callable[[], Any], number: int) -> float:
    """Processor time of one call."""
    return timeit.timeit(call, timer=time.process_time, number=number) / number * 1e6


def timed(contest: list[tuple[str, str, Callable[[], Any]]]) -> dict[tuple[str, str], float]:
    """The shortest time of each, in turns."""
    numbers = [max(20, int(20_000 / microseconds(call, 20))) for *_, call in contest]
    shortest: dict[tuple[str, str], float] = {}
    for _ in range(ROUNDS):
        for (name, rule, call), number in zip(contest, numbers, strict=True):
            shortest[name, rule] = min(shortest.get((name, rule), math.inf), microseconds(call, number))
    return shortest


def main() -> None:
    """Prints the table, and the time that reading a formula takes."""
    engines = [*installed()]
    contest = [*contestants(engines)]
    shortest = timed(contest)
    wrong = {(engine.package, rule): wrong_of_engine(engine, rule) for engine in engines for rule in RULES}
    for rule in RULES:
        wrong["kpi, compile()", rule] = wrong_of_ours(
            rule, lambda formula: lambda row, f=formula.compile(), **known: f(row, **known)[0] == "achieved"
        )
        wrong["kpi, evaluate()", rule] = wrong_of_ours(
            rule, lambda formula: lambda row, **known: formula.evaluate(row, **known).achieved
        )
    print(f"{'µs, × by hand, wrong of 1,000':<28}" + "".join(f"{rule:>27}" for rule in RULES))
    for name in dict.fromkeys(name for name, *_ in contest):
        cells = (
            (shortest[name, rule], shortest[FIRST, rule], wrong.get((name, rule), "–")) for rule in RULES
        )  # by hand: not asked
        print(f"{name:<28}" + "".join(f"{took:>11.2f}{took / hand:>9.1f} ×{failed:>5}" for took, hand, failed in cells))
    for rule, template in RULES.items():
        # names of their own, so that nothing is remembered from the last one
        texts = (template.format(percent=PERCENT[rule]).replace("b", f"b{number}") for number in count())
        took = min(microseconds(lambda texts=texts: kpi.parse(next(texts)), 30) for _ in range(ROUNDS))
        print(f"kpi.parse, {rule:<17}{took:>11.0f}")


if __name__ == "__main__":
    main()
