"""From tree to canonical text: one spelling for each tree, and parsing it gives the tree back."""

from __future__ import annotations

import re
from typing import Final, assert_never

from kpi.formulas.nodes import (
    Aggregate,
    Call,
    Case,
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
from kpi.formulas.words import is_reserved
from kpi.quantities import fixed_text
from kpi.units import UNITS

PRODUCT_LEVEL: Final = 2
FACTOR_LEVEL: Final = 3
_LETTERS = r"[\w\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u109f\u1780-\u17d3]"
_PLAIN_NAME: Final = rf"(?![0-9])(?:(?!以上|以下|以内|未満|[ぁ-ゟ]){_LETTERS})+"


def canonical(node: Node) -> str:
    """The canonical text of *node*: signs, English words, identifiers as they stand."""
    match node:
        case Definition(formula, rule):
            return canonical(formula) if rule is None else _definition(formula, rule)
        case Rule(requirements, cases):
            return "; ".join((_joined(requirements), *map(canonical, cases)))
        case Case(requirements, conditions):
            return f"{_joined(requirements)} when {_joined(conditions)}"
        case Comparison() | Done():
            return _requirement(node)
        case _:
            return _expression(node)


def level(expression: Expression) -> int:
    """How tightly *expression* binds as it is printed: 1 a sum, 2 a product, 3 anything that needs no brackets."""
    match expression:
        case Operation(Operator.ADD | Operator.SUBTRACT):
            return 1
        case Operation() if not is_share_of(expression):
            return PRODUCT_LEVEL
        case _:
            return FACTOR_LEVEL


def is_share_of(expression: Expression) -> bool:
    """Whether *expression* is printed as `70% of prior year`."""
    match expression:
        case Operation(Operator.MULTIPLY, Number(unit="%" | "‰"), Reference()):
            return True
        case _:
            return False


def name_text(name: str) -> str:
    """A name as it stands in a formula: in 「」 where it could be read as something else."""
    if "_" in name and name.isascii() and name.isidentifier():  # no word of the language has a _
        return name
    plain = re.fullmatch(_PLAIN_NAME, name) and not is_reserved(name)
    return name if plain else f"「{name}」"


def number_text(number: Number) -> str:
    """Digits with the decimals as written, and the unit."""
    digits = digits_text(number)
    unit = number.unit
    if unit is None or unit in ("%", "‰"):
        return f"{digits}{unit or ''}"
    known = UNITS.get(unit)
    plural = known.en if known and number.value != 1 else unit
    return f"{digits} {plural.replace('_', ' ') if known else unit}"


def digits_text(number: Number) -> str:
    """The digits of a number with the decimals as written and thousands separators."""
    return fixed_text(number.value, _decimals(number), separators=True)


def scope_text(scope: Scope | None) -> str:
    """`every month`, behind a requirement."""
    return f" every {scope.value}" if scope else ""


def _decimals(number: Number) -> int:
    """The decimals as written, or as many as the value needs."""
    decimals = number.decimals
    while (number.value * 10**decimals).denominator != 1:
        decimals += 1
    return decimals


def _definition(formula: Expression, rule: Rule) -> str:
    first, *others = rule.requirements
    joined = " and ".join((f"{canonical(formula)} {_requirement(first)}", *map(_requirement, others)))
    return "; ".join((joined, *map(canonical, rule.cases)))


def _joined(requirements: tuple[Requirement, ...]) -> str:
    return " and ".join(map(_requirement, requirements))


def _requirement(requirement: Requirement) -> str:
    left = "" if requirement.left is None else f"{_expression(requirement.left)} "
    match requirement:
        case Comparison(_, comparator, right, every):
            return f"{left}{comparator} {_expression(right)}{scope_text(every)}"
        case Done(_, every):
            return f"{left}is done{scope_text(every)}"
        case _:
            assert_never(requirement)


def _expression(expression: Expression) -> str:
    match expression:
        case Number():
            return number_text(expression)
        case Aggregate():
            return _aggregate(expression)
        case Name(name):
            return name_text(name)
        case Reference():
            return _reference(expression)
        case Operation(_, left, right) if is_share_of(expression):
            return f"{_expression(left)} of {_expression(right)}"
        case Operation(operator, left, right):
            own = level(expression)
            return f"{_bracketed(left, own)} {operator} {_bracketed(right, own + 1)}"
        case Call(function, arguments):
            return f"{function}({', '.join(map(_expression, arguments))})"
        case _:
            assert_never(expression)


def _bracketed(expression: Expression, least: int) -> str:
    text = _expression(expression)
    return text if level(expression) >= least else f"({text})"


def _reference(reference: Reference) -> str:
    stated = "" if reference.stated is None else f" ({number_text(reference.stated)})"
    match reference.period:
        case Period.MEAN_OF_YEARS:
            return f"mean of {reference.years} years{stated}"
        case Period.FISCAL_YEAR:
            return f"fiscal year {reference.years}{stated}"
        case period:
            return f"{period.value}{stated}"


def _aggregate(aggregate: Aggregate) -> str:
    from kpi.formulas.aggregate_printer import AggregatePrinter

    return AggregatePrinter().aggregate(aggregate)
