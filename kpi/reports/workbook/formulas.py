"""The formulas of one result: value, target, margin and verdict, over the cells in which its inputs stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Final

from attrs import frozen

from kpi.compilation.assuming import Assumption
from kpi.compilation.folding import ALWAYS, NEVER, ONE, ZERO, compared, every, implies, negation, product_of, scaled
from kpi.compilation.integers import Choice, Condition, Difference, Input, Integer, Product, Sum, Whole
from kpi.compilation.program import Ratio
from kpi.compilation.terms import Term, rounded
from kpi.evaluation.decision import Verdict
from kpi.formulas.nodes import Comparator
from kpi.quantities import Rounding
from kpi.reports.workbook.expressions import Expressions, quoted
from kpi.reports.workbook.live import Live
from kpi.reports.workbook.statement import Clause

UNFIT: Final = "×"
"""What stands beside an input that is not there, is no number, or cannot be calculated with exactly."""
_NOTHING: Final = '""'


@frozen(slots=False)
class Formulas:
    """Prints the formulas of a *live* result.

    *cells* is where each input stands, *fit* the range of cells that say whether each can be calculated with,
    *verdicts* the text of each verdict, and *margin_decimals* with how many decimals a clause shows the margin.
    """

    live: Live
    cells: Mapping[Input, str]
    fit: str
    verdicts: Mapping[Verdict, str]
    margin_decimals: Callable[[Clause], int]

    def value(self) -> str | None:
        """What is compared, as the KPI shows it."""
        return self._ratio(self.live.program.value, lambda clause: (clause.display.decimals, clause.display.rounding))

    def target(self) -> str | None:
        """What it is compared with; None where nothing is."""
        return self._ratio(self.live.program.target, lambda clause: (clause.target_decimals, "half_up"))

    def margin(self) -> str | None:
        """The signed distance to the target; None where there is none."""
        return self._ratio(self.live.program.margin, lambda clause: (self.margin_decimals(clause), "half_up"))

    def verdict(self) -> str:
        """The verdict, decided in whole numbers."""
        return self._guarded(self._verdict([*self.live.program.outcomes]), self._told(Verdict.NOT_EVALUABLE))

    def chosen(self, text: Callable[[Clause], str]) -> str | None:
        """A text that depends on the clause that decides; None where it is one and the same."""
        each = {number: quoted(text(self.live.clauses[number - 1])) for number in _leaves(self.live.clause)}
        if len({*each.values()}) == 1:
            return None
        return self._guarded(self._by_clause(self.live.clause, ALWAYS, lambda number, _: each[number]), _NOTHING)

    def _verdict(self, outcomes: list[tuple[Condition, Verdict]]) -> str:
        """The verdict of the first condition that holds."""
        condition, verdict = outcomes.pop(0)
        wider, otherwise = outcomes[0] if outcomes else (NEVER, verdict)
        told = self._told(verdict)
        if outcomes and implies(condition, wider):
            del outcomes[0]
            told = self._where(Assumption(wider).condition(condition), told, lambda: self._told(otherwise))
            condition = wider
        return self._where(condition, told, lambda: self._verdict(outcomes))

    def _told(self, verdict: Verdict) -> str:
        return quoted(self.verdicts[verdict])

    def _ratio(self, ratio: Ratio, shown: Callable[[Clause], tuple[int, Rounding]]) -> str | None:
        """A number in the unit and with the decimals in which the clause that decides shows it."""
        if ratio.defined == NEVER:
            return None

        def under(number: int, known: Condition) -> str:
            clause, assumption = self.live.clauses[number - 1], Assumption(known)
            above, below = assumption.number(ratio.numerator), assumption.number(ratio.denominator)
            found = Ratio(above, below, assumption.condition(ratio.defined))
            text = self._rounded(found, clause.display.unit.per, *shown(clause))
            return self._where(found.defined, text, lambda: _NOTHING)

        return self._guarded(self._by_clause(self.live.clause, ALWAYS, under), _NOTHING)

    def _by_clause(self, clause: Integer, known: Condition, under: Callable[[int, Condition], str]) -> str:
        """What *under* gives for the clause that decides, told what is known to hold where it does."""
        match clause:
            case Choice(condition, then, otherwise):
                one = self._by_clause(then, every(known, condition), under)
                other = self._by_clause(otherwise, every(known, negation(condition)), under)
                return one if one == other else f"IF({self._print.truth(condition)},{one},{other})"
            case Whole(number):
                return under(number, known)
            case _:
                raise TypeError(f"{clause} is no choice of clauses")

    def _where(self, condition: Condition, text: str, otherwise: Callable[[], str]) -> str:
        """A text where the condition holds, which is asked only if it may not."""
        if condition == ALWAYS:
            return text
        return otherwise() if condition == NEVER else f"IF({self._print.truth(condition)},{text},{otherwise()})"

    def _guarded(self, formula: str, otherwise: str) -> str:
        """A formula where everything can be calculated with, else another."""
        negative = [one for one in self.live.program.positive if not isinstance(one, Input)]
        unfit = [f'COUNTIF({self.fit},"{UNFIT}")>0']
        unfit += [self._print.truth(compared(one, Comparator.BELOW, ZERO)) for one in negative]
        asked = unfit[0] if len(unfit) == 1 else f"OR({','.join(unfit)})"
        return f"IF({asked},{otherwise},{formula})"

    def _rounded(self, ratio: Ratio, per: int, decimals: int, rounding: Rounding) -> str:
        if rounding == "half_up":
            return f"ROUND({self._quotient(ratio, per)},{decimals})"
        term = rounded(Term(Fraction(1), (ratio.numerator,), (ratio.denominator,)), per, decimals, rounding)
        return self._quotient(term.ratio, per)

    def _quotient(self, ratio: Ratio, per: int) -> str:
        """*per* times a ratio, constants put together; a lone input as it stands in its cell."""
        (one, above), (other, below) = scaled(ratio.numerator), scaled(ratio.denominator)
        factor, written = Fraction(per * one, other), self._print
        if isinstance(above, Input):
            factor, written = factor * 10 ** self.live.scales[above], Expressions(self.cells, {})
        upper, lower = product_of((Whole(factor.numerator), above)), product_of((Whole(factor.denominator), below))
        if lower == ONE:
            return written.number(upper)
        return f"{written.operand(upper, Sum, Difference)}/{self._print.operand(lower, Sum, Difference, Product)}"

    @cached_property
    def _print(self) -> Expressions:
        return Expressions(self.cells, self.live.scales)


def _leaves(clause: Integer) -> Iterator[int]:
    """The numbers of the clauses that may decide."""
    match clause:
        case Whole(value):
            yield value
        case Choice(_, then, otherwise):
            yield from (*_leaves(then), *_leaves(otherwise))
