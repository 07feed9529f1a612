r"""From tree to LaTeX: a quotient is a fraction, a name is upright text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, assert_never

from kpi.formulas.nodes import (
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
    Reference,
    Requirement,
    Rule,
)
from kpi.formulas.printer import FACTOR_LEVEL, canonical, is_share_of, level, scope_text

_SIGNS: Final = {
    Comparator.AT_LEAST: r"\ge",
    Comparator.AT_MOST: r"\le",
    Comparator.ABOVE: ">",
    Comparator.BELOW: "<",
    Comparator.EQUAL: "=",
}
_ESCAPES: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: rf"\{character}" for character in "&%$#_{}"},
    }
)


def latex(node: Node, label: Callable[[str], str] = str) -> str:
    r"""The LaTeX of *node*, for math mode; *label* gives the name under which a variable is shown.

    `a / b >= 20%` becomes `\frac{\text{a}}{\text{b}} \ge \text{20\%}`.
    """
    match node:
        case Definition(formula, rule):
            return _expression(formula, label) + (f" {latex(rule, label)}" if rule else "")
        case Rule(requirements, cases):
            return r";\quad ".join((_joined(requirements, label), *(latex(case, label) for case in cases)))
        case Case(requirements, conditions):
            return rf"{_joined(requirements, label)} \text{{ when }} {_joined(conditions, label)}"
        case Comparison() | Done():
            return _requirement(node, label)
        case _:
            return _expression(node, label)


def _joined(requirements: tuple[Requirement, ...], label: Callable[[str], str]) -> str:
    return r" \text{ and } ".join(_requirement(requirement, label) for requirement in requirements)


def _requirement(requirement: Requirement, label: Callable[[str], str]) -> str:
    left = "" if requirement.left is None else f"{_expression(requirement.left, label)} "
    match requirement:
        case Comparison(_, comparator, right, every):
            scope = _text(scope_text(every)) if every else ""
            return f"{left}{_SIGNS[comparator]} {_expression(right, label)}{scope}"
        case Done(_, every):
            return f"{left}{_text(f' is done{scope_text(every)}')}"
        case _:
            assert_never(requirement)


def _expression(expression: Expression, label: Callable[[str], str]) -> str:
    match expression:
        case Number() | Reference():
            return _text(canonical(expression))
        case Name(name):
            return _text(label(name))
        case Operation(Operator.DIVIDE, left, right):
            return rf"\frac{{{_expression(left, label)}}}{{{_expression(right, label)}}}"
        case Operation(_, left, right) if is_share_of(expression):
            return rf"{_expression(left, label)} \text{{ of }} {_expression(right, label)}"
        case Operation(operator, left, right):
            own = level(expression)
            sign = r"\times" if operator is Operator.MULTIPLY else operator
            return f"{_bracketed(left, own, label)} {sign} {_bracketed(right, own + 1, label)}"
        case Call(function, arguments):
            return rf"\{function}\left({', '.join(_expression(part, label) for part in arguments)}\right)"
        case _:
            assert_never(expression)


def _bracketed(expression: Expression, least: int, label: Callable[[str], str]) -> str:
    text = _expression(expression, label)
    is_fraction = isinstance(expression, Operation) and expression.operator is Operator.DIVIDE
    enough = FACTOR_LEVEL if is_fraction else level(expression)
    return text if enough >= least else rf"\left({text}\right)"


def _text(text: str) -> str:
    return rf"\text{{{text.translate(_ESCAPES)}}}"
