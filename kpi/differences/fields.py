"""What changed of one definition, field by field, and which definitions only one of two catalogues has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, TypeVar

from attrs import frozen

from kpi.differences.difference import Change, How, Kind
from kpi.differences.pairs import Names

_T = TypeVar("_T")


class Named(Protocol):
    """What has a Japanese and an English name."""

    @property
    def ja(self) -> str:
        """The Japanese name."""

    @property
    def en(self) -> str:
        """The English name."""


@frozen
class Field:
    """A field before and after, and whether it means the same."""

    name: str
    old: object
    new: object
    same_meaning: bool = False


def section(kind: Kind, old: Mapping[str, object], new: Mapping[str, object], pairs: Names) -> Iterator[Change]:
    """What was removed, added or renamed of a section."""
    yield from (Change(kind, key, "removed") for key in old if key not in pairs)
    former = {after: before for before, after in pairs.items()}
    for key in new:
        if key not in former:
            yield Change(kind, key, "added")
        elif former[key] != key:
            yield Change(kind, key, "renamed", "", former[key], key)


def both(old: Mapping[str, _T], new: Mapping[str, _T], pairs: Names) -> Iterator[tuple[_T, _T]]:
    """What both catalogues hold of a section, in the order of the new one."""
    former = {after: before for before, after in pairs.items()}
    return ((old[former[key]], definition) for key, definition in new.items() if key in former)


def fields(kind: Kind, key: str, found: Iterable[Field]) -> Iterator[Change]:
    """The fields of a definition that changed."""
    for one in found:
        if one.old != one.new:
            how: How = "text" if one.same_meaning else "meaning"
            yield Change(kind, key, how, one.name, _shown(one.old), _shown(one.new))


def names(old: Named, new: Named) -> Iterator[Field]:
    """The names of a definition, which mean nothing."""
    yield Field("ja", old.ja, new.ja, same_meaning=True)
    yield Field("en", old.en, new.en, same_meaning=True)


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case list() | tuple():
            return ", ".join(map(str, value))
        case str():
            return value
        case _ if hasattr(value, "__len__"):
            return str(len(value))
        case _:
            return str(value)
