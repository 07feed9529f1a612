"""Places in a catalogue that is being written, marked with ‸."""

from __future__ import annotations

from entries import SOUND
from hypothesis import strategies as st


def at(old, new, sound=SOUND):
    """The sound catalogue with *new* in the place of *old*, and the offset that ‸ marks in it."""
    assert sound.count(old) == 1, old
    text = sound.replace(old, new)
    return text.replace("‸", ""), text.index("‸")


def on(marked, sound=SOUND):
    """The sound catalogue, and the offset that ‸ marks in a part of it."""
    return at(marked.replace("‸", ""), marked, sound)


JUNK = st.sampled_from(
    ["", ":", '"', "'", "[", "{", "- ", "&a ", "*a", "\n", "\t", "#", "|", ">= ", "「", "𠮷", "x", "\r", ": "]
)
OFFSETS = st.integers(0, len(SOUND))


@st.composite
def half_written(draw):
    """The sound catalogue with something cut out and something put in, and an offset in it."""
    start = draw(OFFSETS)
    text = SOUND[:start] + draw(JUNK) + SOUND[start + draw(st.integers(0, 40)) :]
    return text, draw(st.integers(0, len(text)))
