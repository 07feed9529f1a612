"""HTML as a tree, so that no text of a catalogue or table is ever taken for markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from xml.etree.ElementTree import Element, tostring

Content = str | Element
"""What stands in an element: text, or another element."""

_LEFT: Final = "text-align:left;vertical-align:top"
_CAPTION: Final = "text-align:left"


def element(tag: str, *content: Content, style: str = "", **attributes: str) -> Element:
    """An element with its attributes; `colspan` and the like by name."""
    found = Element(tag, attributes | ({"style": style} if style else {}))
    last: Element | None = None
    for part in content:
        if isinstance(part, Element):
            found.append(part)
            last = part
        elif last is None:
            found.text = (found.text or "") + part
        else:
            last.tail = (last.tail or "") + part
    return found


def html(root: Element) -> str:
    """The text of an element for a page."""
    return tostring(root, encoding="unicode", method="html")


def facts_table(caption: Iterable[Content], rows: Iterable[tuple[str, tuple[Content, ...]]], language: str) -> Element:
    """A table of facts, a row each: what it is, and what it comes to."""
    body = (
        element("tr", element("th", word, scope="row", style=_LEFT), element("td", *content, style=_LEFT))
        for word, content in rows
    )
    return table(caption, (), body, language)


def table(caption: Iterable[Content], headings: Iterable[str], rows: Iterable[Element], language: str) -> Element:
    """A table with its *caption*, *headings* and *rows*."""
    head = [element("th", heading, scope="col", style=_LEFT) for heading in headings]
    parts = [element("caption", *caption, style=_CAPTION), *([element("thead", element("tr", *head))] if head else [])]
    return element("table", *parts, element("tbody", *rows), lang=language)


def row(*cells: tuple[Content, ...]) -> Element:
    """A row of a table."""
    return element("tr", *(element("td", *cell, style=_LEFT) for cell in cells))
