"""Which known words are most like another, found without comparing it with each of thousands.

Two words are as alike as `difflib` finds them. Of a catalogue of ordinary size the answer is exactly that of its
`get_close_matches`; of more words only those are looked at that share a rare pair of letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import Final

from attrs import field, frozen

MOST: Final = 3
"""Words that are offered."""
CUTOFF: Final = 0.6
"""How much alike they must be at least, as the quotient of letters in common and letters at all."""
MAX_COMPARED: Final = 1000
"""Known words that are looked at for one: all of them where there are no more."""
_MAX_MEASURED: Final = 100
"""Of more words than these, how many are measured to the end; the most promising come first."""


@frozen(slots=False, eq=False, repr=False)
class Words:
    """The *known* words, each in small letters and as it is written."""

    known: dict[str, str]
    _answers: dict[str, tuple[str, ...]] = field(factory=dict, init=False)

    @classmethod
    def of(cls, words: Iterable[str]) -> Words:
        """The index of some *words*; of two that differ in capitals alone the last."""
        return cls({word.casefold(): word for word in words})

    def nearest(self, word: str) -> tuple[str, ...]:
        """Up to three of the known words that are most like *word*, best first."""
        folded = word.casefold()
        if folded not in self._answers:
            self._answers[folded] = tuple(self.known[match] for match in self._matches(folded))
        return self._answers[folded]

    def _matches(self, word: str) -> list[str]:
        from difflib import SequenceMatcher

        matcher = SequenceMatcher()
        matcher.set_seq2(word)
        found: list[tuple[float, str]] = []
        for measured, (at_most, candidate) in enumerate(self._promising(word)):
            too_many = measured >= _MAX_MEASURED and len(self.known) > MAX_COMPARED
            if too_many or (len(found) == MOST and at_most < found[-1][0]):
                break
            matcher.set_seq1(candidate)
            ratio = matcher.ratio()
            if ratio >= CUTOFF:
                found = sorted([*found, (ratio, candidate)], reverse=True)[:MOST]
        return [candidate for _, candidate in found]

    def _promising(self, word: str) -> list[tuple[float, str]]:
        """The words that can be alike enough, with the most that their likeness can be; the most promising first."""
        known, bits = self._letters  # first, for it numbers the letters
        letters = sum(1 << bits[each] for each in _counted(word) if each in bits)
        length, found = len(word), []
        for candidate, mask in known if len(known) <= MAX_COMPARED else self._sharing(word):
            both = length + len(candidate)
            at_most = 2.0 * (letters & mask).bit_count() / both if both else 1.0
            if at_most >= CUTOFF:
                found.append((at_most, candidate))
        return sorted(found, reverse=True)

    def _sharing(self, word: str) -> Iterable[tuple[str, int]]:
        """The words that share a rare pair of letters with *word*, the rarest pairs first."""
        sharing = sorted((self._by_pair.get(pair, ()) for pair in {*pairwise(word)}), key=len)
        found: dict[str, int] = {}
        for words in sharing:
            if len(found) + len(words) > MAX_COMPARED:
                break
            found.update(words)
        return found.items()

    @cached_property
    def _by_pair(self) -> dict[tuple[str, str], list[tuple[str, int]]]:
        """The words that have each pair of letters."""
        found: dict[tuple[str, str], list[tuple[str, int]]] = {}
        for word, mask in self._letters[0]:
            for pair in {*pairwise(word)}:
                found.setdefault(pair, []).append((word, mask))
        return found

    @cached_property
    def _letters(self) -> tuple[list[tuple[str, int]], dict[tuple[str, int], int]]:
        """Each word with its letters as bits: one for its first `a`, another for its second; and which bit is which."""
        bits: dict[tuple[str, int], int] = {}
        known = [(word, sum(1 << bits.setdefault(each, len(bits)) for each in _counted(word))) for word in self.known]
        return known, bits


def _counted(word: str) -> Iterator[tuple[str, int]]:
    """Each letter of *word* with how many of its kind stand before it."""
    seen: dict[str, int] = {}
    for letter in word:
        seen[letter] = seen.get(letter, -1) + 1
        yield letter, seen[letter]
