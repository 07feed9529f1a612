"""A formula or rule with its variables called by other names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar, cast

from attrs import evolve

from kpi.formulas.nodes import Call, Case, Comparison, Done, Expression, Name, Node, Operation, Requirement, Rule

_N = TypeVar("_N", bound=Node)


def renamed(node: _N, names: Mapping[str, str]) -> _N:
    """*node* with each variable called as *names* say; one that they do not name stays."""
    return cast("_N", _renamed(node, names))


def _renamed(node: Node, names: Mapping[str, str]) -> Node:  # noqa: PLR0911  # one for each kind of node
    match node:
        case Name(name):
            return evolve(node, name=names.get(name, name))
        case Operation(_, left, right):
            return evolve(node, left=renamed(left, names), right=renamed(right, names))
        case Call(_, arguments):
            return evolve(node, arguments=tuple(renamed(argument, names) for argument in arguments))
        case Comparison(left, _, right):
            return evolve(node, left=_left(left, names), right=renamed(right, names))
        case Done(left):
            return evolve(node, left=_left(left, names))
        case Case(requirements, conditions):
            return evolve(node, requirements=_all(requirements, names), conditions=_all(conditions, names))
        case Rule(requirements, cases):
            return evolve(
                node, requirements=_all(requirements, names), cases=tuple(renamed(case, names) for case in cases)
            )
        case _:
            return node


def _left(left: Expression | None, names: Mapping[str, str]) -> Expression | None:
    return None if left is None else renamed(left, names)


def _all(requirements: tuple[Requirement, ...], names: Mapping[str, str]) -> tuple[Requirement, ...]:
    return tuple(renamed(requirement, names) for requirement in requirements)
