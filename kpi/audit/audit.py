"""Recomputing published figures: which rounding gives the printed number, and what does not reproduce.

A figure must be what its operands give, rounded half up to the decimals printed; else an erratum has to say why.
Operands that are printed only approximately stand for every number that rounds to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Final, Literal

from attrs import evolve, frozen

from kpi.audit.figures import Figure
from kpi.formulas.evaluator import Environment, evaluate, plain_value
from kpi.formulas.nodes import Call, Expression, Function, Number, Operation, Operator
from kpi.plans.erratum import Erratum
from kpi.quantities import Rounding, exact_text, round_to

ROUNDINGS: Final[tuple[Rounding, ...]] = ("half_up", "floor", "ceil")

Finding = Literal["reproduced", "erratum", "unexplained", "settled"]
"""What an audit finds: `settled` is a figure that reproduces although an erratum says that it does not."""


@frozen
class Audited:
    """A figure with what its operands give (nothing where a denominator is 0), and which roundings give what is printed."""

    figure: Figure
    recomputed: Fraction | None
    reproduced_by: tuple[Rounding, ...]

    @property
    def finding(self) -> Finding:
        """Whether the figure is what its operands give, rounded half up, or what is to be said of it."""
        if "half_up" in self.reproduced_by:
            return "settled" if self.figure.erratum else "reproduced"
        return "erratum" if self.figure.erratum else "unexplained"

    def to_dict(self) -> dict[str, Any]:
        """The row for programs: numbers as exact text in the printed unit."""
        figure = self.figure
        recomputed = None if self.recomputed is None else exact_text(self.recomputed * figure.unit.per)
        return {
            "plan": figure.plan,
            "source": figure.source,
            "what": figure.what,
            "numerator": figure.numerator,
            "denominator": figure.denominator,
            "published": figure.written,
            "recomputed": recomputed,
            "reproduced_by": list(self.reproduced_by),
            "erratum": figure.erratum,
            "unit": figure.unit.name,
            "finding": self.finding,
        }


def audit(figures: Iterable[Figure]) -> Iterator[Audited]:
    """Recomputes every figure."""
    for figure in figures:
        value = evaluate(figure.expression, Environment({}))
        recomputed = value if isinstance(value, Fraction) else None
        yield Audited(figure, recomputed, tuple(_reproducing(figure, recomputed)))


def unaccounted(errata: Mapping[str, Erratum], figures: Iterable[Figure]) -> tuple[str, ...]:
    """What ties figures and errata together wrongly: errata of figures that no figure names, and names of no erratum."""
    named = {figure.erratum for figure in figures if figure.erratum}
    of_figures = {key for key, erratum in errata.items() if erratum.kind in ("figure", "undefined")}
    return (*sorted(of_figures - named), *sorted(named - set(errata)))


def _reproducing(figure: Figure, recomputed: Fraction | None) -> Iterator[Rounding]:
    if recomputed is None:
        return
    if figure.precision:
        if _is_possible(figure):
            yield "half_up"
        return
    per = figure.unit.per
    for rounding in ROUNDINGS:
        if round_to(recomputed * per, figure.decimals, rounding) == figure.published * per:
            yield rounding


def _is_possible(figure: Figure) -> bool:
    """Whether some numbers that round to the printed operands give the printed figure."""
    try:
        low, high = _range(figure.expression, figure.precision / 2)
    except ZeroDivisionError:
        return True  # a denominator that may be 0 leaves every value possible
    half_a_digit = Fraction(1, 2 * 10**figure.decimals) / figure.unit.per
    return low <= figure.published + half_a_digit and high >= figure.published - half_a_digit


def _range(expression: Expression, slack: Fraction) -> tuple[Fraction, Fraction]:
    """The least and greatest value of *expression* where each of its numbers is off by up to *slack*."""
    match expression:
        case Number():
            number, off = plain_value(expression), plain_value(evolve(expression, value=slack))
            return number - off, number + off
        case Operation(operator, left, right):
            lefts, rights = _range(left, slack), _range(right, slack)
            if operator is Operator.DIVIDE and rights[0] <= 0 <= rights[1]:
                raise ZeroDivisionError
            corners = [_apply(operator, a, b) for a in lefts for b in rights]
            return min(corners), max(corners)
        case Call(function, arguments):
            lows, highs = zip(*(_range(argument, slack) for argument in arguments), strict=True)
            return (max(lows), max(highs)) if function is Function.MAX else (min(lows), min(highs))
        case _:
            return Fraction(0), Fraction(0)


def _apply(operator: Operator, left: Fraction, right: Fraction) -> Fraction:
    match operator:
        case Operator.ADD:
            return left + right
        case Operator.SUBTRACT:
            return left - right
        case Operator.MULTIPLY:
            return left * right
        case Operator.DIVIDE:
            return left / right
