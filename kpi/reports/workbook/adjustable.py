"""A rule whose numbers can be changed: each stands in a cell of its own, as the counts do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from attrs import define, evolve, field, frozen

from kpi.evaluation.judge import Judge
from kpi.evaluation.observed import Situation
from kpi.formulas.nodes import (
    Call,
    Case,
    Comparison,
    Expression,
    Name,
    Number,
    Operation,
    Reference,
    Requirement,
    Rule,
)

_NAME: Final = "number {}"
"""Two words, so that no variable is called so."""


@frozen
class Written:
    """A *number* that a rule writes, with the *requirement* in which it stands."""

    number: Number
    requirement: Comparison
    is_condition: bool


@frozen
class Adjustable:
    """A *rule* in which names stand for the *numbers* of its targets and conditions."""

    rule: Rule | None
    numbers: Mapping[str, Written]


def adjustable(rule: Rule, judge: Judge, situation: Situation) -> Adjustable:
    """The *rule* with a name for each number to the right of a comparison, in the order of its text.

    A baseline in brackets is one of them where no stated baseline takes its place.
    """
    naming = _Naming(judge, situation)
    requirements = tuple(naming.requirement(one) for one in rule.requirements)
    cases = tuple(naming.case(case) for case in rule.cases)
    return Adjustable(evolve(rule, requirements=requirements, cases=cases), naming.numbers)


@define
class _Naming:
    judge: Judge
    situation: Situation
    numbers: dict[str, Written] = field(factory=dict)

    def case(self, case: Case) -> Case:
        conditions = tuple(self.requirement(one, is_condition=True) for one in case.conditions)
        requirements = tuple(self.requirement(one) for one in case.requirements)
        return evolve(case, conditions=conditions, requirements=requirements)

    def requirement(self, requirement: Requirement, *, is_condition: bool = False) -> Requirement:
        if not isinstance(requirement, Comparison):
            return requirement
        left = requirement.left
        subject = None if isinstance(left, Reference) else left

        def named(number: Number) -> Name:
            name = _NAME.format(len(self.numbers) + 1)
            self.numbers[name] = Written(number, requirement, is_condition)
            return Name(name)

        return evolve(requirement, right=self.expression(requirement.right, subject, named))

    def expression(
        self, node: Expression, subject: Expression | None, named: Callable[[Number], Expression]
    ) -> Expression:
        match node:
            case Number():
                return named(node)
            case Reference(stated=Number() as stated):
                plain = evolve(node, stated=None)
                is_replaced = self.judge.stated(plain, subject, self.situation) is not None
                return plain if is_replaced else named(stated)
            case Operation(_, left, right):
                sides = [self.expression(side, subject, named) for side in (left, right)]
                return evolve(node, left=sides[0], right=sides[1])
            case Call(_, arguments):
                return evolve(node, arguments=tuple(self.expression(one, subject, named) for one in arguments))
            case _:
                return node
