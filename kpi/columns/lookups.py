"""The rows of other years and of the nation, beside the rows that look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kpi.columns.door import narwhals
from kpi.columns.keys import NO_YEAR, ORGANISATION, PERIOD, YEAR
from kpi.columns.questions import Elsewhere
from kpi.errors import ColumnsError
from kpi.observations.observation import NATION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpi.columns.door import Column, Table

_ROW: Final = "row"
_EXACT_FLOATS: Final = 2**53
_NULLABLE: Final = {"int64": "Int64", "uint64": "UInt64"}
"""The types of pandas that have missing values beside whole numbers."""
_NAMED: Final = 3
"""How many rows an error names."""


def look_up(rows: Table, others: Table, where: Elsewhere, names: Mapping[str, str]) -> Table:
    """Columns of the row *where* each of the *rows* looks, under new *names*; null where there is no such row.

    Both frames hold the keys in one form. Order is kept.

    Raises:
        ColumnsError: two rows of *others* are the one that a row looks at.
    """
    keys, right = _referred(rows, others, where)
    right = right.select(*keys, **{name: narwhals().col(column) for column, name in names.items()})
    joined = _joined(rows.select(keys), right, keys)
    if len(joined) > len(rows):
        raise ColumnsError(_duplicates(rows, right, keys, where.back))
    return joined.select(*names.values())


def _referred(rows: Table, others: Table, where: Elsewhere) -> tuple[list[str], Table]:
    """The rows that may be looked at, their year counted as seen from here, and the keys that have to agree."""
    nw = narwhals()
    keys: list[str] = [key for key in (ORGANISATION, YEAR, PERIOD) if key in others.columns and key in rows.columns]
    if YEAR in keys and (others[YEAR] == NO_YEAR).any():
        others = others.filter(nw.col(YEAR) != NO_YEAR)
    if where.is_national:
        keys.remove(ORGANISATION)
        others = others.filter(nw.col(ORGANISATION) == NATION)
    if where.year is not None:
        keys.remove(YEAR)
        others = others.filter(nw.col(YEAR) == where.year)
    elif where.back and YEAR in keys:
        others = others.with_columns(nw.col(YEAR) + where.back)
    known = [key for key in keys if others[key].null_count()]
    return keys, others.drop_nulls(known) if known else others


def _joined(left: Table, right: Table, keys: list[str]) -> Table:
    nw = narwhals()
    if left.implementation.is_polars():
        found = left.to_native().join(right.to_native(), on=keys, how="left", maintain_order="left")
        return nw.from_native(found, eager_only=True)  # type: ignore[no-any-return]
    if left.implementation.is_pyarrow():
        return left.with_row_index(_ROW).join(right, on=keys, how="left").sort(_ROW)
    return left.join(without_rounding(right), on=keys, how="left")


def without_rounding(frame: Table) -> Table:
    """*frame* in types that keep their values beside missing ones: numpy would make floats of whole numbers."""
    nw = narwhals()
    if not frame.implementation.is_pandas():
        return frame
    truths = [name for name, dtype in frame.schema.items() if dtype == nw.Boolean]
    frame = frame.with_columns(nw.col(*truths).cast(nw.Int64)) if truths else frame
    native = frame.to_native()
    types = {name: _NULLABLE[str(kind)] for name, kind in native.dtypes.items() if str(kind) in _NULLABLE}
    large = {name: kind for name, kind in types.items() if _is_large(frame[name])}
    return nw.from_native(native.astype(large), eager_only=True) if large else frame


def _is_large(numbers: Column) -> bool:
    """Whether a float would round one of them."""
    return len(numbers) > 0 and max(-int(numbers.min()), int(numbers.max())) > _EXACT_FLOATS


def _duplicates(rows: Table, right: Table, keys: list[str], back: int) -> str:
    nw = narwhals()
    twice = right.select(keys).filter(right.select(keys).is_duplicated()).unique()
    named = twice.join(rows.select(keys).unique(), on=keys, how="semi").sort(keys)
    if YEAR in keys:
        named = named.with_columns(nw.col(YEAR) - back)
    shown = ", ".join(" ".join(map(str, row)) for row in named.head(_NAMED).iter_rows())
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return (
        f"other rows look at the row of {shown}{more}, and there are several; expected one for each {', '.join(keys)}"
    )
