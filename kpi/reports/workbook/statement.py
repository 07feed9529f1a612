"""A result stated as a formula whose numbers can be changed: where they come from, and how they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from typing import Final

from attrs import evolve, field, frozen

from kpi.compilation.integers import Input
from kpi.definitions import Formula, Style
from kpi.evaluation.display import Display, display_of
from kpi.evaluation.result import Result
from kpi.formulas.nodes import (
    Comparator,
    Comparison,
    Name,
    Number,
    Period,
    Reference,
    Requirement,
    Rule,
    references,
    walk,
)
from kpi.formulas.vocabulary import Variable, Vocabulary
from kpi.quantities import finite_decimals
from kpi.reports.workbook.adjustable import Adjustable, Written, adjustable
from kpi.units import BRANCH, NUMBER, Unit

MET: Final = "branches met"
BRANCHES: Final = "all branches"
"""The two numbers of a rule for every branch; two words, so that no variable is called so."""


@frozen
class Clause:
    """A requirement that may decide, and how the numbers that it compares are shown: a target as it is written."""

    requirement: Requirement | None
    display: Display
    target_decimals: int = 0


@frozen
class Statement:
    """A *formula* with an adjustable rule, the *values* that its result has looked at, and how its *clauses* show them.

    *numbers* are those that the rule itself writes, each with its value in its unit.
    """

    formula: Formula
    clauses: tuple[Clause, ...]
    values: Callable[[Input], Fraction | None]
    numbers: Mapping[str, Written] = field(factory=dict)

    def place(self, one: Input) -> tuple[int, str, int, int]:
        """Where an input stands among all: counts in the order of the formula, other times and places, the rule's numbers."""
        if one.name in self.numbers:
            return 3, "", 0, [*self.numbers].index(one.name)
        names = self.formula.names
        order = names.index(one.name) if one.name in names else len(names)
        return 2 if one.is_stated else int(one.period is not None), one.period or "", one.years or 0, order

    def unit(self, one: Input) -> Unit:
        """The unit in which an input is entered."""
        variable = self.formula.vocabulary.find(one.name) if self.formula.vocabulary and one.name else None
        return variable.unit if variable else NUMBER if one.name else self.formula.unit

    def value(self, one: Input) -> Fraction | None:
        """The value of an input in its unit."""
        if one.name in self.numbers:
            return self.numbers[one.name].number.value
        plain = self.values(one)
        return None if plain is None else plain * self.unit(one).per

    def decimals(self, one: Input) -> int | None:
        """The decimals with which an input is entered, None where they have no end: at least those that the KPI shows."""
        value, unit = self.value(one), self.unit(one)
        ends = 0 if value is None else finite_decimals(value.denominator)
        is_own = unit is self.formula.unit and (not one.name or one.name in self.numbers)
        return ends if ends is None or not is_own else max(ends, self.formula.style.decimals or 0)


def stated(formula: Formula, result: Result) -> Statement:
    """The formula with its rule's numbers as inputs."""
    judge, rule, situation = result.judge, result.rule, result.situation
    found = Adjustable(None, {}) if rule is None else adjustable(rule, judge, situation)
    known = formula.vocabulary or Vocabulary()
    names = {
        name: Variable(name, known.units[one.number.unit] if one.number.unit else NUMBER)
        for name, one in found.numbers.items()
    }
    vocabulary = evolve(known, variables={**known.variables, **names})
    style = evolve(formula.style, decimals=judge.display.decimals)
    changed = evolve(formula, rule=found.rule, vocabulary=vocabulary, style=style)
    return Statement(changed, tuple(_clauses(result)), partial(_observed, result), found.numbers)


def _clauses(result: Result) -> Iterator[Clause]:
    """No clause, and the requirements of each in the order in which they are asked."""
    yield Clause(None, result.judge.display)
    if result.rule is None:
        return
    for requirement in (*(one for case in result.rule.cases for one in case.requirements), *result.rule.requirements):
        is_own = requirement.left is None or isinstance(requirement.left, Reference)
        other = None if is_own or requirement.left is None else requirement.left
        display = result.judge.display if other is None else display_of(other, requirement, result.vocabulary)
        yield Clause(requirement, display, _target_decimals(requirement, display, result))


def _target_decimals(requirement: Requirement, display: Display, result: Result) -> int:
    """As many as the KPI shows, and those of every number that the target is written with."""
    if not isinstance(requirement, Comparison):
        return display.decimals
    written = [node.value for node in walk(requirement.right) if isinstance(node, Number)]
    stated = result.situation.baseline
    if stated is not None and references(requirement.right):
        written.append(stated * display.unit.per)
    return max((display.decimals, *(finite_decimals(number.denominator) or 0 for number in written)))


def counted(result: Result) -> Statement:
    """Of a rule for every branch, of which only the number of branches that met it is known: that number and all."""
    counts = {Input(MET): result.value, Input(BRANCHES): result.target}
    rule = Rule((Comparison(None, Comparator.EQUAL, Name(BRANCHES)),))
    vocabulary = Vocabulary.of(Variable(name, BRANCH) for name in (MET, BRANCHES))
    formula = Formula(Name(MET), rule, BRANCH, Style(BRANCH, 0), vocabulary)
    clauses = Clause(None, Display(BRANCH)), Clause(rule.requirements[0], Display(BRANCH))
    return Statement(formula, clauses, counts.get)


def _observed(result: Result, one: Input) -> Fraction | None:
    """The plain value of an input, where one was observed or stated."""
    situation, seen = result.situation, result.situation.current
    if one.is_stated:
        return situation.baseline
    if one.period is not None:
        years = one.years
        period = one.period
        if period is Period.MEAN_OF_YEARS and situation.fiscal_year and years:
            period, years = Period.FISCAL_YEAR, situation.fiscal_year.year - years
        elsewhere = result.judge.observed_elsewhere(Reference(period, years), situation)
        if elsewhere is None or elsewhere.barred is not None:
            return None
        seen = elsewhere
    value = seen.variables.get(one.name) if one.name else seen.own
    return value if isinstance(value, Fraction) else None
