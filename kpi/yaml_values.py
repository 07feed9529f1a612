"""What YAML takes a written value for, and where the lines of a block begin in its file."""

from __future__ import annotations

import re
from typing import Final

from yaml.resolver import Resolver

from kpi.source import Span
from kpi.yaml_nodes import Kind

_FIRST_OF_NUMBERS: Final = frozenset("+-.0123456789")
_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
_LIKE_A_NUMBER: Final = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")

_KINDS: Final[dict[str, Kind]] = {
    "tag:yaml.org,2002:bool": "boolean",
    "tag:yaml.org,2002:null": "null",
    "tag:yaml.org,2002:timestamp": "date",
    "tag:yaml.org,2002:int": "other",
    "tag:yaml.org,2002:float": "other",
}


def kind_of(text: str) -> Kind:
    """What YAML 1.1 takes an unquoted *text* for, where only plainly written numbers count as numbers."""
    first = text[:1]
    is_like_a_number = first in _FIRST_OF_NUMBERS and bool(_LIKE_A_NUMBER.fullmatch(text))
    if is_like_a_number and _INTEGER.fullmatch(text):
        return "integer"
    if is_like_a_number and _DECIMAL.fullmatch(text):
        return "decimal"
    for tag, pattern in Resolver.yaml_implicit_resolvers.get(first, ()):
        if tag in _KINDS and pattern.match(text):
            return _KINDS[tag]
    return "other" if is_like_a_number else "text"


def block_offsets(file: str, block: Span, lines: list[str]) -> tuple[int, ...]:
    """Where each of the *lines* of a *block* begins in *file*; nothing if one does not stand there unchanged."""
    starts, written, start = [], [], block.start
    for _ in lines:
        start = (file.find("\n", start) + 1) or len(file)
        end = (file.find("\n", start) + 1) or len(file) + 1
        starts.append(start)
        written.append(file[start : end - 1].removesuffix("\r"))
    indent = next((len(found) - len(line) for found, line in zip(written, lines, strict=True) if line), 0)
    if any(line and found != " " * indent + line for found, line in zip(written, lines, strict=True)):
        return ()
    # An empty line may be indented less, and the one behind the last line end is not part of the block.
    return tuple(
        start + indent if line else min(start + min(indent, len(found)), block.end)
        for start, found, line in zip(starts, written, lines, strict=True)
    )
