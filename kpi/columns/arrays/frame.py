"""Frames of polars, pandas and pyarrow: native in, the same kind out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kpi.columns.door import narwhals
from kpi.columns.questions import questions
from kpi.columns.tidy import wide
from kpi.errors import ColumnsError

if TYPE_CHECKING:
    from kpi.columns.door import Lazy, Table
    from kpi.columns.request import Request


def evaluate(request: Request, frame: object, prior: object = None) -> object:
    """The native *frame* with the columns that were asked for.

    Raises:
        ColumnsError: as `kpi.evaluate_frame`.
        MissingExtraError: narwhals is not installed.
    """
    rows: Any = _known(frame)
    others: Any = None if prior is None else _known(prior)
    from kpi.columns.arrays.lazily import evaluate_lazily
    from kpi.columns.arrays.native import with_added
    from kpi.columns.arrays.pivot import pivoted, pivoted_lazily
    from kpi.columns.arrays.seeing import added

    is_polars, is_eager = rows.implementation.is_polars(), isinstance(rows, narwhals().DataFrame)
    if request.tidy is not None:
        pivot = pivoted if is_eager else pivoted_lazily
        rows, others = (None if one is None else pivot(one, request, request.tidy) for one in (rows, others))
        request = wide(request)
    asked = questions(request, _names(rows), None if others is None else _names(others))
    if not is_polars:
        read = [cell.column for question in asked for cell in question.cells.values() if not cell.in_prior]
        return with_added(rows, added(request, asked, rows, others), read)
    if is_eager:
        rows, others = rows.lazy(), None if others is None else others.lazy()
    found = evaluate_lazily(request, asked, rows.to_native(), None if others is None else others.to_native())
    return found.collect() if is_eager else found


def _names(frame: Table | Lazy) -> list[str]:
    """The names of columns; pandas knows others than texts, which nobody can ask for."""
    return [name for name in frame.collect_schema().names() if isinstance(name, str)]


def _known(frame: object) -> Table | Lazy:
    """A frame of narwhals.

    Raises:
        ColumnsError: narwhals does not know it, it is lazy and not one of polars, or two of its columns have one name.
    """
    nw = narwhals()
    from narwhals.exceptions import DuplicateError

    try:
        found = nw.from_native(frame, pass_through=True)
    except DuplicateError as error:
        raise ColumnsError(str(error)) from None
    if isinstance(found, nw.DataFrame | nw.LazyFrame):
        implementation = found.implementation
        is_eager = isinstance(found, nw.DataFrame) and (implementation.is_pandas() or implementation.is_pyarrow())
        if is_eager or implementation.is_polars():
            return found  # type: ignore[no-any-return]  # narwhals is imported late
    known = "polars, pandas, pyarrow, DuckDB or PySpark"
    raise ColumnsError(f"expected a frame of {known}; found {type(frame).__module__}.{type(frame).__name__}")
