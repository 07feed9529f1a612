"""What can be written at a place of a catalogue: keys, choices, names of entries, and the words of the language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal

from attrs import evolve, frozen

from kpi.catalogue.schema import shape_at
from kpi.editor.counting import counted, is_counting, parts
from kpi.editor.cursor import Cursor, cursor
from kpi.editor.outline import Item, Outline
from kpi.editor.references import is_formula, names_variables, section_of
from kpi.formulas.builder import Word
from kpi.formulas.nodes import Function, Summary
from kpi.formulas.parser import read_words
from kpi.formulas.printer import name_text
from kpi.formulas.words import RECORD_WORDS, RULE_WORDS
from kpi.units import UNITS

Kind = Literal["key", "choice", "entry", "variable", "table", "column", "condition", "unit", "word"]


_FUNCTIONS: Final = tuple(map(str, Function))
_COUNTING: Final = tuple(map(str, Summary))
_BEHIND_WHERE: Final = tuple(word for word in RECORD_WORDS if word not in ("where", "distinct", *_COUNTING))
_KEY: Final = re.compile(r"[\w%‰-]*$")
_NAME: Final = re.compile(r"「?[\w%‰]*$")


@frozen
class Completion:
    """Something that can be written: what is shown and inserted, and a *detail* that tells it from others.

    It takes the place of the *typed* characters before the cursor.
    """

    label: str
    kind: Kind
    detail: str = ""
    typed: int = 0


def completions(text: str, offset: int) -> list[Completion]:
    """What can be written at *offset* in the place of the word that was begun there, in a useful order.

    Names are offered that hold what was typed, words of the language that begin with it, whatever its case.
    """
    at = cursor(text, offset)
    if at is None:
        return []
    found: dict[str, Completion] = {}
    for offered in _offered(at):
        typed = _typed(at, offered)
        if typed is not None:
            found.setdefault(offered.label, evolve(offered, typed=typed))
    return [*found.values()]


def _typed(at: Cursor, offered: Completion) -> int | None:
    """How many characters before the cursor *offered* completes; None where it does not go on from them."""
    word = _last_word(at).casefold()
    label, before = offered.label.casefold(), at.before.casefold()
    if offered.kind != "word":
        return len(word) if word.removeprefix("「") in label else None
    begun = (size for size in range(len(label), 0, -1) if before.endswith(label[:size]) and size >= len(word))
    return next(begun, None if word else 0)


def _last_word(at: Cursor) -> str:
    found = (_NAME if is_formula(at.spot.path) and not at.spot.is_key else _KEY).search(at.before)
    return found[0] if found else ""


def _offered(at: Cursor) -> Iterator[Completion]:
    path = at.spot.path
    if at.spot.is_key:
        yield from _keys(at)
        return
    match path:
        case ("kpis", _, "formula"):
            yield from _in_formula(at, _FUNCTIONS)
        case ("plans", _, "entries", "-", "rule"):
            yield from _in_formula(at, RULE_WORDS)
        case ("variables", _, "records"):
            yield from _in_formula(at, (), variables=())
        case ("tables", key, "conditions", _, "condition"):
            yield from _in_condition(at, at.outline.items["tables"].get(key))
        case ("tables", key, "organisation" | "date" as role):
            yield from _roles(at.outline.items["tables"].get(key), "date" if role == "date" else "text")
        case _:
            yield from (Completion(choice, "choice") for choice in shape_at(path).get("enum", ()))
            section = section_of(path)
            if section == "units":
                yield from _units(at.outline)
            elif section:
                yield from _entries(at.outline.items[section].values())


def _keys(at: Cursor) -> Iterator[Completion]:
    """The keys of a mapping that it does not have yet; those of an example's values are variables."""
    written = {key.text for key, _ in at.spot.above[-1].entries}
    if names_variables(at.spot.path):
        variables = at.outline.items["variables"]
        yield from _entries(item for key, item in variables.items() if key not in written)
    for key, shape in shape_at(at.spot.path).get("properties", {}).items():
        if key not in written:
            yield Completion(key, "key", shape.get("description", ""))


def _entries(items: Iterable[Item]) -> Iterator[Completion]:
    return (Completion(item.key.text, "entry", item.text("ja")) for item in items)


def _in_formula(at: Cursor, words: Iterable[str], variables: Iterable[Item] | None = None) -> Iterator[Completion]:
    """Behind a number units come first; where records are counted, columns; anywhere else variables by each name."""
    before = _before(at)
    table = counted(at.outline, before, len(at.before))
    tables = at.outline.items["tables"].values()
    if table is not None or (tables and is_counting(before, len(at.before))):
        yield from _counting(at, before, table)
        return
    if before and before[-1].kind == "NUMBER":
        yield from _units(at.outline)
    else:
        for variable in at.outline.items["variables"].values() if variables is None else variables:
            yield from _named(variable, "variable", variable.text("unit"))
    yield from (Completion(word, "word") for word in dict.fromkeys((*words, *(_COUNTING if tables else ()))))


def _counting(at: Cursor, before: list[Word], table: Item | None) -> Iterator[Completion]:
    """Where records are counted: tables, until one is named, and then what it has."""
    if table is not None:
        where = () if any(word.kind == "_WHERE" for word in before) else ("where",)
        yield from (Completion(word, "word") for word in where)
        yield from _in_condition(at, table)
        return
    tables = at.outline.items["tables"].values()
    for one in tables:
        yield from _named(one, "table", one.text("unit") or "case")
    for one in tables:
        yield from _parts(one)
    yield from (Completion(word, "word") for word in ("distinct", "of"))


def _in_condition(at: Cursor, table: Item | None) -> Iterator[Completion]:
    """Behind a number units; anywhere else columns and conditions, and the words of conditions."""
    before = _before(at)
    if before and before[-1].kind == "NUMBER":
        yield from _units(at.outline)
    elif table is not None:
        yield from _parts(table)
    yield from (Completion(word, "word") for word in ("and", *_BEHIND_WHERE))


def _roles(table: Item | None, type_: str) -> Iterator[Completion]:
    columns = table.inner("columns").values() if table else ()
    return _entries(column for column in columns if column.text("type") == type_)


def _parts(table: Item) -> Iterator[Completion]:
    for one in parts(table):
        if one.section == "columns":
            yield from _named(one, "column", ", ".join(filter(None, (one.text("type"), one.text("unit")))))
        else:
            yield from _named(one, "condition", one.text("condition"))


def _named(item: Item, kind: Kind, more: str) -> Iterator[Completion]:
    """An entry by each of its names, with *more* about it."""
    yield Completion(name_text(item.key.text), kind, f"{item.text('ja')} ({more})")
    for other in item.names[1:]:
        yield Completion(name_text(other), kind, f"{item.key.text} ({more})")


def _before(at: Cursor) -> list[Word]:
    return [*read_words(at.before[: len(at.before) - len(_last_word(at))])]


def _units(outline: Outline) -> Iterator[Completion]:
    own = outline.items["units"].values()
    yield from (Completion(item.key.text, "unit", item.text("ja")) for item in own)
    yield from (Completion(unit.name, "unit", unit.ja) for unit in dict.fromkeys(UNITS.values()))
