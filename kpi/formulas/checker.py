"""From a tree as written to a tree that makes sense: names found, units agreed.

The checker resolves labels to identifiers and units to their canonical names, and infers the dimension of each part.
A dimension it cannot know (a variable of no vocabulary) agrees with every other; a bare number takes the unit
of what it stands beside.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, assert_never

from attrs import define, evolve, field, frozen

from kpi.formulas.nodes import (
    Aggregate,
    Call,
    Case,
    Comparison,
    Done,
    Expression,
    Name,
    Number,
    Operation,
    Operator,
    Reference,
    Requirement,
    Rule,
    references,
    walk,
)
from kpi.formulas.printer import canonical, digits_text, number_text
from kpi.formulas.vocabulary import Vocabulary
from kpi.problems import Problem, nearest
from kpi.source import Source, Span
from kpi.units import PERCENTAGE_POINT, POINT, PURE, UNITS, Dimension, Unit, agree, divide, multiply

Measure = Dimension | None
"""A dimension, or None where it cannot be known."""

_SUBJECT: Final = Name("the KPI itself")
_JOINED: Final = {
    Operator.ADD: ("added", "加算"),
    Operator.SUBTRACT: ("subtracted", "減算"),
    "compare": ("compared", "比較"),
}


@frozen
class Checked:
    """An expression that makes sense, and its dimension."""

    expression: Expression
    measure: Measure


def check_formula(
    expression: Expression, source: Source, vocabulary: Vocabulary | None = None
) -> tuple[Checked, list[Problem]]:
    """Checks a KPI's formula; without a *vocabulary* every name is a variable of unknown unit."""
    checker = _Checker(source, vocabulary)
    for reference in references(expression):
        checker.report("reference-in-formula", reference.span, found=canonical(reference))
    checked = checker.expression(expression)
    return evolve(checked, measure=None) if _is_bare(checked.expression) else checked, checker.problems


def check_rule(
    rule: Rule,
    source: Source,
    vocabulary: Vocabulary | None = None,
    subject: Measure = None,
    *,
    formula: Expression | None = None,
    own_names: Collection[str] = (),
    is_share: bool = False,
) -> tuple[Rule, list[Problem]]:
    """Checks a rule for a checked *formula* of dimension *subject*.

    Where the rule repeats the formula on the left, or calls it by one of its *own_names*, that is left out. A share compared with a number without `%`
    is a problem: 20 would mean 2,000 %.
    """
    checker = _Checker(source, vocabulary, subject, formula, own_names, is_share)
    requirements = checker.requirements(rule.requirements)
    first = requirements[0].left
    if first is not None:
        checker.report("rule-of-another", first.span, found=canonical(first))
    cases = tuple(
        Case(checker.requirements(case.requirements), checker.requirements(case.conditions), span=case.span)
        for case in rule.cases
    )
    return Rule(requirements, cases, span=rule.span), checker.problems


@define(eq=False, repr=False)
class _Checker:
    source: Source
    vocabulary: Vocabulary | None
    subject: Measure = None
    formula: Expression | None = None
    own_names: Collection[str] = ()
    is_share: bool = False
    problems: list[Problem] = field(factory=list)

    def report(self, code: str, span: Span, suggestions: tuple[str, ...] = (), /, **facts: object) -> None:
        self.problems.append(Problem(code, self.source, span, facts, suggestions))

    def requirements(self, requirements: tuple[Requirement, ...]) -> tuple[Requirement, ...]:
        return tuple(map(self.requirement, requirements))

    def requirement(self, requirement: Requirement) -> Requirement:
        side = requirement.left
        is_own = side is None or (isinstance(side, Name) and side.name in self.own_names)
        left = Checked(_SUBJECT, self.subject) if side is None or is_own else self.left(side)
        own = None if side is None or is_own or left.expression == self.formula else left.expression
        match requirement:
            case Done():
                return evolve(requirement, left=own)
            case Comparison(_, _, right):
                if self.is_share and (own is None or isinstance(own, Reference)):
                    self.report_bare(right)
                # a reference in the target means the quantity on the left, so it has that quantity's unit
                outer, self.subject = self.subject, left.measure
                target = self.expression(right)
                self.subject = outer
                target = self.agreed(left, target, "compare", requirement.span)[1]
                is_same = own is requirement.left and target.expression is right
                return requirement if is_same else evolve(requirement, left=own, right=target.expression)
            case _:
                assert_never(requirement)

    def report_bare(self, target: Expression) -> None:
        """Reports numbers without a unit that are compared with, or added to, a share."""
        match target:
            case Number(value, None):
                digits = digits_text(target)
                percent = number_text(evolve(target, value=value * 100, unit="%"))
                self.report("bare-target", target.span, number=digits, percent=percent)
            case Operation(Operator.ADD | Operator.SUBTRACT, left, right):
                self.report_bare(left)
                self.report_bare(right)
            case Call(_, arguments):
                for argument in arguments:
                    self.report_bare(argument)
            case _:
                return

    def left(self, expression: Expression) -> Checked:
        if not isinstance(expression, Reference):
            for reference in references(expression):
                self.report("reference-in-formula", reference.span, found=canonical(reference))
        return self.expression(expression)

    def expression(self, expression: Expression) -> Checked:
        match expression:
            case Number():
                return self.number(expression)
            case Aggregate():
                return self.aggregate(expression)
            case Name():
                return self.name(expression)
            case Reference(stated=stated):
                if stated is not None:
                    _, checked = self.agreed(
                        Checked(expression, self.subject), self.number(stated), "compare", stated.span
                    )
                    if isinstance(checked.expression, Number):
                        expression = evolve(expression, stated=checked.expression)
                return Checked(expression, self.subject)
            case Operation():
                return self.operation(expression)
            case Call(_, arguments):
                first, *others = map(self.expression, arguments)
                agreed = [self.agreed(first, other, "compare", expression.span) for other in others]
                parts = (agreed[0][0].expression, *(other.expression for _, other in agreed))
                return Checked(evolve(expression, arguments=parts), agreed[0][0].measure)
            case _:
                assert_never(expression)

    def number(self, number: Number) -> Checked:
        if number.unit is None:
            return Checked(number, PURE)
        units = self.vocabulary.units if self.vocabulary else UNITS
        unit = units.get(number.unit)
        if unit is None:
            self.report("unknown-unit", number.span, nearest(number.unit, units), name=number.unit)
            return Checked(number, None)
        named = number if number.unit == unit.name else evolve(number, unit=unit.name)
        return Checked(named, unit.dimension)

    def name(self, name: Name) -> Checked:
        if self.vocabulary is None:
            return Checked(name, None)
        variable = self.vocabulary.find(name.name)
        if variable is None:
            suggestions = self.vocabulary.nearest(name.name)
            self.report("unknown-variable", name.span, suggestions, name=name.name)
            return Checked(name, None)
        found = name if name.name == variable.name else evolve(name, name=variable.name)
        return Checked(found, variable.unit.dimension)

    def aggregate(self, aggregate: Aggregate) -> Checked:
        if self.vocabulary is None:
            return Checked(aggregate, None)
        from kpi.formulas.aggregate_checker import check_aggregate

        return Checked(*check_aggregate(aggregate, self.vocabulary, self.report))

    def operation(self, operation: Operation) -> Checked:
        left, right = self.expression(operation.left), self.expression(operation.right)
        match operation.operator:
            case Operator.ADD | Operator.SUBTRACT as operator:
                left, right = self.agreed(left, right, operator, operation.span)
                measure = right.measure if _is_bare(left.expression) else left.measure
            case Operator.MULTIPLY:
                measure = None if None in (left.measure, right.measure) else multiply(*_both(left, right))
            case Operator.DIVIDE:
                if isinstance(right.expression, Number) and right.expression.value == 0:
                    self.report("division-by-zero", right.expression.span)
                measure = None if None in (left.measure, right.measure) else divide(*_both(left, right))
            case _:
                assert_never(operation.operator)
        is_same = left.expression is operation.left and right.expression is operation.right
        found = operation if is_same else evolve(operation, left=left.expression, right=right.expression)
        return Checked(found, measure)

    def agreed(self, left: Checked, right: Checked, joined: str, span: Span) -> tuple[Checked, Checked]:
        """Both sides of a sum or comparison; `points` beside a share are percentage points."""
        left, right = _as_percentage_points(left, right), _as_percentage_points(right, left)
        bare = _is_bare(left.expression) or _is_bare(right.expression)
        if not bare and not _agree(left.measure, right.measure, joined):
            english, japanese = _JOINED[joined]
            names = [self.named(side) for side in (left, right)]
            facts = {"left": names[0].en, "right": names[1].en, "left_ja": names[0].ja, "right_ja": names[1].ja}
            self.report("unit-clash", span, joined=english, joined_ja=japanese, **facts)
        return left, right

    def named(self, checked: Checked) -> Unit:
        return measure_name(checked.measure, self.vocabulary)


def measure_name(measure: Measure, vocabulary: Vocabulary | None = None) -> Unit:
    """How a dimension is called in a message."""
    if not measure:
        return Unit("share", "a share", "割合")
    return (vocabulary.units if vocabulary else UNITS).of_dimension(measure)


def _as_percentage_points(checked: Checked, beside: Checked) -> Checked:
    number = checked.expression
    if (
        isinstance(number, Number)
        and number.unit == POINT.name
        and beside.measure == PURE
        and not _is_bare(beside.expression)
    ):
        return Checked(evolve(number, unit=PERCENTAGE_POINT.name), PURE)
    return checked


def _agree(left: Measure, right: Measure, joined: str) -> bool:
    if left is None or right is None:
        return True
    return agree(left, right) if joined == "compare" else left == right


def _is_bare(expression: Expression) -> bool:
    """Whether *expression* consists of numbers without a unit."""
    if isinstance(expression, Name):
        return False
    leaves = (node for node in walk(expression) if not isinstance(node, Operation | Call))
    return all(isinstance(leaf, Number) and leaf.unit is None for leaf in leaves)


def _both(left: Checked, right: Checked) -> tuple[Dimension, Dimension]:
    return left.measure or PURE, right.measure or PURE
