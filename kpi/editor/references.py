"""What a place in a catalogue refers to: which entry of which section, or which variable of a formula."""

from __future__ import annotations

from attrs import frozen

from kpi.editor.counting import counted, name_of, within
from kpi.editor.outline import Item, Outline, Spot, called, offset_within
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
    if not spot.is_key and is_formula(spot.path):
        return _in_formula(outline, spot, offset)
    target = _of_key(outline, spot) if spot.is_key else _of_value(outline, spot)
    return Referred(target, spot.node.span) if target else None


def section_of(path: tuple[str, ...]) -> str | None:
    """The section whose keys stand at *path*."""
    match path:
        case ("variables" | "kpis" | "tables", _, "unit") | ("tables", _, "columns", _, "unit"):
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
    """Whether a formula, a rule, a published phrase, an aggregate or a condition stands at *path*."""
    match path:
        case ("kpis", _, "formula") | ("plans", _, "entries", "-", "rule" | "published"):
            return True
        case ("variables", _, "records") | ("tables", _, "conditions", _, "condition"):
            return True
        case _:
            return False


def names_variables(path: tuple[str, ...]) -> bool:
    """Whether the keys of the mapping at *path* are variables, with the values of an example."""
    return path[-3:-1] == ("examples", "-") and path[-1] in ("inputs", "prior")


def _in_formula(outline: Outline, spot: Spot, offset: int) -> Referred | None:
    place = offset_within(spot.node, offset)
    words = [*read_words(spot.node.text)] if place is not None else []
    word = next((word for word in words if word.span.start <= (place or 0) <= word.span.end and _is_name(word)), None)
    if word is None:
        return None
    span = spot.node.source.outermost(word.span)[1]
    target = _counted(outline, spot.path, word, words) or _named(outline, spot.path, word)
    return Referred(target, span) if target else None


def _counted(outline: Outline, path: tuple[str, ...], word: Word, words: list[Word]) -> Item | None:
    """The table, column or condition that a name means where records are counted."""
    if word.kind == "UNIT":
        return None
    if path[0] == "tables":
        table = outline.items["tables"].get(path[1])
    else:
        table = counted(outline, words, word.span.end)
        if table is not None and table is outline.table(name_of(word)):
            return table
    return within(table, name_of(word)) if table else None


def _of_key(outline: Outline, spot: Spot) -> Item | None:
    """The entry, column or condition that a key defines, or the variable that it names."""
    match spot.path:
        case (section,):
            return outline.items.get(section, {}).get(spot.node.text)  # a section may be misspelt
        case ("tables", key, "columns" | "conditions" as section):
            table = outline.items["tables"].get(key)
            return table.inner(section).get(spot.node.text) if table else None
        case path:
            return outline.variable(spot.node.text) if names_variables(path) else None


def _of_value(outline: Outline, spot: Spot) -> Item | Unit | None:
    """The entry, unit or column that a value names."""
    match spot.path:
        case ("tables", key, "organisation" | "date"):
            table = outline.items["tables"].get(key)
            return called(table.inner("columns"), spot.node.text) if table else None
        case path:
            section = section_of(path)
    if section == "units":
        return _unit(outline, spot.node.text)
    return outline.items[section].get(spot.node.text) if section else None


def _is_name(word: Word) -> bool:
    return word.kind in ("NAME", "QUOTED", "UNIT")


def _named(outline: Outline, path: tuple[str, ...], word: Word) -> Item | Unit | None:
    if word.kind == "UNIT":
        return _unit(outline, word.text)
    name = name_of(word)
    return outline.variable(name) or (outline.kpi(name) if path[0] == "plans" else None)


def _unit(outline: Outline, name: str) -> Item | Unit | None:
    """A unit of the catalogue by any of its names, or a standard one."""
    for item in outline.items["units"].values():
        if name in (*item.names, item.text("en"), *item.texts("aliases")):
            return item
    return UNITS.get(" ".join(name.split()))
