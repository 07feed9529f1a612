"""Whether values for a KPI of no known unit are written alike."""

from __future__ import annotations

from collections.abc import Iterable

from kpi.errors import UnitError, ValueReadingError
from kpi.quantities import MISSING, Reading, read_value
from kpi.units import SHARES, UnitTable


def check_one_scale(values: Iterable[object], units: UnitTable) -> None:
    """Where nothing tells the KPI's unit, *values* for it are all written with a percent sign or all without.

    Raises:
        UnitError: 58 would be compared with 59 %, which is 0.59.
    """
    written = [given for given in values if isinstance(given, str | int | float) and not isinstance(given, bool)]
    readings = [(given, _reading(given, units)) for given in written]
    shares = [given for given, reading in readings if reading.unit in SHARES]
    bare = [given for given, reading in readings if reading.unit is None and reading.number is not None]
    if shares and bare:
        told = f"{str(bare[0])!r} and {str(shares[0])!r} cannot be compared"
        raise UnitError(f"{told}; write both with their unit, or give the KPI one")


def _reading(given: str | float, units: UnitTable) -> Reading:
    """*given* as read; what cannot be read is told of where its name is known."""
    try:
        return read_value(given, units)
    except ValueReadingError:
        return MISSING
