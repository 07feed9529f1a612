"""YAML text as a tree in which every value knows its exact place.

Nothing is converted: a scalar is the text that is written, together with what YAML 1.1 would take it for.
Whatever is wrong with a text is reported as problems; no text makes the reader fail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import yaml
from attrs import define, field, frozen
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
    StreamEndEvent,
)

from kpi.problems import Problem
from kpi.source import Source, Span
from kpi.yaml_nodes import Kind, ListNode, MappingNode, Node, ScalarNode
from kpi.yaml_values import block_offsets, kind_of

if TYPE_CHECKING:
    from kpi.yaml_gaps import Gap
    from kpi.yaml_slips import Slip

MAX_DEPTH: Final = 20
"""Levels of lists and mappings, aliases followed: more than any catalogue has, few enough for recursive readers."""
MAX_ALIASES: Final = 100
"""A catalogue shares a few lists of codes or targets; each further alias can double what one line stands for."""
MAX_REPEATED: Final = 200_000
"""Values that aliases repeat: a text of any length is as long as it looks, but a few aliases can stand for millions."""

MAX_BREAKS: Final = 20
"""Mistakes of syntax behind which reading goes on: each asks for reading the whole text again."""

_TOO_DEEP: Final = "exceeded maximum nesting depth"
_LIBRARY_DEPTH: Final = 1000
"""Levels after which libyaml 0.2.6 gives up of itself, before it hands over the first of them."""

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # only for its events: nothing is ever constructed
_BYTE_ORDER_MARK: Final = "\ufeff"
_UNREADABLE: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_BREAK: Final = r"\r\n\x85\u2028\u2029"  # what ends a line in YAML 1.1
_PROPERTIES: Final = re.compile(rf"(?:(?:&[-\w]*|![^ \t{_BREAK}]*)(?:[ \t{_BREAK}]+|#[^{_BREAK}]*)*)*")
_TAG: Final = re.compile(rf"![^ \t{_BREAK}]*")


def read_yaml(text: str, name: str) -> tuple[Node | None, Source, list[Problem]]:
    """The tree of a YAML *text*, the file it stands in, and every problem found, in the order of the text.

    Where a text breaks off, as little of it as possible is left out, and what stands behind is read.
    There is no tree if that is not possible, or if the text exceeds a bound, and then there are problems.
    An empty text is an empty value; of several documents the first is the tree.
    """
    file = Source(text, name)
    # A byte order mark is none of the text, and the two loaders count it differently: neither gets to see one.
    skipped = len(text) - len(text.lstrip(_BYTE_ORDER_MARK))
    if unreadable := _UNREADABLE.search(text, skipped):
        found = f"U+{ord(unreadable[0]):04X}"
        return None, file, [Problem("not-text", file, Span(*unreadable.span()), {"found": found})]
    builder = _Builder(file, text)
    root = builder.read(skipped)
    root, problems = (root, builder.problems) if builder.slip is None else _read_on(builder, skipped)
    return root, file, sorted(problems, key=lambda problem: problem.span.start)


def _read_on(builder: _Builder, skipped: int) -> tuple[Node | None, list[Problem]]:
    """What a text that breaks off holds without the parts in which it does."""
    from kpi.yaml_gaps import Remainder  # most texts break off nowhere

    file, told, root = builder.file, list[Problem](), None
    remainder = Remainder(file.text)
    while slip := builder.slip:
        is_new = remainder.leave_out(slip.fault, whole=slip.whole) if len(told) < MAX_BREAKS else None
        if is_new or (is_new is None and not remainder.is_told(slip.fault)):
            facts = {"said": slip.english, "said_ja": slip.japanese}
            told.append(Problem("yaml-syntax", file, Span(slip.place, slip.place), facts))
        if is_new is None:
            return None, [*builder.problems, *told]
        builder = _Builder(file, remainder.text, tuple(remainder.gaps))
        root = builder.read(skipped)
    return root, [*builder.problems, *told]


_Part = tuple[Node, Span]
"""A finished node, and where it is written; for an alias: where that is."""


@frozen(eq=False, repr=False)
class _Open:
    """A list or mapping whose end is not read yet, with the parts that are."""

    event: CollectionStartEvent
    start: int
    column: int
    parts: list[_Part] = field(factory=list)
    unread: list[str] = field(factory=list)

    def misses(self, written: str, gap: Gap, file: Source) -> bool:
        """Whether what was *written* in a *gap* is the value of the last key, which then has it as unread."""
        is_value = isinstance(self.event, MappingStartEvent) and self.parts and len(self.parts) % 2 == 0
        last, span = self.parts[-1] if is_value else (None, gap.span)
        is_lost = isinstance(last, ScalarNode) and last.kind == "null" and self.column < gap.column
        if is_lost:
            self.parts[-1] = ScalarNode(written, "unread", quoted=False, span=span, file=file), span
        return is_lost


@define(eq=False, repr=False)
class _Builder:
    """Builds the tree from the events of the YAML library; a stack of open collections replaces recursion."""

    file: Source
    text: str
    gaps: tuple[Gap, ...] = ()
    """What was left out of the file, as blanks in the text."""
    problems: list[Problem] = field(factory=list)
    slip: Slip | None = None
    """Why the text breaks off, if it does."""
    _gaps: list[Gap] = field(init=False)
    _root: list[_Part] = field(factory=list)
    _open: list[_Open] = field(factory=list)
    _anchors: dict[str, Node] = field(factory=dict)
    _sizes: dict[int, tuple[int, int]] = field(factory=dict)
    """Values and levels of the nodes with an anchor, every alias in them followed, by identity."""
    _aliases: int = 0
    _quoted: Span = Span(0, 0)
    _repeated: int = 0
    _broken: bool = False

    @_gaps.default
    def _last_first(self) -> list[Gap]:
        return [*self.gaps[::-1]]

    def read(self, skipped: int) -> Node | None:
        """The root of the tree behind *skipped* characters, or None where the text breaks off or exceeds a bound."""
        loader = _LOADER(self.text[skipped:])
        end, goes_on = skipped, True
        while goes_on and not self._broken:
            try:
                event = loader.get_event()
                if _LOADER is yaml.SafeLoader and isinstance(event, ScalarEvent):
                    event.value.encode()  # that loader lets half a character pass, which nothing can print
            except (yaml.YAMLError, ValueError, OverflowError) as error:  # the last two: an escape out of range
                self._break_off(error, skipped, end)
                break
            start, end = skipped + event.start_mark.index, skipped + event.end_mark.index
            goes_on = self._take(event, Span(start, end))
        loader.dispose()
        while self._open:  # what was read before a break may have problems of its own
            self._end(end)
        if self._broken:
            return None
        return self._root[0][0] if self._root else self._nothing(Span(skipped, skipped), (skipped,))

    def _take(self, event: Event, span: Span) -> bool:
        """Whether the text goes on behind *event*."""
        if self._gaps and self._open and not isinstance(event, CollectionStartEvent):
            self._miss(span.start)
        if isinstance(event, ScalarEvent):
            if event.tag:
                self._tag(event.tag, span)
            node = self._written(event, span)
            self._place(node, node.span, event.anchor)
            return True
        if isinstance(event, CollectionStartEvent):
            if event.tag:
                self._tag(event.tag, span)
            self._begin(event, span)
        elif isinstance(event, CollectionEndEvent):
            self._end(span.end)
        elif isinstance(event, AliasEvent):
            self._alias(event.anchor or "", span)
        elif isinstance(event, DocumentStartEvent) and self._root:
            self._report("several-documents", span)
            return False
        return not isinstance(event, StreamEndEvent)

    def _miss(self, before: int, column: int | None = None) -> None:
        """Notes the gaps that stand *before* what comes next, unless they belong to a collection that begins in *column*."""
        while self._gaps and self._gaps[-1].span.start < before:
            if column is not None and self._gaps[-1].column >= column:
                return
            gap = self._gaps.pop()
            written = self._left_out(gap)
            around = [opened for opened in self._open if opened.column <= gap.column]
            inside = self._open[len(around) :] if around and around[-1].column < gap.column else []
            if around and not around[-1].misses(written, gap, self.file):
                for opened in (around[-1], *inside):  # a line that is indented like no other may belong to each
                    opened.unread.append(written)

    def _left_out(self, gap: Gap) -> str:
        return self.file.text[gap.span.start : gap.span.end]

    def _tag(self, name: str, span: Span) -> None:
        if name != "!":
            tag = _TAG.search(self.text, span.start)
            self._report("yaml-tag", Span(*tag.span()) if tag else span, tag=_shown(tag[0] if tag else name))

    def _begin(self, event: CollectionStartEvent, span: Span) -> None:
        start = span.start
        if event.anchor or event.tag:  # then the event begins with these, and ends at or behind the opening sign
            start = span.end - (self.text[span.end - 1] in "[{-")
        self._anchors.pop(event.anchor or "", None)
        column = start - self.text.rfind("\n", 0, start) - 1
        self._miss(start, column)
        self._open.append(_Open(event, start, column))
        self._miss(start)
        self._bound("too-deep-yaml", len(self._open), MAX_DEPTH, Span(start, span.end))

    def _end(self, end: int) -> None:
        opened = self._open.pop()
        parts = opened.parts
        if not opened.event.flow_style:  # the library ends a block where the next token starts, lines below
            end = max([opened.start, *(written.end for _, written in parts)])
        span = Span(opened.start, end)
        node: Node
        if isinstance(opened.event, MappingStartEvent):
            node = MappingNode(tuple(self._entries(parts)), span=span, unread=tuple(opened.unread))
        else:
            node = ListNode(tuple(item for item, _ in parts), span=span, unread=tuple(opened.unread))
        self._place(node, span, opened.event.anchor)

    def _entries(self, parts: list[_Part]) -> Iterator[tuple[ScalarNode, Node]]:
        starts: dict[str, int] = {}
        for (key, span), (value, _) in zip(parts[::2], parts[1::2], strict=False):  # a text can break off behind a key
            if not isinstance(key, ScalarNode):
                facts = {"found": "a list or mapping", "found_ja": "リストやマッピング", "example": '"name"'}
                self._report("key-not-text", span, **facts)
                continue
            name = key.text
            if name == "<<" and not key.quoted:
                self._report("merge-key", span)
                continue
            if key.kind != "text":
                shown = _shown(name)
                found, found_ja = (f"'{shown}'", f"「{shown}」") if shown else ("nothing", "空")
                example = f'"{shown or "name"}"'
                self._report("key-not-text", span, found=found, found_ja=found_ja, example=example)
            first = starts.setdefault(name, span.start)
            if first != span.start:
                self._report("duplicate-key", span, key=_shown(name), line=self.file.place(first).line)
            yield key, value

    def _alias(self, name: str, span: Span) -> None:
        node = self._anchors.get(name)
        if node is None and any(f"&{name}" in self._left_out(gap) for gap in self.gaps):
            node = ScalarNode("", "unread", quoted=False, span=span, file=self.file)
        if node is None:
            self._report("unknown-alias", span, name=_shown(name))
            node = self._nothing(span)
        self._aliases += 1
        self._bound("too-many-aliases", self._aliases, MAX_ALIASES, span)
        nodes, levels = self._size(node)
        self._bound("too-deep-yaml", len(self._open) + levels, MAX_DEPTH, span)
        self._repeated += nodes
        self._bound("too-many-nodes", self._repeated, MAX_REPEATED, span)
        self._place(node, span, None)

    def _place(self, node: Node, span: Span, anchor: str | None) -> None:
        if anchor:
            self._anchors[anchor] = node
            self._sizes[id(node)] = self._size(node)
        (self._open[-1].parts if self._open else self._root).append((node, span))

    def _size(self, node: Node) -> tuple[int, int]:
        """How many values *node* stands for, and how many levels of lists and mappings, every alias followed."""
        known = self._sizes.get(id(node))
        if known is not None or isinstance(node, ScalarNode):
            return known or (1, 0)
        inner = node.items if isinstance(node, ListNode) else [value for _, value in node.entries]
        sizes = [self._size(each) for each in inner]
        return 1 + sum(nodes for nodes, _ in sizes), 1 + max((levels for _, levels in sizes), default=0)

    def _written(self, event: ScalarEvent, span: Span) -> ScalarNode:
        file, value, style = self.file.text, event.value, event.style
        start, end = span.start, span.end
        if event.anchor or event.tag:
            properties = _PROPERTIES.match(file, start, end)
            start = properties.end() if properties else start
            span = Span(start, end)
        if style in {"|", ">"}:
            end = start + len(file[start:end].rstrip())  # the library counts blank lines below a block
            span = Span(start, end)
            offsets = block_offsets(file, span, value.split("\n"))
        else:
            quote = 0
            if style:
                quote, self._quoted = 1, span
            unchanged = file[start + quote : end - quote] == value and "\n" not in value
            offsets = (start + quote,) if unchanged else ()
        kind: Kind = "text" if style or event.tag == "!" else kind_of(value)
        return ScalarNode(value, kind, bool(style), span, self.file, offsets)

    def _nothing(self, span: Span, offsets: tuple[int, ...] = ()) -> ScalarNode:
        return ScalarNode("", "null", quoted=False, span=span, file=self.file, line_offsets=offsets)

    def _break_off(self, error: Exception, skipped: int, end: int) -> None:
        from kpi.yaml_slips import Break, Slip, slip_of

        if isinstance(error, yaml.MarkedYAMLError):
            begun, end = (skipped + _index(mark) for mark in (error.context_mark, error.problem_mark))
            end = min(end, len(self.text))
            if error.problem == _TOO_DEEP:
                self._bound("too-deep-yaml", _LIBRARY_DEPTH, MAX_DEPTH, Span(end, end))
                return
            found = Break(error.context or "", error.problem or "", begun, end)
            self.slip = slip_of(found, self.file, self.text, self._quoted)
        else:
            self.slip = Slip(end, end, _shown(str(error), 200), _shown(str(error), 200))
        self._broken = True

    def _bound(self, code: str, found: int, limit: int, span: Span) -> None:
        if found > limit and not self._broken:
            self._report(code, span, found=found, limit=limit)
            self._broken = True

    def _report(self, code: str, span: Span, **facts: object) -> None:
        self.problems.append(Problem(code, self.file, span, facts))


def _index(mark: object) -> int:
    index: int = getattr(mark, "index", 0)  # an error need not have a mark
    return index


def _shown(text: str | None, limit: int = 60) -> str:
    """*text* for one line of a message: cut, and without characters that would move the cursor."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in (text or "")[:limit])
