"""What the number format of a spreadsheet cell shows beside the number: `%`, `件`, 千円.

A format has up to four sections (positive; negative; zero; text). Within one, `0 # ?` stand for digits, a comma behind
the last digit divides by a thousand, `%` multiplies by a hundred, and texts in quotes or behind a backslash are shown
as they are (ECMA-376, part 1, 18.8.31).
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from attrs import frozen

_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"
    | \\(?P<escaped>.)
    | \[\$(?P<currency>[^\]-]*)[^\]]*\]      # [$¥-411]
    | \[[^\]]*\]                             # a colour or condition
    | [_*].                                  # a blank as wide as a character, or one that fills the cell
    | (?P<digits>[0#?][0#?.,/\ ]*(?:[Ee][+-][0#?]+)?|\.[0#?]+|General)
    | (?P<percent>[%％])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_SIGNS: Final = frozenset("+-−▲△()（） ")
"""What is shown of a number's sign; the number has one of its own."""
_CURRENCIES: Final = {"¥": "円", "￥": "円", "\\": "円", "JPY": "円"}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


@frozen
class NumberFormat:
    """What a section shows: texts around the number, and by what the number is multiplied or divided."""

    before: str = ""
    after: str = ""
    hundreds: int = 0
    thousands: int = 0

    def text(self, number: Decimal) -> str:
        """The number as it is shown, but with all of its digits."""
        sign, digits, exponent = number.as_tuple()
        shown = f"{Decimal((sign, digits, int(exponent) + 2 * self.hundreds - 3 * self.thousands)):f}"
        after = "%" * self.hundreds + self.after
        if self.thousands:
            shown = shown.rstrip("0").rstrip(".")
            after = after or f" (×{1000**self.thousands:,})"  # nothing else beside the number says so
        return f"{self.before}{shown}{after}"


def number_format(code: str, number: Decimal) -> NumberFormat:
    """What the section of the format *code* that is for *number* shows."""
    sections = _sections(code)
    if number < 0 and len(sections) > 1:
        return _section(sections[1])
    if number == 0 and len(sections) > 2:  # noqa: PLR2004  # the third is that of zero
        return _section(sections[2])
    return _section(sections[0])


def shows_day(code: str) -> bool:
    """Whether a date format shows the day, and not only its month or year."""
    return "d" in _QUOTED.sub("", code).lower()


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[str, ...]:
    found, start = [], 0
    for token in _TOKEN.finditer(code):
        if token["other"] == ";":
            found.append(code[start : token.start()])
            start = token.end()
    return (*found, code[start:])


@lru_cache(maxsize=256)
def _section(code: str) -> NumberFormat:
    before: list[str] = []
    after: list[str] = []
    hundreds = thousands = 0
    has_digits = False
    for token in _TOKEN.finditer(code):
        if token["digits"]:
            has_digits = True
            thousands += len(token["digits"]) - len(token["digits"].rstrip().rstrip(","))
        elif token["percent"]:
            hundreds += 1
        else:
            literal = token["quoted"] or token["escaped"] or token["currency"] or token["other"] or ""
            (after if has_digits else before).append(literal)
    first = "".join(before).strip("".join(_SIGNS))
    last = "".join(after).strip("".join(_SIGNS))
    currency = _CURRENCIES.get(first)
    if currency:
        first, last = "", last or currency
    return NumberFormat(first, last, hundreds, thousands) if has_digits else NumberFormat()
