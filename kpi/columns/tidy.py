"""What a tidy table, one value a row, has to have, and how a request reads once it is pivoted."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from kpi.columns.request import Request, Tidy, missing_columns
from kpi.errors import ColumnsError


def wide(request: Request) -> Request:
    """The same request of the pivoted table, in which every quantity stands under its own name."""
    return evolve(request, columns={}, tidy=None)


def check_columns(request: Request, tidy: Tidy, present: Iterable[str]) -> None:
    """Raises where keys or the two columns of a tidy table are missing."""
    known = [*present]
    needed = (*request.keys, tidy.quantity, tidy.value)
    missing: dict[str, tuple[str, ...]] = {name: () for name in needed if name not in known}
    if missing:
        raise ColumnsError(missing_columns(missing, known))


def several(names: Iterable[str], keys: Iterable[str]) -> str:
    """The message about quantities with two values."""
    return f"{', '.join(map(repr, names))}: several values; expected one for each {', '.join(keys)}"
