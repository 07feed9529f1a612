"""Exact fractions over inputs, as they are put together: a constant factor, and factors above and below the line.

Factors are kept apart so that what two fractions share below the line is neither multiplied nor compared twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import gcd, lcm
from typing import Final

from attrs import evolve, frozen

from kpi.compilation.folding import (
    ALWAYS,
    NEVER,
    ONE,
    ZERO,
    chosen,
    compared,
    difference,
    every,
    negation,
    product,
    product_of,
    quotient,
    some,
    total,
)
from kpi.compilation.integers import Condition, Input, Integer, Product, Whole
from kpi.compilation.program import Ratio
from kpi.formulas.nodes import Comparator
from kpi.quantities import Rounding

Factors = tuple[Integer, ...]


@frozen
class Term:
    """*scale* times what stands *above* the line, divided by what stands *below*, which is positive where *defined*."""

    scale: Fraction
    above: Factors = ()
    below: Factors = ()
    defined: Condition = ALWAYS

    @property
    def numerator(self) -> Integer:
        """What stands above the line, multiplied out."""
        return product_of((Whole(self.scale.numerator), *self.above))

    @property
    def denominator(self) -> Integer:
        """What stands below the line, multiplied out."""
        return product_of((Whole(self.scale.denominator), *self.below))

    @property
    def ratio(self) -> Ratio:
        """The finished fraction."""
        return Ratio(self.numerator, self.denominator, self.defined)

    def where(self, condition: Condition) -> Term:
        """The same number, defined only where *condition* holds as well."""
        defined = every(condition, self.defined)
        return UNDEFINED if defined == NEVER else evolve(self, defined=defined)


UNDEFINED: Final = Term(Fraction(0), defined=NEVER)


def constant(number: Fraction) -> Term:
    """The same number in every row."""
    return Term(number)


def given(one: Input, per: int, defined: Condition) -> Term:
    """An input of which *per* make one plain number."""
    return _term(Fraction(1, per), (one,), (), defined)


def times(left: Term, right: Term) -> Term:
    """The product."""
    above, below = (*left.above, *right.above), (*left.below, *right.below)
    return _term(left.scale * right.scale, _without(above, below), _without(below, above), _both_defined(left, right))


def over(left: Term, right: Term, *, signed: bool) -> Term:
    """The quotient where *right* is not zero; *signed*: what stands above its line may be negative."""
    if not right.scale:
        return UNDEFINED
    signs = tuple(chosen(_is_negative(factor), Whole(-1), ONE) for factor in right.above) if signed else ()
    below = tuple(map(absolute, right.above)) if signed else right.above
    turned = times(left, Term(1 / right.scale, (*right.below, *signs), below, right.defined))
    nonzero = (negation(compared(factor, Comparator.EQUAL, ZERO)) for factor in right.above)
    return _term(turned.scale, turned.above, turned.below, every(turned.defined, *nonzero))


def plus(left: Term, right: Term) -> Term:
    """The sum."""
    below = (*left.below, *_without(right.below, left.below))
    scale, (one, other) = _on_one_scale(left, right, below)
    return _term(scale, (total(one, other),), below, _both_defined(left, right))


def minus(left: Term, right: Term) -> Term:
    """The left number less the right one."""
    below = (*left.below, *_without(right.below, left.below))
    scale, (one, other) = _on_one_scale(left, right, below)
    return _term(scale, (difference(one, other),), below, _both_defined(left, right))


def stands(left: Term, comparator: Comparator, right: Term) -> Condition:
    """Whether the left number stands to the right one as the comparator says, asked where both are defined."""
    _, (one, other) = _on_one_scale(left, right, (*left.below, *_without(right.below, left.below)))
    return compared(one, comparator, other)


def either(condition: Condition, then: Term, otherwise: Term) -> Term:
    """One number where the condition holds, else the other; the condition is asked only where that matters."""
    opposite = negation(condition)
    if then == otherwise:
        return then
    if every(condition, then.defined) == NEVER:
        return otherwise.where(opposite)
    if every(opposite, otherwise.defined) == NEVER:
        return then.where(condition)
    terms = then, otherwise
    upper_scale = gcd(*(term.scale.numerator for term in terms)) or 1
    lower_scale = gcd(*(term.scale.denominator for term in terms))
    alike = _without(then.below, _without(then.below, otherwise.below))
    uppers = (product_of((Whole(term.scale.numerator // upper_scale), *term.above)) for term in terms)
    lowers = (
        product_of((Whole(term.scale.denominator // lower_scale), *_without(term.below, alike))) for term in terms
    )
    if then.defined == otherwise.defined:
        defined = then.defined
    else:
        defined = some(every(condition, then.defined), every(opposite, otherwise.defined))
    below = (*alike, chosen(condition, *lowers))
    return _term(Fraction(upper_scale, lower_scale), (chosen(condition, *uppers),), below, defined)


def magnitude(term: Term) -> Term:
    """The number without its sign."""
    upper = product_of(term.above)
    return _term(abs(term.scale), (absolute(upper),), term.below, term.defined)


def absolute(number: Integer) -> Integer:
    """A whole number without its sign."""
    return chosen(_is_negative(number), product(Whole(-1), number), number)


def _is_negative(number: Integer) -> Condition:
    return compared(number, Comparator.BELOW, ZERO)


def rounded(term: Term, per: int, decimals: int, rounding: Rounding) -> Term:
    """The number rounded to *decimals* of a unit of which *per* make one, as `kpi.quantities.round_to` rounds."""
    places = per * 10**decimals
    scaled = evolve(term, scale=term.scale * places)
    upper, lower = scaled.numerator, scaled.denominator
    whole = _rounded(upper, lower, rounding)
    return _term(Fraction(1, places), (whole,), (), term.defined)


def _rounded(upper: Integer, lower: Integer, rounding: Rounding) -> Integer:
    """*upper* divided by *lower*, rounded: a half becomes one half more or less of the divisor before rounding down."""
    below_one = difference(lower, ONE)
    doubled = product_of((Whole(2), upper))
    match rounding:
        case "floor":
            return quotient(upper, lower)
        case "ceil":
            return quotient(total(upper, below_one), lower)
        case "half_up":  # away from zero
            nearly = chosen(compared(upper, Comparator.BELOW, ZERO), below_one, lower)
            return quotient(total(doubled, nearly), product_of((Whole(2), lower)))
        case "half_even":  # a half goes up from an odd number only
            odd = difference(
                quotient(upper, lower), product_of((Whole(2), quotient(upper, product_of((Whole(2), lower)))))
            )
            return quotient(total(total(doubled, below_one), odd), product_of((Whole(2), lower)))


def _term(scale: Fraction, above: Factors, below: Factors, defined: Condition) -> Term:
    """A term whose constants have gone into its scale."""
    if defined == NEVER:
        return UNDEFINED
    (upper, above), (lower, below) = _multiplied_out(above), _multiplied_out(below)
    scale *= Fraction(upper, lower)
    return Term(scale, above, below, defined) if scale else Term(scale, defined=defined)


def _multiplied_out(factors: Factors) -> tuple[int, Factors]:
    """The constant among the *factors*, and the others, each on its own."""
    number, varying = 1, list[Integer]()
    waiting = [*reversed(factors)]
    while waiting:
        match waiting.pop():
            case Whole(value):
                number *= value
            case Product(left, right):
                waiting += [right, left]
            case factor:
                varying.append(factor)
    return number, tuple(varying)


def _on_one_scale(left: Term, right: Term, below: Factors) -> tuple[Fraction, tuple[Integer, Integer]]:
    """Two fractions brought over one line: their common scale, and what stands above the line *below* for each."""
    scale, (one, other) = _common_scale(left.scale, right.scale)
    return scale, (
        product_of((Whole(one), *left.above, *_without(below, left.below))),
        product_of((Whole(other), *right.above, *_without(below, right.below))),
    )


def _common_scale(left: Fraction, right: Fraction) -> tuple[Fraction, tuple[int, int]]:
    """The largest positive number of which both are whole multiples, and these multiples."""
    lower = lcm(left.denominator, right.denominator)
    one, other = left.numerator * (lower // left.denominator), right.numerator * (lower // right.denominator)
    common = gcd(one, other) or 1
    return Fraction(common, lower), (one // common, other // common)


def _without(factors: Iterable[Integer], others: Iterable[Integer]) -> Factors:
    """The *factors* less those that stand among the *others*, each as often as it stands there."""
    left = [*factors]
    for other in others:
        if other in left:
            left.remove(other)
    return tuple(left)


def _both_defined(left: Term, right: Term) -> Condition:
    return every(left.defined, right.defined)
