"""A result as something to calculate with: its inputs as numbers that can be changed, and how they decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final, Literal

from attrs import frozen

from kpi.compilation.bounds import largest_number
from kpi.compilation.integers import Input, Integer
from kpi.compilation.lowering import Clauses, lower
from kpi.compilation.program import Program
from kpi.compilation.quantities import Quantities
from kpi.compilation.terms import constant
from kpi.compilation.walking import divides
from kpi.definitions import Formula
from kpi.evaluation.decision import Verdict
from kpi.evaluation.result import Result
from kpi.formulas.nodes import (
    Requirement,
    Rule,
)
from kpi.reports.workbook.adjustable import Written
from kpi.reports.workbook.calculating import number, truth
from kpi.reports.workbook.statement import Clause, Statement, counted, stated
from kpi.units import Unit

LARGEST: Final = 10**15
"""Whole numbers below it are exact in every spreadsheet, in calculations and in comparisons."""
LARGEST_DIVIDED: Final = 10**14
"""The same where a quotient of them is rounded down: spreadsheets take for whole what is so to fifteen digits."""
_SHARE: Final = 10
"""Up to which a share can be entered: 1,000 %."""

NotLive = Literal["every", "not_applicable", "endless", "too_large", "negative", "otherwise"]
"""Why a result is not calculated in a sheet.

- `every`: the rule is for each month or branch by itself.
- `not_applicable`: what the KPI looks at does not apply, which is no number.
- `endless`: a number that it looks at has no end as a decimal, so that no cell can hold it.
- `too_large`: what it calculates has more than fifteen digits.
- `negative`: it divides by a negative number.
- `otherwise`: over its inputs it would come to another result, as where a mean of years was handed in as one number.
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
        return _live(counted(result), result)
    if result.rule is not None and any(requirement.every for requirement in _requirements(result.rule)):
        return "every"
    return _live(stated(formula, result), result)


def _requirements(rule: Rule) -> Iterator[Requirement]:
    yield from rule.requirements
    for case in rule.cases:
        yield from (*case.conditions, *case.requirements)


def _live(statement: Statement, result: Result) -> Live | NotLive:
    inputs = lower(statement.formula).inputs
    decimals = {one: statement.decimals(one) for one in inputs}
    scales = {one: count for one, count in decimals.items() if count is not None}
    if len(scales) < len(decimals):
        return "endless"
    here = {one for one in inputs if one.period is None} if result.achieved is None else set[Input]()
    there = {one: statement.value(one) is not None for one in inputs}
    presence = {one: is_there for one, is_there in there.items() if is_there or one not in here}
    program = lower(statement.formula, scales=scales, presence=presence)
    bounds = _bounds(program, {one: statement.unit(one) for one in inputs}, scales)
    if bounds is None:
        return "too_large"
    clause = _deciding(statement.formula, scales, presence)
    order = sorted(program.inputs, key=statement.place)
    given = tuple(_given(statement, one, bounds[one], scales[one], program) for one in order)
    return _checked(Live(program, given, clause, statement.clauses), result)


def _checked(found: Live, result: Result) -> Live | NotLive:
    """What was *found*, if it comes to the *result* with numbers that a sheet can calculate with."""
    numbers = {one.input: _whole(one) for one in found.given}
    if any(number(one, numbers) < 0 for one in found.program.positive):
        return "negative"
    if any(one.value is not None and not one.least <= one.value <= one.most for one in found.given):
        return "too_large"
    margin, check = found.program.margin, result.check
    told = (
        Fraction(number(margin.numerator, numbers), number(margin.denominator, numbers))
        if truth(margin.defined, numbers)
        else None
    )
    verdict = next(verdict for condition, verdict in found.program.outcomes if truth(condition, numbers))
    is_same = verdict is result.outcome and told == (check.margin if check else None)
    return found if is_same else "otherwise"


def _whole(given: Given) -> int | None:
    return None if given.value is None else int(given.value * 10**given.decimals)


def _given(statement: Statement, one: Input, bound: int, decimals: int, program: Program) -> Given:
    most = Fraction(bound, 10**decimals)
    least = Fraction(0) if one in program.positive else -most
    return Given(one, statement.value(one), statement.unit(one), decimals, most, least, statement.numbers.get(one.name))


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
    parts = [*program.parts]
    limit = LARGEST_DIVIDED if divides(*parts) else LARGEST
    shares = {one: _SHARE * units[one].per * 10 ** scales[one] for one in program.inputs if units[one].is_share}
    fitting, too_large = 0, limit
    while too_large - fitting > 1:
        tried = (fitting + too_large) // 2
        bounds = {one: shares.get(one, tried) for one in program.inputs}
        if largest_number(parts, bounds) < limit:
            fitting = tried
        else:
            too_large = tried
    return {one: shares.get(one, fitting) for one in program.inputs} if fitting else None
