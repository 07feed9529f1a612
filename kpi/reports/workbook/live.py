"""A result as something to calculate with: its inputs as numbers that can be changed, and how they decide."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from typing import Final, Literal

from attrs import evolve, field, frozen

from kpi.compilation.bounds import largest_number
from kpi.compilation.integers import Condition, Input, Integer, Quotient
from kpi.compilation.lowering import Clauses, lower
from kpi.compilation.program import Program
from kpi.compilation.quantities import Quantities
from kpi.compilation.terms import constant
from kpi.compilation.walking import parts_of
from kpi.definitions import Formula, Style
from kpi.evaluation.decision import Verdict
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

LARGEST: Final = 10**15
"""Whole numbers below it are exact in every spreadsheet, in calculations and in comparisons."""
LARGEST_DIVIDED: Final = 10**14
"""The same where a quotient of them is rounded down: spreadsheets take for whole what is so to fifteen digits."""
_SHARE: Final = 10
"""Up to which a share can be entered: 1,000 %."""

MET: Final = "branches met"
BRANCHES: Final = "all branches"
"""The two numbers of a rule for every branch; two words, so that no variable is called so."""

NotLive = Literal["every", "not_applicable", "endless", "too_large"]
"""Why a result is not calculated in a sheet.

- `every`: the rule is for each month or branch by itself.
- `not_applicable`: what the KPI looks at does not apply, which is no number.
- `endless`: a number that it looks at has no end as a decimal, so that no cell can hold it.
- `too_large`: what it calculates has more than fifteen digits, or divides by a negative number.
"""


@frozen
class Given:
    """One number that a result looks at: its *value* in *unit* with *decimals*, None where it is missing.

    For the result to be calculated exactly, it may be as large as *most*, and as small as *least*.
    *written* is where the rule itself writes it, if it does.
    """

    input: Input
    value: Fraction | None
    unit: Unit
    decimals: int
    most: Fraction
    least: Fraction
    written: Written | None = None

    @property
    def required(self) -> bool:
        """Whether nothing is decided without it."""
        return self.value is not None


@frozen
class Clause:
    """A requirement that may decide, and how the numbers that it compares are shown: a target as it is written."""

    requirement: Requirement | None
    display: Display
    target_decimals: int = 0


@frozen
class Live:
    """A *program* with its inputs; *clause* is which of *clauses* decides, counted from 1; the first: none does."""

    program: Program
    given: tuple[Given, ...]
    clause: Integer
    clauses: tuple[Clause, ...]

    @property
    def scales(self) -> dict[Input, int]:
        """The decimals of each input."""
        return {one.input: one.decimals for one in self.given}


def live(formula: Formula, result: Result) -> Live | NotLive:
    """The *result* of a *formula* as something to calculate with, or why it is none."""
    if result.outcome is Verdict.NOT_APPLICABLE:
        return "not_applicable"
    if result.check is not None and result.check.counted:
        return _live(_counted(result), result)
    if result.rule is not None and any(requirement.every for requirement in _requirements(result.rule)):
        return "every"
    return _live(_adjustable(formula, result), result)


def _requirements(rule: Rule) -> Iterator[Requirement]:
    yield from rule.requirements
    for case in rule.cases:
        yield from (*case.conditions, *case.requirements)


@frozen
class _Source:
    """A formula with an adjustable rule, the *values* that its result has looked at, and how its *clauses* show them.

    *numbers* are those that the rule itself writes, each with its value in its unit.
    """

    formula: Formula
    clauses: tuple[Clause, ...]
    values: Callable[[Input], Fraction | None]
    numbers: Mapping[str, Written] = field(factory=dict)

    def place(self, one: Input) -> tuple[int, int]:
        """Where an input stands among all: counts in the order of the formula, other times and places, the rule's numbers."""
        if one.name in self.numbers:
            return 3, [*self.numbers].index(one.name)
        if one.is_stated:
            return 2, 0
        order = self.formula.names.index(one.name) if one.name in self.formula.names else len(self.formula.names)
        return int(one.period is not None), order

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


def _adjustable(formula: Formula, result: Result) -> _Source:
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
    return _Source(changed, tuple(_clauses(result)), partial(_observed, result), found.numbers)


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


def _counted(result: Result) -> _Source:
    """Of a rule for every branch, of which only the number of branches that met it is known: that number and all."""
    counts = {Input(MET): result.value, Input(BRANCHES): result.target}
    rule = Rule((Comparison(None, Comparator.EQUAL, Name(BRANCHES)),))
    vocabulary = Vocabulary.of(Variable(name, BRANCH) for name in (MET, BRANCHES))
    formula = Formula(Name(MET), rule, BRANCH, Style(BRANCH, 0), vocabulary)
    clauses = Clause(None, Display(BRANCH)), Clause(rule.requirements[0], Display(BRANCH))
    return _Source(formula, clauses, counts.get)


def _live(source: _Source, result: Result) -> Live | NotLive:
    inputs = lower(source.formula).inputs
    decimals = {one: source.decimals(one) for one in inputs}
    scales = {one: count for one, count in decimals.items() if count is not None}
    if len(scales) < len(decimals):
        return "endless"
    here = {one for one in inputs if one.period is None} if result.achieved is None else set[Input]()
    there = {one: source.value(one) is not None for one in inputs}
    presence = {one: is_there for one, is_there in there.items() if is_there or one not in here}
    program = lower(source.formula, scales=scales, presence=presence)
    bounds = _bounds(program, {one: source.unit(one) for one in inputs}, scales)
    if bounds is None:
        return "too_large"
    clause = _deciding(source.formula, scales, presence)
    order = sorted(program.inputs, key=source.place)
    given = tuple(_given(source, one, bounds[one], scales[one], program) for one in order)
    if any(one.value is not None and not one.least <= one.value <= one.most for one in given):
        return "too_large"
    return Live(program, given, clause, source.clauses)


def _given(source: _Source, one: Input, bound: int, decimals: int, program: Program) -> Given:
    most = Fraction(bound, 10**decimals)
    least = Fraction(0) if one in program.positive else -most
    return Given(one, source.value(one), source.unit(one), decimals, most, least, source.numbers.get(one.name))


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


def _deciding(formula: Formula, scales: Mapping[Input, int], presence: Mapping[Input, bool]) -> Integer:
    """Which clause decides, counted from 1: the first is none."""
    clauses = Clauses.of(Quantities(formula, scales, presence, signed=False), formula.rule)
    checks = (*(check for _, requirements in clauses.cases for check in requirements), *clauses.otherwise)
    numbers = {id(check): Fraction(number) for number, check in enumerate(checks, 2)}
    return clauses.looked_at(lambda check: constant(numbers[id(check)]), constant(Fraction(1))).numerator


def _bounds(program: Program, units: Mapping[Input, Unit], scales: Mapping[Input, int]) -> dict[Input, int] | None:
    """Up to which each whole number may go so that nothing has more digits than a spreadsheet keeps.

    Shares go up to 1,000 %, so that counts may be the larger.
    """
    parts = (*(condition for condition, _ in program.outcomes), *_ratios(program))
    limit = LARGEST_DIVIDED if any(isinstance(part, Quotient) for part in _all_parts(parts)) else LARGEST
    shares = {one: _SHARE * units[one].per * 10 ** scales[one] for one in program.inputs if units[one].is_share}
    fitting, too_large = 0, limit
    while too_large - fitting > 1:
        tried = (fitting + too_large) // 2
        bounds = {one: shares.get(one, tried) for one in program.inputs}
        if largest_number(program, bounds) < limit:
            fitting = tried
        else:
            too_large = tried
    return {one: shares.get(one, fitting) for one in program.inputs} if fitting else None


def _ratios(program: Program) -> Iterator[Integer]:
    for ratio in (program.value, program.target, program.margin):
        yield from (ratio.numerator, ratio.denominator)


def _all_parts(parts: Iterable[Integer | Condition]) -> Iterator[Integer | Condition]:
    waiting = [*parts]
    while waiting:
        part = waiting.pop()
        yield part
        waiting += parts_of(part)
