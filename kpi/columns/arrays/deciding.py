"""From what rows see to the added columns: in 64 bits, in numbers of any size, and by the evaluator itself."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Final

import numpy as np
from attrs import define, field

from kpi.columns.arrays.arithmetic import VERDICTS, negated
from kpi.columns.arrays.fitting import fit
from kpi.columns.arrays.keys import NO_YEAR
from kpi.columns.exact import exact_result
from kpi.evaluation.decision import Verdict

if TYPE_CHECKING:
    from kpi.columns.arrays.arithmetic import Truth
    from kpi.columns.arrays.cells import Chosen, Seen
    from kpi.columns.arrays.fitting import Fitted
    from kpi.columns.door import Array, Integers
    from kpi.columns.questions import Cell, Question
    from kpi.columns.request import Request
    from kpi.quantities import Quantity

_ROWS: Final = 16_384
"""How many rows are decided at a time: so many numbers stay in the processor's cache from one step to the next."""


@define
class Decisions:
    """Decides questions about the *length* rows of a frame that see what is *seen*.

    *years* are the fiscal years of the rows, where a question looks at them.
    """

    request: Request
    seen: Mapping[Cell, Seen]
    years: Integers | None
    length: int
    added: dict[tuple[str, str], Array] = field(factory=dict)
    """The added columns, by KPI and part: places of verdicts, and floats, NaN where there is none."""

    def decide(self, question: Question, rows: Integers | None) -> None:
        """Decides one question for *rows* of the frame; None: for all of them."""
        for part in self.parts:
            if (question.asked.key, part) not in self.added:
                self.added[question.asked.key, part] = self._column(part, is_filled=rows is not None)
        fitted = fit(question, self.seen, self.years, self.parts)
        for chosen in self._chosen(rows):
            unfit: Truth = True
            if fitted is not None and fitted.is_for_64_bits:
                answers, unfit = fitted.answers(chosen)
                self._write(question, chosen, answers)
            if unfit is not False:
                self._decide_unfit(question, fitted, _places(chosen, unfit))

    def _decide_unfit(self, question: Question, fitted: Fitted | None, rows: Integers) -> None:
        """Decides rows that are not for 64 bits: in numbers of any size, those not read exactly by the evaluator."""
        unread = True if fitted is None else fitted.unread(rows)
        if unread is not False:
            self._evaluate(question, _places(rows, unread))
        rest = _places(rows, negated(unread))
        if fitted is not None and len(rest):
            self._write(question, rest, fitted.answers_of_any_size(rest))

    @property
    def parts(self) -> Collection[str]:
        """What is asked for."""
        return self.request.names

    def _column(self, part: str, *, is_filled: bool) -> Array:
        """One added column; *is_filled* with what holds for rows of which no question speaks."""
        nothing = np.int8(VERDICTS.index(Verdict.NO_TARGET)) if part == "outcome" else np.float64(np.nan)
        return np.full(self.length, nothing) if is_filled else np.empty(self.length, nothing.dtype)

    def _chosen(self, rows: Integers | None) -> Iterator[Chosen]:
        count = self.length if rows is None else len(rows)
        for start in range(0, count, _ROWS):
            part = slice(start, min(start + _ROWS, count))
            yield part if rows is None else rows[part]

    def _write(self, question: Question, chosen: Chosen, answers: Mapping[str, Array]) -> None:
        for part, found in answers.items():
            self.added[question.asked.key, part][chosen] = found

    def _evaluate(self, question: Question, rows: Integers) -> None:
        """Has the evaluator itself decide *rows*, one by one."""
        since = {one: question.first_comparable(cell) for one, cell in question.cells.items()}
        for row in rows.tolist():
            year = NO_YEAR if self.years is None else int(self.years[row])
            known = {one: cell for one, cell in question.cells.items() if year >= (since[one] or NO_YEAR)}
            values = {one: self.seen[cell].value(row) for one, cell in known.items()}
            given = {**question.constants, **values}
            result = exact_result(question.asked.formula, given, None if year == NO_YEAR else year)
            for part in self.parts:
                found = getattr(result, part)
                self.added[question.asked.key, part][row] = (
                    VERDICTS.index(found) if part == "outcome" else _number(found)
                )


def _number(quantity: Quantity | None) -> float:
    """The float64 nearest to a number; NaN where there is none, or it is too large for one."""
    try:
        return math.nan if quantity is None else float(quantity)
    except OverflowError:
        return math.nan


def _places(chosen: Chosen, truth: Truth) -> Integers:
    """The places of those of the *chosen* rows for which something holds."""
    rows = np.arange(chosen.start, chosen.stop) if isinstance(chosen, slice) else chosen
    return rows[truth if not isinstance(truth, bool) else slice(None if truth else 0)]
