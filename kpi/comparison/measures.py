"""The numbers of several organisations, made sure to be comparable: one KPI, unit, date and direction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import get_args

from attrs import evolve, frozen

from kpi.definitions import Direction
from kpi.errors import ComparisonError
from kpi.evaluation.direction import rule_direction
from kpi.evaluation.display import Display
from kpi.evaluation.result import Result
from kpi.formulas.evaluator import Outcome, Reason, Undefined
from kpi.formulas.printer import canonical
from kpi.quantities import Quantity, Value, finite_decimals, read_value
from kpi.units import NUMBER, Unit

Comparable = Result | Value
"""What can be compared: a result, or a number as it may be handed to an evaluation; None is missing."""

_MOST_DECIMALS = 6


@frozen
class Measures:
    """Plain numbers by organisation with one *display*, and why others have none.

    *is_displayed* says whether something told how the numbers are shown.
    """

    numbers: Mapping[str, Fraction]
    lacking: Mapping[str, tuple[Reason, ...]]
    display: Display
    is_displayed: bool

    def quantity(self, key: str) -> Quantity:
        """The number of one organisation, in the KPI's unit."""
        return self.display.quantity(self.numbers[key])


def measures(compared: Mapping[str, Comparable]) -> Measures:
    """The numbers of *compared*, by organisation.

    Raises:
        ComparisonError: they are of several KPIs, units or dates, or results and plain numbers are mixed.
        ValueReadingError: a number cannot be read.
    """
    results = {key: result for key, result in compared.items() if isinstance(result, Result)}
    values = {key: value for key, value in compared.items() if not isinstance(value, Result)}
    if not results:
        return _of_values(values)
    for key, value in values.items():
        if value is not None:
            raise ComparisonError(f"{key} is the plain number {value!r} beside results; expected a result or None")
    _check_same({key: _kpi(result) for key, result in results.items()}, "KPI")
    outcomes = {key: own_value(result) for key, result in results.items()}
    numbers = {key: outcome for key, outcome in outcomes.items() if isinstance(outcome, Fraction)}
    dates = {key: (results[key].situation.fiscal_year, results[key].as_of) for key in numbers}
    _check_same({key: " ".join(str(part) for part in date if part) for key, date in dates.items()}, "date")
    lacking = {key: outcome.reasons for key, outcome in outcomes.items() if isinstance(outcome, Undefined)}
    lacking |= {key: (Reason("missing", key),) for key in values}
    displays = [result.judge.display for result in results.values()]
    display = evolve(displays[0], decimals=max(display.decimals for display in displays))
    return Measures(numbers, {key: lacking[key] for key in compared if key in lacking}, display, is_displayed=True)


def own_value(result: Result) -> Outcome:
    """The KPI's own value, plain, whichever quantity decided."""
    current = result.situation.current
    return result.judge.own_value(current, result.judge.environment(current, None, result.situation))


def direction_of(compared: Iterable[Comparable], direction: Direction | None) -> Direction:
    """Which numbers are better: as given, or as all the KPIs declare, or where they do not, as all the rules want.

    Raises:
        ComparisonError: they disagree, none tells, or what is given is no direction.
    """
    if direction is not None:
        require_one_of("direction", direction, get_args(Direction))
        return direction
    found = {wanted for result in compared if isinstance(result, Result) and (wanted := wanted_of(result))}
    if len(found) > 1:
        raise ComparisonError("some rules want a higher value and some a lower; say which by direction=")
    if not found:
        raise ComparisonError("no rule tells whether higher or lower is better; say which by direction=")
    return found.pop()


def require_one_of(what: str, found: str, known: tuple[str, ...]) -> None:
    """A choice is one of those *known*: what is not would be taken for another without a word.

    Raises:
        ComparisonError: it is none of them.
    """
    if found not in known:
        raise ComparisonError(f"unknown {what}: found {found!r}, expected one of {', '.join(known)}")


def wanted_of(result: Result) -> Direction | None:
    """Which values are better: as the KPI declares, or as its rule wants."""
    return result.direction or rule_direction(result.rule)


def _of_values(values: Mapping[str, Value]) -> Measures:
    numbers: dict[str, Fraction] = {}
    units: dict[str, Unit] = {}
    lacking: dict[str, tuple[Reason, ...]] = {}
    for key, value in values.items():
        reading = read_value(value)
        if reading.number is None:
            lacking[key] = (Reason("missing" if reading.status == "missing" else "not_applicable", key),)
            continue
        units[key] = value.unit if isinstance(value, Quantity) else reading.unit or NUMBER
        numbers[key] = reading.number / units[key].per
    _check_same({key: unit.name for key, unit in units.items()}, "unit")
    unit = next(iter(units.values()), NUMBER)
    shown = [value for value in values.values() if isinstance(value, Quantity)]
    display = Display(unit, _decimals(numbers.values(), unit))
    if shown and len(shown) == len(numbers):
        display = evolve(display, decimals=max(each.decimals for each in shown), rounding=shown[0].rounding)
    return Measures(numbers, lacking, display, is_displayed=bool(shown) and len(shown) == len(numbers))


def _decimals(numbers: Iterable[Fraction], unit: Unit) -> int:
    found = (finite_decimals((number * unit.per).denominator) for number in numbers)
    return max((_MOST_DECIMALS if count is None else min(count, _MOST_DECIMALS) for count in found), default=0)


def _kpi(result: Result) -> str:
    """What tells one KPI from another: its key, formula and unit."""
    unit = result.judge.display.unit.name
    return f"{result.title.key} = {canonical(result.judge.formula)}{f' in {unit}' if unit else ''}".removeprefix(" = ")


def _check_same(facts: Mapping[str, str], what: str) -> None:
    """Everything compared is of one *what*."""
    first = next(iter(facts), "")
    for key, fact in facts.items():
        if fact != facts[first]:
            raise ComparisonError(
                f"{key} has another {what} than {first}: found {fact or 'none'}, expected {facts[first] or 'none'}"
            )
