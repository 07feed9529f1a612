"""A formula or rule with other expressions where its variables stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from attrs import evolve

from kpi.formulas.nodes import Call, Case, Comparison, Done, Expression, Name, Node, Operation, Requirement, Rule

_N = TypeVar("_N", bound=Node)

Replacement = Callable[[Name], Expression]


def renamed(node: _N, names: Mapping[str, str]) -> _N:
    """*node* with each variable called as *names* say; one that they do not name stays."""
    return replaced(node, lambda name: evolve(name, name=names.get(name.name, name.name)))


def replaced(node: _N, replacement: Replacement) -> _N:
    """*node* with what *replacement* gives for each variable."""
    return cast("_N", _replaced(node, replacement))


def _replaced(node: Node, new: Replacement) -> Node:  # noqa: PLR0911  # one for each kind of node
    match node:
        case Name():
            return new(node)
        case Operation(_, left, right):
            return evolve(node, left=replaced(left, new), right=replaced(right, new))
        case Call(_, arguments):
            return evolve(node, arguments=tuple(replaced(argument, new) for argument in arguments))
        case Comparison(left, _, right):
            return evolve(node, left=_left(left, new), right=replaced(right, new))
        case Done(left):
            return evolve(node, left=_left(left, new))
        case Case(requirements, conditions):
            return evolve(node, requirements=_all(requirements, new), conditions=_all(conditions, new))
        case Rule(requirements, cases):
            return evolve(
                node, requirements=_all(requirements, new), cases=tuple(replaced(case, new) for case in cases)
            )
        case _:
            return node


def _left(left: Expression | None, new: Replacement) -> Expression | None:
    return None if left is None else replaced(left, new)


def _all(requirements: tuple[Requirement, ...], new: Replacement) -> tuple[Requirement, ...]:
    return tuple(replaced(requirement, new) for requirement in requirements)
