"""What can be written at a place of a catalogue: keys, choices, names of entries, and the words of the language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal

from attrs import evolve, frozen

from kpi.catalogue.schema import shape_at
from kpi.editor.cursor import Cursor, cursor
from kpi.editor.outline import Item, Outline
from kpi.editor.references import is_formula, names_variables, section_of
from kpi.formulas.nodes import Function
from kpi.formulas.parser import read_words
from kpi.formulas.printer import name_text
from kpi.formulas.words import WORDS
from kpi.units import UNITS

Kind = Literal["key", "choice", "entry", "variable", "unit", "word"]


_FUNCTIONS: Final = tuple(map(str, Function))
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
            yield from _in_formula(at, WORDS)
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


def _in_formula(at: Cursor, words: Iterable[str]) -> Iterator[Completion]:
    """Behind a number units come first; behind anything else, variables by each of their names."""
    before = [*read_words(at.before[: len(at.before) - len(_last_word(at))])]
    if before and before[-1].kind == "NUMBER":
        yield from _units(at.outline)
        yield from (Completion(word, "word") for word in words)
        return
    for variable in at.outline.items["variables"].values():
        label, unit = variable.text("ja"), variable.text("unit")
        yield Completion(name_text(variable.key.text), "variable", f"{label} ({unit})")
        for other in variable.names[1:]:
            yield Completion(name_text(other), "variable", f"{variable.key.text} ({unit})")
    yield from (Completion(word, "word") for word in words)


def _units(outline: Outline) -> Iterator[Completion]:
    own = outline.items["units"].values()
    yield from (Completion(item.key.text, "unit", item.text("ja")) for item in own)
    yield from (Completion(unit.name, "unit", unit.ja) for unit in dict.fromkeys(UNITS.values()))
