"""Writing a text where a YAML value stands, in the style in which that value is written."""

from __future__ import annotations

import re
from typing import Final

from kpi.source import Span
from kpi.yaml_nodes import MappingNode, ScalarNode
from kpi.yaml_reader import read_yaml

_BLOCK: Final = re.compile(r"(?P<header>[^\n]*\n)(?:[^\S\n]*\n)*(?P<indent> *)")


def written(node: ScalarNode, text: str, *, in_flow: bool) -> str:
    """The YAML of *text*, one line without blanks at its ends, to stand at the span of *node*.

    Quotes, `|` and `>` stay, with the comment behind such a sign; a plain value stays plain where YAML allows.
    *in_flow* says that the value stands within `[…]` or `{…}`, where it allows less.
    """
    yaml = node.file.text[node.span.start : node.span.end]
    match yaml[:1] if node.quoted else "":
        case "'":
            return _in_single_quotes(text)
        case '"':
            return _in_double_quotes(text)
        case "|" | ">":
            block = _BLOCK.match(yaml)
            return f"{block['header']}{block['indent']}{text}" if block else yaml
        case _:
            return text if _may_be_plain(text, in_flow=in_flow) else _in_quotes(text)


def is_flow(yaml: str, span: Span) -> bool:
    """Whether the list or mapping at *span* is written with `[…]` or `{…}`."""
    return yaml[span.start : span.start + 1] in ("[", "{")


def _may_be_plain(text: str, *, in_flow: bool) -> bool:
    """Whether *text* without quotes is read as itself: the reader is asked, which knows."""
    root, _, problems = read_yaml(f"{{k: {text}}}" if in_flow else f"k: {text}", "")
    found = root.entries[0][1] if isinstance(root, MappingNode) and len(root.entries) == 1 else None
    return not problems and isinstance(found, ScalarNode) and (found.text, found.kind) == (text, "text")


def _in_quotes(text: str) -> str:
    """*text* in double quotes, as catalogues write their rules, unless these would need escapes."""
    return _in_single_quotes(text) if set(text) & {'"', "\\"} else _in_double_quotes(text)


def _in_single_quotes(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def _in_double_quotes(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
