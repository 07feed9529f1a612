"""Exact numbers: reading them, rounding them, and showing them with their unit.

A number is an integer or a fraction, never a binary float.
A float that somebody hands in is taken at its shortest decimal, so `59.6` means 59.6.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from fractions import Fraction
from numbers import Rational, Real
from typing import Final, Literal, Self

from attrs import frozen

from kpi.characters import fold_width
from kpi.errors import ValueReadingError
from kpi.units import NUMBER, PERCENT, PERCENTAGE_POINT, UNITS, Unit, UnitTable

Rounding = Literal["half_up", "half_even", "floor", "ceil"]
Value = Rational | Decimal | float | str | None
"""What may be handed in as a number: `95.7`, `"95.7%"`, `"1,380"`, a Decimal, a Fraction, None."""

MAX_DIGITS: Final = 30
"""Digits of one number: far above the yen amounts of a nation (14), small enough to stay fast."""

MAX_EXPONENT: Final = 400
"""Powers of ten of a Decimal: a few more than a float has, and far fewer than fill the memory."""

NUMERAL: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
"""Digits with or without thousands separators, and decimals."""

_SCALES: Final = {"百": 10**2, "千": 10**3, "万": 10**4, "億": 10**8, "兆": 10**12}
_PART = re.compile(rf"({NUMERAL})([百千万億兆]{{0,2}})")
_VALUE = re.compile(rf"([-+▲△]?)\s*((?:{NUMERAL}[百千万億兆]{{0,2}})++)\s*((?![0-9,.]).*)", re.DOTALL)
_MISSING: Final = frozenset({"", "nan", "-", "--", "―", "—", "–", "ー", "…", "─", "━", "ｰ"})
_DONE: Final = {"done": 1, "実施": 1, "実施済": 1, "not done": 0, "未実施": 0}
_MISSING_TYPES: Final = frozenset({"NAType", "NaTType"})
"""The types of what pandas calls missing, known by name so that nothing has to be imported."""
_NOT_APPLICABLE: Final = frozenset({"該当なし", "対象外", "not applicable", "n/a"})


@frozen
class Reading:
    """A value as read: a number with the unit written behind it, or the reason why there is none."""

    number: Fraction | None
    unit: Unit | None = None
    status: Literal["number", "missing", "not_applicable"] = "number"


MISSING = Reading(None, status="missing")
NOT_APPLICABLE = Reading(None, status="not_applicable")


def read_value(value: Value, units: UnitTable = UNITS) -> Reading:
    """Reads a value that somebody hands in.

    None, NaN, infinities, blanks and dashes are missing; 該当なし and 対象外 are not applicable.
    True, `done` and 実施 are 1, False, `not done` and 未実施 are 0.
    Text may carry a unit, separators, full-width digits, 万 and 億, and ▲ or △ for minus.

    Raises:
        ValueReadingError: the value is no number, or has more than 30 digits as a text.
    """
    match value:
        case None:
            return MISSING
        case Rational():
            return Reading(Fraction(int(value.numerator), int(value.denominator)))
        case Decimal():
            return _read_decimal(value)
        case str():
            return _read_text(value, units)
        case Real():
            return Reading(Fraction(str(value))) if math.isfinite(value) else MISSING
        case _ if type(value).__name__ in _MISSING_TYPES:
            return MISSING
        case _:
            raise ValueReadingError(f"{value!r} is no number: expected int, str, Decimal, Fraction or float")


def stands_for_nothing(text: str) -> bool:
    """Whether a text is a blank, a dash or another sign that there is no value."""
    return fold_width(text).strip().casefold() in _MISSING


def read_numeral(text: str) -> tuple[Fraction, int]:
    """The number that digits, separators and 百, 千, 万, 億, 兆 write, and its decimals as written.

    Raises:
        ValueReadingError: more than 30 digits.
    """
    if sum(map(str.isdigit, text)) > MAX_DIGITS:
        raise ValueReadingError(f"a number has at most {MAX_DIGITS} digits")
    total, decimals = None, 0
    for numeral, scales in _PART.findall(text):
        whole, _, rest = numeral.replace(",", "").partition(".")
        digits = int(whole + rest) * math.prod(map(_SCALES.__getitem__, scales))
        part = Fraction(digits, 10 ** len(rest)) if rest else Fraction(digits)
        total = part if total is None else total + part
        if not scales:
            decimals = len(rest)
    return total or Fraction(0), decimals


def _read_decimal(value: Decimal) -> Reading:
    if not value.is_finite():
        return MISSING
    if value and abs(value.adjusted()) > MAX_EXPONENT:
        raise ValueReadingError(f"{value!r} is too large or too small: exponents go up to {MAX_EXPONENT}")
    return Reading(Fraction(value))


def _read_text(text: str, units: UnitTable) -> Reading:
    folded = fold_width(text).strip()
    if folded.isascii() and folded.isdecimal() and len(folded) <= MAX_DIGITS:  # what most tables are full of
        return Reading(Fraction(int(folded)))
    if folded.casefold() in _NOT_APPLICABLE:
        return NOT_APPLICABLE
    if stands_for_nothing(folded):
        return MISSING
    if folded in _DONE:
        return Reading(Fraction(_DONE[folded]))
    found = _VALUE.fullmatch(folded)
    if not found:
        raise ValueReadingError(f"{text!r} is no number")
    sign, numeral, symbol = found.groups()
    number, _ = read_numeral(numeral)
    unit = units.get(symbol.strip()) if symbol else None
    if symbol and unit is None:
        raise ValueReadingError(f"{text!r}: unknown unit {symbol.strip()!r}")
    return Reading(-number if sign in ("-", "▲", "△") else number, unit)


def round_to(number: Fraction, decimals: int, rounding: Rounding = "half_up") -> Fraction:
    """*number* rounded to *decimals*; ties of `half_up` go away from zero."""
    scaled = number * 10**decimals
    match rounding:
        case "half_up":
            rounded = math.floor(abs(scaled) + Fraction(1, 2)) * (1 if scaled >= 0 else -1)
        case "half_even":
            rounded = round(scaled)
        case "floor":
            rounded = math.floor(scaled)
        case "ceil":
            rounded = math.ceil(scaled)
    return Fraction(rounded, 10**decimals)


def exact_text(number: Fraction) -> str:
    """*number* as an exact decimal, or as `n/d` where no finite decimal exists."""
    decimals = finite_decimals(number.denominator)
    if decimals is None:
        return f"{_digits(number.numerator)}/{_digits(number.denominator)}"
    return fixed_text(number, decimals)


def fixed_text(number: Fraction, decimals: int, *, separators: bool = False) -> str:
    """*number*, which has at most *decimals* decimals, written with exactly that many."""
    scaled = number * 10**decimals
    digits = _digits(abs(scaled.numerator)).rjust(decimals + 1, "0")
    whole, part = (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")
    if separators:
        whole = f"{Decimal(whole):,f}"
    sign = "-" if scaled < 0 else ""
    return f"{sign}{whole}.{part}" if part else f"{sign}{whole}"


def _digits(number: int) -> str:
    return f"{Decimal(number):f}"  # unlike str(int), without a bound on the number of digits


def finite_decimals(denominator: int) -> int | None:
    """How many decimals write a fraction of this *denominator* exactly, or None where none do."""
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None


class Quantity(Fraction):
    """An exact number in a unit: 59.6 with unit `%`, not 0.596.

    It is a `fractions.Fraction`, so it compares and calculates exactly; a calculation gives a plain Fraction.
    `str()` rounds as the KPI displays it, `float()` gives the number, `exact` its decimal text or `n/d`.

    Attributes:
        unit: what it counts.
        decimals: how many are shown.
        rounding: how the shown number is rounded.
        signed: whether a plus is shown before what is not negative, as of margins.
    """

    __slots__ = ("decimals", "rounding", "signed", "unit")
    unit: Unit
    decimals: int
    rounding: Rounding
    signed: bool

    def __new__(
        cls,
        number: Fraction,
        unit: Unit = NUMBER,
        decimals: int = 0,
        rounding: Rounding = "half_up",
        *,
        signed: bool = False,
    ) -> Self:
        """An exact *number* in *unit*, shown with *decimals*; *signed* shows a plus before what is not negative."""
        self = super().__new__(cls, number)
        self.unit = unit
        self.decimals = decimals
        self.rounding = rounding
        self.signed = signed
        return self

    @property
    def exact(self) -> str:
        """The number as an exact decimal, or as `n/d`."""
        return exact_text(self)

    @property
    def shown(self) -> Fraction:
        """The number rounded as it is displayed."""
        return round_to(Fraction(self), self.decimals, self.rounding)

    @property
    def decimals_told(self) -> int:
        """The decimals that its text has: those displayed, and more where a difference would show as none."""
        decimals = self.decimals
        while self.signed and self != 0 == round_to(Fraction(self), decimals, self.rounding) and decimals < MAX_DIGITS:
            decimals += 1
        return decimals

    def text(self, language: Literal["en", "ja"] = "en") -> str:
        """The displayed number with its unit, in English or Japanese."""
        decimals = self.decimals_told
        shown = round_to(Fraction(self), decimals, self.rounding)
        number = fixed_text(shown, decimals, separators=True)
        sign = "+" if self.signed and shown >= 0 else ""
        return f"{sign}{number}{unit_text(self.unit, language, singular=abs(shown) == 1)}"

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<Quantity {self.exact} {self.unit.name}>".replace(" >", ">")

    def __format__(self, spec: str) -> str:
        return format(float(self), spec) if spec else str(self)

    def __reduce__(self) -> tuple[object, ...]:
        return _restore, (self.numerator, self.denominator, self.unit, self.decimals, self.rounding, self.signed)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self


def _restore(  # pickle calls constructors without keywords
    numerator: int,
    denominator: int,
    unit: Unit,
    decimals: int,
    rounding: Rounding,
    signed: bool,  # noqa: FBT001
) -> Quantity:
    return Quantity(Fraction(numerator, denominator), unit, decimals, rounding, signed=signed)


def unit_text(unit: Unit, language: Literal["en", "ja"], *, singular: bool = False) -> str:
    """The unit as written behind a number."""
    if unit is PERCENTAGE_POINT and language == "ja":
        return "ポイント"
    if language == "ja" or (unit.is_share and unit is not PERCENTAGE_POINT):
        return unit.ja
    return f" {unit.name if singular else unit.en}".rstrip()


def percent(number: Fraction, decimals: int = 1) -> Quantity:
    """A share, 0.953 for example, as a quantity in percent."""
    return Quantity(number * 100, PERCENT, decimals)
