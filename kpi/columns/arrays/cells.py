"""The numbers that questions look at, for a part of the rows of a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from attrs import frozen

from kpi.columns.arrays.arithmetic import every

if TYPE_CHECKING:
    from kpi.columns.arrays.arithmetic import Truth
    from kpi.columns.arrays.reading import Reading
    from kpi.columns.door import Array, Integers

    Chosen = slice | Integers
    """Which rows of a frame: some of them in a row, or by their places."""


@frozen(eq=False)
class Seen:
    """A column as the rows of a frame see it: *places* are the row at which each looks, -1 for none; None: at itself."""

    reading: Reading
    places: Array | None = None

    def numbers(self, chosen: Chosen) -> Integers:
        """The numbers that the *chosen* rows see; any of the column where they see none."""
        return self._of(self.reading.whole, chosen)  # type: ignore[no-any-return]  # an array of the same type

    def present(self, chosen: Chosen) -> Truth:
        """Whether the *chosen* rows see a number."""
        return every((self._is_there(chosen), self._of(self.reading.present, chosen)))

    def unfit(self, chosen: Chosen) -> Truth:
        """Whether the *chosen* rows see a number that is not as it is among `numbers`."""
        return every((self._of(self.reading.unfit, chosen), self._is_there(chosen)))

    def value(self, row: int) -> Any:  # noqa: ANN401  # whatever a frame holds
        """What a row sees, as it stands in the column."""
        place = row if self.places is None else int(self.places[row])
        value: Any = self.reading.series[place] if place >= 0 else None
        return value.item() if hasattr(value, "item") else value

    def _is_there(self, chosen: Chosen) -> Truth:
        return True if self.places is None else self.places[chosen] >= 0

    def _of(self, values: Any, chosen: Chosen) -> Any:  # noqa: ANN401  # an array, or what is the same everywhere
        if isinstance(values, bool):
            return values
        if self.places is None:
            return values[chosen]
        places = self.places[chosen]
        return values.take(places, mode="clip") if len(values) else np.zeros(len(places), values.dtype)
