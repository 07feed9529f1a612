"""Numbers as printed: how large their last digit is."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from kpi.characters import fold_width
from kpi.observations.observation import Observation
from kpi.quantities import read_numeral

_LAST = re.compile(r"([0-9,]+)(?:\.([0-9]+))?([百千万億兆]*)[^0-9]*$")
_TRAILING_ZEROS = re.compile(r"^[^.]*[1-9]([0,]+)[^.0-9]*$")
_ABOUT: Final = "約"
"""What a note says of a number that is printed only approximately."""


def last_digit(text: str) -> Fraction:
    """The size of the last printed digit: 0.1 of `95.6%`, 10,000 of `301万`, 1 of `34,861`."""
    found = _LAST.search(fold_width(text))
    decimals, scales = (found[2] or "", found[3]) if found else ("", "")
    return read_numeral(f"1{scales}")[0] * Fraction(f"1e-{len(decimals)}")


def precision(row: Observation) -> Fraction:
    """The size of the last digit of a count that is printed approximately, else 0.

    A count in 百, 千, 万, 億 or 兆 was rounded to its last digit; one that its note calls 約 to the last that is not 0.
    """
    step = last_digit(row.value)
    if step > 1:
        return step
    if _ABOUT not in row.note:
        return Fraction(0)
    found = _TRAILING_ZEROS.search(fold_width(row.value))
    zeros = found[1].count("0") if found else 0
    return step * Fraction(f"1e{zeros}")
