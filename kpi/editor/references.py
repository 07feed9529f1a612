"""What a place in a catalogue refers to: which entry of which section, or which variable of a formula."""

from __future__ import annotations

from attrs import frozen

from kpi.editor.outline import Item, Outline, Spot, offset_within
from kpi.formulas.builder import Word
from kpi.formulas.parser import read_words
from kpi.source import Span
from kpi.units import UNITS, Unit


@frozen
class Referred:
    """What stands at a place: an entry of the catalogue or a standard unit, and the stretch of text that says so."""

    target: Item | Unit
    span: Span


def referred(outline: Outline, spot: Spot, offset: int) -> Referred | None:
    """What the key or value *spot* says at *offset*."""
    if spot.is_key:
        item = outline.variable(spot.node.text) if names_variables(spot.path) else None
        if len(spot.path) == 1:
            item = outline.items.get(spot.path[0], {}).get(spot.node.text)  # a section may be misspelt
        return Referred(item, spot.node.span) if item else None
    if is_formula(spot.path):
        return _in_formula(outline, spot, offset)
    section = section_of(spot.path)
    target: Item | Unit | None = outline.items[section].get(spot.node.text) if section else None
    if target is None and section == "units":
        target = _unit(outline, spot.node.text)
    return Referred(target, spot.node.span) if target else None


def section_of(path: tuple[str, ...]) -> str | None:
    """The section whose keys stand at *path*."""
    match path:
        case ("variables" | "kpis", _, "unit"):
            return "units"
        case ("kpis", _, "same_as") | ("plans", _, "entries", "-", "kpi"):
            return "kpis"
        case ("plans" | "errata", _, "document") | ("plans", _, "entries", "-", "document"):
            return "documents"
        case ("plans", _, "organisation") | ("organisations", _, "split_from") | ("organisations", _, "formerly", "-"):
            return "organisations"
        case _:
            return None


def is_formula(path: tuple[str, ...]) -> bool:
    """Whether a formula, a rule or a published phrase stands at *path*."""
    match path:
        case ("kpis", _, "formula") | ("plans", _, "entries", "-", "rule" | "published"):
            return True
        case _:
            return False


def names_variables(path: tuple[str, ...]) -> bool:
    """Whether the keys of the mapping at *path* are variables, with the values of an example."""
    return path[-3:-1] == ("examples", "-") and path[-1] in ("inputs", "prior")


def _in_formula(outline: Outline, spot: Spot, offset: int) -> Referred | None:
    within = offset_within(spot.node, offset)
    words = read_words(spot.node.text) if within is not None else ()
    word = next((word for word in words if word.span.start <= (within or 0) <= word.span.end and _is_name(word)), None)
    if word is None:
        return None
    span = spot.node.source.outermost(word.span)[1]
    target = _named(outline, spot.path, word)
    return Referred(target, span) if target else None


def _is_name(word: Word) -> bool:
    return word.kind in ("NAME", "QUOTED", "UNIT")


def _named(outline: Outline, path: tuple[str, ...], word: Word) -> Item | Unit | None:
    if word.kind == "UNIT":
        return _unit(outline, word.text)
    name = word.text[1:-1].strip() if word.kind == "QUOTED" else word.text
    return outline.variable(name) or (outline.kpi(name) if path[0] == "plans" else None)


def _unit(outline: Outline, name: str) -> Item | Unit | None:
    """A unit of the catalogue by any of its names, or a standard one."""
    for item in outline.items["units"].values():
        if name in (*item.names, item.text("en"), *item.texts("aliases")):
            return item
    return UNITS.get(" ".join(name.split()))
