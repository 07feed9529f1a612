"""From columns of numbers to the added columns: in whole numbers, and by the evaluator for rows that do not fit them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from attrs import frozen

from kpi.columns.answers import in_words, number_of
from kpi.columns.asked import Place
from kpi.columns.door import narwhals
from kpi.columns.exact import exact_parts
from kpi.columns.fitting import fit
from kpi.columns.keys import NO_YEAR, ORGANISATION, YEAR
from kpi.columns.numbers import numbers_in
from kpi.columns.questions import Cell, Question
from kpi.columns.translation import both, some
from kpi.evaluation.decision import Verdict

if TYPE_CHECKING:
    from kpi.columns.door import Column, Expr, Table
    from kpi.columns.request import Request
    from kpi.columns.translation import Truth


def decide(frame: Table, names: Mapping[Cell, str], questions: Collection[Question], request: Request) -> Table:
    """The added columns, row by row beside *frame*.

    *frame* holds each cell under its name in *names*, and the keys where plans or other years are asked about.

    Raises:
        ColumnsError: naming every column that holds no exact numbers.
    """
    numbers = numbers_in(frame, names)
    decided = []
    for index, question in enumerate(questions):
        fitted, here = fit(question, numbers), _is_at(question.asked.places)
        decided.append(_Decided(question, fitted.parts, here, both(here, fitted.unfit), f"unfit {index}"))
    added = request.added()
    columns = {name: _merged([one for one in decided if one.key == key], part) for (key, part), name in added.items()}
    unfit = {one.name: one.unfit for one in decided if one.unfit is not False}
    lit = narwhals().lit
    marks = {name: lit(truth) if isinstance(truth, bool) else truth for name, truth in unfit.items()}
    table = numbers.table.with_columns(**columns, **marks)
    outcomes = [name for (_, part), name in added.items() if part == "outcome"]
    found: Table = table.select(*columns).with_columns(*(in_words(table[name]) for name in outcomes))
    for one in decided:
        if one.unfit is not False:
            found = _patched(found, one.question, frame, names, table[one.name], request)
    return found


@frozen
class _Decided:
    """The answers to one question, for the rows that are *here*, and where they are *unfit*."""

    question: Question
    parts: Mapping[str, Expr | None]
    here: Truth
    unfit: Truth
    name: str

    @property
    def key(self) -> str:
        return self.question.asked.key


def _is_at(places: tuple[Place, ...] | None) -> Truth:
    """Whether a row is one that a plan speaks of."""
    if places is None:
        return True
    col = narwhals().col
    rows = (col(ORGANISATION).is_in(place.names) & (col(YEAR) == place.fiscal_year.year) for place in places)
    return some(rows)


def _merged(ones: list[_Decided], part: str) -> Expr:
    """One column out of the answers for different rows; rows of which no plan speaks have no target."""
    nw = narwhals()
    nothing = number_of(Verdict.NO_TARGET) if part == "outcome" else nw.lit(None, dtype=nw.Float64)
    found = nothing
    for one in ones:
        answer = nothing if one.parts[part] is None else one.parts[part]
        found = answer if one.here is True else nw.when(one.here).then(answer).otherwise(found)
    return found


def _patched(
    found: Table,
    question: Question,
    frame: Table,
    names: Mapping[Cell, str],
    unfit: Column,
    request: Request,
) -> Table:
    """*found* with the unfit rows of one question decided by the evaluator."""
    rows = unfit.arg_true().to_list()
    if not rows:
        return found
    nw = narwhals()
    exact = [*_exact(question, frame.filter(unfit), names)]
    columns = []
    for (key, part), name in request.added().items():
        if key == question.asked.key:
            dtype = nw.String if part == "outcome" else nw.Float64
            values = nw.new_series(name, [one[part] for one in exact], dtype, backend=frame.implementation)
            columns.append(found[name].scatter(rows, values))
    return found.with_columns(*columns)


def _exact(question: Question, rows: Table, names: Mapping[Cell, str]) -> Iterator[dict[str, str | float | None]]:
    since = {one: question.first_comparable(cell) for one, cell in question.cells.items()}
    for row in rows.iter_rows(named=True):
        year = row.get(YEAR, NO_YEAR)
        known = {one: row[names[cell]] for one, cell in question.cells.items() if year >= (since[one] or NO_YEAR)}
        values = {one: value.item() if hasattr(value, "item") else value for one, value in known.items()}
        yield exact_parts(question, values, None if year == NO_YEAR else year)
