"""A formula or rule with other expressions where its variables stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from attrs import evolve

from kpi.formulas.nodes import (
    Call,
    Case,
    Comparison,
    Done,
    Expression,
    Name,
    Node,
    Operation,
    Reference,
    Requirement,
    Rule,
)

_N = TypeVar("_N", bound=Node)

_Leaf = Callable[[Name | Reference], Expression]


def renamed(node: _N, names: Mapping[str, str]) -> _N:
    """*node* with each variable called as *names* say; one that they do not name stays."""
    return replaced(node, lambda name: evolve(name, name=names.get(name.name, name.name)))


def replaced(node: _N, replacement: Callable[[Name], Expression]) -> _N:
    """*node* with what *replacement* gives for each variable."""
    return _mapped(node, lambda leaf: replacement(leaf) if isinstance(leaf, Name) else leaf)


def without_stated(node: _N) -> _N:
    """*node* without the values that stand in brackets behind references."""
    return _mapped(node, lambda leaf: evolve(leaf, stated=None) if isinstance(leaf, Reference) else leaf)


def _mapped(node: _N, new: _Leaf) -> _N:
    """*node* with what *new* gives for each variable and reference."""
    return cast("_N", _over(node, new))


def _over(node: Node, new: _Leaf) -> Node:  # noqa: PLR0911  # one for each kind of node
    match node:
        case Name() | Reference():
            return new(node)
        case Operation(_, left, right):
            return evolve(node, left=_mapped(left, new), right=_mapped(right, new))
        case Call(_, arguments):
            return evolve(node, arguments=tuple(_mapped(argument, new) for argument in arguments))
        case Comparison(left, _, right):
            return evolve(node, left=_left(left, new), right=_mapped(right, new))
        case Done(left):
            return evolve(node, left=_left(left, new))
        case Case(requirements, conditions):
            return evolve(node, requirements=_all(requirements, new), conditions=_all(conditions, new))
        case Rule(requirements, cases):
            return evolve(node, requirements=_all(requirements, new), cases=tuple(_mapped(case, new) for case in cases))
        case _:
            return node


def _left(left: Expression | None, new: _Leaf) -> Expression | None:
    return None if left is None else _mapped(left, new)


def _all(requirements: tuple[Requirement, ...], new: _Leaf) -> tuple[Requirement, ...]:
    return tuple(_mapped(requirement, new) for requirement in requirements)
