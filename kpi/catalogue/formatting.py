"""Formulas, rules and conditions of a catalogue in their canonical text; every other byte of the file stays as it is.

The reader knows the exact place of each value, so only those stretches are replaced. Names are left as they are
written, and so are the published phrases, which are the documents'.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from attrs import define, field, frozen

from kpi.catalogue.written import is_flow, written
from kpi.formulas.nodes import Definition, Rule
from kpi.formulas.parser import parse_condition, parse_definition, parse_rule
from kpi.formulas.printer import canonical
from kpi.problems import Problem, in_order
from kpi.source import Place, Source, Span
from kpi.yaml_nodes import ListNode, MappingNode, Node, ScalarNode
from kpi.yaml_reader import read_yaml

if TYPE_CHECKING:
    from kpi.formulas.aggregates import Condition

Tree: TypeAlias = "Definition | Rule | Condition"
Parse: TypeAlias = "Callable[[Source], tuple[Tree | None, list[Problem]]]"


@frozen
class Change:
    """A formula, rule or condition that is *found* in another than its *canonical* text.

    *span* is where it stands in *file*, *yaml* what is to stand there.
    """

    file: Source = field(repr=False)
    span: Span
    found: str
    canonical: str
    yaml: str

    @property
    def place(self) -> Place:
        """The line and column in the file."""
        return self.file.place(self.span.start)

    def to_dict(self) -> dict[str, str | int]:
        """The change for programs."""
        place = self.place
        return {
            "file": self.file.name,
            "line": place.line,
            "column": place.column,
            "found": self.found,
            "canonical": self.canonical,
        }

    def __str__(self) -> str:
        place, found = self.place, " ".join(self.found.split())
        return f"{self.file.name}:{place.line}:{place.column}: {found} → {self.canonical}"


def changes(text: str, name: str) -> tuple[list[Change], list[Problem]]:
    """What formatting the catalogue *text* would change, in the order of the text.

    A text that cannot be read as YAML, or holds a formula or rule that cannot be read, has problems and no changes.
    What a formula means is not looked at: one with an unknown variable is formatted like any other.
    """
    root, file, problems = read_yaml(text, name)
    found: list[Change] = []
    if root is not None and not problems:
        for expression in _expressions(root, file):
            change = _change(expression, file, problems)
            if change is not None:
                found.append(change)
    return ([] if problems else sorted(found, key=lambda change: change.span.start)), in_order(problems)


def apply(text: str, found: Iterable[Change]) -> str:
    """*text* with all changes made."""
    parts, end = [], 0
    for change in found:
        parts += [text[end : change.span.start], change.yaml]
        end = change.span.end
    return "".join((*parts, text[end:]))


@define
class _Expression:
    """A formula, rule or condition where it is written, which aliases may repeat."""

    node: ScalarNode
    parse: Parse
    in_flow: bool = False
    times: int = 0


def _expressions(root: Node, file: Source) -> Iterator[_Expression]:
    """The formulas, rules and conditions; not one that an alias makes something else as well, such as a published phrase."""
    found: dict[Span, _Expression] = {}
    times: Counter[Span] = Counter()
    for path, node, in_flow in _scalars(root, (), file, in_flow=False):
        times[node.span] += 1
        parse = _parse_of(path)
        if parse is not None:
            expression = found.setdefault(node.span, _Expression(node, parse))
            expression.in_flow |= in_flow
            expression.times += expression.parse is parse
    return (expression for span, expression in found.items() if expression.times == times[span])


def _parse_of(path: tuple[str, ...]) -> Parse | None:
    match path:
        case ("kpis", _, "formula"):
            return parse_definition
        case ("plans", _, "entries", "-", "rule"):
            return parse_rule
        case ("variables", _, "records"):
            return parse_definition
        case ("tables", _, "conditions", _, "condition"):
            return parse_condition
        case _:
            return None


def _scalars(
    node: Node, path: tuple[str, ...], file: Source, *, in_flow: bool
) -> Iterator[tuple[tuple[str, ...], ScalarNode, bool]]:
    """Every value below *node* with the keys that lead to it, and whether it stands within `[…]` or `{…}`."""
    match node:
        case ScalarNode():
            yield path, node, in_flow
        case ListNode(items=items):
            for item in items:
                yield from _scalars(item, (*path, "-"), file, in_flow=in_flow or is_flow(file.text, node.span))
        case MappingNode(entries=entries):
            for key, value in entries:
                yield ("key",), key, False
                inner = in_flow or is_flow(file.text, node.span)
                yield from _scalars(value, (*path, key.text), file, in_flow=inner)


def _change(expression: _Expression, file: Source, problems: list[Problem]) -> Change | None:
    node = expression.node
    if node.kind != "text" or not node.text.strip():  # the loader says that it is no text
        return None
    tree, found = expression.parse(node.source)
    problems += found
    if tree is None:
        return None
    text = _text(tree)
    if text == node.text.strip() or not _is_visible(text) or not _means(text, tree, expression.parse):
        return None
    return Change(file, node.span, node.text, text, written(node, text, in_flow=expression.in_flow))


def _is_visible(text: str) -> bool:
    """Whether *text* can be written as it is; a blank of any width can, an invisible sign is better left escaped."""
    return all(sign.isprintable() or unicodedata.category(sign) == "Zs" for sign in text)


def _text(tree: Tree) -> str:
    if isinstance(tree, Definition | Rule):
        return canonical(tree)
    from kpi.formulas.aggregate_printer import condition_text

    return condition_text(tree)


def _means(text: str, tree: Tree, parse: Parse) -> bool:
    """Whether *text* is read as *tree*; one that grows beyond the bound of a formula is not."""
    again, _ = parse(Source(text))
    return again == tree and again is not None and _text(again) == text
