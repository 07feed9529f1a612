"""What was observed: values as somebody hands them in, read into exact numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from attrs import field, frozen

from kpi.errors import UnitError, ValueReadingError
from kpi.formulas.evaluator import Lack, Outcome, Series, Undefined
from kpi.formulas.nodes import Period
from kpi.formulas.vocabulary import Vocabulary
from kpi.periods import FiscalYear
from kpi.quantities import Reading, Value, read_value
from kpi.units import BRANCH, NUMBER, UNITS, Unit, agree

Values = Value | Sequence[Value] | Mapping[str, Value]
"""One value, or one for each of several months or branches."""
Other = tuple[Period, int | None]
"""Which other time or place: a period, and the year or number of years where it takes one."""


@frozen
class Observed:
    """Values of one organisation and period: of variables, and of the KPI where only its rate is known.

    *branches_met* is how many branches met a rule that is for every branch, where only that is known.
    *barred* is why nothing of another time or place can be compared with this one, whatever was observed there.
    """

    variables: Mapping[str, Outcome | Series] = field(factory=dict)
    own: Outcome | None = None
    branches_met: Outcome | None = None
    barred: Lack | None = None


@frozen
class Past:
    """An earlier *year*: what was observed at the same point of it (*then*), and in the end.

    *then* has one date, the same point, or two: the month's ends on either side of it. It is empty where nothing is known.
    """

    year: FiscalYear
    then: Mapping[date, Observed]
    end: Observed | None


History = Callable[[], tuple[Past, ...]]
"""Looks the earlier years up, last year first: only a pace asks for them."""


@frozen
class Situation:
    """Everything that a rule may look at.

    *others* holds what was observed at other times and places; *baseline* is last year's value as the plan states it.
    *branches* is how many branches there are. *history* is for the pace alone.
    """

    current: Observed = Observed()
    others: Mapping[Other, Observed] = field(factory=dict)
    baseline: Fraction | None = None
    fiscal_year: FiscalYear | None = None
    as_of: date | None = None
    branches: int | None = None
    history: History | None = field(default=None, kw_only=True, eq=False, repr=False)

    @property
    def provisional(self) -> bool:
        """Whether the values stand before the end of the fiscal year; unknown dates are taken as final."""
        return bool(self.as_of and self.fiscal_year and self.as_of < self.fiscal_year.end)


def observe(
    inputs: Mapping[str, Values] | None,
    value: Value,
    unit: Unit,
    vocabulary: Vocabulary | None,
    *,
    for_branches: bool = False,
) -> Observed:
    """Reads *inputs* (by identifier or label) and the KPI's own *value*; *for_branches* it may count branches instead.

    Raises:
        ValueReadingError: a value is no number.
        UnitError: a value is written in a unit that its variable does not have.
    """
    variables: dict[str, Outcome | Series] = {}
    for name, given in () if inputs is None else inputs.items():
        variable = vocabulary.find(name) if vocabulary else None
        measured = variable.unit if variable else None
        variables[variable.name if variable else name] = _values(name, given, measured, vocabulary)
    if value is None:
        return Observed(variables)
    met = _branches(value, unit, vocabulary) if for_branches else None
    return Observed(variables, None if met else plain_value("value", value, unit, vocabulary), met)


def _branches(value: Value, unit: Unit, vocabulary: Vocabulary | None) -> Fraction | None:
    """The number of branches that a value such as `30支部` counts, for a KPI that does not count branches itself."""
    if not isinstance(value, str) or unit is BRANCH:
        return None
    reading = _read("value", value, vocabulary)
    if reading.unit is not BRANCH or reading.number is None:
        return None
    if reading.number < 0 or reading.number.denominator != 1:
        raise ValueReadingError(f"value: {value!r} is no number of branches")
    return reading.number


def _read(name: str, value: Value, vocabulary: Vocabulary | None) -> Reading:
    try:
        return read_value(value, vocabulary.units if vocabulary else UNITS)
    except ValueReadingError as error:
        raise ValueReadingError(f"{name}: {error}") from None


def plain_value(name: str, value: Value, unit: Unit | None, vocabulary: Vocabulary | None = None) -> Outcome:
    """Reads one value; a bare number is in *unit*, and the result is plain: 59.6 % is 0.596."""
    if type(value) is int:  # most values are counts
        return Fraction(value) if unit is None or unit.per == 1 else Fraction(value, unit.per)
    reading = _read(name, value, vocabulary)
    if reading.number is None:
        return Undefined.because("missing" if reading.status == "missing" else "not_applicable", name)
    written = reading.unit or unit or NUMBER
    if unit is not None and unit is not NUMBER and not agree(written.dimension, unit.dimension):
        raise UnitError(f"{name} is measured in {unit.en or 'plain numbers'}; found {value!r}")
    return reading.number / written.per


def _values(name: str, given: Values, unit: Unit | None, vocabulary: Vocabulary | None) -> Outcome | Series:
    if given is None or isinstance(given, int | float | str):
        return plain_value(name, given, unit, vocabulary)
    if isinstance(given, Mapping):
        pairs = {str(key): value for key, value in given.items()}
    elif isinstance(given, Sequence):
        pairs = {str(number): value for number, value in enumerate(given, 1)}
    else:
        return plain_value(name, given, unit, vocabulary)
    return Series({key: plain_value(f"{name} ({key})", value, unit, vocabulary) for key, value in pairs.items()})
