"""From tree to Japanese text, in the phrases of published plans; parsing it gives the tree back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, assert_never

from attrs import evolve, frozen

from kpi.formulas.nodes import (
    Aggregate,
    Call,
    Case,
    Comparator,
    Comparison,
    Definition,
    Done,
    Expression,
    Name,
    Node,
    Number,
    Operation,
    Operator,
    Period,
    Reference,
    Requirement,
    Rule,
    Scope,
)
from kpi.formulas.printer import is_share_of, level, name_text, number_text
from kpi.periods import FiscalYear
from kpi.units import POINT, UNITS, Unit

PHRASES: Final = {
    Comparator.AT_LEAST: "以上",
    Comparator.AT_MOST: "以下",
    Comparator.ABOVE: "を上回る",
    Comparator.BELOW: "未満",
    Comparator.EQUAL: "とする",
}
_PERIODS: Final = {
    Period.PRIOR_YEAR: "対前年度",
    Period.PRIOR_YEAR_END: "対前年度末",
    Period.SAME_PERIOD_LAST_YEAR: "対前年同期",
    Period.NATIONAL: "全国平均",
    Period.BRANCH_TARGET: "支部目標",
}
_SCOPES: Final = {Scope.MONTH: "毎月", Scope.BRANCH: "全支部で", None: ""}
_SPANS_OF_TIME: Final = frozenset({"day", "business_day", "month", "year", "hour", "minute"})


def japanese(
    node: Node,
    label: Callable[[str], str] = str,
    unit: Callable[[str], Unit | None] = UNITS.get,
) -> str:
    """The Japanese text of *node*; *label* gives the Japanese name of a variable, *unit* a unit by its name."""
    return _Japanese(label, unit).text(node)


def japanese_condition(
    requirement: Requirement, label: Callable[[str], str], unit: Callable[[str], Unit | None]
) -> str:
    """The Japanese text of a condition: with が where a requirement has を."""
    return _Japanese(label, unit).requirement(requirement, "が")


@frozen
class _Japanese:
    label: Callable[[str], str]
    unit: Callable[[str], Unit | None]

    def text(self, node: Node) -> str:
        match node:
            case Definition(formula, rule):
                return self.expression(formula) if rule is None else self.definition(formula, rule)
            case Rule(requirements, cases):
                return "。".join((self.joined(requirements, "を"), *map(self.text, cases)))
            case Case(requirements, conditions):
                return f"{self.joined(conditions, 'が')}{_case_word(conditions[-1])}{self.joined(requirements, 'を')}"
            case Comparison() | Done():
                return self.requirement(node, "を")
            case _:
                return self.expression(node)

    def definition(self, formula: Expression, rule: Rule) -> str:
        first = rule.requirements[0]
        subject = f"{self.expression(formula)}{_particle(first, 'を')}"
        return subject + self.text(rule)

    def joined(self, requirements: tuple[Requirement, ...], particle: str) -> str:
        return "かつ".join(self.requirement(requirement, particle) for requirement in requirements)

    def requirement(self, requirement: Requirement, particle: str) -> str:
        left = ""
        if requirement.left is not None:
            left = f"{self.expression(requirement.left)}{_particle(requirement, particle)}"
        match requirement:
            case Comparison(_, comparator, right, every):
                phrase = "以内" if comparator is Comparator.AT_MOST and _is_time(right) else PHRASES[comparator]
                return f"{left}{_SCOPES[every]}{self.expression(right)}{phrase}"
            case Done(_, every):
                return f"{left}{_SCOPES[every]}{'実施した' if particle == 'が' else '実施する'}"
            case _:
                assert_never(requirement)

    def expression(self, expression: Expression) -> str:
        match expression:
            case Number():
                return self.number(expression)
            case Aggregate():
                return self.aggregate(expression)
            case Name(name):
                return name_text(self.label(name))
            case Reference():
                return self.reference(expression)
            case Operation(_, Number() as share, Reference() as whole) if is_share_of(expression):
                return f"{self.reference(whole)}の{self.number(share)}"
            case Operation(Operator.ADD | Operator.SUBTRACT as operator, left, Number(unit=POINT.name) as right):
                points = self.number(evolve(right, unit=None)) + "ポイント"
                return f"{self.bracketed(left, 1)} {operator} {points}"
            case Operation(operator, left, right):
                own = level(expression)
                return f"{self.bracketed(left, own)} {operator} {self.bracketed(right, own + 1)}"
            case Call(function, arguments):
                return f"{function}({', '.join(map(self.expression, arguments))})"
            case _:
                assert_never(expression)

    def aggregate(self, aggregate: Aggregate) -> str:
        """As its label says, which holds the Japanese names of table and columns; without one by their identifiers."""
        label = self.label(aggregate.name)
        if label != aggregate.name:
            return label
        from kpi.formulas.aggregate_printer import JAPANESE, AggregatePrinter

        return AggregatePrinter(JAPANESE, self.number).aggregate(aggregate)

    def bracketed(self, expression: Expression, least: int) -> str:
        text = self.expression(expression)
        return text if level(expression) >= least else f"({text})"

    def number(self, number: Number) -> str:
        known = self.unit(number.unit) if number.unit else None
        if known is None:
            return number_text(number)
        digits = number_text(Number(number.value, decimals=number.decimals))
        return f"{digits}{known.ja}"

    def reference(self, reference: Reference) -> str:
        stated = "" if reference.stated is None else f"({self.number(reference.stated)})"
        match reference.period:
            case Period.MEAN_OF_YEARS:
                return f"過去{reference.years}年平均{stated}"
            case Period.FISCAL_YEAR:
                return f"{FiscalYear(reference.years or 0).ja}{stated}"
            case period:
                return f"{_PERIODS[period]}{stated}"


def _particle(requirement: Requirement, usual: str) -> str:
    """が before を上回る, を before とする and 実施する."""
    match requirement:
        case Done() | Comparison(comparator=Comparator.EQUAL):
            return "を"
        case Comparison(comparator=Comparator.ABOVE):
            return "が"
        case _:
            return usual


def _case_word(condition: Requirement) -> str:
    """の場合は behind a noun such as 以下, 場合は behind a verb."""
    verb = isinstance(condition, Done) or condition.comparator in (Comparator.ABOVE, Comparator.EQUAL)
    return "場合は" if verb else "の場合は"


def _is_time(expression: Expression) -> bool:
    return isinstance(expression, Number) and expression.unit in _SPANS_OF_TIME
