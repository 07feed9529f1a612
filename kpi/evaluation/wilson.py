"""Wilson's interval of a share, on request only: advice that decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from kpi.errors import IntervalError, MissingExtraError, ValueReadingError
from kpi.evaluation.observed import plain_value
from kpi.formulas.checker import check_formula
from kpi.formulas.evaluator import Undefined, evaluate
from kpi.formulas.nodes import Expression, Operation, Operator, walk
from kpi.quantities import Quantity, Value
from kpi.source import Source
from kpi.units import PERCENT

if TYPE_CHECKING:
    from kpi.evaluation.result import Result

_MEASURED: Final = frozenset({"yen", "point", "day", "business_day", "month", "year", "hour", "minute", "rank"})
"""Units whose numbers are sums or measurements: two yen of one claim are not two trials."""


@frozen
class Interval:
    """The two ends of an interval in percent, as rounded binary numbers, and the *confidence* asked for."""

    low: float
    high: float
    confidence: Quantity

    def __str__(self) -> str:
        return f"{self.low:.2f}% to {self.high:.2f}% ({self.confidence})"


def wilson_interval(result: Result, confidence: Value = "95%") -> Interval:
    """Wilson's score interval of the share that the KPI of *result* is, in percent.

    How to read it: the counts are of all cases and not of a sample, so the share is exact and the verdict certain.
    The interval answers another question: how far might the share have come out elsewhere by chance alone, if each
    case had come out independently with one and the same chance? A target within it was reached or missed by a
    distance that chance makes in a year; a target outside of it was not. It says nothing of what caused the distance.

    Args:
        result: its formula has to be a share: numerator ÷ denominator, both whole numbers of the same things.
            Where no vocabulary tells the units, that they are the same is taken on trust.
        confidence: between 0 and 100 %: `"95%"` or 0.95.

    Raises:
        IntervalError: the result has no such counts; the message says why.
        ValueReadingError: the confidence is no number between 0 and 100 %.
        MissingExtraError: scipy is not installed.
    """
    level = plain_value("confidence", confidence, None)
    if isinstance(level, Undefined) or not 0 < level < 1:
        raise ValueReadingError(
            f"confidence: {confidence!r} does not lie between 0 and 100%; expected one such as '95%'"
        )
    cases, of = _counts(result)
    try:
        from scipy.stats import binomtest  # type: ignore[import-untyped]  # scipy has no types
    except ImportError:
        raise MissingExtraError("scipy is not installed: pip install 'kpi[statistics]'") from None
    found = binomtest(cases, of).proportion_ci(confidence_level=float(level), method="wilson")
    decimals = len(str(float(level * 100)).partition(".")[2].rstrip("0"))
    return Interval(float(found.low) * 100, float(found.high) * 100, Quantity(level * 100, PERCENT, decimals))


def _counts(result: Result) -> tuple[int, int]:
    """Numerator and denominator of a share of one population.

    Raises:
        IntervalError: they are none.
    """
    match result.judge.formula:
        case Operation(Operator.DIVIDE, above, below):
            _require_counts(above, below)
            _require_one_kind(result, above, below)
        case _:
            raise IntervalError("an interval is of a share: expected a numerator over a denominator")
    situation = result.situation
    environment = result.judge.environment(situation.current, None, situation)
    numerator, denominator = evaluate(above, environment), evaluate(below, environment)
    if isinstance(numerator, Undefined) or isinstance(denominator, Undefined):
        sides = (side for side in (numerator, denominator) if isinstance(side, Undefined))
        named = dict.fromkeys(reason.name for side in sides for reason in side.reasons)
        raise IntervalError(f"an interval needs the counts, not the rate alone; lacking: {', '.join(named)}")
    for number in (numerator, denominator):
        if number.denominator != 1:
            raise IntervalError(f"an interval needs whole numbers of cases; found {float(number)}")
    if not 0 <= numerator <= denominator or not denominator:
        raise IntervalError(f"an interval needs a part of a whole; found {numerator} of {denominator}")
    return int(numerator), int(denominator)


def _require_counts(*sides: Expression) -> None:
    """Neither side is multiplied: 1,000 * cases of one case are no thousand trials."""
    products = (Operator.MULTIPLY, Operator.DIVIDE)
    nodes = (node for side in sides for node in walk(side))
    if any(isinstance(node, Operation) and node.operator in products for node in nodes):
        raise IntervalError("an interval needs the counts as they are; found them multiplied or divided")


def _require_one_kind(result: Result, above: Expression, below: Expression) -> None:
    """Both count the same kind of things, as far as units tell."""
    measures = [check_formula(side, Source(""), result.vocabulary)[0].measure for side in (above, below)]
    units = [None if measure is None else result.judge.units.of_dimension(measure).name for measure in measures]
    if None not in units and units[0] != units[1]:
        raise IntervalError(f"an interval needs counts of the same population; found {units[0]} and {units[1]}")
    measured = sorted({unit for unit in units if unit in _MEASURED or (unit and "/" in unit)})
    if measured:
        raise IntervalError(f"an interval needs counts of cases, each of which came out or not; found {measured[0]}")
