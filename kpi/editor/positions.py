"""Places as editors count them: lines and columns from 0, columns in the units of the client's encoding."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property
from typing import Final

from attrs import field, frozen

_LINE_END: Final = re.compile("\r\n|\n|\r")
"""What ends a line in the Language Server Protocol, and nothing else."""


def utf16_units(text: str) -> int:
    """How many units of UTF-16 *text* takes: two for a character beyond the first 65,536."""
    return len(text) + sum(character > "\uffff" for character in text)


@frozen(slots=False)
class Lines:
    """The lines of a text; *units* tells how many columns a stretch of it takes."""

    text: str = field(repr=False)
    units: Callable[[str], int] = utf16_units

    def position(self, offset: int) -> tuple[int, int]:
        """The line and column of *offset*."""
        line = bisect_right(self._starts, offset) - 1
        return line, self.units(self.text[self._starts[line] : offset])

    def offset(self, line: int, column: int) -> int:
        """The offset of a place; one behind the end of a line or of the text is that end."""
        if line >= len(self._starts):
            return len(self.text)
        start = self._starts[line]
        ending = _LINE_END.search(self.text, start)
        end = ending.start() if ending else len(self.text)
        taken = 0
        for offset in range(start, end):
            if taken >= column:
                return offset
            taken += self.units(self.text[offset])
        return end

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(ending.end() for ending in _LINE_END.finditer(self.text))]
