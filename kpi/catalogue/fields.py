"""Reading the fields of a mapping strictly: every key known, every value of its kind, nothing converted silently."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Generic, TypeVar

from attrs import define, field

from kpi.characters import plain_name
from kpi.problems import Problem, nearest
from kpi.progress import steps
from kpi.source import Source, Span
from kpi.yaml_nodes import ListNode, MappingNode, Node, ScalarNode, unread

_T = TypeVar("_T")

_WORD: Final = re.compile(r"\w+")
_KINDS: Final = {
    "boolean": ("the true/false value {}", "真偽値 {}"),
    "null": ("the empty value {}", "空の値 {}"),
    "date": ("the date {}", "日付 {}"),
    "integer": ("the number {}", "数値 {}"),
    "decimal": ("the number {}", "数値 {}"),
    "other": ("{}, which may be read as a number,", "数値とも読める {} "),
}
"""What YAML takes a plain value for where text was meant."""


@define(eq=False, repr=False)
class Problems:
    """The problems of one file, as they are found."""

    file: Source
    found: list[Problem] = field(factory=list)
    is_broken: bool = field(init=False)
    """Whether some of the file is no YAML and was left out."""
    _unknown: frozenset[Span] = field(init=False)

    @is_broken.default
    def _has_breaks(self) -> bool:
        return any(problem.code == "yaml-syntax" for problem in self.found)

    @_unknown.default
    def _unknown_aliases(self) -> frozenset[Span]:
        return frozenset(problem.span for problem in self.found if problem.code == "unknown-alias")

    def report(self, code: str, place: Span, suggestions: tuple[str, ...] = (), /, **facts: object) -> None:
        """Notes a problem at a place of the file, unless an unknown alias stands there, which is told already."""
        if place not in self._unknown:
            self.found.append(Problem(code, self.file, place, facts, suggestions))


@define
class Section(Generic[_T]):
    """What was read of one section: its entries by name.

    *unread* are the names that entries with a problem may have meant to define. Where the section as a whole could
    not be read, any name may be one of its own. What refers to such a name is no mistake of its own.
    """

    entries: dict[str, _T] = field(factory=dict)
    unread: set[str] = field(factory=set)
    is_whole: bool = True
    _plain: set[str] = field(init=False, eq=False, repr=False)
    """The same names as they are compared."""

    @_plain.default
    def _plain_names(self) -> set[str]:
        return {*map(plain_name, self.unread)}

    def excuses(self, name: str) -> bool:
        """Whether an unknown *name* follows from a mistake that is reported already."""
        return not self.is_whole or plain_name(name) in self._plain

    def leave_out(self, *names: str) -> None:
        """Notes names that an entry with a problem may have meant to define."""
        self.unread.update(names)
        self._plain.update(map(plain_name, names))


@define(eq=False, repr=False)
class Fields:
    """The fields of one mapping; what is asked for is known, and `finish` reports missing and unknown keys."""

    problems: Problems
    what: str
    node: Node
    what_ja: str = ""
    asked: list[str] = field(factory=list)
    missing: list[str] = field(factory=list)
    entries: Mapping[str, Node] = field(init=False)
    """The values by key; of a key that stands twice, the first."""

    @entries.default
    def _entries(self) -> Mapping[str, Node]:
        node = self.node
        return {key.text: value for key, value in reversed(node.entries)} if isinstance(node, MappingNode) else {}

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
        if not isinstance(node, ScalarNode) or node.kind == "unread":
            self.wrong_kind(key, node, "a text", "文字列")
            return None
        if not node.text.strip():
            self.problems.report("empty-text", node.span, key=key)
            return None
        if node.kind != "text":
            found, found_ja = (text.format(node.text) for text in _KINDS[node.kind])
            self.problems.report("not-a-text", node.span, key=key, found=found, found_ja=found_ja, text=node.text)
            return None
        return node

    def number(self, key: str, most: int) -> int | None:
        """A whole number up to *most*, written with digits alone."""
        node = self.value(key, required=False)
        if node is None:
            return None
        written = isinstance(node, ScalarNode) and node.kind == "integer" and len(node.text) <= len(str(most))
        if not isinstance(node, ScalarNode) or not written or not 0 <= int(node.text) <= most:
            expected = f"a whole number from 0 to {most}, without quotes or leading zeros"
            self.wrong_kind(key, node, expected, f"0 から {most} までの整数（引用符や先頭の 0 なし）")
            return None
        return int(node.text)

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

    def reference(self, key: str, section: Section[_T], kind: str, *, required: bool = True) -> _T | None:
        """The entry of another section that this key names."""
        node = self.scalar(key, required=required)
        if node is None:
            return None
        if node.text not in section.entries and not section.excuses(node.text):
            suggestions = nearest(node.text, section.entries)
            self.problems.report(f"unknown-{kind}", node.span, suggestions, name=node.text)
        return section.entries.get(node.text)

    def texts(self, key: str) -> tuple[ScalarNode, ...]:
        """A list of texts; none where the key is missing."""
        node = self.value(key, required=False)
        if node is None:
            return ()
        if not isinstance(node, ListNode):
            self.wrong_kind(key, node, "a list such as [a, b]", "[a, b] のようなリスト")
            return ()
        found = (self.as_text(key, item) for item in node.items)
        return tuple(item for item in found if item)

    def each(self, key: str, section: Section[_T], *, required: bool = True) -> Iterator[tuple[ScalarNode, Fields]]:
        """The entries of a mapping of mappings, each with its key; one that stands twice is taken where it is first.

        What could not be read is noted in the *section*.
        """
        node = self.value(key, required=required)
        times = sum(name == key for name, _ in self.named)
        section.is_whole = times == 1 or (times == 0 and not required and not self.resembling(key))
        if node is None:
            section.is_whole &= not self.is_broken
            return
        if not isinstance(node, MappingNode):
            self.wrong_kind(key, node, "entries by name", "名前ごとの項目")
            section.is_whole = False
            return
        found: set[str] = set()
        section.leave_out(*_words(node.unread))
        for name, value in steps(node.entries, "reading", len(node.entries), key):
            before = len(self.problems.found)
            broken = [*_words(unread(value))] if self.problems.is_broken else []
            if not isinstance(value, MappingNode):
                self.wrong_kind(name.text, value, "keys with values", "キーと値")
            elif name.text not in found:
                yield name, Fields(self.problems, name.text, value)
            if broken or len(self.problems.found) > before:
                section.leave_out(name.text, *broken, *texts_in(value))
            found.add(name.text)

    def items(self, key: str) -> Iterator[Fields]:
        """The entries of a list of mappings."""
        node = self.value(key)
        if node is None:
            return
        if not isinstance(node, ListNode):
            self.wrong_kind(key, node, "a list, each entry behind a '-'", "「-」で始まる項目のリスト")
            return
        for item in steps(node.items, "reading", len(node.items), key):
            if isinstance(item, MappingNode):
                name = item.get("kpi")
                named = name.text if isinstance(name, ScalarNode) else ""
                yield Fields(self.problems, named or "the entry", item, named or "項目")
            else:
                self.wrong_kind(key, item, "keys with values, such as 'kpi: …'", "「kpi: …」のようなキーと値")

    def value(self, key: str, *, required: bool = True) -> Node | None:
        """The node of *key*; a missing one is a problem where it is *required*."""
        self.asked.append(key)
        node = self.entries.get(key)
        if node is None and required:
            self.missing.append(key)
        return None if isinstance(node, ScalarNode) and node.kind == "unread" else node

    @property
    def is_broken(self) -> bool:
        """Whether something in the mapping is no YAML, which is told already."""
        return self.problems.is_broken and next(unread(self.node), None) is not None

    @property
    def named(self) -> tuple[tuple[str, Span], ...]:
        """The keys as written, each with its place."""
        entries = self.node.entries if isinstance(self.node, MappingNode) else ()
        return tuple((key.text, key.span) for key, _ in entries)

    def resembling(self, key: str) -> bool:
        """Whether an unknown key stands where *key* was probably meant."""
        unknown = (name for name, _ in self.named if name not in self.asked)
        return any(key in nearest(name, self.asked)[:1] for name in unknown)

    def finish(self) -> None:
        """Reports every key that is missing, and every one that nobody asked for; a misspelt one once."""
        facts = {"what": self.what, "what_ja": self.what_ja or self.what}
        is_whole = not isinstance(self.node, MappingNode) or not self.node.unread
        for key in self.missing if is_whole else ():
            if not self.resembling(key):
                self.problems.report("missing-key", self.start, key=key, **facts)
        for name, place in self.named:
            if name not in self.asked:
                self.problems.report("unknown-key", place, nearest(name, self.asked), key=name, **facts)

    def wrong_kind(self, key: str, node: Node, expected: str, expected_ja: str) -> None:
        """Reports a value of another kind than expected, unless it is no YAML, which is told already."""
        if isinstance(node, ScalarNode) and node.kind == "unread":
            return
        found, found_ja = shown(node)
        self.problems.report(
            "wrong-kind", node.span, key=key, found=found, found_ja=found_ja, expected=expected, expected_ja=expected_ja
        )


def _words(texts: Iterable[str]) -> Iterator[str]:
    """The *texts* of what is no YAML, and each word in them, for it may be a name."""
    for text in texts:
        yield from (text, *_WORD.findall(text))


def texts_in(node: Node) -> Iterator[str]:
    """Every value written in *node* that is not empty."""
    match node:
        case ScalarNode(text=text):
            yield from filter(None, [text])
        case ListNode(items=items):
            for item in items:
                yield from texts_in(item)
        case MappingNode(entries=entries):
            for _, value in entries:
                yield from texts_in(value)


def shown(node: Node) -> tuple[str, str]:
    """What was found, in English and Japanese."""
    match node:
        case ListNode():
            return "a list", "リスト"
        case MappingNode():
            return "a mapping", "マッピング"
        case ScalarNode(text=text):
            return (repr(text), f"「{text}」") if text else ("nothing", "空の値")
