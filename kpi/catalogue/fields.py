"""Reading the fields of a mapping strictly: every key known, every value of its kind, nothing converted silently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, TypeVar

from attrs import define, field

from kpi.problems import Problem, nearest
from kpi.source import Source, Span
from kpi.yaml_reader import ListNode, MappingNode, Node, ScalarNode

_T = TypeVar("_T")

_KINDS: Final = {
    "boolean": ("the true/false value", "真偽値"),
    "null": ("an empty value", "空の値"),
    "date": ("the date", "日付"),
    "integer": ("the number", "数値"),
    "decimal": ("the number", "数値"),
    "other": ("what YAML may read as a number,", "YAML が数値と解釈しうる"),
}
"""What YAML takes a plain value for where text was meant."""


@define
class Problems:
    """The problems of one file, as they are found."""

    file: Source
    found: list[Problem] = field(factory=list)

    def report(self, code: str, place: Span, suggestions: tuple[str, ...] = (), /, **facts: object) -> None:
        """Notes a problem at a place of the file."""
        self.found.append(Problem(code, self.file, place, facts, suggestions))


@define
class Fields:
    """The fields of one mapping; what is asked for is known, and `finish` reports every other key."""

    problems: Problems
    what: str
    node: Node
    asked: list[str] = field(factory=list)

    @property
    def entries(self) -> Mapping[str, Node]:
        """The values by key; of a key that stands twice, the first."""
        if not isinstance(self.node, MappingNode):
            return {}
        return {key.text: value for key, value in reversed(self.node.entries)}

    def place(self, key: str) -> Span:
        """Where the value of *key* stands, or else the mapping."""
        found = self.entries.get(key)
        return found.span if found else self.start

    @property
    def start(self) -> Span:
        """The beginning of the mapping."""
        return Span(self.node.span.start, min(self.node.span.end, self.node.span.start + 1))

    def text(self, key: str, *, required: bool = True) -> str | None:
        """A text; `no`, `012` and other values that YAML would make something else of are problems."""
        found = self.scalar(key, required=required)
        return found.text if found else None

    def scalar(self, key: str, *, required: bool = True) -> ScalarNode | None:
        """A text with its place, for what is read further."""
        node = self.value(key, required=required)
        if node is None:
            return None
        return self.as_text(key, node)

    def as_text(self, key: str, node: Node) -> ScalarNode | None:
        """*node* as a text."""
        if not isinstance(node, ScalarNode):
            self.wrong_kind(key, node, "a text", "文字列")
            return None
        if node.kind != "text":
            english, japanese = _KINDS[node.kind]
            found, found_ja = (f"{english} {node.text}".strip(), f"{japanese} {node.text}".strip())
            self.problems.report("not-a-text", node.span, key=key, found=found, found_ja=found_ja, text=node.text)
            return None
        if not node.text.strip():
            self.problems.report("empty-text", node.span, key=key)
            return None
        return node

    def number(self, key: str) -> int | None:
        """A whole number written with digits alone."""
        node = self.value(key, required=False)
        if node is None:
            return None
        if not isinstance(node, ScalarNode) or node.kind != "integer" or node.text.startswith("-"):
            self.wrong_kind(key, node, "a whole number such as 1, without quotes or leading zeros", "1 のような整数")
            return None
        return int(node.text[:6])

    def choice(self, key: str, choices: tuple[_T, ...], default: _T | None = None) -> _T | None:
        """One of a few words."""
        node = self.scalar(key, required=default is None)
        if node is None:
            return default
        words = {str(choice): choice for choice in choices}
        if node.text not in words:
            expected = ", ".join(words)
            self.problems.report(
                "unknown-choice", node.span, nearest(node.text, words), key=key, found=node.text, expected=expected
            )
            return default
        return words[node.text]

    def reference(self, key: str, known: Mapping[str, _T], kind: str, *, required: bool = True) -> _T | None:
        """A key of another section of the catalogue."""
        node = self.scalar(key, required=required)
        if node is None:
            return None
        if node.text not in known:
            self.problems.report(f"unknown-{kind}", node.span, nearest(node.text, known), name=node.text)
            return None
        return known[node.text]

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; none where the key is missing."""
        node = self.value(key, required=False)
        if node is None:
            return ()
        if not isinstance(node, ListNode):
            self.wrong_kind(key, node, "a list of texts", "文字列のリスト")
            return ()
        found = (self.as_text(key, item) for item in node.items)
        return tuple(item.text for item in found if item)

    def each(self, key: str, *, required: bool = True) -> Iterator[tuple[ScalarNode, Fields]]:
        """The entries of a mapping of mappings, each with its key."""
        node = self.value(key, required=required)
        if node is None:
            return
        if not isinstance(node, MappingNode):
            self.wrong_kind(key, node, "entries by name", "名前ごとの項目")
            return
        for name, value in node.entries:
            if isinstance(value, MappingNode):
                yield name, Fields(self.problems, name.text, value)
            else:
                self.wrong_kind(name.text, value, "keys with values", "キーと値")

    def items(self, key: str) -> Iterator[Fields]:
        """The entries of a list of mappings."""
        node = self.value(key)
        if node is None:
            return
        if not isinstance(node, ListNode):
            self.wrong_kind(key, node, "a list", "リスト")
            return
        for item in node.items:
            if isinstance(item, MappingNode):
                yield Fields(self.problems, key, item)
            else:
                self.wrong_kind(key, item, "keys with values", "キーと値")

    def value(self, key: str, *, required: bool = True) -> Node | None:
        """The node of *key*; a missing one is a problem where it is *required*."""
        self.asked.append(key)
        node = self.entries.get(key)
        if node is None and required:
            self.problems.report("missing-key", self.start, key=key, what=self.what)
        return node

    def finish(self) -> None:
        """Reports every key that nobody asked for."""
        if not isinstance(self.node, MappingNode):
            return
        for key, _ in self.node.entries:
            if key.text not in self.asked:
                self.problems.report(
                    "unknown-key", key.span, nearest(key.text, self.asked), key=key.text, what=self.what
                )

    def wrong_kind(self, key: str, node: Node, expected: str, expected_ja: str) -> None:
        """Reports a value of another kind than expected."""
        found, found_ja = _shown(node)
        self.problems.report(
            "wrong-kind", node.span, key=key, found=found, found_ja=found_ja, expected=expected, expected_ja=expected_ja
        )


def _shown(node: Node) -> tuple[str, str]:
    match node:
        case ListNode():
            return "a list", "リスト"
        case MappingNode():
            return "a mapping", "マッピング"
        case ScalarNode(text=text):
            return (repr(text), f"「{text}」") if text else ("nothing", "空の値")
