"""The known words that are most like another."""

from __future__ import annotations

from difflib import get_close_matches

from hypothesis import given
from hypothesis import strategies as st

from kpi import likeness
from kpi.likeness import CUTOFF, MOST, Words

WORDS = st.text("abcAé件数_1", max_size=9)


def by_the_library(word, known):
    """What comparing with each word of *known* gives."""
    folded = {name.casefold(): name for name in known}
    return tuple(folded[match] for match in get_close_matches(word.casefold(), folded, n=MOST, cutoff=CUTOFF))


@given(WORDS | st.text(), st.lists(WORDS | st.text(), max_size=40))
def test_as_alike_as_the_library_says(word, known):
    """The answer is that of comparing with each word, in the same order."""
    assert Words.of(known).nearest(word) == by_the_library(word, known)


def test_best_first():
    """The most alike comes first, in the capitals in which it is known."""
    known = Words.of(["open_tenders", "Opened_tenders", "tenders", "members"])
    assert known.nearest("OPEN_TENDER") == ("open_tenders", "Opened_tenders", "tenders")
    assert known.nearest("受診者数") == ()


def test_of_many_words_the_likely_ones():
    """Among thousands of words a slip finds the word that was meant."""
    known = Words.of(
        f"{name}_{number}" for number in range(1000) for name in ("counted", "insured", "examined", "claims")
    )
    assert known.nearest("conted_731")[0] == "counted_731"
    assert known.nearest("claims-98")[0] == "claims_98"
    assert known.nearest("xyz") == ()


def test_few_are_compared(monkeypatch):
    """However many words are known, no more than the bound are looked at for one."""
    monkeypatch.setattr(likeness, "MAX_COMPARED", 20)
    known = Words.of([f"counted_{number}" for number in range(100)] + ["insured"])
    assert len([*known._sharing("countd_42")]) <= 20
    assert known.nearest("insurd") == ("insured",)
