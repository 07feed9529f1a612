"""What a catalogue names, as far as its text can be read as YAML; whatever else is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import PurePath
from typing import Final

from attrs import field, frozen

from kpi.characters import plain_name
from kpi.yaml_nodes import ListNode, MappingNode, Node, ScalarNode
from kpi.yaml_reader import read_yaml

SECTIONS: Final = ("documents", "organisations", "units", "variables", "tables", "kpis", "plans", "errata")
_OWN_SECTION: Final = re.compile(r"^(?:kpis|plans|errata)[ \t]*:", re.MULTILINE)


def is_catalogue(name: str, text: str) -> bool:
    """Whether a YAML file of this *name* is a catalogue, and not the configuration of something else.

    It is called so, or has one of the sections that nothing else has.
    """
    return PurePath(name).name.startswith("catalog") or bool(_OWN_SECTION.search(text))


@frozen
class Spot:
    """A key or value of the YAML: the keys that lead to it, `-` for an item of a list, and the mappings around it."""

    path: tuple[str, ...]
    node: ScalarNode
    above: tuple[MappingNode, ...] = field(default=(), repr=False)
    is_key: bool = False


@frozen
class Item:
    """An entry of a section: its key and its fields."""

    section: str
    key: ScalarNode
    fields: MappingNode = field(repr=False)

    def text(self, name: str) -> str:
        """The text of a field; nothing where it has none."""
        return text_of(self.fields, name)

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a field that is a list."""
        node = self.fields.get(name)
        items = node.items if isinstance(node, ListNode) else ()
        return tuple(item.text for item in items if isinstance(item, ScalarNode))

    def inner(self, section: str) -> Mapping[str, Item]:
        """The entries that stand in a field: of a table its `columns` and `conditions`."""
        return dict(_entries(self.fields, section))

    @property
    def names(self) -> tuple[str, ...]:
        """The names by which formulas may call it: key, Japanese name and labels."""
        return tuple(name for name in (self.key.text, self.text("ja"), *self.texts("labels")) if name)


@frozen(slots=False)
class Outline:
    """The entries of a catalogue, section by section."""

    root: MappingNode

    @classmethod
    def of(cls, text: str) -> Outline | None:
        """The outline of a text; None where it cannot be read as YAML, or is no mapping."""
        root, _, _ = read_yaml(text, "")
        return cls(root) if isinstance(root, MappingNode) else None

    @cached_property
    def items(self) -> Mapping[str, Mapping[str, Item]]:
        """The entries by section and key."""
        return {section: dict(_entries(self.root, section)) for section in SECTIONS}

    def variable(self, name: str) -> Item | None:
        """The variable that a formula calls *name*."""
        return called(self.items["variables"], name)

    def kpi(self, name: str) -> Item | None:
        """The KPI that a rule calls *name*."""
        return called(self.items["kpis"], name)

    def table(self, name: str) -> Item | None:
        """The table that a formula calls *name*."""
        return called(self.items["tables"], name)

    def plan_entries(self) -> Iterator[tuple[Item, MappingNode]]:
        """The entries of all plans, each with its plan."""
        for plan in self.items["plans"].values():
            node = plan.fields.get("entries")
            for entry in node.items if isinstance(node, ListNode) else ():
                if isinstance(entry, MappingNode):
                    yield plan, entry

    def spots(self) -> Iterator[Spot]:
        """Every key and value, in the order of the text."""
        return _spots(self.root, (), ())

    def at(self, offset: int) -> Spot | None:
        """The key or value that stands at *offset*."""
        return next((spot for spot in self.spots() if spot.node.span.start <= offset <= spot.node.span.end), None)


def called(items: Mapping[str, Item], name: str) -> Item | None:
    """The entry that is called *name*, an identifier or a label, in letters of any width."""
    plain = plain_name(name)
    return items.get(name) or next((item for item in items.values() if plain in map(plain_name, item.names)), None)


def _entries(mapping: MappingNode, section: str) -> Iterator[tuple[str, Item]]:
    node = mapping.get(section)
    for key, value in node.entries if isinstance(node, MappingNode) else ():
        if isinstance(value, MappingNode):
            yield key.text, Item(section, key, value)


def text_of(mapping: MappingNode, name: str) -> str:
    """The text under a key; nothing where there is none."""
    node = mapping.get(name)
    return node.text if isinstance(node, ScalarNode) else ""


def offset_within(node: ScalarNode, offset: int) -> int | None:
    """The place in the text of *node* that is *offset* of the file; None where it was folded or has escapes."""
    before = 0
    for start, line in zip(node.line_offsets, node.text.split("\n"), strict=False):
        if start <= offset <= start + len(line):
            return before + offset - start
        before += len(line) + 1
    return None


def _spots(node: Node, path: tuple[str, ...], above: tuple[MappingNode, ...]) -> Iterator[Spot]:
    match node:
        case ScalarNode():
            yield Spot(path, node, above)
        case ListNode(items=items):
            for item in items:
                yield from _spots(item, (*path, "-"), above)
        case MappingNode(entries=entries):
            for key, value in entries:
                yield Spot(path, key, (*above, node), is_key=True)
                yield from _spots(value, (*path, key.text), (*above, node))
