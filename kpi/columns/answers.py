"""The added columns of one question as expressions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from kpi.columns.door import narwhals
from kpi.columns.request import PARTS
from kpi.columns.translation import Translation
from kpi.evaluation.decision import Verdict

if TYPE_CHECKING:
    from kpi.columns.door import Column, Expr
    from kpi.compilation.integers import Condition
    from kpi.compilation.program import Program, Ratio


VERDICTS: Final = (*Verdict,)
NO_ANSWERS: Final[dict[str, Expr | None]] = dict.fromkeys(PARTS)
"""None at all."""


def answers(program: Program, translation: Translation) -> dict[str, Expr | None]:
    """What a program adds, by part; None: null in every row."""
    ratios = {"value": program.value, "target": program.target, "margin": program.margin}
    per = translation.number(program.per)
    return {
        "outcome": outcome(program.outcomes, translation),
        **{part: shown(ratio, per, translation) for part, ratio in ratios.items()},
    }


def outcome(outcomes: Sequence[tuple[Condition, Verdict]], translation: Translation) -> Expr:
    """The number of the verdict whose condition holds first."""
    (_, last), *others = reversed(outcomes)
    found = number_of(last)
    for condition, verdict in others:
        truth = translation.truth(condition)
        if truth is True:
            found = number_of(verdict)
        elif truth is not False:
            found = narwhals().when(truth).then(number_of(verdict)).otherwise(found)
    return found


def number_of(verdict: Verdict) -> Expr:
    """What stands for a verdict until all are known: short numbers are chosen faster than texts."""
    return narwhals().lit(VERDICTS.index(verdict), dtype=narwhals().Int8)  # type: ignore[no-any-return]


def in_words(numbers: Column) -> Column:
    """The verdicts that *numbers* stand for."""
    nw = narwhals()
    words = nw.new_series(numbers.name, [str(one) for one in VERDICTS], nw.String, backend=numbers.implementation)
    return words[numbers]  # type: ignore[no-any-return]


def shown(ratio: Ratio, per: Expr | int, translation: Translation) -> Expr | None:
    """A ratio as float64 in the unit in which it is shown, for people: no verdict rests on it."""
    nw = narwhals()
    defined = translation.truth(ratio.defined)
    if defined is False:
        return None
    above, below = translation.number(ratio.numerator), translation.number(ratio.denominator)
    if isinstance(above, int) and isinstance(below, int) and isinstance(per, int):
        number: Expr = nw.lit(above * per / below, dtype=nw.Float64)
        return number if defined is True else nw.when(defined).then(number)
    scaled = translation.float_of(above)
    if not isinstance(per, int) or per != 1:
        scaled *= per if isinstance(per, int) else translation.float_of(per)
    # polars multiplies by the reciprocal of a constant, so every divisor is made a column, null where undefined
    divisor = scaled * 0.0 + below if isinstance(below, int) else translation.float_of(below)
    return scaled / (divisor if defined is True else nw.when(defined).then(divisor))
