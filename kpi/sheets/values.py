"""Values of other programs as text, with every digit that they have."""

from __future__ import annotations

import math
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Rational, Real
from typing import Final

from kpi.quantities import exact_text

_MISSING_TYPES: Final = frozenset({"NAType", "NaTType"})
_LARGEST_EXPONENT: Final = 400
"""Powers of ten of a Decimal that is written out."""


def text_of(value: object) -> str:  # noqa: PLR0911  # one match over all kinds of value
    """A value as text: a float at its shortest decimal, a truth as done or not done, a day as `2021-09-30`.

    What is missing, NaN or infinite is blank. What is no value at all is told as Python shows it.
    """
    if value is None or type(value).__name__ in _MISSING_TYPES:  # before days: that of pandas is one by its class
        return ""
    match value:
        case str():
            return value.strip()
        case bool():
            return "done" if value else "not done"
        case Integral():
            return f"{Decimal(int(value))}"
        case Decimal():
            return _decimal(value)
        case Rational():
            return exact_text(Fraction(int(value.numerator), int(value.denominator)))
        case Real():
            return _decimal(Decimal(repr(float(value)))) if math.isfinite(value) else ""
        case date():
            return day_text(value)
        case _:
            return str(value)


def day_text(value: date) -> str:
    """A day, with its time unless it is midnight."""
    if isinstance(value, datetime):
        return f"{value.date()}" if value.time() == time() else f"{value}"
    return f"{value}"


def _decimal(number: Decimal) -> str:
    if not number.is_finite():
        return ""
    return f"{number:f}" if abs(number.adjusted()) <= _LARGEST_EXPONENT else f"{number}"
