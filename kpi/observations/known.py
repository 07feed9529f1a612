"""The names that a table of observations may use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from attrs import field, frozen

from kpi.formulas.vocabulary import Vocabulary
from kpi.observations.observation import unit_of
from kpi.problems import nearest
from kpi.units import BRANCH, Unit

_BLANKS = re.compile(r"[\s_-]+")
_BESIDE_JAPANESE = re.compile(r"(?<=[^\x00-\x7f])_|_(?=[^\x00-\x7f])")


def word_of(name: str) -> str:
    """A *name* without what people and spreadsheets change in it: width, case, blanks, line ends and hyphens."""
    words = _BLANKS.sub("_", unicodedata.normalize("NFKC", name).casefold().strip())
    return _BESIDE_JAPANESE.sub("", words)


@frozen(slots=False)
class Known:
    """The names that a table may use, and the unit in which each quantity is measured; any other is a mistake in it.

    *labels* and *places* are further names of quantities and organisations with those that each may mean; one that may
    mean several is a mistake, too.
    """

    organisations: Collection[str]
    quantities: Mapping[str, Unit]
    vocabulary: Vocabulary = Vocabulary()
    labels: Mapping[str, tuple[str, ...]] = field(factory=dict)
    places: Mapping[str, tuple[str, ...]] = field(factory=dict)

    def called(self, name: str) -> tuple[str, ...]:
        """The quantities that *name* may mean: a name as it stands, else a label, else either but for width and case."""
        return _called(name, self.quantities, self.labels, self._by_word)

    def located(self, name: str) -> tuple[str, ...]:
        """The organisations that *name* may mean."""
        return _called(name, self.organisations, self.places, self._places_by_word)

    def like(self, name: str) -> tuple[str, ...]:
        """The names of quantities that are most like *name*, one for each quantity."""
        found: dict[tuple[str, ...], str] = {}
        for word in nearest(name, self.names):
            found.setdefault(self.called(word), word)
        return tuple(found.values())

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of a quantity."""
        return (*self.quantities, *self.labels)

    def counts_branches(self, quantity: str, written: str) -> bool:
        """Whether the value tells of a KPI how many branches met its rule."""
        return quantity not in self.vocabulary.variables and unit_of(written, self.vocabulary.units) is BRANCH

    @cached_property
    def _by_word(self) -> dict[str, tuple[str, ...]]:
        return _by_word(self.quantities, self.labels)

    @cached_property
    def _places_by_word(self) -> dict[str, tuple[str, ...]]:
        return _by_word(self.organisations, self.places)


def _called(
    name: str, keys: Collection[str], labels: Mapping[str, tuple[str, ...]], words: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    return (name,) if name in keys else labels.get(name) or words.get(word_of(name), ())


def _by_word(keys: Iterable[str], labels: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Keys and labels by their words; two that differ only in width or case may both be meant."""
    found: dict[str, tuple[str, ...]] = {}
    for name, meant in (*((key, (key,)) for key in keys), *labels.items()):
        word = word_of(name)
        found[word] = tuple(dict.fromkeys((*found.get(word, ()), *meant)))
    return found
