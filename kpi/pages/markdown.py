r"""Markdown: text that stays text, tables, and blocks with a blank line between them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_ESCAPES: Final = str.maketrans({**{sign: f"\\{sign}" for sign in "\\`*_<>[]|~&$"}, "\n": " "})


def plain(text: str) -> str:
    r"""Text without meaning in Markdown: `a|b` becomes `a\|b`; a line break becomes a blank."""
    return text.translate(_ESCAPES)


def code(text: str) -> str:
    """Text as it is written in the language."""
    return f"`{text}`"


def link(text: str, target: str) -> str:
    """A link with plain text."""
    return f"[{plain(text)}]({target})"


def heading(level: int, anchor: str, title: str) -> str:
    """A heading that links find by a key, whatever its title."""
    return f'{"#" * level} <a id="{anchor}"></a>{plain(title)}'


def table(headings: Iterable[str], rows: Iterable[Iterable[str]], numbers: frozenset[int] = frozenset()) -> str:
    """A table of cells that are Markdown already; the columns *numbers* are set to the right, empty ones left out."""
    names, filled = [*headings], [[*row] for row in rows]
    rules = ["--:" if column in numbers else "---" for column in range(len(names))]
    kept = [column for column in range(len(names)) if any(row[column] for row in filled)]
    return "\n".join(f"| {' | '.join(row[column] for column in kept)} |" for row in (names, rules, *filled))


def blocks(parts: Iterable[str]) -> str:
    """A page, or a part of one."""
    return "\n\n".join(part for part in parts if part)
