"""The JSON Schema of a catalogue, for editors and validators that know nothing of this library.

It tells the shape that the loader takes: keys, kinds of value, choices. What a value means, only `kpi check` knows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any


def schema_text() -> str:
    """The schema as JSON."""
    return (Path(__file__).parent / "schema.json").read_text("utf-8")


def shape_at(path: Iterable[str]) -> Mapping[str, Any]:
    """What the schema says of the place to which the keys of *path* lead, `-` for any item of a list.

    Nothing of a place that the schema does not know.
    """
    found: Mapping[str, Any] = _schema()
    for key in path:
        inner = (
            found.get("items")
            if key == "-"
            else found.get("properties", {}).get(key, found.get("additionalProperties"))
        )
        found = _resolved(inner) if inner else {}
    return found


def _resolved(shape: Mapping[str, Any]) -> Mapping[str, Any]:
    """*shape* with what it refers to; what it says itself comes first."""
    _, _, name = shape.get("$ref", "").rpartition("/")
    return {**_schema()["definitions"][name], **shape} if name else shape


@cache
def _schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(schema_text())
    return found
