"""From what the grammar found to the tree of nodes: one method for each alternative of `grammar.lark`.

The builder knows nothing of the parsing library. It gets the parts of a piece of text and gives its node;
what is grammatical and yet cannot stand is collected as a problem.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import Final

from attrs import define, evolve, field, frozen

from kpi.errors import ValueReadingError
from kpi.formulas.nodes import (
    Call,
    Case,
    Comparator,
    Comparison,
    Definition,
    Done,
    Expression,
    Function,
    Name,
    Number,
    Operation,
    Operator,
    Period,
    Reference,
    Requirement,
    Scope,
)
from kpi.formulas.printer import digits_text, number_text
from kpi.periods import fiscal_year
from kpi.problems import Problem
from kpi.quantities import MAX_DIGITS, read_numeral
from kpi.source import Source, Span
from kpi.units import UNITS

MAX_MEAN_YEARS: Final = 10
"""Years of one mean; published plans look back three."""

_PHRASES: Final = {
    "以上": Comparator.AT_LEAST,
    "以下": Comparator.AT_MOST,
    "以内": Comparator.AT_MOST,
    "超": Comparator.ABOVE,
    "を超": Comparator.ABOVE,
    "を上": Comparator.ABOVE,
    "未満": Comparator.BELOW,
    "を下": Comparator.BELOW,
}
_PERIOD_WORDS: Final = (
    (re.compile("対?前年度末対?"), Period.PRIOR_YEAR_END),
    (re.compile("対?前年度対?"), Period.PRIOR_YEAR),
    (re.compile("対?前年同[期月]"), Period.SAME_PERIOD_LAST_YEAR),
    (re.compile("全国.*"), Period.NATIONAL),
    (re.compile("支部.*"), Period.BRANCH_TARGET),
)
SIGNS: Final = {"≥": ">=", "≤": "<="}
_FUNCTIONS: Final = {"最大": Function.MAX, "最小": Function.MIN}
_KANJI_DIGITS: Final = "一二三四五六七八九十"


@frozen
class Word:
    """A word of the text that means something by itself."""

    kind: str
    text: str
    span: Span


@frozen
class Stated:
    """A baseline in brackets."""

    number: Number


@frozen
class Phrase:
    """A Japanese comparison, which stands behind the target."""

    comparator: Comparator
    stated: Stated | None


@frozen
class Clauses:
    """Clauses as written; which expression is the formula depends on what the text is read as."""

    clauses: tuple[Case, ...]
    span: Span


@define(eq=False, repr=False)
class Builder:
    """Builds nodes and collects *problems*."""

    source: Source
    problems: list[Problem] = field(factory=list)

    def report(self, code: str, span: Span, suggestions: tuple[str, ...] = (), /, **facts: object) -> None:
        """Notes a problem at *span*."""
        self.problems.append(Problem(code, self.source, span, facts, suggestions))

    def __getattr__(self, alternative: str) -> Callable[..., object]:
        """What is made of records is built elsewhere, which is read only where a text has an aggregate."""
        if alternative.startswith("_"):
            raise AttributeError(alternative)
        from kpi.formulas.aggregate_builder import AggregateBuilder

        found: Callable[..., object] = getattr(AggregateBuilder(self.source, self.report), alternative)
        return found

    # ── text ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def formula(self, span: Span, expression: Expression) -> Definition:
        return Definition(expression, span=span)

    def clauses(self, span: Span, *clauses: Case) -> Clauses:
        return Clauses(clauses, span)

    def unconditional(self, span: Span, requirements: tuple[Requirement, ...]) -> Case:
        return Case(requirements, (), span=span)

    def case(self, span: Span, requirements: tuple[Requirement, ...], conditions: tuple[Requirement, ...]) -> Case:
        return Case(requirements, conditions, span=span)

    def phrased_case(
        self, span: Span, conditions: tuple[Requirement, ...], requirements: tuple[Requirement, ...]
    ) -> Case:
        return Case(requirements, conditions, span=span)

    def branch_case(
        self, span: Span, conditions: tuple[Requirement, ...], requirements: tuple[Requirement, ...]
    ) -> Case:
        """What holds for some branches is required of each of them."""
        each = tuple(evolve(requirement, every=requirement.every or Scope.BRANCH) for requirement in requirements)
        return Case(each, conditions, span=span)

    def requirements(self, span: Span, *requirements: Requirement) -> tuple[Requirement, ...]:
        return requirements

    # ── requirement ──────────────────────────────────────────────────────────────────────────────────────────────────

    def comparison(
        self, span: Span, left: Expression | None, comparator: Word, right: Expression, every: Word | None
    ) -> Comparison:
        sign = Comparator(SIGNS.get(comparator.text, comparator.text))
        return Comparison(left, sign, right, _scope(every), span=span)

    def phrased_comparison(
        self,
        span: Span,
        left: Expression | None,
        each: Word | None,
        at_year_end: Word | None,
        right: Expression,
        phrase: Phrase,
    ) -> Comparison:
        if at_year_end is not None:
            right = _at_year_end(right)
        if phrase.stated is not None:
            right = self._with_stated(right, phrase.stated)
        return Comparison(left, phrase.comparator, right, _scope(each), span=span)

    def done(self, span: Span, left: Expression | None, every: Word | None) -> Done:
        return Done(left, _scope(every), span=span)

    def phrased_done(self, span: Span, left: Expression | None, each: Word | None) -> Done:
        return Done(left, _scope(each), span=span)

    def phrased_done_each(self, span: Span, each: Word, left: Expression) -> Done:
        return Done(left, _scope(each), span=span)

    def once_each(self, span: Span, each: Word) -> Comparison:
        return Comparison(None, Comparator.AT_LEAST, Number(Fraction(1), span=span), _scope(each), span=span)

    def branch_targets(self, span: Span) -> Comparison:
        """年度末の目標値を支部ごとに設定する: each branch against a target of its own."""
        target = Reference(Period.BRANCH_TARGET, span=span)
        return Comparison(None, Comparator.AT_LEAST, target, Scope.BRANCH, span=span)

    def subject(self, span: Span, expression: Expression) -> Expression:
        return expression

    def phrase(self, span: Span, word: Word, stated: Stated | None = None, to_be: Word | None = None) -> Phrase:
        return Phrase(phrased(word), stated)

    # ── expression ───────────────────────────────────────────────────────────────────────────────────────────────────

    def chain(self, span: Span, joined: Expression, *rest: Word | Expression) -> Expression:
        """`a - b - c` as `(a - b) - c`."""
        for operator, right in pairwise(rest):
            if isinstance(operator, Word) and not isinstance(right, Word):
                joined = Operation(Operator(operator.text), joined, right, span=joined.span.to(right.span))
        return joined

    def share(self, span: Span, number: Number, whole: Expression) -> Operation:
        if number.unit is None:
            percent = number_text(evolve(number, value=number.value * 100, unit="%"))
            self.report("bare-target", number.span, number=digits_text(number), percent=percent)
        return Operation(Operator.MULTIPLY, number, whole, span=span)

    def phrased_share(self, span: Span, whole: Reference, number: Number) -> Operation:
        return Operation(Operator.MULTIPLY, number, whole, span=span)

    def call(self, span: Span, function: Word, *arguments: Expression) -> Call:
        return Call(_FUNCTIONS.get(function.text) or Function(function.text), arguments, span=span)

    def name(self, span: Span, word: Word) -> Name:
        return Name(unicodedata.normalize("NFC", word.text), span=span)

    def quoted_name(self, span: Span, word: Word) -> Name:
        return Name(unicodedata.normalize("NFC", word.text[1:-1].strip()), span=span)

    def number(self, span: Span, numeral: Word, unit: Word | None) -> Number:
        try:
            value, decimals = read_numeral(numeral.text)
        except ValueReadingError:
            digits = sum(character.isdigit() for character in numeral.text)
            self.report("too-many-digits", numeral.span, digits=digits, limit=MAX_DIGITS)
            value, decimals = Fraction(0), 0
        return Number(value, _unit_name(unit), decimals=decimals, span=span)

    def kanji_number(self, span: Span, numeral: Word, unit: Word) -> Number:
        return Number(Fraction(_KANJI_DIGITS.index(numeral.text) + 1), _unit_name(unit), span=span)

    # ── reference ────────────────────────────────────────────────────────────────────────────────────────────────────

    def reference(self, span: Span, word: Word, stated: Stated | None) -> Reference:
        plain = " ".join(word.text.split())
        found = next((period for words, period in _PERIOD_WORDS if words.fullmatch(plain)), None)
        return Reference(found or Period(plain), None, _number(stated), span=span)

    def mean(self, span: Span, word: Word, stated: Stated | None) -> Reference:
        years = int("".join(character for character in word.text if character.isdigit())[:MAX_DIGITS])
        if not 1 <= years <= MAX_MEAN_YEARS:
            self.report("too-many-years", word.span, years=years, limit=MAX_MEAN_YEARS)
        return Reference(Period.MEAN_OF_YEARS, years, _number(stated), span=span)

    def fiscal_year(self, span: Span, word: Word, stated: Stated | None) -> Reference:
        try:
            year = fiscal_year(word.text).year
        except ValueReadingError:
            self.report("unknown-year", word.span, found=word.text)
            year = 0
        return Reference(Period.FISCAL_YEAR, year, _number(stated), span=span)

    def stated(self, span: Span, number: Number) -> Stated:
        return Stated(number)

    def _with_stated(self, target: Expression, stated: Stated) -> Expression:
        if not isinstance(target, Reference):
            self.report("stated-without-reference", stated.number.span)
            return target
        if target.stated is not None:
            self.report("two-stated-values", stated.number.span)
        return Reference(target.period, target.years, stated.number, span=target.span)


def phrased(word: Word) -> Comparator:
    """What a Japanese comparison asks for."""
    return _PHRASES.get(word.text[:2], _PHRASES.get(word.text[:1], Comparator.EQUAL))


def _number(stated: Stated | None) -> Number | None:
    return stated.number if stated else None


def _scope(word: Word | None) -> Scope | None:
    if word is None:
        return None
    return Scope.MONTH if word.text.endswith(("month", "月")) else Scope.BRANCH


def _unit_name(word: Word | None) -> str | None:
    """The canonical word of a standard unit, so that `件` and `cases` give the same tree."""
    if word is None:
        return None
    plain = " ".join(word.text.split())
    unit = UNITS.get(plain)
    return unit.name if unit else plain


def _at_year_end(target: Expression) -> Expression:
    """年度末時点で compares with last year's end where the phrase itself says only 対前年度."""
    if isinstance(target, Reference) and target.period is Period.PRIOR_YEAR:
        return Reference(Period.PRIOR_YEAR_END, None, target.stated, span=target.span)
    return target
