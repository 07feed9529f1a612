"""The areas of a plan: the parts of the document in which its KPIs stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from attrs import frozen

from kpi.problems import Language

if TYPE_CHECKING:
    from kpi.plans.plan import Entry

_NUMBER: Final = re.compile(r"[（(]?(?:[0-9０-９]+|[Ⅰ-Ⅻ]|[①-⑳]|[IVX]+(?![A-Za-z]))[）)]?")
"""How a section begins that is numbered: `1（2）①`, `Ⅱ1（1）`, `（3）⑤`."""


@frozen
class Area:
    """A part of a document: its *mark*, with which the sections in it begin (`Ⅱ`), and its names.

    An area without a mark holds what belongs to no other.
    """

    mark: str = ""
    ja: str = ""
    en: str = ""

    def name(self, language: Language) -> str:
        """The name with its mark, or what there is of it."""
        name = (self.ja if language == "ja" else self.en) or self.ja or self.en
        return f"{self.mark} {name}".strip()


def area_of(section: str, areas: Mapping[str, Area]) -> Area | None:
    """The area of a *section*: of those whose mark it begins with the one with the longest."""
    marks = [mark for mark in areas if section.startswith(mark)]
    return areas[max(marks, key=len)] if marks else None


def by_area(entries: Iterable[Entry], areas: Mapping[str, Area]) -> dict[Area, tuple[Entry, ...]]:
    """The *entries* by area, in the order in which the areas first occur.

    Where no *areas* are named, sections that begin with the same number are one, and those without a number are
    together another.
    """
    found: dict[Area, tuple[Entry, ...]] = {}
    for entry in entries:
        area = area_of(entry.section, areas) or (Area() if areas else _numbered(entry.section))
        found[area] = (*found.get(area, ()), entry)
    return found


def _numbered(section: str) -> Area:
    number = _NUMBER.match(section)
    return Area(number[0] if number else "")
