"""What a YAML text holds: written values, lists and mappings, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from attrs import field, frozen

from kpi.source import Source, Span

Kind: TypeAlias = Literal["text", "integer", "decimal", "boolean", "null", "date", "other", "unread"]
"""What YAML 1.1 takes a value for; `unread` is one that is no YAML, which is told already."""


@frozen
class ScalarNode:
    """One written value: its *text*, and the *kind* of value that YAML 1.1 takes it for.

    `integer` and `decimal` are numbers written plainly; `other` is what only looks like a number or is one in
    disguise: `012`, `0x1f`, `1_000`, `1:30`, `.5`, `1e3`.
    *quoted* says that it stands in quotes or as a block (`|`, `>`), which makes a text of anything.
    *span* is where the value stands in *file*; *line_offsets* are where its lines begin there, as in `Source`.
    """

    text: str
    kind: Kind
    quoted: bool
    span: Span = field(eq=False, repr=False)
    file: Source = field(eq=False, repr=False)
    line_offsets: tuple[int, ...] = field(default=(), eq=False, repr=False)

    @property
    def source(self) -> Source:
        """The text as a source embedded in the file."""
        return Source(self.text, self.file.name, self.file, self.span, self.line_offsets)


@frozen
class ListNode:
    """A list of values; *unread* are the texts of items that are no YAML."""

    items: tuple[Node, ...]
    span: Span = field(kw_only=True, eq=False, repr=False)
    unread: tuple[str, ...] = field(default=(), kw_only=True, eq=False, repr=False)


@frozen
class MappingNode:
    """Keys with their values, in the order of the text; a key that is written twice is here twice.

    *unread* are the texts of entries that are no YAML.
    """

    entries: tuple[tuple[ScalarNode, Node], ...]
    span: Span = field(kw_only=True, eq=False, repr=False)
    unread: tuple[str, ...] = field(default=(), kw_only=True, eq=False, repr=False)

    def get(self, key: str) -> Node | None:
        """The value of *key* where it is first written, or None."""
        return next((value for name, value in self.entries if name.text == key), None)


def unread(node: Node) -> Iterator[str]:
    """What is written in *node* and is no YAML."""
    if isinstance(node, ScalarNode):
        if node.kind == "unread":
            yield node.text
        return
    yield from node.unread
    for inner in node.items if isinstance(node, ListNode) else [value for _, value in node.entries]:
        yield from unread(inner)


Node: TypeAlias = ScalarNode | ListNode | MappingNode
